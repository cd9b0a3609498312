"""Signs that old symbol fonts call by the names of other characters: "P , 0.05" for "P < 0.05".

Many journals of the years 1995 to 2015 print =, −, <, ° and the like with fonts that have no table
of meanings, so that every reader takes the places of the signs for digits and stops. What is drawn
tells: a "2" as flat as a stroke is a minus. Each is looked at once in each font.
"""

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium


class Shape(NamedTuple):
    """A drawn character, in letter sizes: its edges over the base line, and its width."""

    bottom: float
    top: float
    width: float

    @property
    def height(self) -> float:
        """From the lower edge to the upper one."""
        return self.top - self.bottom

    @property
    def is_stroke(self) -> bool:
        """Flat and over the base line: a minus."""
        return self.height < 0.12 and self.bottom > 0.15 and self.width > 0.3

    @property
    def is_flat(self) -> bool:
        """Half as high as wide, and in the middle: an equals sign, or a tilde."""
        return 0.12 <= self.height <= 0.32 and self.bottom >= 0.12 and self.width >= 0.4

    @property
    def is_wide(self) -> bool:
        """As wide as it is high, and lower than a digit: a plus, a cross, less or more than."""
        square = abs(self.width - self.height) < 0.12
        return square and 0.4 <= self.height <= 0.62 and self.bottom > -0.12

    @property
    def is_raised(self) -> bool:
        """Small and high up: a prime, or a degree."""
        return self.bottom >= 0.35 and self.height < 0.4


def sign_of(char: str, shape: Shape) -> str:
    """What is drawn where the font says `char`; the same where it is drawn as what it is.

    >>> sign_of("2", Shape(0.30, 0.35, 0.59)), sign_of("2", Shape(0.0, 0.68, 0.46))
    ('−', '2')
    """
    sign = char
    if char in "2”" and shape.is_stroke:
        sign = "−"
    elif char in "5," and shape.is_flat:
        sign = "=" if char == "5" else "∼"
    elif char in _WIDE and shape.is_wide:
        sign = _WIDE[char]
    elif char in "9u" and shape.is_raised:
        sign = "′" if shape.width < 0.2 else "°" if char == "u" else char
    return sign


_WIDE = {"1": "+", "3": "×", "6": "×", ",": "<", ".": ">"}
SUSPECTS = frozenset("12356,.9u”")
"""Characters in whose places the fonts of Mathematical Pi and their kin have signs."""


class Signs:
    """What the suspects are in each font of one document."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], str] = {}

    def of(self, text_page: Any, index: int, char: str) -> str:
        """The sign that is drawn for a character of a page."""
        text_object = pdfium.FPDFText_GetTextObject(text_page, index)
        font = pdfium.FPDFTextObj_GetFont(text_object) if text_object else None
        if not font:
            return char
        key = ctypes.addressof(font.contents), char
        if key not in self._known:
            shape = _shape(text_page, index)
            if shape is None:
                return char
            self._known[key] = sign_of(char, shape)
        return self._known[key]


def _shape(text_page: Any, index: int) -> Shape | None:
    """How a character is drawn; None where it does not stand upright."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text_page, index) * matrix.d
    if size <= 0 or matrix.a <= 0 or abs(matrix.b) > 0.01 * matrix.a:
        return None
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    width = (right.value - left.value) / size
    return Shape((bottom.value - y.value) / size, (top.value - y.value) / size, width)
