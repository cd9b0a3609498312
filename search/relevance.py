"""Whether anything found is relevant at all. Pure.

Two kinds of evidence: how far the best cosine lies above what unrelated questions reach in this
very corpus (`index.calibration`), and how much of the question's weight in words stands in the
best passage.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.manifest import Calibration

CLEAR_DEVIATIONS = 5.0
"""A cosine so far above the unrelated questions' answers the question without shared words."""
FAINT_DEVIATIONS = 2.5
"""A nearer one still answers, if the words agree."""
ENOUGH_WORDS = 0.5
"""Share of the question's word weight that must stand in one passage then."""


@dataclass(frozen=True)
class Evidence:
    """The best cosine in deviations above unrelated questions, and the word share from 0 to 1."""

    deviations: float
    words: float

    @property
    def relevant(self) -> bool:
        """Whether this is more than a chance likeness."""
        if self.deviations >= CLEAR_DEVIATIONS:
            return True
        return self.deviations >= FAINT_DEVIATIONS and self.words >= ENOUGH_WORDS

    @property
    def confidence(self) -> float:
        """From 0 to 1, .5 about where an answer begins."""
        strength = self.deviations - CLEAR_DEVIATIONS + 3 * self.words
        return 1 / (1 + math.exp(-0.5 * strength))


def deviations(cosine: float, calibration: Calibration) -> float:
    """A cosine on the scale of this corpus: 0 is what an unrelated question reaches on average."""
    return (cosine - calibration.mean) / calibration.deviation


def word_share(query: Iterable[str], passage: Iterable[str], rarity: Mapping[str, float]) -> float:
    """The share of a query's terms that stand in a passage, rare terms weighing more.

    >>> word_share(["calf", "pain"], ["calf"], {"calf": 3.0, "pain": 1.0})
    0.75
    """
    wanted = list(query)
    present = set(passage)
    total = sum(rarity[term] for term in wanted)
    return sum(rarity[term] for term in wanted if term in present) / total if total else 0.0
