"""Whatever a document holds, it comes back from the text that it is stored as."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.prepared import (
    PreparedPassage,
    document_from_json,
    document_to_json,
    passages_from_json,
    passages_to_json,
    site_page_from_json,
    site_page_to_json,
    vector_hash,
)
from index.site_paragraphs import SitePage
from ingest.documents import Case, Document, Metadata, Origin, Page, Passage, Section

text = st.text(st.characters(codec="utf-8"), max_size=12)
"""Any text that UTF-8 can hold: also NUL, line separators, and signs of many bytes."""
numbers = st.integers(min_value=0, max_value=2**40)
metadatas = st.builds(
    Metadata,
    title=text,
    authors=st.lists(text, max_size=3).map(tuple),
    year=st.none() | numbers,
    doi=text,
    disclosures=text,
    origins=st.lists(st.builds(Origin, text, text), max_size=2).map(tuple),
)
documents = st.builds(
    Document,
    doc_id=text,
    source=text,
    format=text,
    metadata=metadatas,
    text=text,
    sections=st.lists(st.builds(Section, text, text, numbers, numbers), max_size=2).map(tuple),
    pages=st.lists(
        st.builds(Page, numbers, numbers, numbers, text, text, st.booleans()), max_size=2
    ).map(tuple),
    cases=st.lists(st.builds(Case, numbers, text, numbers, numbers), max_size=2).map(tuple),
    part=text,
    page_count=numbers,
    unfinished=st.booleans(),
    warnings=st.lists(text, max_size=2).map(tuple),
    file_hash=text,
)
PLAIN = Document("d", "/d.txt", "text", Metadata(title="Calf"), "Ärger 🦵 da", ())


def passage(start: int, end: int, page: int | None = None) -> PreparedPassage:
    found = Passage("d", 0, "", "other", page, page, start, end, PLAIN.text[start:end])
    return PreparedPassage(found, "Calf\nda", vector_hash("Calf\nda"))


@given(documents)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    back = document_from_json(document_to_json(document))
    assert back == document
    assert (back.warnings, back.file_hash) == (document.warnings, document.file_hash)


@given(documents)
def test_what_is_stored_can_be_written_as_utf_8(document: Document) -> None:
    stored = document_to_json(document)
    assert stored.encode("utf-8").decode("utf-8") == stored


def test_passages_come_back_with_their_texts() -> None:
    passages = (passage(0, 5), passage(6, 7, page=3), passage(6, 6))
    assert passages_from_json(passages_to_json(passages), PLAIN) == passages


def test_texts_of_passages_are_not_stored_twice() -> None:
    assert "Ärger" not in passages_to_json([passage(0, 5)])


def test_a_document_without_passages_comes_back_without() -> None:
    assert passages_from_json(passages_to_json(()), PLAIN) == ()


@given(text, st.frozensets(text, max_size=3), st.frozensets(text, max_size=3))
def test_a_page_of_a_site_comes_back_as_it_was(
    site: str, hashes: frozenset[str], marked: frozenset[str]
) -> None:
    page = SitePage("d", site, hashes, marked)
    assert site_page_from_json(site_page_to_json(page), "d") == page


def test_a_document_of_no_site_has_no_page() -> None:
    assert site_page_from_json(site_page_to_json(None), "d") is None


@pytest.mark.parametrize("stored", ["", "{}", "[]", '{"metadata": 1}', json.dumps(["d"])])
def test_what_is_no_document_is_refused(stored: str) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        document_from_json(stored)


def test_the_same_text_has_the_same_name_and_another_has_not() -> None:
    assert vector_hash("calf") == vector_hash("calf") != vector_hash("Calf")
