"""Exact search by hand, which the search's own recall is held against."""

import sqlite3

import numpy as np
import pytest

from evaluation.speed.exact import Nearest, exact_nearest, passes, recall
from search.queries import Filters

YEARS = np.array([2005, 2015, 2024, 0])
TYPES = np.array(["review", "letter", "letter", ""])
VECTORS = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1]], np.float16)


@pytest.fixture
def catalog() -> sqlite3.Connection:
    """Four documents of one passage each, as far as an exact search looks at them."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE documents (doc_id, year, document_type)")
    connection.execute("CREATE TABLE passages (row INTEGER PRIMARY KEY, doc_id, vector_id)")
    connection.execute("CREATE TABLE vectors (id INTEGER PRIMARY KEY, fingerprint, vector)")
    for n, (year, kind) in enumerate(zip(YEARS.tolist(), TYPES.tolist(), strict=True)):
        connection.execute("INSERT INTO documents VALUES (?, ?, ?)", (n, year or None, kind))
        connection.execute("INSERT INTO passages VALUES (?, ?, ?)", (10 + n, n, n))
        connection.execute("INSERT INTO vectors VALUES (?, 'm', ?)", (n, VECTORS[n].tobytes()))
    return connection


def test_the_nearest_are_those_of_the_largest_cosine(catalog: sqlite3.Connection) -> None:
    queries = np.array([[1, 0], [0, 1]], np.float32)
    found = exact_nearest(catalog, "m", queries, {"none": Filters()}, 2)
    assert found["none"] == Nearest([{10, 11}, {12, 13}], allowed=4)


def test_a_filter_leaves_the_nearest_of_its_own(catalog: sqlite3.Connection) -> None:
    letters = {"letters": Filters(document_types=("letter",))}
    found = exact_nearest(catalog, "m", np.array([[1, 0]], np.float32), letters, 1)
    assert found["letters"] == Nearest([{11}], allowed=2)


@pytest.mark.parametrize(
    ("filters", "passing"),
    [
        (Filters(), [True, True, True, True]),
        (Filters(year_from=2015), [False, True, True, False]),
        (Filters(year_to=2015), [True, True, False, False]),
        (Filters(document_types=("letter",)), [False, True, True, False]),
        (Filters(year_from=2024, document_types=("letter",)), [False, False, True, False]),
    ],
)
def test_a_filter_lets_through_what_states_it(filters: Filters, passing: list[bool]) -> None:
    assert passes(filters, YEARS, TYPES).tolist() == passing


def test_recall_is_the_mean_share_of_the_nearest_that_were_found() -> None:
    nearest = Nearest([{1, 2}, {3, 4}], allowed=9)
    assert recall([{1, 2, 9}, {3}], nearest) == 0.75


def test_a_query_that_nothing_passes_for_counts_nothing() -> None:
    assert recall([set(), {1}], Nearest([set(), {1}], allowed=1)) == 1.0
