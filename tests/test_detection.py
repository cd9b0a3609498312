"""What a file holds: its content first, its name second."""

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.detection import detect_format
from tests.fixtures.examples import ENDINGS, EXAMPLES


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_format_is_known_by_its_content_and_ending(name: str) -> None:
    assert detect_format(EXAMPLES[name], ENDINGS[name]) == name


@pytest.mark.parametrize("name", ["pdf", "html", "jats", "bmc", "docx"])
def test_a_format_with_a_mark_of_its_own_needs_no_ending(name: str) -> None:
    assert detect_format(EXAMPLES[name], "") == name


def test_content_beats_the_ending() -> None:
    assert detect_format(EXAMPLES["html"], ".pdf") == "html"


def test_an_ending_may_be_in_capitals() -> None:
    assert detect_format(b"Fever rose.", ".TXT") == "text"


@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_a_text_that_begins_with_a_bracket_is_no_markup(ending: str) -> None:
    assert detect_format(b"<3 mm was the depth.", ending) in ("text", "markdown")


def test_a_comment_before_the_root_does_not_hide_it() -> None:
    raw = b'<?xml version="1.0"?><!-- <html> --><!DOCTYPE art SYSTEM "a.dtd"><art></art>'
    assert detect_format(raw, ".xml") == "bmc"


def test_a_root_may_have_a_namespace() -> None:
    assert detect_format(b'<j:article xmlns:j="urn:x">x</j:article>', ".xml") == "jats"


def test_a_pdf_may_begin_with_other_bytes() -> None:
    assert detect_format(b"\n\nHTTP/1.1 200 OK\n\n" + EXAMPLES["pdf"], ".pdf") == "pdf"


@pytest.mark.parametrize(
    ("raw", "suffix", "reason"),
    [
        (b"", ".pdf", "empty"),
        (b" \n\t", ".txt", "empty"),
        (b"\0" * 9, ".pdf", "nothing but null bytes"),
        (b"hello", ".pdf", "named .pdf but not a PDF file"),
        (b"hello", ".docx", "named .docx but not a DOCX file"),
        (b"hello", ".xml", "named .xml but not a XML file"),
        (b"hello", ".jpg", "a type that is not read (.jpg)"),
        (b"hello", "", "a type that is not read (no ending)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ".doc", "an old or protected Word file"),
        (b"PK\x03\x04 and so on", ".zip", "an archive, not a document"),
        (b"<svg></svg>", ".xml", "XML of a kind that is not read (<svg>)"),
    ],
)
def test_what_has_no_reader_says_so(raw: bytes, suffix: str, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        detect_format(raw, suffix)
    assert caught.value.reason == reason
