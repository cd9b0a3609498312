"""Pages as pypdfium2 reads them: words with their places, put together to lines.

PDFium is a library in C with one call for each character; the calls are few and cheap (about 5 ms
a page). It marks a hyphen at the end of a line as U+0002 (U+FFFE in whole texts), and its own line
breaks are hints only: it breaks a line at a raised figure.
"""

import ctypes
import math
import re
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.pdf.accents import ACCENTS, Glyph, composed
from ingest.formats.pdf.print import Box, PrintedPage
from ingest.formats.pdf.signs import SUSPECTS, Signs
from ingest.formats.pdf.symbols import NOTHING, SYMBOLS
from ingest.formats.pdf.words import ASLANT, Font, Word, level_box, printed_page

BOLD_WEIGHT = 600
"""From this weight on a font is semibold (OpenType, usWeightClass)."""
MAX_SLANT = 0.1
"""In quarter turns: what is drawn more aslant than 9° is a watermark or a label."""

_BOLD_NAMES = ("bold", "black", "heavy", "demi", "cmbx", "sfbx", "-bd")
_ITALIC_NAMES = ("italic", "oblique", "cmti", "sfti", "-it")
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6  # ISO 32000-1, table 123: font flags
_LINE_END_HYPHENS = ("\x02", "\ufffe")
_LETTERS = re.compile(r"[^\s\x02\ufffe]+")
_SUSPECT = re.compile("[" + "".join(map(re.escape, sorted(SUSPECTS))) + "]")
_ACCENT = re.compile("[" + "".join(map(re.escape, sorted(ACCENTS))) + "]")
_COPY = re.compile(r"^[A-Z]{6}\+|\+\d+$")  # "ABCDEF+Minion", "AdvTT86d47313+20"
_QUARTER = math.pi / 2


@dataclass
class Fonts:
    """The fonts of one document, each looked up once."""

    fonts: dict[int, Font] = field(default_factory=dict)
    signs: Signs = field(default_factory=Signs)

    def of(self, text_object: Any) -> Font:
        """The font of a text object."""
        font = pdfium.FPDFTextObj_GetFont(text_object)
        if not font:
            return Font()
        address = ctypes.addressof(font.contents)
        if address not in self.fonts:
            self.fonts[address] = _font(font)
        return self.fonts[address]


def read_page(document: pypdfium2.PdfDocument, number: int, fonts: Fonts) -> PrintedPage:
    """Read a page, counted from 1; raises `pypdfium2.PdfiumError` where it is damaged."""
    page = document[number - 1]
    try:
        words, place = words_of(page, fonts)
    finally:
        page.close()
    return printed_page(words, place.right - place.left, place.top - place.bottom)


def words_of(page: pypdfium2.PdfPage, fonts: Fonts) -> tuple[list[Word], Box]:
    """The words of an open page in the order of its stream, and the place of the page itself.

    The heights of that place are counted upwards, as PDF does.
    """
    left, bottom, right, top = page.get_cropbox()
    place = Box(left, top, right, bottom)
    text_page = page.get_textpage()
    try:
        return _PageWords(text_page, place, fonts).words(), place
    finally:
        text_page.close()


