"""How a document is set: the letters of its text, and what stands out from them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.formats.pdf.print import Line, PrintedPage

LARGER = 1.08
"""Letters this many times as large as the text's stand out."""
SMALLEST_HEADING = 0.85
"""In sizes of the text: bold capitals are set smaller than it, captions smaller still."""
ALIKE = 0.05
"""Sizes that differ by a smaller share are one size: programs round."""
MAX_EMPHASISED_SHARE = 0.3
"""Where more of the text than this is set apart, being set apart means nothing."""
RARE_SHARE = 0.08
"""A font with fewer of all letters is not one of running text."""
DEFAULT_PITCH = 1.2
"""From one line to the next, in letter sizes, where a document does not tell."""


@dataclass(frozen=True)
class Typography:
    """The letters of a document's running text: size in points, fonts, and distance of lines."""

    size: float = 0.0
    rare_fonts: frozenset[str] = frozenset()
    pitches: Mapping[float, float] = field(default_factory=dict)
    bold_means_nothing: bool = False

    @classmethod
    def of(cls, pages: Sequence[PrintedPage]) -> "Typography":
        """What most letters of the pages are set in."""
        lines = [line for page in pages for line in page.lines if not line.turned]
        sizes: Counter[float] = Counter()
        fonts: Counter[str] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
            fonts[line.font] += len(line.text)
        total = sum(sizes.values())
        size = sizes.most_common(1)[0][0] if total else 0.0
        apart = sum(len(n.text) for n in lines if n.bold or n.size > size * LARGER)
        return cls(
            size=size,
            rare_fonts=frozenset(f for f, n in fonts.items() if f and n < RARE_SHARE * total),
            pitches=_pitches(lines),
            bold_means_nothing=apart > MAX_EMPHASISED_SHARE * total,
        )

    def is_text_size(self, line: Line) -> bool:
        """Whether a line is as large as running text; yes where sizes are unknown."""
        return not line.size or abs(line.size - self.size) <= ALIKE * self.size

    def is_small(self, line: Line) -> bool:
        """Whether a line is set smaller than running text."""
        return 0 < line.size < (1 - ALIKE) * self.size

    def stands_out(self, line: Line) -> bool:
        """Whether a line is set wholly in letters that headings are set in."""
        if self.bold_means_nothing or not line.size:
            return False
        if line.size > self.size * LARGER:
            return True
        if line.size < self.size * SMALLEST_HEADING:
            return False
        return line.bold or (line.font in self.rare_fonts and line.size >= self.size * 0.9)

    def pitch(self, line: Line) -> float:
        """The usual distance between two lines set as this one, upper edge to upper edge."""
        return self.pitches.get(line.size, DEFAULT_PITCH * max(line.size, 1.0))


def _pitches(lines: Iterable[Line]) -> dict[float, float]:
    """For each size the median distance of two lines, one under the other."""
    found: defaultdict[float, list[float]] = defaultdict(list)
    for above, line in pairwise(lines):
        if above.box and line.box and above.size == line.size and above.box.beside(line.box) > 0:
            distance = line.box.top - above.box.top
            if 0 < distance < 3 * max(line.size, 1.0):
                found[line.size].append(distance)
    return {size: median(distances) for size, distances in found.items()}
