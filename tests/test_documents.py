"""The words of the domain."""

import pytest

from ingest.documents import Document, Metadata, Page, Passage

PAGES = (Page(1, 0, 10), Page(2, 10, 20), Page(4, 20, 30))
PAGED = Document("d", "d.pdf", "pdf", Metadata(), "x" * 30, (), PAGES)


@pytest.mark.parametrize(
    ("start", "end", "pages"),
    [(0, 10, (1, 1)), (9, 11, (1, 2)), (10, 20, (2, 2)), (0, 30, (1, 4)), (25, 26, (4, 4))],
)
def test_a_span_stands_on_its_pages(start: int, end: int, pages: tuple[int, int]) -> None:
    spans = PAGED.pages_of(start, end)
    assert (spans[0].number, spans[-1].number) == pages


def test_without_pages_a_span_stands_on_none() -> None:
    assert Document("d", "d.txt", "text", Metadata(), "x", ()).pages_of(0, 1) == ()


def test_a_passage_is_named_by_its_document_and_place() -> None:
    passage = Passage("d0c", 7, "Case", "other", None, None, 0, 1, "x")
    assert passage.passage_id == "d0c:7"


def test_documents_that_differ_in_warnings_only_are_the_same() -> None:
    warned = Document("d", "d.pdf", "pdf", Metadata(), "x" * 30, (), PAGES, warnings=("old",))
    assert warned == PAGED
