"""What a file holds: its content first, its name second."""

import io
import zipfile

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.detection import detect_format, root_name
from tests.fixtures.examples import ENDINGS, EXAMPLES


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_format_is_known_by_its_content_and_ending(name: str) -> None:
    assert detect_format(EXAMPLES[name], ENDINGS[name]) == name


@pytest.mark.parametrize("name", [*EXAMPLES.keys() - {"markdown", "text"}])
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


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be"])
def test_xml_is_known_in_two_bytes_a_letter(code: str) -> None:
    assert detect_format("<?xml version='1.0'?><article>x</article>".encode(code), ".xml") == "jats"


@pytest.mark.parametrize("root", ["pmc-articleset", "OAI-PMH", "sub-article"])
def test_a_bundle_of_articles_is_known(root: str) -> None:
    assert detect_format(f"<{root}><x/></{root}>".encode(), ".xml") == "jats"


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("<article><front><j:article-meta a='b'/></front></article>", "jats"),
        ("<r><MedlineCitation Status='x'/></r>", "medline"),
    ],
)
def test_a_set_with_a_root_of_its_own_is_known_by_what_it_holds(inside: str, name: str) -> None:
    assert detect_format(f"<papers>{inside}</papers>".encode(), ".xml") == name


@pytest.mark.parametrize(
    "before", ["<?xml-stylesheet href='<html>'?>", "<!DOCTYPE article [<!ENTITY a '<html>'>]>"]
)
def test_nothing_before_the_root_is_taken_for_it(before: str) -> None:
    assert root_name(f"{before}<j:article/>".encode()) == "article"


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "format_name"),
    [("word/document.xml", "docx"), ("META-INF/container.xml", "epub")],
)
def test_an_archive_is_known_by_what_is_in_it(name: str, format_name: str) -> None:
    assert detect_format(archive("mimetype", name), ".bin") == format_name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("xl/workbook.xml", "a spreadsheet, not a document"),
        ("ppt/presentation.xml", "a slide show, not a document"),
        ("content.xml", "an OpenDocument file, which is not read"),
        ("papers/a.pdf", "an archive, not a document"),
    ],
)
def test_an_archive_of_another_kind_is_refused_by_its_name(name: str, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        detect_format(archive(name), ".docx")
    assert caught.value.reason == reason


def test_a_damaged_archive_is_still_known() -> None:
    assert detect_format(archive("word/document.xml")[:-9], ".docx") == "docx"


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
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ".doc", "an old Office or protected file"),
        (b"PK\x03\x04 and so on", ".zip", "an archive, not a document"),
        (b"<!-- <article> ", ".xml", "damaged: markup without an element"),
        (b"<svg></svg>", ".xml", "XML of a kind that is not read (<svg>)"),
        (b"\xff\xd8\xff\xe0", ".pdf", "a picture (JPEG), not a document"),
        (b"\x89PNG\r\n", ".txt", "a picture (PNG), not a document"),
        (b"a.xml" + b"\0" * 252 + b"ustar", ".tar", "an archive, not a document"),
        ("fever".encode("utf-16"), ".xml", "named .xml but not a XML file"),
    ],
)
def test_what_has_no_reader_says_so(raw: bytes, suffix: str, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        detect_format(raw, suffix)
    assert caught.value.reason == reason
