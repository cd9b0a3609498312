"""What a PDF states about the document in it: title, authors, journal, identifiers.

The file's own properties are held against the print of the first page. Programs and submitters
write there what they like, so a title must be printed to count, and one name is no list of
authors when the page has more. Each value says where it was read.
"""

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import pypdf
import pypdfium2

from ingest.cleaning import clean, words_in
from ingest.documents import Metadata, first_stated, read_in
from ingest.formats.pdf.citation import EDGE_LINES, is_printed, printed_metadata
from ingest.formats.pdf.front_lines import FrontLine, front_lines, recognised_lines
from ingest.formats.pdf.properties import creation_year, stated_in_file
from ingest.formats.pdf.title import TitlePage, read_title_page
from ingest.header_fields import take_header_fields

FIELD_LINES = 12
"""Lines of the first page in which "Journal: …" and its like are looked for."""
COVER_WORDS = 250
"""A first page with fewer may be the cover of a repository; the title page is then the next."""
COMMON_PAGES = 4
"""Pages whose words tell which words are no names."""

_CONTACTS = re.compile(r"\S*@\S+|https?://\S+|www\.\S+")
_SMALL_WORD = re.compile(r"(?<![^\W_])[^\W\d_A-Z]{3,}(?![^\W_])")


def front_metadata(
    document: pypdfium2.PdfDocument | None,
    reader: pypdf.PdfReader,
    texts: Sequence[str],
    sizes: Sequence[float] = (),
) -> Metadata:
    """What the file states about the document; `texts` are those of all pages, in order.

    `document` is the file as PDFium opened it, if it could, and `reader` as pypdf did; nothing in
    either that is damaged is an error.
    `sizes` are those of the first page's lines where the page is a picture that was recognised.
    """
    properties = stated_in_file(reader)
    lines, title_page = _title_page(document, texts, properties.journal, sizes)
    title = choose_title(properties, title_page, "\n".join(texts[:2]))
    printed = printed_metadata(texts, _edges(lines), title.title or title_page.title)
    return first_stated(
        title,
        choose_authors(properties, title_page, printed, "\n".join(texts[:2])),
        _choose_doi(properties, printed, texts),
        replace(printed, authors=()),
        replace(properties, title="", authors=()),
        read_in("inferred from the date of the file", Metadata(year=creation_year(reader))),
    )


def take_fields(text: str) -> tuple[Metadata, str]:
    """What two or more "Key: value" lines near the top state, and the text without them."""
    lines = text.splitlines()
    for start in range(min(FIELD_LINES, len(lines))):
        stated, taken = take_header_fields(lines[start:])
        if taken >= 2:
            return stated, "\n".join(lines[:start] + lines[start + taken :])
    return Metadata(), text


def choose_title(properties: Metadata, page: Metadata, text: str) -> Metadata:
    """The title of the properties if it is printed in `text`, the first pages; else the page's.

    Where one goes on where the other ends, the longer one; a printed title with authors under it
    stands before a running title.
    """
    stated, printed = plain(properties.title), plain(page.title)
    if not stated or not printed:
        return only("title", properties if stated else page)
    if stated != printed and (stated in printed or (page.authors and printed not in stated)):
        return only("title", page)
    is_printed_too = stated in plain(text)
    return only("title", properties if is_printed_too or not page.authors else page)


def choose_authors(properties: Metadata, page: Metadata, printed: Metadata, text: str) -> Metadata:
    """The authors under the title, unless the properties have more and all are printed.

    `printed` has those that a citation names. One name in the properties is left out where the
    pages say "et al.": it is the first author, or whoever sent the file.
    """
    whole = plain(text)
    stated = [plain(name.split()[-1]) for name in properties.authors]
    all_printed = bool(stated) and all(name in whole for name in stated)
    under = [plain(name.split()[-1]) for name in page.authors]
    unlike = set(under).isdisjoint(stated) or len(stated) > len(under)
    if page.authors and not (all_printed and unlike):
        return only("authors", page)
    if printed.authors and (len(printed.authors) > len(stated) or not all_printed):
        return only("authors", printed)
    if len(stated) == 1 and re.search(r"\bet al\b", text) and f"{stated[0]}etal" in whole:
        return Metadata()
    return only("authors", properties)


def only(field: str, metadata: Metadata) -> Metadata:
    """One field of some metadata, with its origin."""
    origins = tuple(origin for origin in metadata.origins if origin.field == field)
    return replace(Metadata(origins=origins), **{field: getattr(metadata, field)})


def plain(text: str) -> str:
    """Letters and digits alone, without accents and case: how titles and names are compared."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if c.isalnum())


def _choose_doi(properties: Metadata, printed: Metadata, texts: Sequence[str]) -> Metadata:
    """The DOI of the properties, unless another is printed and that one nowhere."""
    if printed.doi and properties.doi and not is_printed(properties.doi, texts):
        return only("doi", printed)
    return only("doi", properties if properties.doi else printed)


def _title_page(
    document: pypdfium2.PdfDocument | None,
    texts: Sequence[str],
    journal: str,
    sizes: Sequence[float],
) -> tuple[tuple[FrontLine, ...], Metadata]:
    """The lines of the page that has the title, and title and authors as it prints them."""
    common = _common_words(texts)
    first: tuple[tuple[FrontLine, ...], Metadata] = ((), Metadata())
    if document is None:
        return first
    with suppress(pypdfium2.PdfiumError):
        for number, text in enumerate(texts[:2], 1):
            if not words_in(text):  # nothing there, or a page that another reader gave up
                break
            lines = front_lines(document[number - 1]) or recognised_lines(text, sizes)
            page = _as_metadata(read_title_page(lines, common, journal), number)
            if page.authors or (number == 1 and words_in(text) >= COVER_WORDS):
                return lines, page
            first = first if number > 1 else (lines, page)
    return first


def _as_metadata(page: TitlePage, number: int) -> Metadata:
    return first_stated(
        read_in(f"page {number}, largest letters", Metadata(title=clean(page.title))),
        read_in(
            f"page {number}, under the title", Metadata(authors=tuple(map(clean, page.authors)))
        ),
    )


def _common_words(texts: Sequence[str]) -> frozenset[str]:
    """The words that the document writes with small letters; those of addresses do not count."""
    text = _CONTACTS.sub("", " ".join(texts[:COMMON_PAGES]))
    return frozenset(_SMALL_WORD.findall(text))


def _edges(lines: Sequence[FrontLine]) -> tuple[str, ...]:
    """The lines at the top and at the foot of a page."""
    texts = [line.text for line in lines]
    return (*texts[:EDGE_LINES], *texts[EDGE_LINES:][-EDGE_LINES:])
