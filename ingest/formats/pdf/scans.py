"""Pages that are pictures of text: found, and read by OCR where it is installed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.cleaning import words_in
from ingest.formats.pdf.choice import MIN_WORDS
from ingest.formats.pdf.ocr import REMEDY, page_list, page_picture, recognise_pages
from ingest.formats.pdf.ocr_cache import Recognised
from ingest.formats.pdf.opening import OpenPdf
from ingest.formats.pdf.print import Line, PrintedPage

if TYPE_CHECKING:
    from PIL.Image import Image

STAMP_WORDS = 40
"""A page of a picture may have so many words on it that a library stamped there."""
PICTURE_SHARE = 0.5
"""Of a page: a picture that covers more of it is the page."""
MAX_DEPTH = 2
"""Pictures stand in forms at times."""


@dataclass(frozen=True)
class Scans:
    """What OCR made of a file's pictures of text, by page number; and lines for the report."""

    pages: Mapping[int, PrintedPage]
    reader: Mapping[int, str]
    warnings: tuple[str, ...] = ()
    unfinished: bool = False


def read_scans(pdf: OpenPdf, pages: Sequence[PrintedPage], damaged: Sequence[int]) -> Scans:
    """Read the pages that are pictures; those that are blank are reported and left alone."""
    wordless = [
        number
        for number, page in enumerate(pages, 1)
        if number not in damaged and words_in(page.text) < STAMP_WORDS
    ]
    document = pdf.document
    if document is None:
        unread = [n for n in wordless if words_in(pages[n - 1].text) < MIN_WORDS]
        told = f"without text, perhaps scanned: {page_list(unread)}; {REMEDY}" if unread else ""
        return Scans({}, {}, (told,) if told else ())
    blank: list[int] = []
    scanned: list[int] = []
    for number in wordless:
        words = words_in(pages[number - 1].text)
        if words < MIN_WORDS and _is_blank(document, number):
            blank.append(number)
        elif words < MIN_WORDS or _is_picture(document, number):
            scanned.append(number)
    warnings = [f"empty: {page_list(blank)}"] if blank else []
    if not scanned:
        return Scans({}, {}, tuple(warnings))

    def render(number: int) -> "Image | None":
        with suppress(pypdfium2.PdfiumError):  # a page that cannot be loaded
            page = document[number - 1]
            try:
                return page_picture(page)
            finally:
                page.close()
        return None

    found = recognise_pages(render, scanned)
    return Scans(
        {n: PrintedPage(_lines(recognised)) for n, recognised in found.pages.items()},
        {n: recognised.engine for n, recognised in found.pages.items()},
        (*warnings, *found.warnings),
        found.unfinished,
    )


def _lines(recognised: Recognised) -> tuple[Line, ...]:
    texts = [" ".join(line.split()) for line in recognised.text.split("\n")]
    sizes = [*recognised.sizes, *[0.0] * len(texts)]
    return tuple(Line(text, size=size) for text, size in zip(texts, sizes, strict=False))


def _is_blank(document: pypdfium2.PdfDocument, number: int) -> bool:
    """Whether nothing is drawn on a page."""
    with suppress(pypdfium2.PdfiumError):
        page = document[number - 1]
        try:
            return next(iter(page.get_objects(max_depth=1)), None) is None
        finally:
            page.close()
    return False


def _is_picture(document: pypdfium2.PdfDocument, number: int) -> bool:
    """Whether one picture covers most of a page."""
    with suppress(pypdfium2.PdfiumError):
        page = document[number - 1]
        try:
            width, height = page.get_size()
            pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=MAX_DEPTH)
            boxes = [picture.get_bounds() for picture in pictures]
        finally:
            page.close()
        areas = [(right - left) * (top - bottom) for left, bottom, right, top in boxes]
        covered: bool = max(areas, default=0.0) > PICTURE_SHARE * width * height
        return covered
    return False
