"""The keyword side of a search: BM25 by SQLite's FTS5, https://sqlite.org/fts5.html."""

import math
import sqlite3
from collections.abc import Sequence

TITLE_WEIGHT, HEADING_WEIGHT, BODY_WEIGHT = 1.0, 0.5, 1.0
MAX_TERMS = 64
"""Of a pasted case the rarest terms are looked for: common ones cost time and say little."""


def term_rarity(
    connection: sqlite3.Connection, query_terms: Sequence[str], passages: int
) -> dict[str, float]:
    """The weight of each term: the logarithm of passages for each passage that has it."""
    rarity = {}
    for term in query_terms:
        row = connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (term,)).fetchone()
        rarity[term] = math.log(1 + passages / (row[0] if row else 0.5))
    return rarity


def keyword_candidates(
    connection: sqlite3.Connection,
    rarity: dict[str, float],
    k: int,
    allowed: str,
    values: Sequence[object],
) -> dict[int, float]:
    """The `k` best rows by BM25, higher is better. `allowed` is SQL that filters `documents`."""
    if not rarity:  # a question in letters that the analyzer has no terms for
        return {}
    rarest = sorted(rarity, key=lambda term: (-rarity[term], term))[:MAX_TERMS]
    # Quoted, so that no term can be read as an operator of the query language.
    match = " OR ".join(f'"{term}"' for term in rarest)
    among = f"AND rowid IN (SELECT row FROM passages JOIN documents USING (doc_id) WHERE {allowed})"
    found = connection.execute(
        f"SELECT rowid, -bm25(keywords, {TITLE_WEIGHT}, {HEADING_WEIGHT}, {BODY_WEIGHT}) AS score "
        f"FROM keywords WHERE keywords MATCH ? {among if allowed else ''} "
        "ORDER BY score DESC, rowid LIMIT ?",
        (match, *values, k),
    )
    return dict(found.fetchall())
