"""One published generation, held open: rows and vectors that belong together.

Everything that an answer is made of is read inside one SQLite transaction, and the vector file is
the one that this transaction's manifest names. A build that publishes meanwhile is not seen
until the next question.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

import numpy as np

from index.catalog import is_superseded, published
from index.encoders import Vectors
from index.engines import Mask, Rows, VectorEngine, is_allowed
from index.errors import IndexDamagedError
from index.facets import Facets, conditions_of
from index.fusion import fuse
from index.keyword_engines import KeywordEngine
from index.keyword_engines.queries import DocumentFilter
from index.keyword_engines.shares import keyword_shares
from index.layers import Layers, layers_of, open_base
from index.manifest import Manifest
from index.proof import count_problem, passage_problem
from index.reading import (
    StoredPassage,
    neighbours,
    openings,
    passage_row,
    row_vectors,
    stored_document,
    stored_passages,
)
from index.stores import Candidate, Placement, StoreQuery
from index.vector_store import halves_of
from ingest.documents import Document

_ATTEMPTS = 5
"""Two bases may go while one is being opened, in an index that is changed all the time."""


@dataclass(frozen=True)
class EmbeddedGeneration:
    """A consistent view of an index folder; fulfils `index.stores.Generation`."""

    connection: sqlite3.Connection
    manifest: Manifest
    layers: Layers

    @cached_property
    def engine(self) -> VectorEngine:
        """The vectors of all passages."""
        return self.layers.engine

    @cached_property
    def keywords(self) -> KeywordEngine:
        """The words of all passages."""
        return self.layers.keywords(self.connection)

    @property
    def facets(self) -> Facets:
        """What passages are filtered by."""
        return self.layers.facets

    @property
    def removed(self) -> Rows:
        """Rows (n,) of the base that are no longer there."""
        return self.layers.removed

    def search(self, query: StoreQuery) -> list[Candidate]:
        """At most `query.k` passages that the filter lets through, best first, ties by row."""
        cosines, shares = self.legs(query)
        fused = fuse(cosines, shares, query.dense_weight)[: query.k]
        places = self.placements([row for row, _ in fused])
        return [Candidate(row, score, cosines[row], places[row]) for row, score in fused]

    def legs(self, query: StoreQuery) -> tuple[dict[int, float], dict[int, float]]:
        """What each leg finds: the cosine of all candidate rows, and the share of the words'."""
        allowed = self.mask(query.documents)
        cosines = dict(self.engine.search(query.vector, query.k, allowed))
        if not self.engine.keeps_vectors:
            # What such an index keeps of a vector proposes it; its score is the vector's own.
            cosines = self.cosines(list(cosines), query.vector)
        shares = keyword_shares(
            self.keywords, query.keywords, query.most_by_words, query.k, query.documents, allowed
        )
        missing = [row for row in shares if row not in cosines]
        if self.engine.keeps_vectors:
            return cosines | self.engine.cosines_of(query.vector, missing), shares
        return cosines | self.cosines(missing, query.vector), shares

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
        if problem := passage_problem(self.connection, list(found.values())):
            raise sqlite3.DataError(problem)
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
                "SELECT doc_id, leader FROM documents "
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

    def row_of(self, passage_id: str) -> int | None:
        """The row of a passage; None if it is not in this generation."""
        return passage_row(self.connection, passage_id)

    def vector_of(self, row: int) -> Vectors:
        """The stored vector of a row, (1, dim)."""
        fingerprint, dim = self.manifest.settings.fingerprint, self.manifest.dim
        stored = halves_of(self.connection, np.array([row]), fingerprint, dim)
        return stored.astype(np.float32)

    def group_rows(self, group: str) -> list[int]:
        """The rows of a document, or of a group of near-duplicates by its leader."""
        rows = self.connection.execute(
            "SELECT row FROM passages WHERE doc_id = ?1 OR doc_id IN "
            "(SELECT doc_id FROM documents WHERE leader = ?1) ORDER BY 1",
            (group,),
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

    def neighbours(self, passage_id: str, reach: int) -> list[StoredPassage]:
        """A passage and up to `reach` on each side of it, in reading order."""
        return neighbours(self.connection, passage_id, reach)

    def document(self, doc_id: str) -> Document | None:
        """A whole document; None if it is not in this generation."""
        try:
            return stored_document(self.connection, doc_id)
        except KeyError:
            return None

    def openings(self, doc_ids: Sequence[str], characters: int) -> list[str]:
        """The beginnings of the texts of those documents that are there."""
        return openings(self.connection, doc_ids, characters)

    def allowed(self, rows: Sequence[int], documents: DocumentFilter) -> list[int]:
        """Those of the rows that a filter lets through."""
        mask = self.mask(documents)
        return [row for row in rows if mask is None or is_allowed(mask, row)]

    def mask(self, documents: DocumentFilter) -> Mask | None:
        """The rows that a filter lets through; None if it lets all through."""
        return self.layers.facets.mask(conditions_of(documents))


class EmbeddedGenerations:
    """Opens the current generation of a folder for each question; keeps its base mapped."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._kept: tuple[Manifest, Layers] | None = None

    @contextmanager
    def current(self) -> Iterator[EmbeddedGeneration]:
        """The published generation; raises a `CatalogError` if none can be used."""
        with ExitStack() as stack:
            connection, manifest, layers = self._opened(stack)
            yield EmbeddedGeneration(connection, manifest, layers)

    def _opened(self, stack: ExitStack) -> tuple[sqlite3.Connection, Manifest, Layers]:
        """Try again where the base is gone because newer generations came meanwhile."""
        for attempt in range(_ATTEMPTS):
            with ExitStack() as tried:
                connection, manifest = tried.enter_context(published(self._folder))
                try:
                    layers = self._layers_of(connection, manifest)
                except ValueError as error:
                    if attempt + 1 < _ATTEMPTS and is_superseded(self._folder, manifest):
                        continue
                    raise IndexDamagedError(self._folder, str(error)) from error
                stack.push(tried.pop_all())
                return connection, manifest, layers
        raise AssertionError("the last attempt returns or raises")

    def _layers_of(self, connection: sqlite3.Connection, manifest: Manifest) -> Layers:
        with self._lock:
            kept = self._kept
            if kept is not None and kept[0] == manifest:
                return kept[1]
            if problem := count_problem(connection, manifest):
                raise sqlite3.DataError(problem)
            settings = manifest.settings
            before = self._kept_before(manifest)
            opened = (
                before.opened
                if before
                else open_base(self._folder, manifest.base, settings.fingerprint, manifest.dim)
            )
            layers = layers_of(connection, opened, before)
            if len(layers.engine) != manifest.passages:
                raise ValueError(f"{manifest.base.folder} has other passages than the catalog")
            self._kept = (manifest, layers)
            return layers

    def _kept_before(self, manifest: Manifest) -> Layers | None:
        """What is kept, if it is of an earlier generation of this very index, over the same base.

        An index that was removed and made anew may have the same base, and other rows after it.
        """
        if self._kept is None:
            return None
        kept, layers = self._kept
        is_earlier = kept.identity == manifest.identity and kept.generation < manifest.generation
        return layers if is_earlier and kept.base == manifest.base else None
