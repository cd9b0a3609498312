"""PDF: pypdf opens, decrypts and extracts; `pdf_lines` makes paragraphs of its lines."""

import io
import logging
import re
from contextlib import suppress
from typing import Any

import pypdf

from ingest.cleaning import clean, words_in
from ingest.documents import Metadata
from ingest.errors import UnreadableFileError
from ingest.formats.pdf_fonts import PageText, emphasised_lines, extract_page, largest_text
from ingest.formats.pdf_lines import page_blocks
from ingest.formats.reading import Reading
from ingest.header_fields import first_stated, take_header_fields
from ingest.identifiers import find_doi, find_pmid, find_published_year

MIN_WORDS = 8
"""A PDF with fewer words in all is a picture of text, or damaged; a title alone has more."""
MAX_BAD_PAGES = 0.5
"""With more than this share of pages damaged or empty, what is left is not the document."""
MAX_STRANGE_CHARACTERS = 0.05
"""Share of a page's characters that no font maps to a letter; more, and its words are lost."""
FIELD_LINES = 12
"""Lines of the first page in which "Journal: …" and its like are looked for."""

_TOOL_TITLE = re.compile(
    r"^(microsoft word|untitled|document\d*$|powerpoint)|\d\.\.\d|^\S+$"
    r"|\.(docx?|indd|qxd|tex|pdf|rtf|dvi|fm)\b",
    re.IGNORECASE,
)
_TOOL_AUTHOR = re.compile(
    r"^(user|admin\w*|owner|unknown|windows user|anonymous|.*@.*)$", re.IGNORECASE
)
_DOI_ALONE = re.compile(r"\s*(doi\s*:?\s*|https?://(dx\.)?doi\.org/)?10\.\d{4,9}/\S+\s*$", re.I)
# Five characters of digits go on with a DOI; fewer may be the number of the next reference.
_DOI_OVER_LINES = re.compile(r"(10\.\d{4,9}/\S*[-./_])[^\S\n]*\n\s*(?=\d[\w.-]{3,}\d)")

# pypdf tells of every oddity in a file; what matters to a reader stands in the report.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read_pdf(raw: bytes) -> Reading:
    """Read a PDF with a text layer; pages are counted from 1."""
    reader, opening_warnings = _open(raw)
    pages, damaged = _extract_pages(reader)
    empty = [n for n, page in enumerate(pages, 1) if words_in(page.text) < 2 and n not in damaged]
    _check_complete(pages, damaged, empty)
    texts = [page.text for page in pages]
    stated, texts[0] = _take_fields(texts[0])
    found = Metadata(
        title=_title(reader, pages[0]),
        authors=_authors(reader),
        year=find_published_year(texts[0]),
        doi=find_doi(_with_whole_dois(texts[0])) or _how_to_cite(texts),
        pmid=find_pmid(texts[0]),
    )
    warnings = [*opening_warnings]
    if damaged:
        warnings.append(f"damaged and left out: {_pages(damaged)}; get a fresh copy")
    if empty:
        warnings.append(f"without text, perhaps scanned: {_pages(empty)}; run OCR on them")
    blocks = page_blocks(texts, emphasised_lines(pages))
    return Reading(first_stated(stated, found), tuple(blocks), tuple(warnings))


def _open(raw: bytes) -> tuple[pypdf.PdfReader, list[str]]:
    warnings = [] if raw.startswith(b"%PDF") else ["does not begin as a PDF; read all the same"]
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFileError(
                "protected by a password", "save a copy without the password and add that"
            )
        len(reader.pages)
    except UnreadableFileError:
        raise
    # A damaged file can raise nearly anything inside a parser: KeyError, RecursionError, zlib …
    except Exception as error:
        if "decrypt" in str(error).lower() or "password" in str(error).lower():
            raise UnreadableFileError(
                "protected by a password", "save a copy without the password and add that"
            ) from error
        raise UnreadableFileError(
            "damaged or cut short: its pages cannot be found", "get a fresh copy"
        ) from error
    return reader, warnings


def _extract_pages(reader: pypdf.PdfReader) -> tuple[list[PageText], list[int]]:
    """Each page, empty where it is damaged, and the numbers of those."""
    pages: list[PageText] = []
    damaged: list[int] = []
    for number, page in enumerate(reader.pages, 1):
        extracted: PageText | None = None
        # As above: pypdf can raise anything, and one bad page must not lose the others.
        with suppress(Exception):
            extracted = extract_page(page)
        if extracted is None or _share_strange(extracted.text) > MAX_STRANGE_CHARACTERS:
            damaged.append(number)
            extracted = PageText("")
        pages.append(extracted)
    return pages, damaged


def _share_strange(text: str) -> float:
    strange = sum(1 for c in text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff")
    return strange / len(text) if text else 0.0


def _check_complete(pages: list[PageText], damaged: list[int], empty: list[int]) -> None:
    if damaged and len(damaged) + len(empty) > MAX_BAD_PAGES * len(pages):
        raise UnreadableFileError(
            f"damaged: {len(damaged) + len(empty)} of {len(pages)} pages give no text",
            "get a fresh copy",
        )
    if sum(words_in(page.text) for page in pages) < MIN_WORDS:
        count = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
        raise UnreadableFileError(
            f"no text in its {count}, perhaps scanned", "run OCR on it and add the result"
        )


def _information(reader: pypdf.PdfReader, key: str) -> str:
    try:
        information: Any = reader.metadata
        value = information.get(key) if information else None
        return clean(str(value)) if value else ""
    except Exception:  # a damaged information dictionary names nothing
        return ""


def _authors(reader: pypdf.PdfReader) -> tuple[str, ...]:
    stated = _information(reader, "/Author")
    if not stated or _TOOL_AUTHOR.match(stated):
        return ()
    return tuple(name.strip() for name in re.split(r"[,;]| and ", stated) if name.strip())


def _how_to_cite(texts: list[str]) -> str:
    """The DOI in "Cite this article as: …" or on the line before it, at the end of some articles.

    A line before it that holds more than a DOI is the last reference.
    """
    for text in reversed(texts):
        before, found, citation = text.partition("Cite this article as")
        if found:
            line_before = before.strip().rpartition("\n")[2]
            own = line_before if _DOI_ALONE.match(line_before) else ""
            return find_doi(own or _with_whole_dois(citation[:600]))
    return ""


def _with_whole_dois(text: str) -> str:
    return _DOI_OVER_LINES.sub(r"\1", text)


def _title(reader: pypdf.PdfReader, first_page: PageText) -> str:
    """The stated title, unless the program that made the file put its own name there."""
    stated = _information(reader, "/Title")
    return stated if stated and not _TOOL_TITLE.search(stated) else largest_text(first_page)


def _take_fields(text: str) -> tuple[Metadata, str]:
    """What two or more "Key: value" lines near the top state, and the text without them."""
    lines = text.splitlines()
    for start in range(min(FIELD_LINES, len(lines))):
        stated, taken = take_header_fields(lines[start:])
        if taken >= 2:
            return stated, "\n".join(lines[:start] + lines[start + taken :])
    return Metadata(), text


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"
