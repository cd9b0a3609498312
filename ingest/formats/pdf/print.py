"""What is printed on a page, whichever library read it: lines, with their place and their letters.

Places are in points from the page's upper left corner, so that what is read later has the larger
`top`; a page that lies on its side is stood up first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple


class Box(NamedTuple):
    """Where a line stands on its page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From the left edge to the right one."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the upper edge to the lower one."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height halfway between the upper and the lower edge."""
        return (self.top + self.bottom) / 2

    def beside(self, other: "Box") -> float:
        """How much of the narrower one's width stands under or over the other; 1 is all of it."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return max(0.0, shared) / max(1.0, min(self.width, other.width))


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or the part of it that stands in one column.

    `size` (in points) is that of most of its letters, 0 where nobody knows; `font`, `bold` and
    `italic` are what nearly all of them share. `cells` counts the parts that wide gaps divide it
    into, as in a table's row. `turned` is text that runs another way than the page's. A word that
    goes on in the next line ends with "-". `box` is None where the library does not tell places.
    A line without text is a gap between paragraphs.
    """

    text: str
    size: float = 0.0
    font: str = ""
    bold: bool = False
    italic: bool = False
    box: Box | None = None
    cells: int = 1
    turned: bool = False

    def with_text(self, text: str) -> "Line":
        """The same line with other words."""
        return replace(self, text=text)


@dataclass(frozen=True)
class PrintedPage:
    """The lines of one page in the order in which they are to be read."""

    lines: tuple[Line, ...] = ()
    height: float = 0.0

    @property
    def text(self) -> str:
        """All lines, one under the other."""
        return "\n".join(line.text for line in self.lines)

    def with_lines(self, lines: Iterable[Line]) -> "PrintedPage":
        """The same page with other lines."""
        return replace(self, lines=tuple(lines))
