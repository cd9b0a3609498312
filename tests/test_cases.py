"""Whose story is told where, on documents that were judged by hand."""

import pytest

from ingest.blocks import Block, assemble
from ingest.cases.finding import find_cases
from ingest.documents import Case
from tests.told_cases import ToldDocument, told_documents

DOCUMENTS = told_documents()


def cases_of(*blocks: Block) -> tuple[Case, ...]:
    layout = assemble(blocks)
    return find_cases(layout.text, layout.sections)


def heading(text: str) -> Block:
    return Block(text, is_heading=True)


MAN = Block("A 40-year-old man fell on his knee. He rested.")
WOMAN = Block("A 30-year-old woman slipped on ice. She limped.")


@pytest.mark.parametrize("told", DOCUMENTS, ids=lambda told: told.name)
def test_each_piece_belongs_to_the_case_that_a_reader_gave_it(told: ToldDocument) -> None:
    text = told.layout.text
    cases = find_cases(text, told.layout.sections)
    for piece, expected in told.pieces:
        start = text.index(piece)
        found = {c.number for c in cases if c.start < start + len(piece) and start < c.end}
        assert found == ({expected} if expected else set()), piece


@pytest.mark.parametrize("told", DOCUMENTS, ids=lambda told: told.name)
def test_cases_stand_in_order_and_do_not_overlap(told: ToldDocument) -> None:
    cases = find_cases(told.layout.text, told.layout.sections)
    edges = [edge for case in cases for edge in (case.start, case.end)]
    assert edges == sorted(edges) and all(0 <= edge <= len(told.layout.text) for edge in edges)


def test_a_case_is_called_by_its_heading() -> None:
    assert [c.label for c in cases_of(heading("Case 2: a fall"), MAN)] == ["Case 2: a fall"]


def test_a_case_keeps_the_number_of_the_document() -> None:
    assert [c.number for c in cases_of(heading("Case 7"), MAN)] == [7]


def test_a_case_without_a_name_is_called_by_its_patient() -> None:
    assert [c.label for c in cases_of(heading("Course"), MAN)] == ["A 40-year-old man"]


def test_stretches_of_one_case_have_one_name() -> None:
    blocks = [heading("Case 1"), MAN, heading("Case 2"), WOMAN, heading("Outcome of case 1"), MAN]
    assert [(c.number, c.label) for c in cases_of(*blocks)] == [
        (1, "Case 1"),
        (2, "Case 2"),
        (1, "Case 1"),
    ]


def test_a_document_without_text_about_patients_has_no_cases() -> None:
    assert cases_of(heading("Results"), Block("Cells divided within a day.")) == ()
