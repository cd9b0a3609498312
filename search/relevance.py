"""Whether anything found is relevant at all, and how likely each hit is. Pure.

The score that people see is a probability, fitted on judged queries by logistic regression
(`python -m evaluation fit`, evaluation/results/relevance.md, docs/decisions/0012). It grows with
the fused score, read against what unrelated questions reach in this very corpus
(`index.calibration`); with the number of the query's words, since many words are seldom all in
one passage; and it falls with the share of the words that no passage has.
"""

import math
from dataclasses import dataclass
from typing import Literal

from index.manifest import Calibration

Strength = Literal["strong", "weak", "none"]

STRONG, WEAK = 0.88, 0.41
"""Probabilities from which a hit is shown as strong, and as weak; under it there is nothing. Weak
begins where 95 of 100 judged queries that have an answer are kept, strong where three of four that
only seem to have one are left out."""
_INTERCEPT, _ABOVE_UNRELATED, _LOG_TERMS, _UNKNOWN = -9.37, 21.63, 2.55, -3.93
_MOST_LOGIT = 30.0


@dataclass(frozen=True)
class Evidence:
    """What speaks for a hit.

    `above_unrelated` is its fused score less what unrelated questions score on average; `terms`
    how many different terms the query has; `unknown` the share of their rarity that no passage
    has, from 0 to 1.
    """

    above_unrelated: float
    terms: int
    unknown: float

    @property
    def probability(self) -> float:
        """That the hit is relevant, from 0 to 1."""
        logit = (
            _INTERCEPT
            + _ABOVE_UNRELATED * self.above_unrelated
            + _LOG_TERMS * math.log(max(1, self.terms))
            + _UNKNOWN * self.unknown
        )
        # In this order what is no number, of a broken model, is never a likely one.
        return 1 / (1 + math.exp(-min(_MOST_LOGIT, max(-_MOST_LOGIT, logit))))


def above_unrelated(fused: float, weight: float, calibration: Calibration) -> float:
    """A fused score of such a dense weight, less what an unrelated question's best cosine gives.

    >>> round(above_unrelated(0.5, 0.4, Calibration(unrelated=0.2)), 2)
    0.42
    """
    return fused - weight * calibration.unrelated


def strength_of(probability: float) -> Strength:
    """How a hit of this probability is shown.

    >>> strength_of(0.95), strength_of(0.6), strength_of(0.2)
    ('strong', 'weak', 'none')
    """
    if probability >= STRONG:
        return "strong"
    return "weak" if probability >= WEAK else "none"
