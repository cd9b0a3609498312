"""The order in which the lines of a page are read: columns, one after the other. Pure.

A page's stream usually holds them in that order, and where it does it is kept: it knows more than
places tell. Where it jumps upwards or goes to and fro between columns, the lines are ordered by
the empty strips that part the columns, unless they make worse sentences so.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.formats.pdf.print import Box, Line

MIN_ROWS = 8
"""A gap at one place in fewer lines of a page may be chance or a small table."""
MIN_SHARE_OF_ROWS = 0.5
"""Of the lines that reach over a gap's place, this share must have the gap: columns have it."""
MIN_WORDS = 3.0
"""Words of a line in a column, on average; cells of a table, and numbers of items, have fewer."""
MIN_STRIP = 6.0
"""Width in points of the empty strip between columns: the narrowest in print are 8."""
MIN_LINES = 4
"""Lines on each side of a strip: fewer are no column."""
MAX_CROSSING = 0.25
"""Share of lines (titles, wide tables) that may cross the strip between two columns."""
OWN_COLUMN = 0.75
"""Share of a line's width in its column: a long address may run out of it, a title crosses."""
_SLACK = 2.0
_ENDS = (".", "!", "?", ":", ".)", ".”", '."', ".’")


def gap_between_columns(rows: Sequence[Sequence[Box]], size: float) -> float | None:
    """Where columns were read across: the middle of a gap that stands in many rows of words.

    `rows` holds the words of each line, `size` the letter size in points; None without one.
    """
    places: Counter[int] = Counter()
    gaps: list[list[tuple[float, float]]] = []
    for row in rows:
        found = [(a.right, b.left) for a, b in pairwise(row) if b.left - a.right >= 0.8 * size]
        gaps.append(found)
        places.update(x for a, b in found for x in range(int(a) + 1, int(b) + 1))
    if not places:
        return None
    most = max(places.values())
    at = [x for x, count in places.items() if count == most]
    middle = sorted(at)[len(at) // 2]
    over = [row for row in rows if row[0].left < middle < row[-1].right]
    parted = [row for row, found in zip(rows, gaps, strict=True) if _has(found, middle)]
    enough = most >= MIN_ROWS and most >= MIN_SHARE_OF_ROWS * len(over)
    left = sum(box.right <= middle for row in parted for box in row)
    right = sum(box.left >= middle for row in parted for box in row)
    return float(middle) if enough and min(left, right) >= MIN_WORDS * len(parted) else None


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page as they are to be read; those without places stay where they are."""
    placed = [line for line in lines if line.box and not line.turned]
    if not placed or not _jumps(placed):
        return [*lines]
    ordered = by_columns(placed)
    if _sense(ordered) < _sense(placed):
        return [*lines]
    kept = {id(line) for line in placed}
    return ordered + [line for line in lines if id(line) not in kept]


def by_columns(lines: Sequence[Line]) -> list[Line]:
    """Placed lines column by column; a line over several columns ends them, and more begin."""
    strips = column_strips(lines)
    regions: list[list[tuple[int, float, Line]]] = [[]]
    for line in sorted(lines, key=lambda line: _box(line).top):
        column = _column(_box(line), strips)
        if column is None:
            regions += [[(0, 0.0, line)], []]
        else:
            regions[-1].append((column, _box(line).middle, line))
    return [line for region in regions for _, _, line in sorted(region, key=lambda part: part[:2])]


def column_strips(lines: Sequence[Line]) -> list[float]:
    """The middles of the empty strips that part the columns of a page, from left to right."""
    boxes = [line.box for line in lines if line.box and not line.turned and len(line.text) > 1]
    if not boxes:
        return []
    left, right = min(box.left for box in boxes), max(box.right for box in boxes)
    crossed = [0] * (int(right - left) + 2)
    for box in boxes:
        for x in range(int(box.left - left), int(box.right - left) + 1):
            crossed[x] += 1
    strips: list[float] = []
    start: int | None = None
    for x, count in enumerate(crossed):
        if count <= MAX_CROSSING * len(boxes) and start is None:
            start = x
        elif count > MAX_CROSSING * len(boxes) and start is not None:
            lowest = min(crossed[start:x])
            clear = [n for n in range(start, x) if crossed[n] == lowest]
            middle = left + (clear[0] + clear[-1]) / 2
            if clear[-1] - clear[0] >= MIN_STRIP and _parts(boxes, middle):
                strips.append(middle)
            start = None
    return strips


def _parts(boxes: Sequence[Box], middle: float) -> bool:
    before = sum(box.right <= middle + _SLACK for box in boxes)
    after = sum(box.left >= middle - _SLACK for box in boxes)
    return min(before, after) >= MIN_LINES


def _column(box: Box, strips: Sequence[float]) -> int | None:
    """The column that most of a box stands in, from 0; None for one that crosses a strip."""
    edges = [float("-inf"), *strips, float("inf")]
    inside = [min(box.right, right) - max(box.left, left) for left, right in pairwise(edges)]
    most = max(inside)
    return inside.index(most) if most >= OWN_COLUMN * max(1.0, box.width) else None


def _jumps(lines: Sequence[Line]) -> bool:
    """Whether the main text goes back up in its column, or to and fro between columns."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    main = sizes.most_common(1)[0][0]
    boxes = [
        _box(line) for line in lines if line.size == main and len(line.text.split()) > MIN_WORDS
    ]
    upwards = sum(b.bottom < a.top and b.left < a.right - _SLACK for a, b in pairwise(boxes))
    back = sum(b.right <= a.left and b.bottom > a.top for a, b in pairwise(boxes))
    return upwards > 0 or back >= MIN_LINES


def _sense(lines: Sequence[Line]) -> int:
    """How often a line goes on with what the one before it began, less how often it cannot."""
    score = 0
    for before, line in pairwise(lines):
        ended = before.text.rstrip().endswith(_ENDS)
        begins_small = line.text[:1].islower()
        score += (begins_small and not ended) - (begins_small and ended)
        score -= before.text.endswith("-") and line.text[:1].isupper()
    return score


def _has(gaps: Sequence[tuple[float, float]], middle: float) -> bool:
    return any(a < middle <= b for a, b in gaps)


def _box(line: Line) -> Box:
    return line.box or Box(0.0, 0.0, 0.0, 0.0)
