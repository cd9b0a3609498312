"""Accents that a PDF prints as letters of their own, put back on the letters under them. Pure.

Old fonts have no "é": the page holds an "e" and an acute accent over it, in either order, and a
reader gives "e´" or "´e".
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

ACCENTS = {
    "\u00b4": "\u0301",  # acute
    "\u0060": "\u0300",  # grave
    "\u00a8": "\u0308",  # diaeresis
    "\u02c6": "\u0302",  # circumflex
    "\u02dc": "\u0303",  # tilde
    "\u02c7": "\u030c",  # caron
    "\u02d8": "\u0306",  # breve
    "\u02d9": "\u0307",  # dot above
    "\u02da": "\u030a",  # ring
    "\u02dd": "\u030b",  # double acute
    "\u00b8": "\u0327",  # cedilla
    "\u02db": "\u0328",  # ogonek
}
"""An accent that stands alone, to the one that combines with the letter before it."""
_BASES = {"\u0131": "i", "\u0237": "j"}  # dotless letters, as they are printed under an accent


class Glyph(NamedTuple):
    """One character and where it stands, left edge to right edge, in points."""

    char: str
    left: float
    right: float


def composed(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs with accents on their letters; as many glyphs as before, those taken up empty.

    The letter is the neighbour that the accent stands over, whichever comes first, also where a
    space came between.
    """
    result = [*glyphs]
    for at, accent in enumerate(glyphs):
        if accent.char in ACCENTS:
            near = [n for n in _neighbours(glyphs, at) if _over(accent, glyphs[n])]
            base = min(near, key=lambda n: abs(_middle(glyphs[n]) - _middle(accent)), default=None)
            if base is not None:
                _put_on(result, at, base)
    return result


def _neighbours(glyphs: Sequence[Glyph], at: int) -> list[int]:
    """The places of the next letters on both sides, over one space at most."""
    found = []
    for step in (-1, 1):
        place = at + step
        if 0 <= place < len(glyphs) and glyphs[place].char == " ":
            place += step
        if 0 <= place < len(glyphs) and glyphs[place].char.isalpha():
            found.append(place)
    return found


def _put_on(glyphs: list[Glyph], accent: int, base: int) -> None:
    letter = glyphs[base]
    plain = _BASES.get(letter.char, letter.char)
    whole = unicodedata.normalize("NFC", plain + ACCENTS[glyphs[accent].char])
    if len(whole) != 1:
        return
    glyphs[base] = letter._replace(char=whole)
    glyphs[accent] = glyphs[accent]._replace(char="")
    beyond = accent + (1 if accent > base else -1)
    for space in (accent + 1, accent - 1):
        if (
            0 <= space < len(glyphs)
            and glyphs[space].char == " "
            and (space != beyond or _is_close(glyphs, base, beyond))
        ):
            glyphs[space] = glyphs[space]._replace(char="")


def _is_close(glyphs: Sequence[Glyph], base: int, space: int) -> bool:
    """Whether the letter after a space stands so near that the accent alone made the space."""
    after = space + (1 if space > base else -1)
    if not 0 <= after < len(glyphs):
        return False
    letter, other = glyphs[base], glyphs[after]
    gap = other.left - letter.right if space > base else letter.left - other.right
    return gap < (letter.right - letter.left) / 3


def _over(accent: Glyph, letter: Glyph) -> bool:
    return letter.left - 1 <= _middle(accent) <= letter.right + 1


def _middle(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2
