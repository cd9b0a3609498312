"""Vectors in the catalog: half floats by the hash of the text that was encoded, and by model.

Those of one text are made once, however often it is indexed, and committed as they come.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.engines import Batches, Rows

VECTORS_AT_ONCE = 20_000
"""Vectors of one batch: 30 MB of 384 columns."""


def missing_vectors(
    connection: sqlite3.Connection, hashes: Iterable[str], fingerprint: str
) -> list[str]:
    """Those of the hashes that this model has no vector for, each once, in order."""
    return [
        name for name in dict.fromkeys(hashes) if _vector_id(connection, name, fingerprint) is None
    ]


def known_vectors(connection: sqlite3.Connection, fingerprint: str) -> Iterator[str]:
    """The hashes of all texts that this model has a vector for, in no order."""
    rows = connection.execute(
        "SELECT vector_hash FROM vectors WHERE fingerprint = ?", (fingerprint,)
    )
    return (name for (name,) in rows)


def vector_id(connection: sqlite3.Connection, name: str, fingerprint: str) -> int:
    """The id of a stored vector; KeyError if there is none."""
    found = _vector_id(connection, name, fingerprint)
    if found is None:
        raise KeyError(f"no vector {name}")
    return found


def store_vectors(
    connection: sqlite3.Connection, hashes: Sequence[str], vectors: Vectors, fingerprint: str
) -> None:
    """Keep vectors (n, dim) as half floats: their cosines stay within .001."""
    halves = vectors.astype(np.float16)
    connection.executemany(
        "INSERT INTO vectors (vector_hash, fingerprint, vector) VALUES (?, ?, ?) "
        "ON CONFLICT (vector_hash, fingerprint) DO UPDATE SET vector = excluded.vector",
        ((name, fingerprint, row.tobytes()) for name, row in zip(hashes, halves, strict=True)),
    )


def store_missing_vectors(
    connection: sqlite3.Connection,
    hashes: Sequence[str],
    vectors: NDArray[np.floating[Any]],
    fingerprint: str,
) -> int:
    """Keep those of the vectors (n, dim) that this model has none of yet; how many they are."""
    row_of = {name: row for row, name in enumerate(hashes)}
    missing = missing_vectors(connection, hashes, fingerprint)
    rows = vectors[[row_of[name] for name in missing]]
    store_vectors(connection, missing, rows.astype(np.float32), fingerprint)
    return len(missing)


def passage_vectors(connection: sqlite3.Connection, fingerprint: str, dim: int) -> Batches:
    """The vectors of all passages, by row; `sqlite3.DataError` where one is missing."""

    def batches() -> Iterator[tuple[Rows, Vectors]]:
        cursor = connection.execute(
            "SELECT row, CASE fingerprint WHEN ? THEN vector END FROM passages "
            "LEFT JOIN vectors ON vectors.id = vector_id ORDER BY row",
            (fingerprint,),
        )
        while found := cursor.fetchmany(VECTORS_AT_ONCE):
            yield _arrays(found, dim)

    return batches


def halves_of(
    connection: sqlite3.Connection, rows: Rows, fingerprint: str, dim: int
) -> NDArray[np.float16]:
    """The vectors (n, dim) of some passages, as they are stored.

    Raises `sqlite3.DataError` where a passage has none.
    """
    if not len(rows):
        return np.empty((0, dim), np.float16)
    wanted = set(rows.tolist())
    found = connection.execute(
        "SELECT row, CASE fingerprint WHEN ? THEN vector END FROM passages "
        "LEFT JOIN vectors ON vectors.id = vector_id WHERE row >= ? ORDER BY row",
        (fingerprint, int(rows[0])),
    )
    kept = [(row, blob) for row, blob in found if row in wanted]
    if len(kept) != len(rows):
        raise sqlite3.DataError(f"{len(rows) - len(kept)} recent passages are missing")
    return _halves(kept, dim)


def forget_unused_vectors(connection: sqlite3.Connection) -> None:
    """Drop vectors of texts that no passage has, and that taking back would not bring back."""
    connection.execute(
        "DELETE FROM vectors WHERE id NOT IN (SELECT vector_id FROM passages) "
        "AND id NOT IN (SELECT vector_id FROM undo_vectors)"
    )


def question_vectors(
    connection: sqlite3.Connection, questions: Sequence[str], fingerprint: str
) -> dict[str, Vectors]:
    """The stored vectors (dim,) of those questions that have one."""
    found = {}
    for question in questions:
        row = connection.execute(
            "SELECT vector FROM question_vectors WHERE question = ? AND fingerprint = ?",
            (question, fingerprint),
        ).fetchone()
        if row:
            found[question] = np.frombuffer(row[0], np.float16).astype(np.float32)
    return found


def store_question_vectors(
    connection: sqlite3.Connection, questions: Sequence[str], vectors: Vectors, fingerprint: str
) -> None:
    """Keep the vectors (n, dim) of questions."""
    connection.executemany(
        "INSERT OR REPLACE INTO question_vectors VALUES (?, ?, ?)",
        (
            (question, fingerprint, row.astype(np.float16).tobytes())
            for question, row in zip(questions, vectors, strict=True)
        ),
    )


def _arrays(found: Sequence[tuple[int, bytes | None]], dim: int) -> tuple[Rows, Vectors]:
    rows = np.fromiter((row for row, _ in found), dtype=np.int64, count=len(found))
    return rows, _halves(found, dim).astype(np.float32)


def _halves(found: Sequence[tuple[int, bytes | None]], dim: int) -> NDArray[np.float16]:
    blobs = []
    for row, blob in found:
        if blob is None or len(blob) != 2 * dim:
            raise sqlite3.DataError(f"passage row {row} has no vector of {dim} columns")
        blobs.append(blob)
    return np.frombuffer(b"".join(blobs), np.float16).reshape(len(found), dim)


def _vector_id(connection: sqlite3.Connection, name: str, fingerprint: str) -> int | None:
    row = connection.execute(
        "SELECT id FROM vectors WHERE vector_hash = ? AND fingerprint = ?", (name, fingerprint)
    ).fetchone()
    return int(row[0]) if row else None
