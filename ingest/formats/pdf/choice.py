"""Chooses for each page between what PDFium and what pypdf read of it.

PDFium reads every page: it is several times as fast, and right on most. pypdf reads those that
look wrong: where PDFium has clearly less text than the page draws, or many words that nobody
knows. Of two readings the one is taken that has clearly more text, or else clearly more words that
are known.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from ingest.cleaning import words_in
from ingest.formats.pdf import pdfium as pdf_pdfium
from ingest.formats.pdf import pypdf as pdf_pypdf
from ingest.formats.pdf.columns import in_reading_order
from ingest.formats.pdf.content import Content, Soundness
from ingest.formats.pdf.opening import OpenPdf
from ingest.formats.pdf.print import PrintedPage
from ingest.formats.pdf.vocabulary import Vocabulary, small_words

PYPDF, PDFIUM = "pypdf", "pypdfium2"
MAX_SECOND_READINGS = 200
"""Pages of a file that pypdf reads beside PDFium, at 0.15 s each: a quarter of a file's time."""
DOUBTFUL = 0.8
"""Share of words known below which a page looks wrong; references and tables have .85 to .95."""
ALL_TEXT = 0.8
"""Share of the letters that a page draws below which some are lost; sound pages have 1.02 to 1.3,
for the spaces that a reader puts in."""
MIN_WORDS = 2
"""A page with fewer words is one without text: a number stands on empty pages too."""
MORE_TEXT = 1.1
"""One reading has clearly more text with so many times the letters of the other."""
MORE_KNOWN = 0.02
"""One reading is clearly better where so much more of its words is known."""
MAX_STRANGE = 0.05
"""Share of a page's characters that no font maps to a letter; more, and its words are lost."""


@dataclass(frozen=True)
class PageReading:
    """A page and what read it.

    `is_damaged` says that its words are lost: a bomb, a broken stream, or signs without meaning;
    `is_cut` that some of them are.
    """

    page: PrintedPage
    reader: str
    is_damaged: bool = False
    is_cut: bool = False


def read_pages(pdf: OpenPdf) -> tuple[list[PageReading], Vocabulary]:
    """Every page of a file in order, and the file's words; nothing that is damaged is an error."""
    contents = {number: pdf.content(number) for number in pdf.page_numbers}
    readable = [n for n in pdf.page_numbers if contents[n].soundness != Soundness.BOMB]
    fonts = pdf_pdfium.Fonts()
    first = {number: _by_pdfium(pdf, number, fonts) for number in readable}
    vocabulary = Vocabulary(page.text for page in first.values() if page is not None)
    doubtful = [n for n in readable if _is_doubtful(first[n], contents[n], vocabulary)]
    if pdf.document is not None:
        doubtful = doubtful[:MAX_SECOND_READINGS] if pdf.both_agree else []
    second = {number: _by_pypdf(pdf, number) for number in doubtful}
    lost = PageReading(PrintedPage(), PDFIUM, is_damaged=True)
    readings = []
    for number in pdf.page_numbers:
        reading = lost
        if number in first:
            reading = _chosen(first[number], second.get(number), vocabulary)
            reading = _with_styles(pdf, number, reading)
        readings.append(_with_damage(reading, contents[number].soundness))
    return readings, vocabulary


def _with_damage(reading: PageReading, soundness: Soundness) -> PageReading:
    """A reading of a page with what is known of its content: a broken stream may give a part."""
    if soundness != Soundness.DAMAGED or reading.is_damaged:
        return reading
    has_text = words_in(reading.page.text) >= MIN_WORDS
    return replace(reading, is_damaged=not has_text, is_cut=has_text)


def _by_pdfium(pdf: OpenPdf, number: int, fonts: pdf_pdfium.Fonts) -> PrintedPage | None:
    if pdf.document is None:
        return None
    with suppress(Exception):  # one bad page must not lose the others, whatever it raises
        page = pdf_pdfium.read_page(pdf.document, number, fonts)
        return page.with_lines(in_reading_order(page.lines))
    return None


def _by_pypdf(pdf: OpenPdf, number: int) -> PrintedPage | None:
    with suppress(Exception):  # as above
        return pdf_pypdf.read_text(pdf.reader.pages[number - 1])
    return None


def _with_styles(pdf: OpenPdf, number: int, reading: PageReading) -> PageReading:
    """A page that pypdf read with the sizes of its letters, which take pypdf as long again."""
    if reading.reader == PYPDF and not reading.is_damaged:
        with suppress(Exception):  # as above
            return replace(reading, page=pdf_pypdf.read_page(pdf.reader.pages[number - 1]))
    return reading


def _is_doubtful(page: PrintedPage | None, content: Content, vocabulary: Vocabulary) -> bool:
    """Whether a page wants a second reading."""
    if page is None:
        return True
    text = page.text
    return (
        len(text) < ALL_TEXT * content.letters
        or vocabulary.share_known(text) < DOUBTFUL
        or share_strange(text) > MAX_STRANGE
    )


def _chosen(
    pdfium: PrintedPage | None, pypdf: PrintedPage | None, vocabulary: Vocabulary
) -> PageReading:
    """The better of two readings of a page."""
    if pypdf is not None and (pdfium is None or _is_better(pypdf.text, pdfium.text, vocabulary)):
        page, reader = pypdf, PYPDF
    elif pdfium is not None:
        page, reader = pdfium, PDFIUM
    else:
        return PageReading(PrintedPage(), PDFIUM, is_damaged=True)
    if share_strange(page.text) > MAX_STRANGE:
        return PageReading(PrintedPage(), reader, is_damaged=True)
    return PageReading(page, reader)


def _is_better(text: str, other: str, vocabulary: Vocabulary) -> bool:
    """Whether a reading has clearly more text than the other, or as much and better words."""
    if share_strange(text) > MAX_STRANGE:
        return False
    if share_strange(other) > MAX_STRANGE:
        return True
    letters, others = _letters(text), _letters(other)
    gain = vocabulary.share_known(text) - vocabulary.share_known(other)
    if letters > MORE_TEXT * others:
        return gain > -MORE_KNOWN
    return gain > MORE_KNOWN and letters * MORE_TEXT > others and bool(small_words(text))


def share_strange(text: str) -> float:
    """The share of characters that stand for no letter: replacement and private use."""
    strange = sum(1 for c in text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff")
    return strange / len(text) if text else 0.0


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def page_labels(pdf: OpenPdf) -> Sequence[str]:
    """The pages' own names, "" for a file that has none.

    A count from 0 is no name: the standard has labels begin at 1 (ISO 32000-1, table 159).
    """
    labels = [""] * pdf.page_count
    if pdf.document is not None:
        with suppress(Exception):  # a damaged tree of labels names nothing
            labels = [pdf.document.get_page_label(n) for n in range(pdf.page_count)]
    return [""] * pdf.page_count if "0" in labels else labels
