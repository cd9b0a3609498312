"""Where passages are kept and searched; which store is at a place says `index.stores.opening`.

    embedded    an index folder of this machine: catalog, vectors and keywords in files
    served      the same index, kept by its writer in a folder and served by Milvus

A `Store` is written and asked; a `Generation` is what one answer is read from, all of it published
together. A store fuses what its legs find and says how well a passage fits on one scale with fixed
ends (`index.fusion`): callers never do, so that a hit means the same whichever store gave it.
"""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from index.encoders import Vectors
from index.engines import Rows
from index.facets import Facets
from index.keyword_engines.queries import ANY_DOCUMENT, DocumentFilter, KeywordQuery
from index.manifest import Manifest
from index.prepared import PreparedDocument
from index.reading import StoredPassage
from ingest.documents import Document
from ingest.files import SourceFile


@dataclass(frozen=True)
class EncodedDocument:
    """A document that is ready to be kept: its passages, their vectors, and its files.

    `vectors` are (passages, dim), float32 with rows of unit length, in the order of the passages.
    """

    prepared: PreparedDocument
    vectors: Vectors
    sources: tuple[SourceFile, ...]

    @property
    def doc_id(self) -> str:
        """The document's name."""
        return self.prepared.document.doc_id


@dataclass(frozen=True)
class StoreQuery:
    """What a store is asked: a (1, dim) vector and words, how much each counts, and for how much.

    `most_by_words` is what the words can score at most by BM25, which makes a share from 0 to 1 of
    a score; `dense_weight` is the cosine's part of the sum. A leg of no weight proposes nothing.
    Each leg looks for `k` passages, and `k` come back at most.
    """

    vector: Vectors
    keywords: KeywordQuery
    most_by_words: float
    dense_weight: float
    k: int
    documents: DocumentFilter = ANY_DOCUMENT


@dataclass(frozen=True)
class Placement:
    """Where a passage stands: its document, its place and section there, and the document's group.

    `kind` is the section's kind.
    `leader` is the same for all near-duplicates of a document, "" for a document alone.
    """

    doc_id: str
    ordinal: int
    section: str
    kind: str
    leader: str

    @property
    def group(self) -> str:
        """What is the same for all near-duplicates of the document."""
        return self.leader or self.doc_id

    @property
    def key(self) -> tuple[str, str, int]:
        """What names the place."""
        return self.doc_id, self.section, self.ordinal

    @property
    def says_the_same(self) -> set[tuple[str, str, int]]:
        """The keys of this place and its neighbours in the section: of them one is shown."""
        return {(self.doc_id, self.section, self.ordinal + step) for step in (-1, 0, 1)}


@dataclass(frozen=True)
class Candidate:
    """A passage that a store found: its fused score from 0 to 1, its cosine, where it stands."""

    row: int
    score: float
    cosine: float
    place: Placement


class TermCounts(Protocol):
    """Knows how common terms are."""

    def counts(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands."""


class Generation(Protocol):
    """One published state of a store, from which all of an answer is read.

    A `row` names a passage in this generation: a number below 2**63.
    """

    @property
    def manifest(self) -> Manifest:
        """What was published, and with which settings."""

    @property
    def connection(self) -> sqlite3.Connection:
        """Documents, their sources, and the vocabulary, in tables of `index.schema`.

        Where passages are served elsewhere, these tables have no texts and no passages.
        """

    @property
    def keywords(self) -> TermCounts:
        """How common terms are."""

    @property
    def facets(self) -> Facets:
        """What passages are filtered by, in the order of their documents."""

    @property
    def removed(self) -> Rows:
        """Places (n,) in the facets whose passages are no longer there."""

    def search(self, query: StoreQuery) -> list[Candidate]:
        """At most `query.k` passages that the filter lets through, best first, ties by row."""

    def cosines(self, rows: Sequence[int], query: Vectors) -> dict[int, float]:
        """Exact cosines of some rows with a (1, dim) query."""

    def passages(self, rows: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages of rows that this generation named; none of them may be missing."""

    def placements(self, rows: Sequence[int]) -> dict[int, Placement]:
        """Where the passages of rows stand, without their texts."""

    def around(self, place: Placement, reach: int) -> list[int]:
        """The rows of a passage's document up to `reach` passages away, in reading order."""

    def allowed(self, rows: Sequence[int], documents: DocumentFilter) -> list[int]:
        """Those of the rows that a filter lets through."""

    def row_of(self, passage_id: str) -> int | None:
        """The row of a passage; None if it is not in this generation."""

    def vector_of(self, row: int) -> Vectors:
        """The stored vector of a row, (1, dim)."""

    def group_rows(self, group: str) -> Collection[int]:
        """The rows of a document, or of a group of near-duplicates by its leader."""

    def documents(self, doc_ids: Sequence[str]) -> list[StoredPassage]:
        """The first passages of documents, each with what its document states."""

    def neighbours(self, passage_id: str, reach: int) -> list[StoredPassage]:
        """A passage and up to `reach` on each side of it, in reading order; none if it is gone."""

    def document(self, doc_id: str) -> Document | None:
        """A whole document; None if it is not in this generation."""

    def openings(self, doc_ids: Sequence[str], characters: int) -> list[str]:
        """The beginnings of the texts of those documents that are there."""


class Store(Protocol):
    """Keeps passages with their vectors and words, and finds them.

    What is upserted and deleted is seen by nobody before `flush` has published it, as one
    generation. A store may be asked from many threads and is written by one. Every method may
    raise a `CatalogError`, one line for people; what was published before is served on then.
    """

    def upsert(self, documents: Iterable[EncodedDocument]) -> None:
        """Put documents in; one that is there is replaced, the same one again changes nothing."""

    def delete(self, doc_id: str) -> None:
        """Take a document out with all its passages; one that is not there changes nothing."""

    def search(self, query: StoreQuery) -> list[Candidate]:
        """What `Generation.search` finds in the newest published generation."""

    def current(self) -> AbstractContextManager[Generation]:
        """The newest published generation, held for one answer."""

    def flush(self) -> None:
        """Publish what was put in and taken out; does nothing where nothing was."""

    def count(self) -> int:
        """The passages that are published; 0 where nothing has been yet."""

    def close(self) -> None:
        """Let go of files, connections and locks; what was not flushed is not published."""
