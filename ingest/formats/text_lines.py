"""Lines of a plain text to the paragraphs that they were broken from. Pure.

soft break     the line was full, or goes on in small letters: the paragraph goes on
hard break     a list item, a row, or a short line: something else begins
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.cleaning import words_in

WIDTHS = (40, 130)
"""Lengths of line that screens and mail programs break at; longer lines were not broken."""
WRAPPED_SHARE = 0.7
"""Share of the lines that must be full in a text that was broken to a width."""
LOOSE_LINE = 60
"""In a text without a width a line this long without an end of sentence goes on."""
SHORT_LINE = 25
"""A shorter line in small letters ("ice") is an item and does not go on the line before."""
WRAPPED_LINES = 3
"""Paragraphs of so many lines show whether a text was broken to a width."""
MIN_ROWS = 2

BULLET = re.compile(r"^\s*(?:[•◦▪‣●○■□–*·-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
"""What begins an item of a list."""
_NUMBER = re.compile(r"^\s*\(?\w")
_LABEL = re.compile(r"^\s*[A-Z][\w /&-]{1,40}:\s+\S")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_RULE = re.compile(r"^\s*(?:[-=_*~#]\s?){4,}$")
_TABLE_GAP = re.compile(r"\s*\t\s*|\s*\|\s*| {3,}")
_WORD_HYPHEN = re.compile(r"(\w+)[-\u2010]$")
_SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Shape:
    """How a text was broken into lines: its width, 0 where each line is whole, and its words."""

    width: int
    words: Counter[str]


def shape_of(lines: Sequence[str]) -> Shape:
    """The width that a text was broken to, from the paragraphs of several lines."""
    words = Counter(re.findall(r"[\w-]+", " ".join(lines).lower()))
    followed = [
        pair
        for paragraph in paragraphs(lines)
        if len(paragraph) >= WRAPPED_LINES and table_rows(paragraph) is None
        for pair in pairwise(paragraph)
        if not BULLET.match(pair[1])
    ]
    lengths = sorted(len(before) for before, _ in followed)
    if not lengths:
        return Shape(0, words)
    width = lengths[int(len(lengths) * 0.95)]
    shortest, longest = WIDTHS
    full = sum(1 for before, line in followed if _is_full(before, line, width))
    is_wrapped = shortest <= width <= longest and full >= WRAPPED_SHARE * len(followed)
    return Shape(width if is_wrapped else 0, words)


def _is_full(before: str, line: str, width: int) -> bool:
    """Whether the first word of `line` had no place behind `before`; it may hold a firm space."""
    return len(before.rstrip()) + 1 + len(line.strip().split(" ")[0]) > width - 2


def paragraphs(lines: Sequence[str]) -> list[list[str]]:
    """Lines between blank lines; drawn rules part paragraphs as blank lines do."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip() and not _RULE.match(line):
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def unbroken(lines: Sequence[str], shape: Shape) -> list[str]:
    """The lines of one paragraph, those that were broken joined again."""
    joined: list[list[str]] = [[lines[0]]]
    for before, line in pairwise(lines):
        if _goes_on(before, line, shape.width):
            joined[-1][-1:] = _joint(joined[-1][-1], line.strip(), shape.words)
        else:
            joined.append([line])
    return ["".join(parts) for parts in joined]


def table_rows(lines: Sequence[str]) -> list[str] | None:
    r"""Lines that are rows of a table, cells parted by bars; None for text.

    >>> table_rows(["Week\tPain", "1\t7"])
    ['Week | Pain', '1 | 7']
    """
    rows = [[cell for cell in _TABLE_GAP.split(line.strip()) if cell] for line in lines]
    cells = {len(row) for row in rows if not _is_ruler(row)}
    if len(lines) < MIN_ROWS or min(cells, default=0) < 2 or len(cells) > 2:
        return None
    if any(words_in(cell) > SHORT_LINE for row in rows for cell in row):
        return None
    return [" | ".join(row) for row in rows if not _is_ruler(row)]


def _is_ruler(row: Sequence[str]) -> bool:
    return all(not set(cell) - set("-=+: ") for cell in row)


def _goes_on(before: str, line: str, width: int) -> bool:
    if before.endswith(("/", _SOFT_HYPHEN)):
        return True
    if width:
        return _goes_on_in_width(before, line, width)
    if BULLET.match(line) or _LABEL.match(line) or _ENDS.search(before):
        return False
    shortest, longest = LOOSE_LINE, WIDTHS[1]
    is_long = shortest <= len(before) <= longest
    return is_long or (line.strip()[0].islower() and len(before) >= SHORT_LINE)


def _goes_on_in_width(before: str, line: str, width: int) -> bool:
    ends = bool(_ENDS.search(before))
    if BULLET.match(line) and (ends or BULLET.match(before) or not _NUMBER.match(line)):
        return False
    if _LABEL.match(line) and ends:
        return False
    return _is_full(before, line, width) or (line.strip()[0].islower() and not ends)


def _joint(before: str, line: str, words: Counter[str]) -> list[str]:
    """Two lines as parts of one; a hyphen at the break goes unless the text has it elsewhere."""
    if before.endswith(_SOFT_HYPHEN):
        return [before.rstrip(_SOFT_HYPHEN), line]
    hyphen = _WORD_HYPHEN.search(before)
    if hyphen is None or not line[0].islower():
        return [before if before.endswith(("/", "-")) else f"{before} ", line]
    rest = re.split(r"\W", line, maxsplit=1)[0].lower()
    first = hyphen[1].lower()
    # Two words that both stand alone elsewhere were joined by the author, not by the break.
    is_whole = words[f"{first}{rest}"] or not (words[first] and words[rest])
    is_hyphened = words[f"{first}-{rest}"] and not words[f"{first}{rest}"]
    return [before[:-1] if is_whole and not is_hyphened else before, line]
