"""Filters as masks: the same rows as SQL finds in the catalog."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.facet_columns import Column, read_columns, write_columns
from index.facets import Between, Condition, Facets, OneOf, write_facets

Stated = tuple[int | None, str | None, str | None]
"""Year, document type and language of a document; its patient is of age row / 10."""
REPORTS: list[Stated] = [(2001, "case report", "en"), (None, "", "fr"), (2010, "article", "en")]


def catalog(documents: Sequence[Stated], passages: Sequence[tuple[int, int]]) -> sqlite3.Connection:
    """As much of a catalog as facets read; passages are (row, number of its document)."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE documents (doc_id PRIMARY KEY, year, document_type, language, format)"
    )
    connection.execute(
        "CREATE TABLE passages (row INTEGER PRIMARY KEY, doc_id, ordinal, kind, age_years, sex)"
    )
    connection.executemany(
        "INSERT INTO documents VALUES (?, ?, ?, ?, 'pdf')",
        [(number, *stated) for number, stated in enumerate(documents)],
    )
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, 0, 'table', ?, 'male')",
        [(row, number, row / 10) for row, number in passages],
    )
    return connection


def facets_of(connection: sqlite3.Connection, path: Path, last_row: int) -> Facets:
    write_facets(connection, path / "facets.bin", last_row)
    return Facets.open(path / "facets.bin", last_row)


def allowed(facets: Facets, **conditions: Condition) -> list[int]:
    mask = facets.mask(conditions)
    assert mask is not None
    rows: list[int] = np.flatnonzero(mask).tolist()
    return rows


@pytest.fixture
def facets(tmp_path: Path) -> Facets:
    """Rows 2 and 3 are of the first report, row 5 of the second, row 6 of the third."""
    return facets_of(catalog(REPORTS, [(2, 0), (3, 0), (5, 1), (6, 2)]), tmp_path, 6)


def test_a_year_from_takes_that_year_and_later_ones(facets: Facets) -> None:
    assert allowed(facets, year=Between(low=2010)) == [6]


def test_a_document_without_a_year_is_left_out_of_every_range(facets: Facets) -> None:
    assert allowed(facets, year=Between(high=2010)) == [2, 3, 6]


def test_a_type_that_is_not_stated_is_asked_for_by_an_empty_text(facets: Facets) -> None:
    assert allowed(facets, document_type=OneOf(("", "article"))) == [5, 6]


def test_conditions_must_all_be_satisfied(facets: Facets) -> None:
    assert allowed(facets, year=Between(2000, 2005), language=OneOf(("en",))) == [2, 3]


def test_an_age_counts_in_completed_years(tmp_path: Path) -> None:
    facets = facets_of(catalog(REPORTS, [(9, 0), (10, 0), (19, 1), (20, 1)]), tmp_path, 20)
    assert allowed(facets, age=Between(0, 0)) == [9]
    assert allowed(facets, age=Between(1, 1)) == [10, 19]


def test_a_value_that_no_document_has_allows_nothing(facets: Facets) -> None:
    assert allowed(facets, language=OneOf(("de",))) == []


def test_no_condition_is_no_mask(facets: Facets) -> None:
    assert facets.mask({}) is None


def test_newer_rows_are_read_from_the_catalog(tmp_path: Path) -> None:
    connection = catalog(REPORTS, [(1, 0), (4, 2), (6, 0)])
    facets = facets_of(connection, tmp_path, 1).renewed(connection, np.array([4, 6]))
    assert allowed(facets, language=OneOf(("en",))) == [1, 4, 6]


def test_a_newer_row_that_is_gone_is_no_longer_allowed(tmp_path: Path) -> None:
    connection = catalog(REPORTS, [(1, 0), (4, 2), (6, 0)])
    first = facets_of(connection, tmp_path, 1).renewed(connection, np.array([4, 6]))
    assert allowed(first.renewed(connection, np.array([6])), year=Between(low=1)) == [1, 6]


