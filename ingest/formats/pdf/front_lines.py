"""The lines of a PDF page as they are printed: where they stand, how large, what is raised.

pdfium gives the place of every letter. Only the first pages are looked at so, for the title and
the authors: a thousand letters take 8 ms.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.pdf.accents import ACCENTS, Glyph, composed
from ingest.formats.pdf.byline import MARK

MAX_LETTERS = 20_000
"""A page with more is no first page of an article; four times the densest that we have seen."""
MIN_SIZE = 1.0
"""In points; smaller letters are not there to be read."""
RAISED_BY = 0.12
"""A letter this share of the line's size above the others is raised."""
SAME_LINE = 0.6
"""Letters whose base lines differ by less than this share of their size are of one line."""
MAX_GAP = 1.0
"""A space wider than this share of the letters' size parts columns."""

_BOLD = re.compile(r"bold|black|heavy|\.b$|-b$", re.IGNORECASE)
_RAISED_SIGNS = frozenset("*†‡§¶#∗")


class Letter(NamedTuple):
    """A character, the point that it stands on, its box and font size, in points."""

    text: str
    x: float
    y: float
    size: float
    left: float
    right: float
    bold: bool


@dataclass(frozen=True)
class FrontLine:
    """A line of print; lengths in points, `y` upwards from the foot of the page.

    `marked` is the text with `MARK` in the place of each run of raised letters.
    """

    text: str
    size: float = 10.0
    bold: bool = False
    left: float = 0.0
    right: float = 0.0
    y: float = 0.0
    marked: str = ""


def front_lines(page: pypdfium2.PdfPage) -> tuple[FrontLine, ...]:
    """The lines of a page from top to bottom, those of one height from left to right."""
    fragments = _merged(list(_in_sequence(_letters(page))))
    lines = {(line.text, round(line.y)): line for line in map(_line, fragments) if line.text}
    return tuple(sorted(lines.values(), key=lambda line: (-round(line.y), line.left)))


def recognised_lines(text: str, sizes: Sequence[float]) -> tuple[FrontLine, ...]:
    """The lines of a page that was read from its picture, one under the other."""
    lines: list[FrontLine] = []
    y = 0.0
    for line, size in zip(text.split("\n"), sizes, strict=False):
        y -= 1.2 * (size or lines[-1].size if lines else size)
        if line.strip():
            lines.append(FrontLine(line.strip(), size, right=1.0, y=y, marked=line.strip()))
    return tuple(lines)


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    """The letters of a page in the order of the file; those that do not stand upright left out."""
    text = page.get_textpage()
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    styles: dict[int, tuple[float, bool]] = {}
    for index in range(min(text.count_chars(), MAX_LETTERS)):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            yield Letter(" ", 0, 0, 0, 0, 0, False)
            continue
        drawn = pdfium.FPDFText_GetTextObject(text, index)
        # Letters of one object are set alike: their style is asked for once.
        key = ctypes.addressof(drawn.contents) if drawn else -index - 1
        if key not in styles:
            styles[key] = _style(text, index)
        size, bold = styles[key]
        if size < MIN_SIZE:
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        yield Letter(character, x.value, y.value, size, left.value, right.value, bold)


def _style(text: pypdfium2.PdfTextPage, index: int) -> tuple[float, bool]:
    """Size in points and boldness of a letter; the size 0 for one that does not stand upright."""
    matrix, name, flags = pdfium.FS_MATRIX(), ctypes.create_string_buffer(100), ctypes.c_int()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    if matrix.a <= 0 or abs(matrix.b) > 0.1 * matrix.a:
        return 0.0, False
    pdfium.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    size = abs(pdfium.FPDFText_GetFontSize(text, index) * matrix.d)
    return size, bool(_BOLD.search(name.value.decode("utf-8", "replace")))


