"""How likely a hit is relevant: logistic regression over queries with and without answers. Pure.

Near misses are left out of the fit: a search cannot know that the one word which does not fit is
the one that matters. They choose from where a hit is shown as strong.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from evaluation.answering import folds
from evaluation.fitting.legs import FoundByLegs
from search.leg_weights import DENSE_WEIGHTS
from search.relevance import above_unrelated

NEAR_MISS = "near miss"
KEPT = 0.95
"""The share of answerable queries whose best hit is shown, at least as weak."""
STRONG_NEAR_MISSES = 0.25
"""The share of near misses that may be shown as strong; of unseen ones it will be more."""
FEATURES = ("above unrelated", "log terms", "unknown")


@dataclass(frozen=True)
class FittedRelevance:
    """Intercept and weights of the logit, and the probabilities where weak and strong begin."""

    intercept: float
    weights: tuple[float, ...]
    weak: float
    strong: float

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of rows of `FEATURES`, (rows, 3), the (rows,) probabilities."""
        logits = self.intercept + features @ np.array(self.weights)
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
        return chances


@dataclass(frozen=True)
class ShownStratum:
    """How the queries of a stratum are shown by a fit that did not see them."""

    stratum: str
    queries: int
    strong: int
    weak: int


def evidence(one: FoundByLegs) -> tuple[float, float, float]:
    """The features of a query's best passage, as `search.relevance.Evidence` reads them."""
    weight = DENSE_WEIGHTS[one.kind]
    fused = above_unrelated(one.best(weight), weight, one.calibration)
    return fused, math.log(max(1, one.terms)), one.unknown


def fit_relevance(
    features: NDArray[np.float64], answerable: NDArray[np.bool_], near_miss: NDArray[np.bool_]
) -> FittedRelevance:
    """The logit of rows of `FEATURES`, and the thresholds that the two constants above ask for."""
    used = answerable | ~near_miss
    scaler = StandardScaler().fit(features[used])
    model = LogisticRegression(class_weight="balanced", max_iter=5000)
    model.fit(scaler.transform(features[used]), answerable[used])
    weights = model.coef_[0] / scaler.scale_
    fitted = FittedRelevance(
        intercept=float(model.intercept_[0] - weights @ scaler.mean_),
        weights=tuple(float(weight) for weight in weights),
        weak=0.0,
        strong=1.0,
    )
    chances = fitted.probabilities(features)
    weak = float(np.quantile(chances[answerable], 1 - KEPT))
    strong = float(np.quantile(chances[near_miss], 1 - STRONG_NEAR_MISSES))
    return FittedRelevance(fitted.intercept, fitted.weights, weak, max(weak, strong))


def cross_validated(
    queries: Sequence[str],
    strata: Sequence[str],
    features: NDArray[np.float64],
    answerable: NDArray[np.bool_],
) -> list[ShownStratum]:
    """How every query is shown by the fit on the other folds."""
    near_miss = np.array([stratum == NEAR_MISS for stratum in strata])
    shown = dict.fromkeys(queries, "none")
    for fold in folds(queries):
        held_out = np.array([query in set(fold) for query in queries])
        kept = ~held_out
        fitted = fit_relevance(features[kept], answerable[kept], near_miss[kept])
        chances = fitted.probabilities(features[held_out])
        for query, chance in zip(np.array(queries)[held_out], chances, strict=True):
            strong, weak = chance >= fitted.strong, chance >= fitted.weak
            shown[str(query)] = "strong" if strong else "weak" if weak else "none"
    return [
        _stratum(stratum, [shown[q] for q, s in zip(queries, strata, strict=True) if s == stratum])
        for stratum in dict.fromkeys(strata)
    ]


def _stratum(name: str, shown: Sequence[str]) -> ShownStratum:
    return ShownStratum(name, len(shown), shown.count("strong"), shown.count("weak"))
