"""Captions of figures and tables, the text in them, and where each ends. Pure.

They stand where there was room on the page, often inside a sentence of the text: set apart, they
interrupt nothing.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats.pdf.columns import column_strips
from ingest.formats.pdf.fonts import Typography
from ingest.formats.pdf.headings import names_a_kind
from ingest.formats.pdf.print import Box, Line
from ingest.sections import BOXED_TEXT, CAPTION, TABLE

LOOSE = 1.4
"""In usual distances of lines: a larger one parts two paragraphs."""
FAR = 6.0
"""In the same: a table does not go on beyond so wide a gap."""
MIN_PROSE_WORDS = 5
"""A line with fewer may be a cell of a table, or written in a figure."""
MAX_WORDS_IN_FIGURE = 4.0
"""Of a line, on average: what is written in figures is labels."""
MAX_LABEL = 2
"""Words of a line as large as the text, and alone: with more it may be a paragraph of its own."""
MAX_INDENT = 3.0
"""In letter sizes: lines of one paragraph begin at most so far from each other."""
_ROW = 2.5

_CAPTION = re.compile(
    r"(?:(?:Supplementary|Supplemental|Appendix|Online|Extended Data|Additional)\s+)?"
    r"(?P<what>Fig(?:ure|\.)?|FIG(?:URE|\.)?|Table|TABLE|Box|BOX|Scheme|Chart|Video|Plate|Image)"
    r"\s*(?P<number>[A-Z]?\d{1,3}[A-Za-z]?|[IVX]{1,5})\b"
    r"(?=\s*$|\s*[.:|)(—–-]|\s+[A-Z“\"0-9\[(])"
)
_LEADS_TO_NUMBER = re.compile(r"\b(in|see|and|of|from|by|to|both|with|the|or|cf\.?|also)$|[(,]$")
_SENTENCE_END = (".", "!", "?", ":", ".)", ".”", '."')
_NAMES = {"fig": "Figure", "fig.": "Figure"}
_KINDS = {"Table": TABLE, "Box": BOXED_TEXT}


@dataclass(frozen=True)
class Apart:
    """What a line that stands apart belongs to: a section kind and a name ("Figure 2")."""

    kind: str
    label: str = ""


def captions(lines: Sequence[Line], typography: Typography) -> dict[int, Apart]:
    """The lines of one page, by their index, that belong to figures, tables and boxes."""
    page = _Page(lines, typography)
    for start in page.starts:
        page.take(page.caption_lines(start), _apart(lines[start]))
    for start in page.starts:
        caption = [index for index in page.caption_lines(start) if lines[index].box]
        if caption:
            apart = page.found[start]
            inside = page.beyond(caption, downwards=apart.kind != CAPTION)
            if not inside and apart.kind == TABLE:
                inside = page.beyond(caption, downwards=False)
            page.take(inside, apart)
    page.take_labels()
    return page.found


def _apart(line: Line) -> Apart:
    match = _CAPTION.match(line.text)
    if match is None:
        return Apart(CAPTION)
    what = match["what"].lower()
    name = _NAMES.get(what, what.capitalize())
    return Apart(_KINDS.get(name, CAPTION), f"{name} {match['number']}")


class _Page:
    """The lines of a page, those that are prose, and those found to stand apart."""

    def __init__(self, lines: Sequence[Line], typography: Typography) -> None:
        self.lines = lines
        self.typography = typography
        self.strips = column_strips(lines)
        self.starts = [index for index in range(len(lines)) if self._starts_caption(index)]
        self.short_rows = self._short_rows() if self.starts else {}
        self.prose = self._prose() if self.starts else set()
        self.found: dict[int, Apart] = {}

    def take(self, indexes: Sequence[int], apart: Apart) -> None:
        self.found.update({index: apart for index in indexes if index not in self.found})

    def caption_lines(self, start: int) -> list[int]:
        """A caption's own lines: those after its first that are set alike and follow closely."""
        own = [start]
        for index in range(start + 1, len(self.lines)):
            if index in self.starts or not self._goes_on(own, index):
                break
            own.append(index)
        return own

    def beyond(self, caption: Sequence[int], downwards: bool) -> list[int]:
        """The lines of the table under a caption, or those in the figure over it."""
        boxes = [box for index in caption if (box := self.lines[index].box)]
        left, right = self._limits(boxes)
        edge = max(box.bottom for box in boxes) if downwards else min(box.top for box in boxes)
        prose = [
            box.top if downwards else -box.bottom
            for index, box in self._from(edge, left, right, downwards)
            if index in self.prose
        ]
        end = min(prose, default=float("inf"))
        inside: list[int] = []
        for index, box in self._from(edge, left, right, downwards):
            far = abs((box.top if downwards else box.bottom) - edge)
            if index in self.found or self._is_heading(index):
                break
            if index in self.prose or (box.bottom if downwards else -box.top) > end:
                break
            if downwards and far > FAR * self.typography.pitch(self.lines[index]):
                break
            inside.append(index)
            edge = max(edge, box.bottom) if downwards else min(edge, box.top)
        return inside

    def take_labels(self) -> None:
        """Give what is left of short lines on a page with captions to the nearest of them."""
        left = [
            index
            for index, line in enumerate(self.lines)
            if index not in self.found and index not in self.prose and line.box
            if line.turned
            or (
                not self.typography.stands_out(line)
                and not names_a_kind(line.text)
                and (not self.typography.is_text_size(line) or len(line.text.split()) <= MAX_LABEL)
            )
        ]
        words = sum(len(self.lines[index].text.split()) for index in left)
        places = [(box.middle, start) for start in self.starts if (box := self.lines[start].box)]
        if not places or words > MAX_WORDS_IN_FIGURE * len(left):
            return
        for index in left:
            box = self.lines[index].box
            if box is not None:
                middle = box.middle
                nearest = min(places, key=lambda place: abs(place[0] - middle))
                self.take([index], self.found[nearest[1]])

    def _starts_caption(self, index: int) -> bool:
        line = self.lines[index]
        if not _CAPTION.match(line.text):
            return False
        before = self.lines[index - 1] if index else None
        if before is None or not before.text:
            return True
        if abs(before.size - line.size) > 0.03 * line.size or (line.bold and not before.bold):
            return True
        if line.box is None or before.box is None:
            return before.text.endswith(_SENTENCE_END)
        if self._follows(before, line):
            return False
        return not _LEADS_TO_NUMBER.search(before.text)

    def _goes_on(self, own: Sequence[int], index: int) -> bool:
        before, line = self.lines[own[-1]], self.lines[index]
        if not line.text or (line.bold and not before.bold and len(own) > 1):
            return False
        alike = abs(before.size - line.size) <= 0.04 * line.size
        if line.box is None or before.box is None:
            return alike and not before.text.endswith(_SENTENCE_END)
        return alike and (
            self._follows(before, line)
            or _is_one_row(before.box, line.box)
            or self._is_second_column(own, line)
        )

    def _is_second_column(self, own: Sequence[int], line: Line) -> bool:
        """Whether a caption goes on beside itself, in a second column."""
        first, last = self.lines[own[0]], self.lines[own[-1]]
        if line.box is None or first.box is None or last.text.endswith(_SENTENCE_END):
            return False
        level = abs(line.box.top - first.box.top) < self.typography.pitch(line)
        return level and line.box.left > first.box.right

    def _follows(self, above: Line, line: Line) -> bool:
        """Whether a line stands directly under another one, as within a paragraph."""
        if above.box is None or line.box is None:
            return False
        distance = line.box.top - above.box.top
        near = 0 < distance <= LOOSE * self.typography.pitch(line)
        return near and above.box.beside(line.box) > 0

    def _prose(self) -> set[int]:
        """Lines of running text: as large as it, with words enough, or directly beside such."""
        sized = [
            index
            for index, line in enumerate(self.lines)
            if self.typography.is_text_size(line) and not line.turned
        ]
        prose = {n for n in sized if _is_long(self.lines[n]) and not self._has_row(n)}
        for order, step in ((sized, -1), (sized[::-1], 1)):
            for index in order:
                beside = index + step
                pair = sorted((index, beside))
                if beside in prose and self._continues(self.lines[pair[0]], self.lines[pair[1]]):
                    prose.add(index)
        return prose

    def _has_row(self, index: int) -> bool:
        """Whether a short line stands at the same height in the same column, as cells do."""
        box = self.lines[index].box
        if box is None:
            return False
        left, right = self._limits([box])
        row = int(box.middle / _ROW)
        near = (other for n in (row - 1, row, row + 1) for other in self.short_rows.get(n, ()))
        return any(
            _is_one_row(box, other) and left <= (other.left + other.right) / 2 <= right
            for other in near
        )

    def _short_rows(self) -> dict[int, list[Box]]:
        """The places of short lines, by their height."""
        rows: defaultdict[int, list[Box]] = defaultdict(list)
        for line in self.lines:
            if line.box is not None and not _is_long(line):
                rows[int(line.box.middle / _ROW)].append(line.box)
        return rows

    def _continues(self, above: Line, line: Line) -> bool:
        """Whether two lines are of one paragraph: close, and with the same left edge or nearly."""
        if above.box is None or line.box is None:
            return False
        near = abs(above.box.left - line.box.left) < MAX_INDENT * max(line.size, 1.0)
        return near and self._follows(above, line)

    def _is_heading(self, index: int) -> bool:
        line = self.lines[index]
        return line.size > self.typography.size and self.typography.stands_out(line)

    def _limits(self, boxes: Sequence[Box]) -> tuple[float, float]:
        """The edges of the column that boxes stand in; of the page where they cross columns."""
        left, right = min(box.left for box in boxes), max(box.right for box in boxes)
        before = [strip for strip in self.strips if strip <= left + _ROW]
        after = [strip for strip in self.strips if strip >= right - _ROW]
        return max(before, default=float("-inf")), min(after, default=float("inf"))

    def _from(
        self, edge: float, left: float, right: float, downwards: bool
    ) -> list[tuple[int, Box]]:
        """The lines beyond an edge, within limits, the nearest first."""
        beyond = [
            (index, box)
            for index, line in enumerate(self.lines)
            if (box := line.box) and not line.turned
            if left <= (box.left + box.right) / 2 <= right
            if (box.middle > edge if downwards else box.middle < edge)
        ]
        return sorted(beyond, key=lambda one: one[1].middle, reverse=not downwards)


def _is_long(line: Line) -> bool:
    return len(line.text.split()) >= MIN_PROSE_WORDS


def _is_one_row(one: Box, other: Box) -> bool:
    return abs(one.middle - other.middle) < _ROW
