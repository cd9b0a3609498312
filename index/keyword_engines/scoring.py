"""BM25 exactly as SQLite's FTS5 counts it. Pure.

A phrase in a passage scores ``rarity * f * (k1 + 1) / (f + k1 * (1 - b + b * length / mean))``
where `f` is its occurrences, each weighed by its column, and lengths are terms of all columns
(https://sqlite.org/fts5.html#the_bm25_function, ext/fts5/fts5_aux.c).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from index.keyword_engines.queries import KeywordQuery

K1, B = 1.2, 0.75
"""FTS5's own: they cannot be set there."""
LEAST_RARITY = 1e-6
"""Of what stands in half of all passages or more."""

Columns = tuple[str, str, str]
"""The terms of a passage's title, heading and body, each joined by single spaces."""


@dataclass(frozen=True)
class Totals:
    """How much text there is: passages, and the terms in all of them."""

    passages: int
    terms: int

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.passages + other.passages, self.terms + other.terms)


def rarity(passages: int, having: int) -> float:
    """The weight of what stands in `having` of the passages.

    >>> round(rarity(passages=100, having=1), 2)
    4.19
    """
    odds = (passages - having + 0.5) / (having + 0.5)
    return max(LEAST_RARITY, math.log(odds)) if odds > 0 else LEAST_RARITY


def length_part(of_mean: float) -> float:
    """What stands beside `f` in the formula, for a length as a multiple of the mean."""
    return K1 * (1 - B + B * of_mean)


class PassageScorer:
    """Scores passages for one query; `having` are the passages that have each of its phrases."""

    def __init__(
        self, query: KeywordQuery, having: Mapping[tuple[str, ...], int], totals: Totals
    ) -> None:
        self.rarities = {
            phrase: rarity(totals.passages, having[phrase]) for phrase in query.phrases
        }
        self._of_terms = {term: self.rarities[term,] for term in query.terms}
        self._alternatives = [
            (_joined(one.phrase), _joined(one.stands_for), self.rarities[one.phrase])
            for one in query.alternatives
        ]
        self._weights = query.column_weights
        self._mean_length = max(1, totals.terms) / max(1, totals.passages)

    def score(self, columns: Columns) -> float:
        """The score of one passage, 0 if it has nothing of what is wanted."""
        length = 0
        found: dict[str, float] = {}
        holds = self._of_terms.__contains__
        for text, weight in zip(columns, self._weights, strict=True):
            words = text.split()
            length += len(words)
            for word in filter(holds, words):
                found[word] = found.get(word, 0.0) + weight
        fixed = length_part(length / self._mean_length)
        # Exact whatever the order of words, so that equal passages are equal to the last bit.
        score = math.fsum(
            [self._of_terms[term] * f * (K1 + 1) / (f + fixed) for term, f in found.items()]
        )
        return score + self._score_of_alternatives(columns, fixed) if self._alternatives else score

    def _score_of_alternatives(self, columns: Columns, fixed: float) -> float:
        padded = [f" {text} " for text in columns]
        whole = "|".join(padded)
        score = 0.0
        for phrase, stands_for, weight in self._alternatives:
            if phrase in whole and stands_for not in whole:
                f = 0.0
                for text, column_weight in zip(padded, self._weights, strict=True):
                    f += column_weight * _occurrences(phrase, text)
                score += weight * f * (K1 + 1) / (f + fixed)
        return score


def _joined(phrase: tuple[str, ...]) -> str:
    return f" {' '.join(phrase)} "


def _occurrences(phrase: str, text: str) -> int:
    """How often a phrase stands in a text, also overlapping itself; both begin and end in space."""
    count, place = 0, text.find(phrase)
    while place >= 0:
        count, place = count + 1, text.find(phrase, place + 1)
    return count
