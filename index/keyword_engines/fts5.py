"""Keywords by SQLite's FTS5, https://sqlite.org/fts5.html: the table `keywords` of the catalog."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice

from index.engines import Mask, is_allowed
from index.keyword_engines.queries import ANY_DOCUMENT, DocumentFilter, KeywordQuery
from index.keyword_engines.scoring import Totals

_NO_LIMIT = -1
_AVERAGES_ID = 1
"""The record of FTS5's data table that counts rows and the terms of each column."""


class Fts5Keywords:
    """What the table `keywords` holds: all passages, or those that came since the base."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def search(
        self,
        query: KeywordQuery,
        k: int,
        documents: DocumentFilter = ANY_DOCUMENT,
        allowed: Mask | None = None,
    ) -> dict[int, float]:
        """The `k` best rows with their BM25 score among the rows held, best first."""
        if not query.terms and not query.alternatives:
            return {}
        # Where the rows are known, the catalog need not look at all passages for them.
        condition, values = documents.condition() if allowed is None else ("", [])
        among = (
            "AND +rowid IN (SELECT row FROM passages JOIN documents USING (doc_id) "
            f"WHERE {condition})"
        )
        weights = ", ".join(str(float(weight)) for weight in query.column_weights)
        found = self._connection.execute(
            f"SELECT rowid, -bm25(keywords, {weights}) AS score FROM keywords "
            f"WHERE keywords MATCH ? {among if condition else ''} "
            "ORDER BY score DESC, rowid LIMIT ?",
            (_match(query), *values, k if allowed is None else _NO_LIMIT),
        )
        scored = ((row, score) for row, score in found if score > 0)
        if allowed is not None:
            scored = ((row, score) for row, score in scored if is_allowed(allowed, row))
        return dict(islice(scored, k))

    def counts(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        return {term: self.having((term,)) for term in terms}

    def having(self, phrase: Sequence[str]) -> int:
        """In how many passages a phrase stands."""
        found = self._connection.execute(
            "SELECT count(*) FROM keywords WHERE keywords MATCH ?", (_quoted(phrase),)
        )
        return int(found.fetchone()[0])

    def totals(self) -> Totals:
        """How much is held; read from FTS5's own sums, so that nothing is scanned.

        The record is numbers of variable length: rows, then the terms of each column.
        """
        record = self._connection.execute(
            "SELECT block FROM keywords_data WHERE id = ?", (_AVERAGES_ID,)
        ).fetchone()
        rows, *columns = _numbers(record[0]) if record and record[0] else [0]
        return Totals(rows, sum(columns))


def _match(query: KeywordQuery) -> str:
    """The query for FTS5: any term, or where its words are not there, what may stand for them.

    BM25 counts nothing of the branch that NOT leaves out, so that a passage which defines an
    abbreviation does not score twice for it.
    """
    asked = [_quoted((term,)) for term in query.terms]
    instead = [
        f"({_quoted(one.phrase)} NOT {_quoted(one.stands_for)})" for one in query.alternatives
    ]
    return " OR ".join([*asked, *instead])


def _quoted(phrase: Sequence[str]) -> str:
    """Quoted, so that no term can be read as an operator of the query language."""
    return f'"{" ".join(phrase)}"'


def _numbers(record: bytes) -> list[int]:
    """SQLite's variable-length integers, big end first, seven bits a byte and eight of a ninth.

    >>> _numbers(bytes([5, 0x81, 0x00]))
    [5, 128]
    """
    numbers: list[int] = []
    number = read = 0
    for byte in record:
        read += 1
        if read == 9:
            numbers.append(number << 8 | byte)
            number = read = 0
            continue
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(number)
            number = read = 0
    return numbers
