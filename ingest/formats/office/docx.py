"""Word files (.docx, .docm, .dotx): read part by part, with all tracked changes accepted.

mammoth (BSD) was tried: of 53 constructs in tests/test_docx.py it reads 21 as Word shows them. It
loses simple fields, equations and drawn text boxes, reads hidden text and the instructions of
fields, and knows neither the numbers of lists nor headings that only an outline level marks.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.bylines import split_names
from ingest.cleaning import clean, words_in
from ingest.documents import Metadata, first_stated, read_in
from ingest.doubts import text_doubts
from ingest.errors import UnreadableFileError
from ingest.first_page import stated_on_first_page
from ingest.formats.office.docx_body import BodyReader
from ingest.formats.office.docx_package import WordPackage, name_of
from ingest.formats.office.styled import Item, Paragraph, blocks_of, plain_text
from ingest.formats.office.styled_front import find_title, styled_front
from ingest.formats.office.styled_lines import unbroken_items
from ingest.formats.office.word_properties import is_tool_author, is_tool_title
from ingest.formats.reading import Reading
from ingest.identifiers import find_doi
from ingest.sections import BOXED_TEXT

MIN_HEADER_TITLE_WORDS = 4
"""Fewer words in a page header are a page number, a date or the name of a form."""


def read_docx(raw: bytes) -> Reading:
    """Read a Word file: text, lists, tables, notes and text boxes; pictures are left out."""
    package = WordPackage(raw)
    body = BodyReader(package)
    items = _boxes_in_text(body.items())
    if not words_in(plain_text(items)) and package.has_pictures():
        raise UnreadableFileError(
            "a Word file of pictures, without text", "export it as PDF and have its text recognised"
        )
    title = find_title(items)
    front, kept = styled_front(items, title)
    blocks = blocks_of(unbroken_items(kept), title)
    metadata = first_stated(
        front,
        stated_on_first_page(blocks),
        read_in("Word properties", _properties(package)),
        read_in("page header", _page_headers(body.headers())),
    )
    doubts = text_doubts([block.text for block in blocks])
    return Reading(metadata, tuple(blocks), (*body.warnings, *doubts))


def _boxes_in_text(items: Sequence[Item]) -> list[Item]:
    """The items as they are, or with text boxes as text where they hold most of the document."""
    boxed = [i for i in items if isinstance(i, Paragraph) and i.kind == BOXED_TEXT]
    words = words_in(plain_text(boxed))
    if words <= words_in(plain_text(items)) - words:
        return list(items)
    return [
        replace(item, kind="") if isinstance(item, Paragraph) and item.kind == BOXED_TEXT else item
        for item in items
    ]


def _properties(package: WordPackage) -> Metadata:
    """What the file's properties say; nothing where they are absent, damaged or a tool's."""
    name = next(package.related("", "core-properties"), "docProps/core.xml")
    root = package.part_or_none(name)
    stated = {name_of(one): clean(one.text or "") for one in (root if root is not None else ())}
    title, creator = stated.get("title", ""), stated.get("creator", "")
    authors = split_names(creator)
    return Metadata(
        title="" if is_tool_title(title) else title,
        authors=tuple(name for name in authors if not is_tool_author(name)),
        doi=find_doi(stated.get("identifier", "")),
        language=_language(stated.get("language", "")),
    )


def _language(written: str) -> str:
    code = written.partition("-")[0].lower()
    return code if len(code) == 2 and code.isalpha() else ""


def _page_headers(headers: Sequence[str]) -> Metadata:
    """A DOI in them, and as title the longest, where one is long enough to name the document."""
    longest = max(headers, key=words_in, default="")
    is_title = words_in(longest) >= MIN_HEADER_TITLE_WORDS
    return Metadata(title=clean(longest) if is_title else "", doi=find_doi(" ".join(headers)))
