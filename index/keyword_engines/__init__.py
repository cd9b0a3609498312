"""Structures that rank passages by their words. Adding one is one line in `KEYWORD_ENGINES`.

    fts5       SQLite's own index: in the catalog, changed with the passages
    tantivy    a part of the immutable base (`tantivy_engine`), with what came since in FTS5 and
               the scores of both made by one formula over both (`layered`)

Which of them serves can hardly be told from an answer: the scores are those of FTS5's BM25 over the
whole corpus, but for a hundredth (`scoring`, docs/decisions/0018). `keyword_engine_for` chooses by
size.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from index.engines import Mask
from index.keyword_engines.queries import ANY_DOCUMENT, DocumentFilter, KeywordQuery

if TYPE_CHECKING:
    from index.keyword_engines.tantivy_engine import TantivyBase


class KeywordEngine(Protocol):
    """Finds the passages that have the words of a query. It serves one reader's snapshot."""

    def search(
        self,
        query: KeywordQuery,
        k: int,
        documents: DocumentFilter = ANY_DOCUMENT,
        allowed: Mask | None = None,
    ) -> dict[int, float]:
        """The `k` best rows with their BM25 score, best first, ties in order of row.

        Rows that score nothing are left out. `allowed`, where it is known, are the very rows that
        `documents` lets through: it takes less time.
        """

    def counts(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands."""


@dataclass(frozen=True)
class KeywordEngineSettings:
    """Up to how many passages an engine is chosen, and whether the base has files of it."""

    up_to: int
    in_base: bool


KEYWORD_ENGINES: dict[str, KeywordEngineSettings] = {
    # Grows with the corpus and with the question: at 10,000 passages one in the middle takes 1.7 ms
    # against tantivy's 0.6, a long one 8 against 1 (docs/decisions/0018). Below some thousand
    # passages either takes no time, and the catalog's own index is no file more.
    "fts5": KeywordEngineSettings(up_to=2_000, in_base=False),
    "tantivy": KeywordEngineSettings(up_to=10**9, in_base=True),
}


def keyword_engine_for(count: int) -> str:
    """The name of the engine for so many passages."""
    return next(name for name, engine in KEYWORD_ENGINES.items() if count <= engine.up_to)


def open_keywords(connection: sqlite3.Connection, base: "TantivyBase | None") -> KeywordEngine:
    """The engine of a reader's snapshot: over its base's keyword files, where it has any."""
    if base is None:
        from index.keyword_engines.fts5 import Fts5Keywords

        return Fts5Keywords(connection)
    from index.keyword_engines.layered import LayeredKeywords  # it imports tantivy

    return LayeredKeywords(connection, base)
