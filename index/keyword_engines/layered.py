"""Keywords of a base and of what came since, scored by one formula as if they were one table."""

import json
import sqlite3
from collections.abc import Collection, Iterable

from index.engines import Mask
from index.keyword_engines.fts5 import Fts5Keywords
from index.keyword_engines.queries import (
    ANY_DOCUMENT,
    TITLE_WEIGHT,
    DocumentFilter,
    KeywordQuery,
)
from index.keyword_engines.scoring import PassageScorer
from index.keyword_engines.tantivy_engine import Among, TantivyBase

_BESIDE, _DEEPER = 1.1, 4
"""Rows that the base is asked for, for each one wanted: up to a twentieth of it may have been
removed; and how much further is looked where more are."""
_RARE = 64
"""Up to so many passages in the base, those that were removed since are taken off a count."""


class LayeredKeywords:
    """One snapshot: the base of its manifest, and the catalog for the rest.

    Rows of the base have tantivy's score, which is FTS5's but for a hundredth, those that came
    since have it to the last digit. A removed row still counts in how common a term is until the
    next base, unless the term is rare.
    """

    def __init__(self, connection: sqlite3.Connection, base: TantivyBase) -> None:
        self._connection = connection
        self._base = base
        self._recent = Fts5Keywords(connection)
        self._having: dict[tuple[str, ...], int] = {}

    def search(
        self,
        query: KeywordQuery,
        k: int,
        documents: DocumentFilter = ANY_DOCUMENT,
        allowed: Mask | None = None,
    ) -> dict[int, float]:
        """The `k` best rows with their BM25 score over the whole corpus, best first."""
        totals = self._base.totals + self._recent.totals()
        having = {phrase: self._count(phrase) for phrase in query.phrases}
        scorer = PassageScorer(query, having, totals)
        recent = self._recent.search(query, k, documents, allowed)
        among = Among(documents, allowed)
        scores = self._scored(scorer, recent) | self._in_base(query, scorer, among, k)
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        return dict(best[:k])

    def counts(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        return {term: self._count((term,)) for term in terms}

    def _count(self, phrase: tuple[str, ...]) -> int:
        if phrase not in self._having:
            stored = self._base.having(phrase)
            if len(phrase) == 1 and 0 < stored <= _RARE:
                stored -= len(self._removed(self._base.rows_with(phrase[0], stored)))
            self._having[phrase] = stored + self._recent.having(phrase)
        return self._having[phrase]

    def _in_base(
        self, query: KeywordQuery, scorer: PassageScorer, among: Among, k: int
    ) -> dict[int, float]:
        """The best rows of the base that are still there, with their scores."""
        depth = int(k * _BESIDE) + 1
        while True:
            found = self._base.search(query, scorer.rarities, depth, among)
            removed = self._removed(found.scores)
            if not found.more or len(found.scores) - len(removed) >= k:
                break
            depth *= _DEEPER
        left = {row: score for row, score in found.scores.items() if row not in removed}
        # tantivy counts a title as the text: where it shall not, its order is only a proposal.
        return left if query.title_weight == TITLE_WEIGHT else self._scored(scorer, left)

    def _removed(self, rows: Collection[int]) -> set[int]:
        """Those of some rows of the base that are no longer there."""
        found = self._connection.execute(
            "SELECT row FROM json_each(?) CROSS JOIN removed_rows ON row = value",
            (json.dumps(list(rows)),),
        )
        return {row for (row,) in found}

    def _scored(self, scorer: PassageScorer, rows: Iterable[int]) -> dict[int, float]:
        """The scores of the rows that are still there and have anything that counts."""
        found = self._connection.execute(
            "SELECT row, coalesce(title, ''), coalesce(heading, ''), coalesce(body, '') "
            "FROM json_each(?) CROSS JOIN passage_terms ON row = value",
            (json.dumps(sorted(rows)),),
        )
        scores = {row: scorer.score((title, heading, body)) for row, title, heading, body in found}
        return {row: score for row, score in scores.items() if score > 0}
