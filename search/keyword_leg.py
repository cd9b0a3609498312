"""The keyword side of a search: BM25 by SQLite's FTS5, https://sqlite.org/fts5.html."""

import sqlite3
from collections.abc import Sequence

from search.wanted_terms import WantedTerms

TITLE_WEIGHT, HEADING_WEIGHT, BODY_WEIGHT = 1.0, 0.5, 1.0
MOST_OF_A_TERM = 2.2
"""What one term can score at most for each unit of its rarity: k1 + 1 of FTS5's BM25."""


def keyword_shares(
    connection: sqlite3.Connection,
    wanted: WantedTerms,
    k: int,
    allowed: str,
    values: Sequence[object],
    title_weight: float = TITLE_WEIGHT,
) -> dict[int, float]:
    """The `k` best rows by BM25, each with its share of the most that it could score, 0 to 1.

    `allowed` is SQL that filters `documents`.
    """
    if not wanted.rarity:  # a question in letters that the analyzer has no terms for
        return {}
    match = _match(wanted)
    among = f"AND rowid IN (SELECT row FROM passages JOIN documents USING (doc_id) WHERE {allowed})"
    found = connection.execute(
        f"SELECT rowid, -bm25(keywords, {title_weight}, {HEADING_WEIGHT}, {BODY_WEIGHT}) AS score "
        f"FROM keywords WHERE keywords MATCH ? {among if allowed else ''} "
        "ORDER BY score DESC, rowid LIMIT ?",
        (match, *values, k),
    )
    most = MOST_OF_A_TERM * wanted.total
    return {row: min(1.0, score / most) for row, score in found}


def _match(wanted: WantedTerms) -> str:
    """The query for FTS5: any term, or where its words are not there, what may stand for them.

    BM25 counts nothing of the branch that NOT leaves out, so that a passage which defines an
    abbreviation does not score twice for it.
    """
    asked = [_quoted((term,)) for term in wanted.rarity]
    instead = [
        f"({_quoted(one.phrase)} NOT {_quoted(one.stands_for)})" for one in wanted.alternatives
    ]
    return " OR ".join([*asked, *instead])


def _quoted(phrase: Sequence[str]) -> str:
    """Quoted, so that no term can be read as an operator of the query language."""
    return f'"{" ".join(phrase)}"'
