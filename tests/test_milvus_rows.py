"""What a server keeps of a passage, and filters as expressions of integers."""

import re
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keyword_engines.queries import DocumentFilter
from index.stores.milvus.records import Piece, joined, pieces_of
from index.stores.milvus.rows import NOT_STATED, passage_number, row_filter, value_number

TEXTS = ["", "en", "EN", "de", "'; DROP", 'x" or row > 0', "é"]
YEARS = st.none() | st.integers(0, 3) | st.integers(-(2**70), 2**70)
CHOSEN = st.lists(st.sampled_from(TEXTS), max_size=3).map(tuple)
FILTERS = st.builds(
    DocumentFilter, YEARS, YEARS, CHOSEN, CHOSEN, CHOSEN, CHOSEN, YEARS, YEARS, CHOSEN
)
TEXT = st.sampled_from(TEXTS)
STORED = st.tuples(
    st.none() | st.integers(0, 3), st.none() | st.floats(0, 3.9), TEXT, TEXT, TEXT, TEXT, TEXT
)


def test_a_filter_of_nothing_is_no_expression() -> None:
    assert row_filter(DocumentFilter()) == ""


def test_what_states_no_year_is_not_before_any_year() -> None:
    assert row_filter(DocumentFilter(year_to=2000)) == "year >= 0 and year <= 2000"


def test_any_of_several_languages_may_answer() -> None:
    english, german = sorted(map(value_number, ("en", "de")))
    wanted = row_filter(DocumentFilter(languages=("en", "de")))
    assert wanted == f"language in [{english}, {german}]"


@given(FILTERS)
def test_an_expression_has_nothing_but_field_names_and_integers(documents: DocumentFilter) -> None:
    fields = "year|age|document_type|language|format|section_kind|sex"
    left = re.sub(rf"\b({fields}|and|in)\b|-?\d+|[<>]=|[\[\], ]", "", row_filter(documents))
    assert left == ""


@given(FILTERS)
def test_every_integer_fits_a_server(documents: DocumentFilter) -> None:
    numbers = map(int, re.findall(r"-?\d+", row_filter(documents)))
    assert all(-1 <= number < 2**63 for number in numbers)


@given(FILTERS, STORED)
def test_a_filter_lets_the_same_passages_through_as_the_catalog(
    documents: DocumentFilter, stored: tuple[object, ...]
) -> None:
    documents = _within_sqlite(documents)
    condition, values = documents.condition()
    columns = "year, age_years, document_type, language, format, kind, sex"
    in_catalog = _is_let_through(columns, stored, condition, values)
    fields = "year, age, document_type, language, format, section_kind, sex"
    expression = row_filter(documents).translate(str.maketrans("[]", "()"))
    assert _is_let_through(fields, _as_numbers(stored), expression, []) == in_catalog


def test_a_passage_has_the_same_number_in_every_run() -> None:
    assert passage_number("a") == 5898638624874276125


def test_a_value_has_the_same_number_in_every_run() -> None:
    assert value_number("a") == 1052477537936503889


def test_texts_that_differ_in_case_have_different_numbers() -> None:
    assert value_number("en") != value_number("EN")


def test_a_text_that_is_no_unicode_has_a_number() -> None:
    assert 0 <= value_number("\ud800") < 2**63


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(4, 9))
def test_pieces_make_the_text_again(text: str, size: int) -> None:
    pieces = list(pieces_of("key", text, size))
    assert joined(pieces[0], _by_row(pieces)) == text


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(4, 9))
def test_no_piece_is_larger_than_a_server_takes(text: str, size: int) -> None:
    assert all(len(piece.text.encode()) <= size for piece in pieces_of("key", text, size))


def test_a_text_with_a_piece_missing_is_no_text() -> None:
    pieces = list(pieces_of("key", "abcdef", 2))
    assert joined(pieces[0], _by_row(pieces[:2])) is None


def test_pieces_of_two_writings_are_no_text() -> None:
    old, new = (list(pieces_of("key", text, 2)) for text in ("abcd", "efgh"))
    assert joined(new[0], _by_row(old)) is None


def test_a_key_that_is_not_ascii_is_refused() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        list(pieces_of("é", "text", 9))


def _by_row(pieces: list[Piece]) -> dict[int, Piece]:
    return {piece.row: piece for piece in pieces}


def _within_sqlite(documents: DocumentFilter) -> DocumentFilter:
    """The filter with bounds that SQLite takes."""
    return replace(
        documents,
        year_from=_bound(documents.year_from),
        year_to=_bound(documents.year_to),
        age_from=_bound(documents.age_from),
        age_to=_bound(documents.age_to),
    )


def _bound(bound: int | None) -> int | None:
    return None if bound is None else max(-(2**63), min(bound, 2**63 - 1))


def _as_numbers(stored: tuple[object, ...]) -> tuple[object, ...]:
    year, age, *texts = stored
    completed = NOT_STATED if age is None else int(float(str(age)))
    return (
        NOT_STATED if year is None else year,
        completed,
        *(value_number(str(text)) for text in texts),
    )


def _is_let_through(
    columns: str, values: tuple[object, ...], condition: str, asked: list[object]
) -> bool:
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE rows ({columns})")
    connection.execute(f"INSERT INTO rows VALUES ({', '.join('?' * len(values))})", values)
    found = connection.execute(f"SELECT count(*) FROM rows WHERE {condition or 'TRUE'}", asked)
    count = found.fetchone()[0]
    connection.close()
    return bool(count)
