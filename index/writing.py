"""What a build writes into the catalog. Each function runs inside the caller's transaction."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.keywords import terms
from index.manifest import Manifest
from index.near_duplicates import groups, signature
from index.vocabulary import forget_vocabulary, store_vocabulary
from ingest.documents import Document, Passage

_ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class PreparedPassage:
    """A passage with what the encoder reads for it and the name of its vector."""

    passage: Passage
    encoded_text: str
    vector_hash: str


@dataclass(frozen=True)
class StoredSource:
    """A file, or one part of it, as the catalog knows it."""

    path: str
    part: str
    file_hash: str
    doc_id: str


def vector_hash(encoded_text: str) -> str:
    """Names the vector of a text; the same text is never encoded twice by one model."""
    return hashlib.sha256(encoded_text.encode()).hexdigest()[:32]


def stored_sources(connection: sqlite3.Connection) -> list[StoredSource]:
    """All files in the catalog with their documents, in order."""
    rows = connection.execute(
        "SELECT path, sources.part, file_hash, doc_id FROM sources JOIN documents USING (doc_id) "
        "ORDER BY path, sources.part"
    )
    return [StoredSource(*row) for row in rows]


def unfinished_doc_ids(connection: sqlite3.Connection) -> set[str]:
    """Documents of which more could be read now: their files are read again."""
    rows = connection.execute("SELECT doc_id FROM documents WHERE unfinished")
    return {doc_id for (doc_id,) in rows}


def stored_doc_ids(connection: sqlite3.Connection) -> set[str]:
    """All documents in the catalog, also one that lost its source."""
    return {doc_id for (doc_id,) in connection.execute("SELECT doc_id FROM documents")}


def missing_vectors(
    connection: sqlite3.Connection, hashes: Iterable[str], fingerprint: str
) -> list[str]:
    """Those of the hashes that this model has no vector for, each once, in order."""
    missing = []
    for name in dict.fromkeys(hashes):
        known = connection.execute(
            "SELECT 1 FROM vectors WHERE vector_hash = ? AND fingerprint = ?", (name, fingerprint)
        ).fetchone()
        if known is None:
            missing.append(name)
    return missing


def store_vectors(
    connection: sqlite3.Connection, hashes: Sequence[str], vectors: Vectors, fingerprint: str
) -> None:
    """Keep vectors (n, dim) as half floats: their cosines stay within .001."""
    halves = vectors.astype(np.float16)
    connection.executemany(
        "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
        ((name, fingerprint, row.tobytes()) for name, row in zip(hashes, halves, strict=True)),
    )


def delete_document(connection: sqlite3.Connection, doc_id: str) -> None:
    """Remove a document with its passages, terms, words, abbreviations and sources."""
    forget_vocabulary(connection, doc_id)
    connection.execute(
        "DELETE FROM keywords WHERE rowid IN (SELECT row FROM passages WHERE doc_id = ?)", (doc_id,)
    )
    connection.execute("DELETE FROM passages WHERE doc_id = ?", (doc_id,))
    connection.execute("DELETE FROM sources WHERE doc_id = ?", (doc_id,))
    connection.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,))


def delete_all_documents(connection: sqlite3.Connection) -> None:
    """Empty the catalog but for vectors and generations; rows that lost their partners go too."""
    # The rows alone, then what is derived from none of them: a damaged index of terms cannot
    # have its rows deleted one by one, and would keep terms that its rows have no more.
    connection.execute("DELETE FROM keywords_content")
    connection.execute("INSERT INTO keywords (keywords) VALUES ('rebuild')")
    for table in (
        "passages", "words", "abbreviations", "site_paragraphs", "sources", "documents"
    ):  # fmt: skip
        connection.execute(f"DELETE FROM {table}")


def insert_document(
    connection: sqlite3.Connection, document: Document, passages: Sequence[PreparedPassage]
) -> None:
    """Add a document that is not in the catalog, with its passages and their terms."""
    connection.execute(
        "INSERT INTO documents (doc_id, format, metadata, text, sections, pages, cases, part, "
        "page_count, unfinished, warnings, signature) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.doc_id,
            document.format,
            _json(asdict(document.metadata)),
            document.text,
            _json([asdict(section) for section in document.sections]),
            _json([asdict(page) for page in document.pages]),
            _json([asdict(case) for case in document.cases]),
            document.part,
            document.page_count,
            document.unfinished,
            _json(document.warnings),
            None if (made := signature(document)) is None else made.tobytes(),
        ),
    )
    store_vocabulary(connection, document)
    title = " ".join(terms(document.metadata.title))
    for prepared in passages:
        _insert_passage(connection, prepared, title)


def _insert_passage(
    connection: sqlite3.Connection, prepared: PreparedPassage, title_terms: str
) -> None:
    passage = prepared.passage
    row = connection.execute(
        'INSERT INTO passages (doc_id, ordinal, section, kind, page, last_page, start, "end", '
        "page_name, last_page_name, case_number, recognised, vector_hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            passage.doc_id,
            passage.ordinal,
            passage.section,
            passage.kind,
            passage.page,
            passage.last_page,
            passage.start,
            passage.end,
            passage.page_name,
            passage.last_page_name,
            passage.case,
            passage.recognised,
            prepared.vector_hash,
        ),
    ).lastrowid
    connection.execute(
        "INSERT INTO keywords (rowid, title, heading, body) VALUES (?, ?, ?, ?)",
        (row, title_terms, " ".join(terms(passage.section)), " ".join(terms(passage.text))),
    )


def set_sources(connection: sqlite3.Connection, sources: Iterable[StoredSource]) -> None:
    """Replace the list of files and their parts."""
    connection.execute("DELETE FROM sources")
    connection.executemany(
        "INSERT INTO sources VALUES (?, ?, ?, ?)",
        ((source.path, source.part, source.file_hash, source.doc_id) for source in sources),
    )


def group_near_duplicates(connection: sqlite3.Connection) -> int:
    """Give all documents of a group of near-duplicates one leader; returns how many groups."""
    rows = connection.execute("SELECT doc_id, signature FROM documents WHERE signature NOT NULL")
    signatures = {doc_id: np.frombuffer(blob, dtype=np.uint32) for doc_id, blob in rows}
    found = groups(signatures)
    connection.execute("UPDATE documents SET leader = NULL WHERE leader NOT NULL")
    connection.executemany(
        "UPDATE documents SET leader = ? WHERE doc_id = ?",
        ((group[0], doc_id) for group in found for doc_id in group),
    )
    return len(found)


def all_vectors(
    connection: sqlite3.Connection, fingerprint: str, dim: int
) -> tuple[NDArray[np.int64], Vectors]:
    """Row numbers (n,) and vectors (n, dim) of all passages; KeyError where a vector is missing."""
    count = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
    ids = np.empty(count, dtype=np.int64)
    vectors = np.empty((count, dim), dtype=np.float32)
    for place, (row, blob) in enumerate(_rows_with_vectors(connection, fingerprint)):
        if blob is None:
            raise KeyError(f"passage row {row} has no vector")
        ids[place] = row
        vectors[place] = np.frombuffer(blob, dtype=np.float16)
    return ids, vectors


def _rows_with_vectors(
    connection: sqlite3.Connection, fingerprint: str
) -> Iterator[tuple[int, bytes | None]]:
    cursor = connection.execute(
        "SELECT row, vector FROM passages LEFT JOIN vectors "
        "ON vectors.vector_hash = passages.vector_hash AND fingerprint = ? ORDER BY row",
        (fingerprint,),
    )
    cursor.arraysize = _ROWS_AT_ONCE
    yield from cursor


def forget_unused_vectors(connection: sqlite3.Connection, fingerprint: str) -> None:
    """Drop this model's vectors of texts that no passage has any more."""
    connection.execute(
        "DELETE FROM vectors WHERE fingerprint = ? "
        "AND vector_hash NOT IN (SELECT vector_hash FROM passages)",
        (fingerprint,),
    )


def publish(connection: sqlite3.Connection, manifest: Manifest, kept: int) -> None:
    """Make a generation the current one; it is seen when the transaction commits."""
    connection.execute(
        "INSERT INTO generations VALUES (?, ?)", (manifest.generation, manifest.to_json())
    )
    connection.execute(
        "DELETE FROM generations WHERE generation <= ?", (manifest.generation - kept,)
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
