"""Which passages are really nearest: every stored vector compared, filters applied by hand.

Nothing of the search is used here, so that it can be held against it.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from search.queries import Filters

JOINED = (
    "FROM passages JOIN documents USING (doc_id) "
    "JOIN vectors ON vectors.id = vector_id WHERE fingerprint = ?"
)
"""Every passage of the catalog with its document and its vector."""
_AT_ONCE = 20_000
_ROWS = f"SELECT row, year, document_type, vector {JOINED}"


@dataclass(frozen=True)
class Nearest:
    """For one filter: the nearest rows to each query, and how many rows it lets through."""

    rows: list[set[int]]
    allowed: int


@dataclass(frozen=True)
class _Block:
    rows: NDArray[np.int64]
    years: NDArray[np.int64]
    types: NDArray[np.str_]
    vectors: Vectors


def exact_nearest(
    connection: sqlite3.Connection,
    fingerprint: str,
    queries: Vectors,
    filters: Mapping[str, Filters],
    k: int,
) -> dict[str, Nearest]:
    """The `k` nearest rows to each of the queries (n, dim) under each filter."""
    best = {name: _Best.empty(len(queries), k) for name in filters}
    for block in _blocks(connection, fingerprint):
        scores = queries @ block.vectors.T
        for name, one in filters.items():
            passing = passes(one, block.years, block.types)
            best[name].add(scores[:, passing], block.rows[passing])
    return {name: Nearest(found.row_sets(), found.seen) for name, found in best.items()}


def passes(
    filters: Filters, years: NDArray[np.int64], types: NDArray[np.str_]
) -> NDArray[np.bool_]:
    """Which documents a filter lets through; a year that is not stated is 0."""
    passing = np.ones(len(years), bool)
    if filters.year_from is not None:
        passing &= years >= filters.year_from
    if filters.year_to is not None:
        passing &= (years <= filters.year_to) & (years > 0)
    if filters.document_types:
        passing &= np.isin(types, filters.document_types)
    return passing


def recall(found: Sequence[set[int]], nearest: Nearest) -> float:
    """The mean share of the nearest rows that were found."""
    pairs = [(one, rows) for one, rows in zip(found, nearest.rows, strict=True) if rows]
    return float(np.mean([len(one & rows) / len(rows) for one, rows in pairs])) if pairs else 1.0


@dataclass
class _Best:
    """The best rows of what was seen so far, (queries, k)."""

    scores: Vectors
    rows: NDArray[np.int64]
    k: int
    seen: int = 0

    @staticmethod
    def empty(queries: int, k: int) -> "_Best":
        return _Best(np.empty((queries, 0), np.float32), np.empty((queries, 0), np.int64), k)

    def add(self, scores: Vectors, rows: NDArray[np.int64]) -> None:
        self.seen += len(rows)
        every = np.concatenate([self.scores, scores], axis=1)
        names = np.concatenate([self.rows, np.broadcast_to(rows, scores.shape)], axis=1)
        if every.shape[1] > self.k:
            kept = np.argpartition(-every, self.k, axis=1)[:, : self.k]
            every, names = (np.take_along_axis(one, kept, 1) for one in (every, names))
        self.scores, self.rows = every, names

    def row_sets(self) -> list[set[int]]:
        return [set(rows.tolist()) for rows in self.rows]


def _blocks(connection: sqlite3.Connection, fingerprint: str) -> Iterator[_Block]:
    cursor = connection.execute(_ROWS, (fingerprint,))
    while found := cursor.fetchmany(_AT_ONCE):
        rows, years, types, blobs = zip(*found, strict=True)
        halves = np.frombuffer(b"".join(blobs), np.float16).reshape(len(rows), -1)
        yield _Block(
            np.array(rows),
            np.array([year or 0 for year in years]),
            np.array([one or "" for one in types]),
            halves.astype(np.float32),
        )
