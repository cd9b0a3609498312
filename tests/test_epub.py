"""Books: chapters in reading order, notes apart, and what the package states."""

from pathlib import Path

import pytest

from ingest.blocks import Block
from ingest.corpus import read_document
from ingest.documents import Metadata
from ingest.errors import UnreadableFileError
from ingest.formats.office.epub import read_epub
from ingest.formats.office.zip_parts import MAX_PART_BYTES
from tests.fixtures.examples import epub_example, epub_file, packed

CIPHER = '<encryption><CipherReference URI="{}"/></encryption>'


def blocks(body: str) -> list[Block]:
    return list(read_epub(epub_file({"a.xhtml": body})).blocks)


def stated(metadata: str) -> Metadata:
    return read_epub(epub_file({"a.xhtml": "<p>She ran.</p>"}, metadata)).metadata


def test_chapters_come_in_reading_order() -> None:
    book = {"z.xhtml": "<h1>One</h1><p>She fell.</p>", "a.xhtml": "<h1>Two</h1><p>She ran.</p>"}
    texts = [block.text for block in read_epub(epub_file(book)).blocks]
    assert texts == ["One", "She fell.", "Two", "She ran."]


def test_headings_keep_their_level() -> None:
    assert [b.level for b in blocks("<h1>Case</h1><h3>Outcome</h3><p>She ran.</p>")] == [1, 3, 0]


def test_a_table_of_contents_is_left_out() -> None:
    contents = '<nav epub:type="toc"><ol><li>Outcome</li></ol></nav>'
    assert [block.text for block in blocks(f"{contents}<p>She ran.</p>")] == ["She ran."]


def test_a_note_stands_apart_and_its_number_is_raised() -> None:
    reference = '<a epub:type="noteref" href="#n">1</a>'
    note = '<aside epub:type="footnote" id="n"><p>For an hour.</p></aside>'
    text, found = blocks(f"<p>She ran.{reference}</p>{note}")
    assert (text.text, found.text, found.kind) == ("She ran.¹", "For an hour.", "footnote")


def test_a_figures_caption_stands_apart() -> None:
    figure = "<figure><img/><figcaption>Figure 3. The tear.</figcaption></figure>"
    caption = blocks(f"<p>She ran.</p>{figure}")[1]
    assert (caption.kind, caption.label) == ("caption", "Figure 3")


def test_named_letters_and_empty_elements_do_not_lose_text() -> None:
    assert blocks("<p>caf&eacute;<a id='p1'/><script/> ran</p>")[0].text == "café ran"


def test_a_chapter_that_is_no_xml_is_read_as_html() -> None:
    assert blocks("<p>She ran<br>home")[0].text == "She ran\nhome"


def test_the_package_states_title_authors_year_and_doi() -> None:
    found = stated(
        "<dc:title>Calf pain</dc:title><dc:creator>Lima, Ana</dc:creator><dc:date>2019</dc:date>"
        "<dc:identifier>doi:10.5555/abc</dc:identifier><dc:language>en-GB</dc:language>"
    )
    assert (found.title, found.authors, found.year) == ("Calf pain", ("Ana Lima",), 2019)
    assert (found.doi, found.language) == ("10.5555/abc", "en")
    assert found.origin_of("title") == "EPUB package"


def test_an_editor_is_no_author() -> None:
    creators = (
        '<dc:creator opf:role="edt" xmlns:opf="o">Kim Ito</dc:creator>'
        "<dc:creator>Ana Lima</dc:creator>"
    )
    assert stated(creators).authors == ("Ana Lima",)


def test_a_protected_book_says_so() -> None:
    raw = epub_file({"a.xhtml": "<p>x</p>"}, encryption=CIPHER.format("book/a.xhtml"))
    with pytest.raises(UnreadableFileError, match="protected against copying"):
        read_epub(raw)


def test_protected_fonts_do_not_matter() -> None:
    raw = epub_file({"a.xhtml": "<p>She ran.</p>"}, encryption=CIPHER.format("book/f.otf"))
    assert [block.text for block in read_epub(raw).blocks] == ["She ran."]


def test_a_damaged_chapter_is_a_warning() -> None:
    bomb = f"<p>{' ' * MAX_PART_BYTES}</p>"
    reading = read_epub(epub_file({"a.xhtml": bomb, "b.xhtml": "<p>She ran.</p>"}))
    assert reading.warnings == ("1 of its 2 chapters are damaged",)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (epub_example()[:300], "a damaged EPUB file"),
        (packed({"META-INF/container.xml": "<container/>"}), "no package file"),
        (packed({"a.opf": "<package>"}), "damaged XML"),
    ],
)
def test_what_cannot_be_read_says_why(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason):
        read_epub(raw)


def test_a_book_is_known_by_its_content(tmp_path: Path) -> None:
    path = Path(tmp_path, "book.zip")
    path.write_bytes(epub_example())
    assert read_document(path).format == "epub"
