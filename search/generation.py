"""One published generation, held open: rows and vectors that belong together.

Everything that an answer is made of is read inside one SQLite transaction, and the vector file is
the one that this transaction's manifest names. A build that publishes meanwhile is not seen
until the next question.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np

from index.catalog import latest_manifest, open_for_reading
from index.encoders import Vectors
from index.engines import VectorEngine
from index.errors import IndexDamagedError, IndexMissingError
from index.manifest import Manifest
from index.reading import StoredPassage, row_vectors, stored_passages
from search.diversity import Placement
from search.queries import Filters

NOT_STATED = "not stated"


@dataclass(frozen=True)
class Generation:
    """A consistent view of an index."""

    connection: sqlite3.Connection
    manifest: Manifest
    engine: VectorEngine

    def cosines(self, rows: Sequence[int], query: Vectors) -> dict[int, float]:
        """Exact cosines of some rows with a (1, dim) query."""
        stored = row_vectors(self.connection, rows, self.manifest.settings.fingerprint)
        if any(len(blob) != 2 * self.manifest.dim for blob in stored.values()):
            raise sqlite3.DataError("vectors of another length than the encoder's")
        return {
            row: float(np.frombuffer(blob, np.float16).astype(np.float32) @ query[0])
            for row, blob in stored.items()
        }

    def passages(self, rows: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages of rows that engine or keywords named; none of them may be missing."""
        found = stored_passages(self.connection, rows)
        if len(found) != len(rows):
            raise sqlite3.DataError(f"{len(rows) - len(found)} passages are missing")
        return found

    def placements(self, rows: Sequence[int]) -> dict[int, Placement]:
        """Where the passages of rows stand, without their texts."""
        marks = ",".join("?" * len(rows))
        found = self.connection.execute(
            f"SELECT row, doc_id, ordinal, section, kind FROM passages WHERE row IN ({marks})",
            list(rows),
        ).fetchall()
        if len(found) != len(rows):
            raise sqlite3.DataError(f"{len(rows) - len(found)} passages are missing")
        leaders = self._leaders({doc_id for _, doc_id, *_ in found})
        return {
            row: Placement(doc_id, ordinal, section, kind, leaders.get(doc_id, ""))
            for row, doc_id, ordinal, section, kind in found
        }

    def _leaders(self, doc_ids: Collection[str]) -> dict[str, str]:
        """The groups of near-duplicates that documents are in.

        The condition is that of an index, so that no text is read on the way to the last columns.
        """
        if not doc_ids:
            return {}
        marks = ",".join("?" * len(doc_ids))
        return dict(
            self.connection.execute(
                "SELECT doc_id, leader FROM documents INDEXED BY documents_by_leader "
                f"WHERE leader IS NOT NULL AND doc_id IN ({marks})",
                list(doc_ids),
            ).fetchall()
        )

    def around(self, place: Placement, reach: int) -> list[int]:
        """The rows of a passage's document up to `reach` passages away from it."""
        rows = self.connection.execute(
            "SELECT row FROM passages WHERE doc_id = ? AND ordinal BETWEEN ? AND ? ORDER BY 1",
            (place.doc_id, place.ordinal - reach, place.ordinal + reach),
        )
        return [row for (row,) in rows]

    def documents(self, doc_ids: Sequence[str]) -> list[StoredPassage]:
        """The first passages of documents, each with what its document states."""
        rows = [
            row
            for doc_id in doc_ids
            for (row,) in self.connection.execute(
                "SELECT min(row) FROM passages WHERE doc_id = ?", (doc_id,)
            )
        ]
        found = self.passages(rows)
        return [found[row] for row in rows]

    def allowed_rows(self, filters: Filters) -> list[int] | None:
        """The rows of the documents that a filter lets through; None if it lets all through."""
        if not filters.any_set():
            return None
        condition, values = filter_condition(filters)
        return [
            row
            for (row,) in self.connection.execute(
                f"SELECT row FROM passages JOIN documents USING (doc_id) WHERE {condition}", values
            )
        ]


class Generations:
    """Opens the current generation of a folder for each question; keeps its engine in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._engine: tuple[Manifest, VectorEngine] | None = None

    @contextmanager
    def current(self) -> Iterator[Generation]:
        """The published generation; raises a `CatalogError` if none can be used."""
        connection = open_for_reading(self._folder)
        try:
            connection.execute("BEGIN")
            manifest = latest_manifest(connection, self._folder)
            if manifest is None:
                raise IndexMissingError(self._folder)
            yield Generation(connection, manifest, self._engine_of(manifest))
        except sqlite3.DatabaseError as error:
            raise IndexDamagedError(self._folder, str(error)) from error
        finally:
            connection.close()

    def _engine_of(self, manifest: Manifest) -> VectorEngine:
        from index.engines.faiss_engine import FaissEngine

        with self._lock:
            if self._engine is None or self._engine[0] != manifest:
                try:
                    engine = FaissEngine.load(
                        manifest.engine,
                        self._folder / manifest.vectors_file,
                        manifest.vectors_sha256,
                    )
                except ValueError as error:
                    raise IndexDamagedError(self._folder, str(error)) from error
                if len(engine) != manifest.passages:
                    raise IndexDamagedError(
                        self._folder, f"{manifest.vectors_file} has other passages"
                    )
                self._engine = (manifest, engine)
            return self._engine[1]


def filter_condition(filters: Filters) -> tuple[str, list[object]]:
    """SQL over `documents`, "" for no filter, and its values: never a string of the user's."""
    conditions: list[str] = []
    values: list[object] = []
    if filters.year_from is not None:
        conditions.append("year >= ?")
        values.append(filters.year_from)
    if filters.year_to is not None:
        conditions.append("year <= ?")
        values.append(filters.year_to)
    if filters.document_types:
        marks = ", ".join("?" * len(filters.document_types))
        conditions.append(f"document_type IN ({marks})")
        values.extend("" if t == NOT_STATED else t.lower() for t in filters.document_types)
    return " AND ".join(conditions), values
