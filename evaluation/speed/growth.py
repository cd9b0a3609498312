"""From the sizes that were measured to those that were not. Pure.

On scales by powers of ten the cost of a search, a file or a build grows along a line, whatever the
power it grows by; the line through the two largest measured sizes is drawn on.
"""

import math
from collections.abc import Sequence

from evaluation.plots import Line, Point

EXTENDED = (3_000_000, 6_000_000)
"""Passages to which measured growth is extended where they are more than what was measured."""


def extended(
    name: str, values: Sequence[tuple[int, float]], sizes: Sequence[int] = EXTENDED
) -> Line:
    """A line of measured values by passages, extended to larger `sizes` if there are two and more.

    >>> [round(p.y, 3) for p in extended("disk", [(10_000, 1.0), (1_000_000, 10.0)]).points]
    [1.0, 10.0, 17.321, 24.495]
    """
    measured = sorted((size, value) for size, value in values if value > 0)
    points = [Point(size, value) for size, value in measured]
    if len(measured) > 1:
        larger = [size for size in sizes if size > measured[-1][0]]
        before, last = measured[-2:]
        points += [Point(size, _on_line(before, last, size), measured=False) for size in larger]
    return Line(name, tuple(points))


def value_at(line: Line, size: int) -> float | None:
    """What an extended line has at a size; None where it does not reach so far."""
    return next((point.y for point in line.points if point.x == size), None)


def _on_line(first: tuple[int, float], second: tuple[int, float], size: int) -> float:
    (x1, y1), (x2, y2) = first, second
    power = math.log(y2 / y1) / math.log(x2 / x1)
    return float(y2 * (size / x2) ** power)
