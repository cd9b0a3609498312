"""Whether every passage has its vector, and the base's vector file holds the very same ones."""

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np

from index.checks import UNUSABLE, OpenedIndex, Tally
from index.encoders import Vectors
from index.engines import VectorEngine
from index.engines.base_engine import BaseEngine
from index.engines.layered import LayeredEngine
from index.engines.recent import RecentVectors
from index.manifest import Manifest
from index.reading import row_vectors, unsound_vectors

LEAST_COSINE = 0.99
"""Between a vector and what the engine keeps of it; eight bits a column leave more than .999."""
SEARCHED = 200
"""Sampled vectors that are searched for, some milliseconds each."""
LEAST_FOUND = 0.98
"""Of the vectors searched for in inverted lists, the share that must find themselves."""
_SCORE_TOLERANCE = 0.02
_NEAREST = 10
_AT_ONCE = 5_000


def check_vectors(opened: OpenedIndex, tally: Tally) -> None:
    """Every passage has a vector of the right length; all are numbers, and unit vectors."""
    fingerprint = opened.manifest.settings.fingerprint
    tally.checked = len(opened.rows)
    for (row,) in opened.connection.execute(
        "SELECT row FROM passages WHERE NOT EXISTS (SELECT 1 FROM vectors "
        "WHERE vectors.id = passages.vector_id AND fingerprint = ?)",
        (fingerprint,),
    ):
        tally.wrong(f"{opened.name_of_row(row)} has no vector")
    for name, problem in unsound_vectors(opened.connection, fingerprint, opened.manifest.dim):
        tally.wrong(f"the vector {_name(opened, name)} {problem}")


def _name(opened: OpenedIndex, vector_hash: str) -> str:
    row = opened.connection.execute(
        "SELECT min(row) FROM passages JOIN vectors ON vectors.id = vector_id "
        "WHERE vector_hash = ?",
        (vector_hash,),
    ).fetchone()[0]
    return "of no passage" if row is None else f"of {opened.name_of_row(row)}"


def check_vector_rows(opened: OpenedIndex, tally: Tally) -> None:
    """The vector file has exactly the rows that the base covers, each once."""
    if opened.base.engine is None:
        tally.notes.append(UNUSABLE)
        return
    held = opened.base.engine.ids()
    tally.checked = len(held)
    ids, counts = np.unique(held, return_counts=True)
    for row in ids[counts > 1]:
        tally.wrong(f"{opened.name_of_row(int(row))} is in it more than once")
    for row in np.setdiff1d(opened.rows_in_base, ids):
        tally.wrong(f"{opened.name_of_row(int(row))} is not in it")
    for row in np.setdiff1d(np.setdiff1d(ids, opened.rows_in_base), opened.removed_rows):
        tally.wrong(f"it has row {row}, which is no passage and not noted as removed")


def check_file_against_catalog(opened: OpenedIndex, tally: Tally) -> None:
    """The vectors of the file are those of the catalog: bit by bit where it keeps all bits."""
    if opened.base.engine is None:
        tally.notes.append(UNUSABLE)
        return
    rows = opened.rows_in_base.tolist()
    if not opened.base.engine.is_exact:
        rows = [row for row in opened.sampled_rows if row <= opened.last_row]
    tally.looked_at(len(rows), len(opened.rows_in_base))
    for row in disputed_rows(opened.connection, opened.manifest, opened.base.engine, rows):
        tally.wrong(f"{opened.name_of_row(row)} has another vector in the file")


def disputed_rows(
    connection: sqlite3.Connection, manifest: Manifest, engine: BaseEngine, rows: Sequence[int]
) -> Iterator[int]:
    """Those of the rows that have one vector in the catalog and another in the file."""
    for start in range(0, len(rows), _AT_ONCE):
        stored = _stored_vectors(connection, manifest, rows[start : start + _AT_ONCE])
        held = engine.vectors_of(stored)
        for row, vector in held.items():
            same = (
                np.array_equal(vector, stored[row])
                if engine.is_exact
                else _cosine(vector, stored[row]) >= LEAST_COSINE
            )
            if not same:
                yield row


def check_search(opened: OpenedIndex, tally: Tally) -> None:
    """A search with a passage's own vector finds the passage, or one that is as near."""
    if opened.base.engine is None:
        tally.notes.append(UNUSABLE)
        return
    recent = _recent(opened)
    engine = LayeredEngine(opened.base.engine, recent, opened.removed_rows, opened.last_row)
    every = max(1, len(opened.sampled_rows) // SEARCHED)
    rows = opened.sampled_rows[::every]
    stored = _stored_vectors(opened.connection, opened.manifest, rows)
    tally.looked_at(len(stored), len(opened.rows))
    lost = [row for row in stored if not _finds_itself(engine, row, stored[row])]
    share = 1 - len(lost) / max(1, len(stored))
    if opened.base.engine.is_exact or share < LEAST_FOUND:
        for row in lost:
            tally.wrong(f"{opened.name_of_row(row)} is not found by its own vector")
    else:
        tally.notes.append(f"{share:.1%} find themselves in inverted lists")


def _recent(opened: OpenedIndex) -> RecentVectors:
    """The vectors after the base, as a reader holds them; what has none is named elsewhere."""
    stored = _stored_vectors(opened.connection, opened.manifest, opened.recent_rows.tolist())
    rows = np.array(sorted(stored), dtype=np.int64)
    matrix = np.zeros((len(rows), opened.manifest.dim), dtype=np.float16)
    for place, row in enumerate(rows.tolist()):
        matrix[place] = stored[row]
    return RecentVectors(rows, matrix)


def _finds_itself(engine: VectorEngine, row: int, vector: Vectors) -> bool:
    hits = engine.search(vector[None, :], _NEAREST)
    if not hits:
        return False
    # Among many passages with the same text any may come first, and this one not at all.
    own = dict(hits).get(row, hits[-1][1])
    return own >= max(LEAST_COSINE, hits[0][1] - _SCORE_TOLERANCE)


def _stored_vectors(
    connection: sqlite3.Connection, manifest: Manifest, rows: Sequence[int]
) -> dict[int, Vectors]:
    """The catalog's vectors of some rows, but for those that `check_vectors` names."""
    blobs: dict[int, bytes] = {}
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        blobs.update(row_vectors(connection, part, manifest.settings.fingerprint))
    vectors = {
        row: np.frombuffer(blob, np.float16).astype(np.float32)
        for row, blob in blobs.items()
        if isinstance(blob, bytes) and len(blob) == 2 * manifest.dim
    }
    return {row: vector for row, vector in vectors.items() if np.isfinite(vector).all()}


def _cosine(one: Vectors, other: Vectors) -> float:
    with np.errstate(all="ignore"):
        return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))
