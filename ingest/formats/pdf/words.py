"""Words with their places, put together to the lines of a page. Pure.

The library's own line breaks are hints only: it breaks a line at a raised figure, and does not
where two columns stand side by side.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeVar

from ingest.formats.pdf.columns import gap_between_columns
from ingest.formats.pdf.print import Box, Line, PrintedPage

WIDE_GAP = 2.0
"""In letter sizes: a gap that no justified line has; what follows stands in another column."""
MARK_GAP = 4.0
"""The same after a number or a bullet alone: of a list of references, or of items."""
CELL_GAP = 1.0
"""In letter sizes: a gap that parts the cells of a table's row."""
WORD_GAP = 0.18
"""In letter sizes: what parts two words where the library broke a line that goes on."""
ONE_FONT = 0.9
"""Share of a line's letters in one font, for the line to be set in it."""
SAME_LINE = 0.5
"""Share of the lower of two words' height that must be shared for them to be on one line."""
ASLANT = 4
"""In the place of quarter turns, for words that run neither level nor upright."""

T = TypeVar("T", float, str)

_MARK = re.compile(r"[\[(]?\d{1,3}[\].)]|[•●▪■◦‣–—*]")


@dataclass(frozen=True, slots=True)
class Font:
    """What of a font can be seen; `name` is without what parts the copies of one font."""

    name: str = ""
    bold: bool = False
    italic: bool = False


class Word(NamedTuple):
    """Letters without a space between them.

    `turns` counts quarter turns from level, clockwise; `box` is as the reader sees the word when
    he turns the page so that it is level.
    """

    text: str
    size: float
    font: Font
    turns: int
    box: Box
    after_space: bool


def printed_page(words: Sequence[Word], width: float, height: float) -> PrintedPage:
    """The page of `words`, given in the order of its stream; its size in points."""
    turns = Counter(word.turns for word in words).most_common(1)[0][0] if words else 0
    lines = [_line(line, turned=line[0].turns != turns) for line in _apart(_lines(words))]
    return PrintedPage(tuple(lines), width if turns % 2 else height)


def level_box(left: float, bottom: float, right: float, top: float, turns: int, page: Box) -> Box:
    """A box as one sees it who turns the page so that it is level.

    All heights that are given are counted upwards, as PDF does, those of `page` too.
    """
    match turns:
        case 1:
            return Box(page.top - top, page.right - right, page.top - bottom, page.right - left)
        case 2:
            return Box(
                page.right - right, bottom - page.bottom, page.right - left, top - page.bottom
            )
        case 3:
            return Box(bottom - page.bottom, left - page.left, top - page.bottom, right - page.left)
        case _:
            return Box(left - page.left, page.top - top, right - page.left, page.top - bottom)


def unlevel_box(box: Box, turns: int, page: Box) -> Box:
    """Where a box of `level_box` stands on the page as it lies; heights are counted upwards.

    >>> page = Box(0, 800, 600, 0)
    >>> unlevel_box(level_box(10, 20, 30, 40, 1, page), 1, page)
    Box(left=10, top=40, right=30, bottom=20)
    """
    left, top, right, bottom = box
    match turns:
        case 1:
            return Box(page.right - bottom, page.top - left, page.right - top, page.top - right)
        case 2:
            return Box(
                page.right - right, bottom + page.bottom, page.right - left, top + page.bottom
            )
        case 3:
            return Box(top + page.left, right + page.bottom, bottom + page.left, left + page.bottom)
        case _:
            return Box(left + page.left, page.top - top, right + page.left, page.top - bottom)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words that follow each other on one line, in the order of the stream."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and _goes_on(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _apart(lines: list[list[Word]]) -> list[list[Word]]:
    """Lines that were read across two columns as the two lines that they are."""
    size = Counter(line[0].size for line in lines).most_common(1)[0][0] if lines else 0.0
    middle = gap_between_columns([[word.box for word in line] for line in lines], size)
    if middle is None:
        return lines
    parted: list[list[Word]] = []
    for line in lines:
        left = [word for word in line if word.box.right < middle]
        right = [word for word in line if word.box.left >= middle]
        is_parted = left and right and len(left) + len(right) == len(line)
        parted += [left, right] if is_parted else [line]
    return parted


def _goes_on(line: Sequence[Word], word: Word) -> bool:
    """Whether a word stands to the right of a line's end, at its height and near it."""
    last = line[-1]
    if word.turns != last.turns:
        return False
    size = max(last.size, word.size) or 1.0
    gap = word.box.left - last.box.right
    if gap <= -size / 2 or gap >= (MARK_GAP if _is_mark(line) else WIDE_GAP) * size:
        return False
    return _share_height(word.box, last.box) or _share_height(word.box, line[0].box)


def _is_mark(line: Sequence[Word]) -> bool:
    """Whether a line so far is only the number or the bullet of what follows."""
    return len(line) == 1 and bool(_MARK.fullmatch(line[0].text))


def _share_height(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= SAME_LINE * min(one.bottom - one.top, other.bottom - other.top)


def _line(words: Sequence[Word], turned: bool) -> Line:
    text, cells = words[0].text, 1
    for before, word in pairwise(words):
        gap = (word.box.left - before.box.right) / max(before.size, word.size, 1.0)
        spaced = (word.after_space and gap > 0) or gap > WORD_GAP
        text = f"{text} {word.text}" if spaced else text + word.text
        cells += gap > CELL_GAP
    return Line(
        text=text,
        size=_share_of_letters(words, [word.size for word in words])[0],
        font=_font_name(words),
        bold=all(word.font.bold for word in words),
        italic=all(word.font.italic for word in words),
        box=_around([word.box for word in words]),
        cells=cells,
        turned=turned,
    )


def _font_name(words: Sequence[Word]) -> str:
    name, share = _share_of_letters(words, [word.font.name for word in words])
    return name if share >= ONE_FONT else ""


def _share_of_letters(words: Sequence[Word], values: Sequence[T]) -> tuple[T, float]:
    """The value that most letters have, and their share."""
    if len(set(values)) == 1:
        return values[0], 1.0
    counts: Counter[T] = Counter()
    for word, value in zip(words, values, strict=True):
        counts[value] += len(word.text)
    value, count = counts.most_common(1)[0]
    return value, count / counts.total()
