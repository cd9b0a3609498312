"""Whether anything found is relevant at all. Pure.

Two kinds of evidence: how far the best cosine lies above what unrelated questions reach in this
very corpus (`index.calibration`), and how much of the question's weight in words stands in the
best passage.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.manifest import Calibration

EVIDENCE_NEEDED: tuple[tuple[float, float], ...] = (
    (6.0, 0.0),
    (5.0, 0.33),
    (2.5, 0.5),
    (1.5, 0.95),
)
"""An answer needs one of these: so many deviations, and such a share of the word weight.

A cosine far above the unrelated questions' needs no shared word; a faint one needs half of the
words; a word by itself that stands in a passage to the letter ("PRP") needs hardly more than
chance, for an encoder knows little of abbreviations.
"""
_ANSWER_BEGINS = 6.0


@dataclass(frozen=True)
class Evidence:
    """The best cosine in deviations above unrelated questions, and the word share from 0 to 1."""

    deviations: float
    words: float

    @property
    def relevant(self) -> bool:
        """Whether this is more than a chance likeness."""
        return any(
            self.deviations >= least and self.words >= share for least, share in EVIDENCE_NEEDED
        )

    @property
    def confidence(self) -> float:
        """From 0 to 1, .5 about where an answer begins."""
        strength = self.deviations - _ANSWER_BEGINS + 4 * self.words
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
