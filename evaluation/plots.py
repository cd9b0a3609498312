"""Line plots as SVG, drawn with nothing but text. Pure.

A plot has one measure over sizes, both on scales by powers of ten where their values span more
than one. What was measured is a filled point on a full line; what was only extrapolated from it
is a hollow one on a dashed line.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 640, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 150, 48, 48
_COLOURS = ("#1f6f8b", "#b5532c", "#5a7d2a", "#7a4a8c", "#8c6d1f")
_UNITS = ((1_000_000, "M"), (1_000, "k"))


@dataclass(frozen=True)
class Point:
    """One value; `measured` is False for what was extrapolated."""

    x: float
    y: float
    measured: bool = True


@dataclass(frozen=True)
class Line:
    """Points in order of x, under a name."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Plot:
    """Lines over one scale; `limit` is a value of y that is to be kept, drawn across."""

    title: str
    x_name: str
    y_name: str
    lines: tuple[Line, ...]
    limit: float | None = None


@dataclass(frozen=True)
class _Scale:
    """A value to a place between `start` and `end`, by powers of ten."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        share = (math.log10(value) - math.log10(self.low)) / (
            math.log10(self.high) - math.log10(self.low)
        )
        return round(self.start + share * (self.end - self.start), 1)

    def ticks(self) -> list[float]:
        """The powers of ten."""
        first, last = round(math.log10(self.low)), round(math.log10(self.high))
        return [10.0**power for power in range(first, last + 1)]


def to_svg(plot: Plot) -> str:
    """The plot as an SVG document; ValueError where it has no point above nothing."""
    points = [p for line in plot.lines for p in line.points if p.x > 0 and p.y > 0]
    if not points:
        raise ValueError(f"nothing to draw in '{plot.title}'")
    limits = [plot.limit] if plot.limit else []
    across = _scale([p.x for p in points], _LEFT, WIDTH - _RIGHT)
    up = _scale([*(p.y for p in points), *limits], HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(plot.title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        _text(_LEFT, 20, plot.title, 'font-size="15" font-weight="bold"'),
        _text(_LEFT, 37, plot.y_name, 'fill="#555"'),
        _text(WIDTH - _RIGHT, HEIGHT - 8, plot.x_name, 'fill="#555" text-anchor="end"'),
        *_grid(across, up),
        *([_limit(plot.limit, up)] if plot.limit else []),
    ]
    for number, line in enumerate(plot.lines):
        parts += _line(line, _COLOURS[number % len(_COLOURS)], number, across, up)
    return "\n".join([*parts, "</svg>"]) + "\n"


def short(value: float) -> str:
    """A value in few characters.

    >>> short(6_000_000), short(10_000), short(25), short(0.1)
    ('6 M', '10 k', '25', '0.1')
    """
    for unit, name in _UNITS:
        if value >= unit:
            return f"{value / unit:g} {name}"
    return f"{value:g}"


def _scale(values: Sequence[float], start: float, end: float) -> _Scale:
    """From the power of ten at or below all values to the one at or above them."""
    low = math.floor(math.log10(min(values)))
    high = max(low + 1, math.ceil(math.log10(max(values))))
    return _Scale(10.0**low, 10.0**high, start, end)


def _grid(across: _Scale, up: _Scale) -> list[str]:
    drawn = []
    for value in up.ticks():
        y = up.place(value)
        drawn.append(_stroke(_LEFT, y, WIDTH - _RIGHT, y, 'stroke="#ddd"'))
        drawn.append(_text(_LEFT - 8, y + 4, short(value), 'text-anchor="end"'))
    for value in across.ticks():
        x = across.place(value)
        drawn.append(_stroke(x, _TOP, x, HEIGHT - _BOTTOM, 'stroke="#ddd"'))
        drawn.append(_text(x, HEIGHT - _BOTTOM + 18, short(value), 'text-anchor="middle"'))
    return drawn


def _limit(value: float, up: _Scale) -> str:
    y = up.place(value)
    line = _stroke(_LEFT, y, WIDTH - _RIGHT, y, 'stroke="#c00" stroke-dasharray="2 3"')
    return line + _text(_LEFT + 6, y - 5, f"target {short(value)}", 'fill="#c00"')


def _line(line: Line, colour: str, number: int, across: _Scale, up: _Scale) -> list[str]:
    """The line, its points and its name at the right."""
    places = [(across.place(p.x), up.place(p.y), p) for p in line.points if p.x > 0 and p.y > 0]
    drawn = []
    for (x1, y1, _), (x2, y2, to) in pairwise(places):
        dashes = "" if to.measured else ' stroke-dasharray="5 4"'
        drawn.append(_stroke(x1, y1, x2, y2, f'stroke="{colour}" stroke-width="2"{dashes}'))
    for x, y, point in places:
        fill = colour if point.measured else "white"
        label = escape(f"{line.name}: {short(point.x)}, {point.y:g}")
        drawn.append(
            f'<circle cx="{x}" cy="{y}" r="4" fill="{fill}" stroke="{colour}" stroke-width="2">'
            f"<title>{label}</title></circle>"
        )
    x, y = WIDTH - _RIGHT + 14, _TOP + 16 * number + 8
    drawn.append(f'<rect x="{x}" y="{y - 8}" width="10" height="10" fill="{colour}"/>')
    return [*drawn, _text(x + 16, y + 1, line.name, "")]


def _stroke(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {style}/>'


def _text(x: float, y: float, words: str, style: str) -> str:
    return f'<text x="{x}" y="{y}" {style}>{escape(words)}</text>'