def _in_sequence(letters: Iterator[Letter]) -> Iterator[list[Letter]]:
    """Letters that follow each other in the file and in print, without spaces at the ends."""
    current: list[Letter] = []
    space: Letter | None = None
    for letter in letters:
        if letter.text == " ":
            space = letter
            continue
        if current and _follows(current[-1], letter):
            if _is_shadow(current[-1], letter):
                continue
            if space is not None:
                current.append(space._replace(x=letter.left, left=letter.left, y=letter.y))
        elif current:
            yield current
            current = []
        current.append(letter)
        space = None
    if current:
        yield current


def _follows(before: Letter, letter: Letter) -> bool:
    size = max(before.size, letter.size)
    gap = letter.left - before.right
    return abs(letter.y - before.y) < SAME_LINE * size and -size < gap < MAX_GAP * size


def _is_shadow(before: Letter, letter: Letter) -> bool:
    """Whether a letter is drawn again beside itself to look bold; parts of ﬀ are at one place."""
    apart = abs(letter.x - before.x) + abs(letter.y - before.y)
    return letter.text == before.text and 0 < apart < 0.15 * letter.size


def _merged(fragments: list[list[Letter]]) -> list[list[Letter]]:
    """Fragments with those joined that stand on one line, in whatever order they were drawn."""
    fragments.sort(key=lambda letters: -max(letter.size for letter in letters))
    lines: list[list[Letter]] = []
    for fragment in fragments:
        line = next((line for line in reversed(lines) if _beside(line, fragment)), None)
        if line is None:
            lines.append(fragment)
        else:
            line += fragment
            line.sort(key=lambda letter: letter.left)
    return lines


def _beside(line: list[Letter], fragment: list[Letter]) -> bool:
    """Whether a fragment stands in a line or right after it; a small one may be raised."""
    large, small = line[0], fragment[0]
    rise = small.y - large.y
    if small.size > 0.9 * large.size:
        same = abs(rise) < 0.1 * large.size
    else:
        same = 0 < rise < SAME_LINE * large.size and len(fragment) < 12
    if not same:
        return False
    gap = fragment[0].left - max(letter.right for letter in line)
    back = line[0].left - fragment[-1].right
    return max(gap, back) < MAX_GAP * large.size


def _line(letters: list[Letter]) -> FrontLine:
    printed = [letter for letter in letters if letter.text != " "]
    size = Counter(round(letter.size, 1) for letter in printed).most_common(1)[0][0]
    y = Counter(
        round(letter.y, 1) for letter in printed if abs(letter.size - size) < 0.1 * size + 0.1
    ).most_common(1)[0][0]
    composed = _with_accents(letters)
    marked = "".join(MARK if _is_raised(letter, size, y) else letter.text for letter in composed)
    return FrontLine(
        text=_tidy("".join(letter.text for letter in composed)),
        size=size,
        bold=sum(letter.bold for letter in printed) > len(printed) / 2,
        left=min(letter.left for letter in printed),
        right=max(letter.right for letter in printed),
        y=y,
        marked=re.sub(f" ?{MARK}[{MARK} ]*", f"{MARK} ", _tidy(marked)).strip(),
    )


def _is_raised(letter: Letter, size: float, y: float) -> bool:
    if letter.text == " ":
        return False
    rise = (letter.y - y) / size
    return (
        letter.text in _RAISED_SIGNS
        or rise > 2 * RAISED_BY
        or (rise > RAISED_BY and letter.size < 0.95 * size)
    )


def _with_accents(letters: list[Letter]) -> list[Letter]:
    """The letters with their accents, where those are drawn apart from them."""
    if not any(letter.text in ACCENTS for letter in letters):
        return letters
    glyphs = composed([Glyph(letter.text, letter.left, letter.right) for letter in letters])
    return [
        letter._replace(text=glyph.char)
        for letter, glyph in zip(letters, glyphs, strict=True)
        if glyph.char
    ]


def _tidy(text: str) -> str:
    """One line of text; pdfium writes a hyphen at the line end as U+FFFE or U+0002."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(re.sub("[\ufffe\x02\xad]", "-", whole).split())
