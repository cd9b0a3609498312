"""The weights that make the judged sentences likely, and how they do on queries not seen. Pure.

A document is a draw: each of its sentences has a chance that grows with its score, and what is
made likely is that an answering one is drawn (a multinomial logit), a sentence that answers in
part counting half. Each passage is a draw too. Weights are held near 0 or near `EXPECTED`, those
of a kind more tightly than those of all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from evaluation.answer_sentences.examples import Example
from evaluation.answering import folds
from search.answering.features import FEATURES

KINDS = ("diagnosis", "treatment", "outcome", "cause")
"""Kinds with judged questions enough for weights of their own; the others share those of all."""
FORMS = ("story", "keywords")
EXPECTED = {"words": 2.0, "told": 2.0, "promo": -2.0, "heading": -3.0, "asks": -1.0, "short": -3.0}
"""What is known without counting, and what the judged sentences move.

The words of the question and the kind of thing that it asks for matter; an advertisement, a
heading, a fragment and a question do not answer.
"""
HOLD_ALL, HOLD_KIND = 3.0, 10.0
"""How tightly weights are held; of 1 to 20 and 3 to 60 these did best, by little, on folds."""
PART = 0.5
"""What a sentence that answers in part counts."""
LEAST = 0.05
"""A weight of a kind below this is left out of the table."""

Array = NDArray[np.float64]
_PARTS = (*KINDS, *FORMS)


@dataclass(frozen=True)
class Weights:
    """Of all questions, then of each kind and each form, in the order of `FEATURES`."""

    rows: Array
    strength: tuple[float, float]

    def scores(self, example: Example) -> Array:
        """The score of each sentence of an example."""
        scores: Array = _design(example) @ self.rows.reshape(-1)
        return scores


def fit(examples: Sequence[Example]) -> Weights:
    """The weights for these examples."""
    draws, counts = _draws(examples)
    width = len(FEATURES)
    hold = np.repeat([HOLD_ALL] + [HOLD_KIND] * len(_PARTS), width)
    start = np.zeros(len(hold))
    for feature, weight in EXPECTED.items():
        start[FEATURES.index(feature)] = weight

    def loss(weights: Array) -> tuple[float, Array]:
        away = weights - start
        total, slope = 0.5 * float(hold @ (away * away)), hold * away
        for (design, share), count in zip(draws, counts, strict=True):
            scores = design @ weights
            odds = np.exp(scores - scores.max())
            likely, answering = odds / odds.sum(), odds * share
            total -= count * float(np.log(answering.sum() / odds.sum()))
            slope -= count * (design.T @ (answering / answering.sum() - likely))
        return total, slope

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    rows = np.round(found.reshape(-1, width), 2)
    rows[1:][np.abs(rows[1:]) < LEAST] = 0.0
    return Weights(rows, _strength(examples, Weights(rows, (1.0, 0.0))))


def cross_validated(examples: Sequence[Example]) -> list[Array]:
    """The scores of each example by weights that were chosen without its query."""
    scores: dict[int, Array] = {}
    for held_out in folds(sorted({example.query for example in examples})):
        weights = fit([example for example in examples if example.query not in held_out])
        for place, example in enumerate(examples):
            if example.query in held_out:
                scores[place] = weights.scores(example)
    return [scores[place] for place in range(len(examples))]


def by_document(examples: Iterable[Example]) -> list[list[int]]:
    """The places of the examples of each query and document."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, example in enumerate(examples):
        places[example.query, example.document].append(place)
    return list(places.values())


def _draws(examples: Sequence[Example]) -> tuple[list[tuple[Array, Array]], list[float]]:
    """Designs with the share that each sentence answers, and what each draw counts.

    Draws of one query count less than as many of several, but more than one.
    """
    groups = [[place] for place in range(len(examples))] + by_document(examples)
    kept = []
    for group in groups:
        grades = np.concatenate([examples[place].grades for place in group])
        if len(grades) > 1 and (grades == 2).any():
            kept.append((group, np.where(grades == 2, 1.0, PART * (grades == 1))))
    of_query = Counter(examples[group[0]].query for group, _ in kept)
    counts = [float(of_query[examples[group[0]].query]) ** -0.5 for group, _ in kept]
    return [
        (np.vstack([_design(examples[place]) for place in group]), share) for group, share in kept
    ], counts


def _design(example: Example) -> Array:
    known = [kind for kind in KINDS if kind in example.kinds]
    parts = {kind: 1 / len(known) for kind in known} | dict.fromkeys(example.forms, 1.0)
    blocks = [example.features, *(example.features * parts.get(part, 0.0) for part in _PARTS)]
    return np.hstack(blocks)


def _strength(examples: Sequence[Example], weights: Weights) -> tuple[float, float]:
    """Slope and middle of the chance that a sentence of some score answers."""
    scores = np.concatenate([weights.scores(example) for example in examples])
    answers = np.concatenate([example.grades == 2 for example in examples]).astype(float)

    def loss(line: Array) -> float:
        away = line[0] * (scores - line[1])
        return float(np.sum(np.logaddexp(0, away) - answers * away))

    slope, middle = minimize(loss, np.array([1.0, float(scores.max()) / 2])).x
    return round(float(slope), 2), round(float(middle), 2)
