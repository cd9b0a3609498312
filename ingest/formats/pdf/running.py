"""Lines that belong to the pages and not to the document: left out. Pure.

Running headers and footers, page numbers, watermarks and "Downloaded from …" are known by coming
back: the same words but for their digits, at the edge of a page or at the same place of it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingest.formats.pdf.print import Line, PrintedPage

EDGE_LINES = 4
"""Running headers and footers are looked for in this many lines at each end of a page."""
RECURRING_SHARE = 0.25
"""Of all pages: left and right pages have headers of their own, and so has each chapter."""
BAND_SHARE = 0.75
"""So many of the pages after the first have their outermost line at one height, and apart."""
BAND_GAP = 1.8
"""In heights of the line: the space that parts a running line from the text, at least."""
LARGE = 1.5
"""A watermark is so many times as large as the text, or runs another way."""

_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(page|p\.)?\s*[a-z]?(\d{1,6})(?:\s*(?:of|/)\s*\d{1,5})?[-–—|\s]*(?:page)?",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"Downloaded (?:from|by|on)\b.*(?:http|www\.|\.(?:com|org|net|edu)\b|\d{4})"
    r"|This article is protected by copyright|(?:For )?(?:personal use|[Pp]eer [Rr]eview) [Oo]nly"
    r"|(?:Author|Accepted) [Mm]anuscript$|See the Terms and Conditions"
)
_DIGITS = re.compile(r"\d+")

T = TypeVar("T")
IsHeading = Callable[[Line], bool]
"""Whether a line is set as a heading, or worded as one."""


def without_running_lines(
    pages: Sequence[PrintedPage], is_heading: IsHeading, text_size: float = 0.0
) -> list[PrintedPage]:
    """The pages without the lines that come back on them; headings with a number ("Case 3") stay.

    `text_size` is that of the document's text, in points, 0 where it is not known.
    """
    evidence = _Evidence.of(pages, is_heading, text_size)
    running = [evidence.running(page, number) for number, page in enumerate(pages)]
    return [
        page.with_lines(line for line in page.lines if id(line) not in left_out)
        for page, left_out in zip(pages, running, strict=True)
    ]


@dataclass(frozen=True)
class _Evidence:
    """What comes back in a document: lines at the edges, at one place, and the heights of edges."""

    pages: int
    at_edges: Counter[str]
    within: Counter[str]
    same: Counter[str]
    same_place: Counter[tuple[str, int, int]]
    bands: frozenset[int]
    number_offsets: frozenset[int]
    is_heading: IsHeading
    text_size: float

    @classmethod
    def of(
        cls, pages: Sequence[PrintedPage], is_heading: IsHeading, text_size: float
    ) -> "_Evidence":
        edges = [_outermost(page, EDGE_LINES) for page in pages]
        everywhere = Counter(_masked(line) for page in pages for line in page.lines)
        at_edges = _on_pages({_masked(line) for line in lines} for lines in edges)
        return cls(
            pages=len(pages),
            at_edges=at_edges,
            within=everywhere - Counter(_masked(line) for lines in edges for line in lines),
            same=_on_pages({line.text for line in lines} for lines in edges),
            same_place=_on_pages({_placed(line) for line in page.lines} for page in pages),
            bands=_bands(pages),
            number_offsets=_number_offsets(pages),
            is_heading=is_heading,
            text_size=text_size,
        )

    def running(self, page: PrintedPage, number: int) -> set[int]:
        """The ids of the running lines of a page, counted from 0."""
        found = {id(line) for line in page.lines if self._is_stamp(line)}
        found |= {id(line) for line in _outermost(page, 2) if self._is_number(line, number)}
        outer = _outermost(page, EDGE_LINES)
        found |= {id(line) for line in outer if self._recurs(line)}
        if number > 0:
            found |= {id(n) for n in outer if self._in_band(n) and not self.is_heading(n)}
        return found

    def _is_number(self, line: Line, number: int) -> bool:
        match = _PAGE_NUMBER.fullmatch(line.text)
        return bool(match and (match[1] or int(match[2]) - number in self.number_offsets))

    def _recurs(self, line: Line) -> bool:
        if self.pages == 2:  # the same line twice is all the evidence that two pages can give
            return self.same[line.text] == 2
        alone = self.same[line.text] == 1
        if self.within[_masked(line)] > self.at_edges[_masked(line)]:
            return False
        if self.at_edges[_masked(line)] >= max(3, RECURRING_SHARE * self.pages):
            return not (alone and self.is_heading(line))
        here_too = line.box is not None and self.same_place[_placed(line)] >= 2
        return here_too and self.same[line.text] >= max(2, RECURRING_SHARE * self.pages)

    def _is_stamp(self, line: Line) -> bool:
        if _STAMP.match(line.text):
            return True
        large = 0 < LARGE * self.text_size < line.size
        often = self.same_place[_placed(line)] >= max(3, RECURRING_SHARE * self.pages)
        return often and (line.turned or large) and line.box is not None

    def _in_band(self, line: Line) -> bool:
        small = not self.text_size or line.size <= self.text_size
        return small and line.box is not None and _step(line.box.middle) in self.bands


def _outermost(page: PrintedPage, count: int) -> list[Line]:
    """The uppermost and lowermost lines of a page; the first and last where places are unknown."""
    upright = [line for line in page.lines if line.text and not line.turned]
    if not all(line.box for line in upright):
        return upright if len(upright) <= 2 * count else upright[:count] + upright[-count:]
    by_place = sorted(upright, key=lambda line: line.box.middle if line.box else 0.0)
    return by_place if len(upright) <= 2 * count else by_place[:count] + by_place[-count:]


def _bands(pages: Sequence[PrintedPage]) -> frozenset[int]:
    """Heights at which nearly every page after the first has its outermost line, set apart."""
    heights: Counter[int] = Counter()
    later = pages[1:]
    for page in later:
        boxes = sorted(
            (line.box for line in page.lines if line.box and not line.turned),
            key=lambda box: box.middle,
        )
        for edge in (boxes, boxes[::-1]):
            row = [box for box in edge if abs(box.middle - edge[0].middle) < box.height]
            inner = edge[len(row) : len(row) + 1]
            if inner and abs(inner[0].middle - edge[0].middle) > BAND_GAP * edge[0].height:
                heights.update({_step(box.middle) for box in row})
    enough = max(2, BAND_SHARE * len(later))
    return frozenset(height for height, count in heights.items() if count >= enough)


def _number_offsets(pages: Sequence[PrintedPage]) -> frozenset[int]:
    """What page numbers differ by from the count of pages: the same on several; or 1, a first."""
    offsets = _on_pages(
        {
            int(match[2]) - number
            for line in _outermost(page, 2)
            if (match := _PAGE_NUMBER.fullmatch(line.text))
        }
        for number, page in enumerate(pages)
    )
    return frozenset({1} | {offset for offset, count in offsets.items() if count >= 2})


def _on_pages(kinds: Iterable[set[T]]) -> Counter[T]:
    return Counter(kind for page in kinds for kind in page)


def _masked(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def _placed(line: Line) -> tuple[str, int, int]:
    """A line's words and place, coarse enough that the same place is the same on all pages."""
    if line.box is None:
        return line.text, -1, -1
    return line.text, _step(line.box.left), _step(line.box.middle)


def _step(place: float) -> int:
    return round(place / 3)