def test_newer_rows_may_bring_new_values(tmp_path: Path) -> None:
    connection = catalog([*REPORTS, (2020, "letter", "it")], [(1, 0), (2, 3)])
    facets = facets_of(connection, tmp_path, 1).renewed(connection, np.array([2]))
    assert allowed(facets, document_type=OneOf(("letter", "case report"))) == [1, 2]


def test_an_empty_index_allows_nothing(tmp_path: Path) -> None:
    assert allowed(facets_of(catalog([], []), tmp_path, -1), year=Between(low=1)) == []


YEARS = st.none() | st.integers(-1, 3000)
TEXTS = st.none() | st.sampled_from(["", "en", "fr", "a “quoted” text"])
BOUNDS = st.none() | st.integers(1, 3000)


@given(
    st.lists(st.tuples(YEARS, TEXTS, TEXTS), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 7)), unique_by=lambda p: p[0]),
    st.integers(0, 40),
    st.tuples(BOUNDS, BOUNDS),
    st.lists(st.sampled_from(["", "en", "xx"]), min_size=1),
)
def test_a_mask_has_the_very_rows_that_sql_finds(
    tmp_path_factory: pytest.TempPathFactory,
    documents: list[Stated],
    passages: list[tuple[int, int]],
    last_row: int,
    years: tuple[int | None, int | None],
    languages: list[str],
) -> None:
    connection = catalog(documents, [(row, number % len(documents)) for row, number in passages])
    recent = np.array(sorted(row for row, _ in passages if row > last_row), dtype=np.int64)
    facets = facets_of(connection, tmp_path_factory.mktemp("base"), last_row)
    found = allowed(
        facets.renewed(connection, recent[: len(recent) // 2]).renewed(connection, recent),
        year=Between(*years),
        language=OneOf(languages),
    )
    assert found == rows_by_sql(connection, years, languages)


def rows_by_sql(
    connection: sqlite3.Connection, years: tuple[int | None, int | None], languages: list[str]
) -> list[int]:
    marks = ", ".join("?" * len(languages))
    rows = connection.execute(
        "SELECT row FROM passages JOIN documents USING (doc_id) WHERE year IS NOT NULL "
        "AND year >= coalesce(?, year) AND year <= coalesce(?, year) "
        f"AND language IN ({marks}) ORDER BY row",
        [*years, *languages],
    )
    return [row for (row,) in rows]


def test_many_values_take_more_bytes_and_answer_the_same(tmp_path: Path) -> None:
    many = Column(np.arange(1001, dtype=np.uint16), tuple(range(1000)))
    write_columns(tmp_path / "columns", {"age": many})
    read = read_columns(tmp_path / "columns")["age"]
    assert np.flatnonzero(read.mask(Between(7, 9).accepts)).tolist() == [8, 9, 10]


@pytest.mark.parametrize("raw", [b"", b"\x00\xff", b"[]", b'{"format": "casebook-facets-2"}'])
def test_a_file_that_holds_no_facets_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "facets.bin").write_bytes(raw)
    with pytest.raises(ValueError, match=r"facets\.bin holds no facets"):
        Facets.open(tmp_path / "facets.bin", 3)


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    facets_of(catalog(REPORTS, [(200, 0)]), tmp_path, 200)
    path = tmp_path / "facets.bin"
    path.write_bytes(path.read_bytes()[:-256])
    with pytest.raises(ValueError, match="holds no facets"):
        Facets.open(path, 200)


def test_facets_of_other_rows_are_refused(tmp_path: Path) -> None:
    facets_of(catalog(REPORTS, [(2, 0)]), tmp_path, 2)
    with pytest.raises(ValueError, match="does not end at row 3"):
        Facets.open(tmp_path / "facets.bin", 3)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No such file"):
        Facets.open(tmp_path / "facets.bin", 3)
