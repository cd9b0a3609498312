"""Line numbers of a manuscript, taken out of its lines. Pure.

A line may begin with its number ("12 The patient …") or have it as a line of its own beside it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.formats.pdf.print import Line, PrintedPage

MIN_NUMBERED = 10
"""Fewer numbers that follow each other on a page are a list."""
NUMBERED_SHARE = 0.8
"""Of a page's lines, so many have the next number; in a list of references the most go on."""
PAGES_SHARE = 0.5
"""Of the pages with enough lines, so many have them, or none has."""
STEPS = (1, 5)
"""Every line is numbered, or every fifth."""

_NUMBER = re.compile(r"(\d{1,4})(?:\s+(?=\S)|$)")


def without_line_numbers(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages without their lines' numbers; unchanged where lines have none."""
    full = [page for page in pages if len(page.lines) >= MIN_NUMBERED]
    numbered = [page for page in full if _numbered(page.lines)]
    if not numbered or len(numbered) < PAGES_SHARE * len(full):
        return [*pages]
    return [page.with_lines(_stripped(page.lines)) for page in pages]


def _numbered(lines: Sequence[Line]) -> bool:
    texts = [line for line in lines if not line.text.isdigit()]
    in_order = _in_order(lines)
    step = _step(lines)
    enough = max(MIN_NUMBERED / step, NUMBERED_SHARE * len(texts) / step)
    return bool(texts) and len(in_order) >= enough


def _in_order(lines: Sequence[Line]) -> set[int]:
    """The ids of the lines whose number is followed or preceded by the one beside it."""
    numbers = _numbers(lines)
    step = _step(lines)
    found: set[int] = set()
    for (line, number), (after, following) in pairwise(numbers):
        if following - number == step:
            found |= {id(line), id(after)}
    return found


def _numbers(lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """Lines that begin with a number, from the top down where places are known."""
    found = [(line, int(match[1])) for line in lines if (match := _NUMBER.match(line.text))]
    return sorted(found, key=lambda one: one[0].box.middle if one[0].box else 0.0)


def _step(lines: Sequence[Line]) -> int:
    numbers = [number for _, number in _numbers(lines)]
    steps = Counter(b - a for a, b in pairwise(numbers))
    return max(STEPS, key=lambda step: steps[step])


def _stripped(lines: Sequence[Line]) -> list[Line]:
    numbered = _in_order(lines)
    kept = []
    for line in lines:
        text = _NUMBER.sub("", line.text, count=1) if id(line) in numbered else line.text
        if text:
            kept.append(line.with_text(text))
    return kept
