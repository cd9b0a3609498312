"""What a server serves, as one generation: passages there, all that is asked often in the cards.

    server    candidates, passages, vectors, whole documents: by numbers that are hashes of ids
    cards     documents' metadata, sources, groups, vocabulary, term counts, facets (index.stores)

A generation is one collection, which no writer touches while it is served (`generations`).
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from index.encoders import Vectors
from index.engines import Rows
from index.facets import Facets
from index.keyword_engines import KEYWORD_ENGINES
from index.keyword_engines.queries import TITLE_WEIGHT, DocumentFilter
from index.manifest import Manifest
from index.prepared import document_from_json
from index.proof import is_encoded_as
from index.reading import StoredPassage, place_of
from index.stores import Candidate, Placement, StoreQuery
from index.stores.cards import Cards, CardTerms
from index.stores.milvus.card_documents import document_facts, leaders, passage_counts, stored_ids
from index.stores.milvus.passages import served_passage
from index.stores.milvus.rows import FoundRow, PassageRow, passage_number, row_filter
from index.stores.milvus.scoring import Counting, scored, words_of
from index.stores.milvus.server import MilvusServer
from index.stores.served_documents import document_key
from ingest.documents import Document

DEEPER_BY_MEANING = 4
"""Times as many proposals where meaning proposes alone: words can count only among these."""


@dataclass(frozen=True)
class MilvusGeneration:
    """One served generation, for one answer; fulfils `index.stores.Generation`."""

    connection: sqlite3.Connection
    manifest: Manifest
    cards: Cards
    server: MilvusServer
    collection: str
    _read: dict[int, PassageRow] = field(default_factory=dict, init=False, repr=False)

    @property
    def keywords(self) -> CardTerms:
        """How common terms are."""
        return CardTerms(self.connection)

    @property
    def facets(self) -> Facets:
        """What passages are filtered by, in the order of their documents."""
        return self.cards.facets

    @property
    def removed(self) -> Rows:
        """No place (0,) of the facets is empty."""
        return self.cards.removed

    def search(self, query: StoreQuery) -> list[Candidate]:
        """At most `query.k` passages that the filter lets through, best first, ties by row.

        On a server that knows no words the dense leg proposes alone, whatever its weight.
        """
        hybrid = self.server.hybrid
        depth = query.k if hybrid else DEEPER_BY_MEANING * query.k
        dense = query.dense_weight > 0 or not hybrid
        words = words_of(query.keywords) if hybrid and query.dense_weight < 1 else []
        found = self.server.search(
            self.collection,
            query.vector if dense else None,
            words,
            row_filter(query.documents),
            depth,
        )
        ranked, cosines = scored(found, query, self.keywords, self._counting(query, bool(words)))
        by_row = {one.row: one for one in found}
        groups = leaders(self.connection, {by_row[row].doc_id for row, _ in ranked})
        return [
            Candidate(row, score, cosines[row], _placement(by_row[row], groups))
            for row, score in ranked
        ]

    def _counting(self, query: StoreQuery, by_words: bool) -> Counting:
        """As the folder counts that this was made of."""
        in_base = KEYWORD_ENGINES[self.manifest.base.keyword_engine].in_base
        return Counting(by_words, in_base and query.keywords.title_weight == TITLE_WEIGHT)

    def cosines(self, rows: Sequence[int], query: Vectors) -> dict[int, float]:
        """Exact cosines of some rows with a (1, dim) query."""
        return {row: float(one.vector @ query[0]) for row, one in self._rows(rows).items()}

    def passages(self, rows: Sequence[int]) -> dict[int, StoredPassage]:
        """The passages of rows that this generation named; none of them may be missing.

        Each has the text that its vector was made of, else `sqlite3.DataError`.
        """
        found = self._rows(rows)
        facts = document_facts(self.connection, {one.doc_id for one in found.values()})
        stored = {}
        for row, one in found.items():
            try:
                served, of = served_passage(one), facts[one.doc_id]
            except (ValueError, TypeError, KeyError) as error:
                raise sqlite3.DataError(f"passage row {row} cannot be read") from error
            passage = served.passage
            if not is_encoded_as(
                served.vector_hash, of.metadata.title, passage.section, passage.text
            ):
                raise sqlite3.DataError(
                    f"passage {passage.passage_id} has another text than was encoded"
                )
            stored[row] = StoredPassage(
                row, passage, of.source, of.metadata, of.opening, of.leader, of.case_count,
                of.format, served.patient,
            )  # fmt: skip
        return stored

    def placements(self, rows: Sequence[int]) -> dict[int, Placement]:
        """Where the passages of rows stand."""
        found = self._rows(rows)
        groups = leaders(self.connection, {one.doc_id for one in found.values()})
        return {row: _placement(one, groups) for row, one in found.items()}

    def around(self, place: Placement, reach: int) -> list[int]:
        """The rows of a passage's document up to `reach` passages away, in reading order."""
        return self._between(place.doc_id, place.ordinal - reach, place.ordinal + reach)

    def allowed(self, rows: Sequence[int], documents: DocumentFilter) -> list[int]:
        """Those of the rows that a filter lets through."""
        condition = row_filter(documents)
        if not rows or not condition:
            return list(rows)
        return self.server.allowed(self.collection, rows, condition)

    def row_of(self, passage_id: str) -> int | None:
        """The row of a passage; None if it is not in this generation."""
        place = place_of(passage_id)
        found = self._between(place[0], place[1], place[1]) if place else []
        return found[0] if found else None

    def vector_of(self, row: int) -> Vectors:
        """The stored vector of a row, (1, dim)."""
        return self._rows([row])[row].vector.reshape(1, -1)

    def group_rows(self, group: str) -> Collection[int]:
        """The rows of a document, or of a group of near-duplicates by its leader."""
        members = self.connection.execute(
            "SELECT doc_id FROM documents WHERE doc_id = ?1 "
            "UNION SELECT doc_id FROM documents WHERE leader = ?1",
            (group,),
        )
        counts = passage_counts(self.connection, [doc_id for (doc_id,) in members])
        return [
            passage_number(f"{doc_id}:{ordinal}")
            for doc_id, count in counts.items()
            for ordinal in range(count)
        ]

    def documents(self, doc_ids: Sequence[str]) -> list[StoredPassage]:
        """The first passages of documents, each with what its document states."""
        rows = [passage_number(f"{doc_id}:0") for doc_id in doc_ids]
        found = self.passages(rows)
        return [found[row] for row in rows]

    def neighbours(self, passage_id: str, reach: int) -> list[StoredPassage]:
        """A passage and up to `reach` on each side of it, in reading order; none if it is gone."""
        place = place_of(passage_id)
        if place is None:
            return []
        rows = self._between(place[0], place[1] - reach, place[1] + reach)
        found = self.passages(rows)
        return [found[row] for row in rows]

    def document(self, doc_id: str) -> Document | None:
        """A whole document; None if it is not in this generation."""
        found = self._texts([doc_id])
        return found[0] if found else None

    def openings(self, doc_ids: Sequence[str], characters: int) -> list[str]:
        """The beginnings of the texts of those documents that are there."""
        return [document.text[:characters] for document in self._texts(doc_ids)]

    def _texts(self, doc_ids: Sequence[str]) -> list[Document]:
        """Whole documents; what the cards do not have is not asked for."""
        keys = [document_key(one) for one in stored_ids(self.connection, doc_ids)]
        found = self.server.records(self.collection, keys) if keys else {}
        if len(found) != len(keys):
            raise sqlite3.DataError(f"{len(keys) - len(found)} documents are missing")
        try:
            return [document_from_json(found[key]) for key in keys]
        except (ValueError, TypeError, KeyError) as error:
            raise sqlite3.DataError("a document cannot be read") from error

    def _between(self, doc_id: str, first: int, last: int) -> list[int]:
        """The rows of a document's passages from one ordinal to another, as far as there are."""
        count = passage_counts(self.connection, [doc_id]).get(doc_id, 0)
        ordinals = range(max(first, 0), min(last + 1, count))
        return [passage_number(f"{doc_id}:{ordinal}") for ordinal in ordinals]

    def _rows(self, rows: Sequence[int]) -> dict[int, PassageRow]:
        """Rows in the order asked for; each is read once for an answer."""
        missing = [row for row in rows if row not in self._read]
        if missing:
            self._read.update(self.server.rows(self.collection, missing))
        if any(row not in self._read for row in rows):
            raise sqlite3.DataError("passages are missing")
        return {row: self._read[row] for row in rows}


def _placement(row: FoundRow | PassageRow, groups: Mapping[str, str]) -> Placement:
    return Placement(row.doc_id, row.ordinal, row.section, row.kind, groups.get(row.doc_id, ""))