class _PageWords:
    """The words of one page, in the order of its stream."""

    def __init__(self, text_page: pypdfium2.PdfTextPage, page: Box, fonts: Fonts) -> None:
        self.text_page = text_page
        self.raw: Any = text_page.raw
        self.page = page
        self.fonts = fonts
        self.rectangle, self.matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self.styles: dict[int, tuple[float, Font, int]] = {}

    def words(self) -> list[Word]:
        chars = self._chars()
        words: list[Word] = []
        for match in _LETTERS.finditer(chars):
            start, end = match.span()
            text = match[0].replace(NOTHING, "")
            if text:
                is_broken = chars[end : end + 1] in _LINE_END_HYPHENS
                after_space = start == 0 or chars[start - 1] not in _LINE_END_HYPHENS
                size, font, turns = self._style((start + end) // 2)
                box = self._box(start, end - 1, turns)
                text = _paired(text) + ("-" if is_broken else "")
                words.append(Word(text, size, font, turns, box, after_space))
        return words

    def _chars(self) -> str:
        """Every character, accents on their letters, `NOTHING` for one that says nothing."""
        count = self.text_page.count_chars()
        text: str = self.text_page.get_text_range()
        if len(text) != count:  # the whole text leaves some characters out: one by one, then
            get = pdfium.FPDFText_GetUnicode
            text = "".join([chr(get(self.raw, index)) for index in range(count)])
        chars = list(text.translate(SYMBOLS))
        for match in _SUSPECT.finditer(text):
            index = match.start()
            chars[index] = self.fonts.signs.of(self.raw, index, match[0])
        for match in _ACCENT.finditer(text):
            first, last = max(0, match.start() - 2), min(count, match.start() + 3)
            edges = [self._edges(index) for index in range(first, last)]
            near = [
                Glyph(char, *edge[::2]) for char, edge in zip(chars[first:last], edges, strict=True)
            ]
            chars[first:last] = [glyph.char or NOTHING for glyph in composed(near)]
        return "".join(chars)

    def _edges(self, index: int) -> tuple[float, float, float, float]:
        """The left, lower, right and upper edge of a character's place, as high as its line."""
        edges = self.rectangle
        pdfium.FPDFText_GetLooseCharBox(self.raw, index, edges)
        return edges.left, edges.bottom, edges.right, edges.top

    def _box(self, first: int, last: int, turns: int) -> Box:
        """The place of the characters from the first to the last, on the page as it is read."""
        left, bottom, right, top = self._edges(first)
        if last > first:
            other = self._edges(last)
            left, bottom = min(left, other[0]), min(bottom, other[1])
            right, top = max(right, other[2]), max(top, other[3])
        return level_box(left, bottom, right, top, turns, self.page)

    def _style(self, index: int) -> tuple[float, Font, int]:
        """Size, font and quarter turns of a character: all of one text object have the same."""
        text_object = pdfium.FPDFText_GetTextObject(self.raw, index)
        if not text_object:
            size, turns = self._size_and_turns(index)
            return size, Font(), turns
        address = ctypes.addressof(text_object.contents)
        if address not in self.styles:
            size, turns = self._size_and_turns(index)
            self.styles[address] = size, self.fonts.of(text_object), turns
        return self.styles[address]

    def _size_and_turns(self, index: int) -> tuple[float, int]:
        """The size of a character as printed: a font of 1 point may be drawn 10 times as large."""
        matrix = self.matrix
        if not pdfium.FPDFText_GetMatrix(self.raw, index, matrix):
            return 0.0, 0
        size: float = pdfium.FPDFText_GetFontSize(self.raw, index)
        turn = -math.atan2(matrix.b, matrix.a) / _QUARTER
        turns = round(turn) % 4 if abs(turn - round(turn)) < MAX_SLANT else ASLANT
        return round(size * math.hypot(matrix.b, matrix.d), 1), turns


def _paired(text: str) -> str:
    """Letters beyond 16 bits, which PDFium gives in halves, as one each."""
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _font(font: Any) -> Font:
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    wording = name.value.decode("utf-8", "replace").lower()
    flags = pdfium.FPDFFont_GetFlags(font)
    return Font(
        name=_COPY.sub("", name.value.decode("utf-8", "replace")),
        bold=any(mark in wording for mark in _BOLD_NAMES)
        or wording.endswith(".b")
        or bool(flags & _FORCE_BOLD)
        or pdfium.FPDFFont_GetWeight(font) >= BOLD_WEIGHT,
        italic=any(mark in wording for mark in _ITALIC_NAMES)
        or wording.endswith(".i")
        or bool(flags & _ITALIC),
    )
