"""Documents of a catalog as a server keeps them: rows, a record, and a digest of both.

Inside one reader's transaction. `sqlite3.DataError` where a passage has no vector or no terms.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.manifest import Manifest
from index.prepared import document_to_json
from index.reading import SOURCE, prepared_document
from index.stores.contents import Holding
from index.stores.milvus.passages import DocumentFacets, ServedPassage, row_of
from index.stores.milvus.rows import PassageRow
from ingest.documents import Patient

_DIGEST_BYTES = 12
"""Of a document's own digest: what is compared are two versions of one document."""
_DOCUMENT = (
    "SELECT format, part, page_count, unfinished, metadata, sections, pages, cases, warnings, text,"
    f" {SOURCE} FROM documents WHERE doc_id = ?"
)
_PASSAGES = (
    'SELECT ordinal, section, kind, page, last_page, start, "end", page_name, last_page_name, '
    "case_number, age_years, sex, recognised, vector_hash "
    "FROM passages JOIN vectors ON vectors.id = vector_id WHERE doc_id = ? ORDER BY ordinal"
)
_BESIDE = (
    "SELECT age_years, sex, CASE fingerprint WHEN ? THEN vector END, title, heading, body "
    "FROM passages JOIN vectors ON vectors.id = vector_id JOIN passage_terms USING (row) "
    "WHERE doc_id = ? ORDER BY ordinal"
)
_FACETS = (
    "SELECT year, coalesce(document_type, ''), coalesce(language, ''), format "
    "FROM documents WHERE doc_id = ?"
)


@dataclass(frozen=True)
class ServedDocument:
    """A document as a server keeps it: its passages as rows, and all of it as JSON."""

    doc_id: str
    rows: tuple[PassageRow, ...]
    text: str

    @property
    def record(self) -> tuple[str, str]:
        """Key and text of its record."""
        return document_key(self.doc_id), self.text


def document_key(doc_id: str) -> str:
    """What a document's record is kept by: ASCII, whatever its name has."""
    return f"document/{hashlib.sha256(doc_id.encode()).hexdigest()[:32]}"


def holdings(connection: sqlite3.Connection) -> Iterator[tuple[str, Holding]]:
    """All documents, each with the digest of what a server would keep of it.

    Of the columns as they are stored, so that nothing is parsed: some .1 ms a document.
    """
    for (doc_id,) in connection.execute("SELECT doc_id FROM documents ORDER BY number"):
        digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
        digest.update(repr(connection.execute(_DOCUMENT, (doc_id,)).fetchone()).encode())
        passages = connection.execute(_PASSAGES, (doc_id,)).fetchall()
        digest.update(repr(passages).encode())
        yield doc_id, Holding(digest.hexdigest(), len(passages))


def served_document(
    connection: sqlite3.Connection, doc_id: str, manifest: Manifest
) -> ServedDocument:
    """What a server keeps of a document; KeyError if the catalog has none of this id."""
    prepared = prepared_document(connection, doc_id)
    facets = DocumentFacets(*connection.execute(_FACETS, (doc_id,)).fetchone())
    beside = connection.execute(_BESIDE, (manifest.settings.fingerprint, doc_id)).fetchall()
    if len(beside) != len(prepared.passages):
        raise sqlite3.DataError(f"document {doc_id} has passages without vectors or terms")
    rows = []
    for one, (age, sex, blob, *terms) in zip(prepared.passages, beside, strict=True):
        if blob is None or len(blob) != 2 * manifest.dim:
            raise sqlite3.DataError(f"passage {one.passage.passage_id} has no vector")
        vector = np.frombuffer(blob, np.float16).astype(np.float32)
        patient = Patient.told(age, sex)
        served = ServedPassage(one.passage, patient, one.vector_hash)
        rows.append(row_of(served, vector, (terms[0], terms[1], terms[2]), facets))
    return ServedDocument(doc_id, tuple(rows), document_to_json(prepared.document))
