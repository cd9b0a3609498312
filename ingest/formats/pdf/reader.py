"""PDF files: opened, read page by page, and put together to headings and paragraphs."""

from collections.abc import Sequence

from ingest.cleaning import words_in
from ingest.documents import Metadata, first_stated
from ingest.errors import UnreadableFileError
from ingest.formats.pdf.choice import MIN_WORDS as MIN_PAGE_WORDS
from ingest.formats.pdf.choice import PageReading, page_labels, read_pages
from ingest.formats.pdf.front import front_metadata, take_fields
from ingest.formats.pdf.lines import page_blocks
from ingest.formats.pdf.ocr import REMEDY, page_list
from ingest.formats.pdf.opening import OpenPdf, open_pdf
from ingest.formats.pdf.print import PrintedPage
from ingest.formats.pdf.scans import Scans, read_scans
from ingest.formats.pdf.warnings import page_warnings
from ingest.formats.reading import PageFacts, Reading

MIN_WORDS = 8
"""A PDF with fewer words in all is a picture of text, or damaged; a title alone has more."""
MAX_BAD_PAGES = 0.5
"""With more than this share of pages damaged or empty, what is left is not the document."""


def read_pdf(raw: bytes) -> Reading:
    """Read a PDF; pages are counted from 1. Raises `UnreadableFileError`."""
    pdf = open_pdf(raw)
    try:
        return _read(pdf, raw)
    finally:
        pdf.close()


def _read(pdf: OpenPdf, raw: bytes) -> Reading:
    readings, vocabulary = read_pages(pdf)
    damaged = [number for number, reading in enumerate(readings, 1) if reading.is_damaged]
    pages = [reading.page for reading in readings]
    scans = read_scans(pdf, pages, damaged)
    pages = [scans.pages.get(number, page) for number, page in enumerate(pages, 1)]
    cut = [number for number, reading in enumerate(readings, 1) if reading.is_cut]
    _check_complete(pages, damaged + cut, scans)
    fields, pages[0] = _without_fields(pages[0])
    sizes = [line.size for line in pages[0].lines] if 1 in scans.pages else []
    found = front_metadata(pdf.document, pdf.reader, [page.text for page in pages], sizes)
    warnings = [] if raw.startswith(b"%PDF") else ["does not begin as a PDF; read all the same"]
    if damaged:
        warnings.append(f"damaged and left out: {page_list(damaged)}; get a fresh copy")
    if cut:
        warnings.append(f"damaged, some text may be lost: {page_list(cut)}; get a fresh copy")
    return Reading(
        metadata=first_stated(fields, found),
        blocks=tuple(page_blocks(pages, vocabulary.listed)),
        warnings=(*warnings, *scans.warnings, *page_warnings(pages, vocabulary)),
        pages=_facts(readings, scans, page_labels(pdf)),
        unfinished=scans.unfinished,
    )


def _facts(
    readings: Sequence[PageReading], scans: Scans, labels: Sequence[str]
) -> tuple[PageFacts, ...]:
    return tuple(
        PageFacts(number, label, scans.reader.get(number, reading.reader), number in scans.pages)
        for number, (reading, label) in enumerate(zip(readings, labels, strict=True), 1)
    )


def _check_complete(pages: Sequence[PrintedPage], damaged: Sequence[int], scans: Scans) -> None:
    empty = [n for n, page in enumerate(pages, 1) if words_in(page.text) < MIN_PAGE_WORDS]
    bad = len({*damaged, *empty})
    if damaged and bad > MAX_BAD_PAGES * len(pages):
        raise UnreadableFileError(
            f"damaged: {bad} of {len(pages)} pages give no text, or not all", "get a fresh copy"
        )
    if sum(words_in(page.text) for page in pages) < MIN_WORDS:
        count = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
        unread = any(told.startswith("without text") for told in scans.warnings)
        remedy = REMEDY if unread else "run OCR on it and add the result"
        raise UnreadableFileError(f"no text in its {count}, perhaps scanned", remedy)


def _without_fields(page: PrintedPage) -> tuple[Metadata, PrintedPage]:
    """What "Key: value" lines at the top of a page state, and the page without them."""
    stated, rest = take_fields(page.text)
    kept = rest.split("\n") if rest else []
    taken = len(page.lines) - len(kept)
    if taken <= 0:
        return stated, page
    same = (
        n
        for n, (line, other) in enumerate(zip(page.lines, kept, strict=False))
        if line.text != other
    )
    start = next(same, len(kept))
    return stated, page.with_lines(page.lines[:start] + page.lines[start + taken :])
