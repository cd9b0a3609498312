"""Keywords of a base and of what came since, scored by one formula as if they were one table."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from heapq import nlargest
from math import ceil

from index.keyword_engines.fts5 import Fts5Keywords
from index.keyword_engines.queries import ANY_DOCUMENT, DocumentFilter, KeywordQuery
from index.keyword_engines.scoring import PassageScorer
from index.keyword_engines.tantivy_engine import TantivyBase

_BESIDE = 0.1
"""The share of rows scored at first beyond those asked for: up to a twentieth of the base may have
been removed, and the order of estimates is nearly that of scores."""
_PROPOSED, _DEEPER, _DEEPEST = 2, 4, 32
"""Rows that tantivy proposes for each one asked for; how much further is looked where the best of
them are not sure to be the best of all; and how far, where no more than that is missing."""
_RARE = 64
"""Up to so many passages in the base, those that were removed since are taken off a count."""


class LayeredKeywords:
    """One snapshot: the base of its manifest, and the catalog for the rest.

    A removed row has no terms in the catalog any more, so it is never scored. Until the next base
    it still counts in how common a term is, unless the term is rare.
    """

    def __init__(self, connection: sqlite3.Connection, base: TantivyBase) -> None:
        self._connection = connection
        self._base = base
        self._recent = Fts5Keywords(connection)
        self._having: dict[tuple[str, ...], int] = {}

    def search(
        self, query: KeywordQuery, k: int, documents: DocumentFilter = ANY_DOCUMENT
    ) -> dict[int, float]:
        """The `k` best rows with their BM25 score over the whole corpus, best first."""
        totals = self._base.totals + self._recent.totals()
        having = {phrase: self._count(phrase) for phrase in query.phrases}
        scorer = PassageScorer(query, having, totals)
        recent = self._recent.search(query, ceil(k * (1 + _BESIDE)), documents)
        scores = self._scored(scorer, recent) | self._scored_of_base(query, scorer, documents, k)
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return dict(best[:k])

    def counts(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        return {term: self._count((term,)) for term in terms}

    def _count(self, phrase: tuple[str, ...]) -> int:
        if phrase not in self._having:
            stored = self._base.having(phrase)
            if len(phrase) == 1 and 0 < stored <= _RARE:
                stored -= self._removed(self._base.rows_with(phrase[0], stored))
            self._having[phrase] = stored + self._recent.having(phrase)
        return self._having[phrase]

    def _scored_of_base(
        self, query: KeywordQuery, scorer: PassageScorer, documents: DocumentFilter, k: int
    ) -> dict[int, float]:
        """The likely best rows of the base that are still there, with their scores."""
        depth = k * _PROPOSED
        while True:
            found = self._base.candidates(query, scorer.rarities, depth, documents)
            scores = self._best_of(scorer, found.estimates, k)
            if not found.more:
                return scores
            if len(scores) >= k:
                least = nlargest(k, scores.values())[-1]
                if least >= min(found.estimates.values()) or depth >= k * _DEEPEST:
                    return scores
            depth *= _DEEPER

    def _best_of(
        self, scorer: PassageScorer, estimates: Mapping[int, float], k: int
    ) -> dict[int, float]:
        """Scores of rows in order of their estimates, until the `k` best can hardly change."""
        scores: dict[int, float] = {}
        rows = list(estimates)
        batch = ceil(k * (1 + _BESIDE))
        for start in range(0, len(rows), batch):
            if len(scores) >= k and nlargest(k, scores.values())[-1] >= estimates[rows[start]]:
                break
            scores |= self._scored(scorer, rows[start : start + batch])
        return scores

    def _removed(self, rows: Collection[int]) -> int:
        """How many of some rows of the base are no longer there."""
        found = self._connection.execute(
            "SELECT count(*) FROM json_each(?) CROSS JOIN removed_rows ON row = value",
            (json.dumps(list(rows)),),
        )
        return int(found.fetchone()[0])

    def _scored(self, scorer: PassageScorer, rows: Iterable[int]) -> dict[int, float]:
        """The scores of the rows that are still there and have anything that counts."""
        found = self._connection.execute(
            "SELECT row, coalesce(title, ''), coalesce(heading, ''), coalesce(body, '') "
            "FROM json_each(?) CROSS JOIN passage_terms ON row = value",
            (json.dumps(sorted(rows)),),
        )
        scores = {row: scorer.score((title, heading, body)) for row, title, heading, body in found}
        return {row: score for row, score in scores.items() if score > 0}
