"""What the last publication took out and put in, so that it can be taken back.

Taking back is a publication of its own: what was taken out is staged again, with the vectors that
it had, and what was put in is dropped. Taking back twice gives what there was at first.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from index.prepared import (
    document_from_json,
    document_to_json,
    passages_from_json,
    passages_to_json,
    site_page_from_json,
    site_page_to_json,
)
from index.reading import prepared_document
from index.sources import StoredSource
from index.staging import stage_document, stage_passages

_TABLES = ("undo_documents", "undo_vectors", "undo_added", "undo_sources")


@dataclass(frozen=True)
class Undo:
    """How the last publication is taken back, beside the documents that come back."""

    added: frozenset[str]
    removed_sources: tuple[StoredSource, ...]
    added_sources: tuple[StoredSource, ...]


def forget_undo(connection: sqlite3.Connection) -> None:
    """What was published before the last publication cannot be brought back any more."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM {table}")


def keep_document(connection: sqlite3.Connection, doc_id: str) -> None:
    """Remember a stored document that is about to be taken out, with its vectors."""
    prepared = prepared_document(connection, doc_id)
    connection.execute(
        "INSERT INTO undo_documents VALUES (?, ?, ?, ?)",
        (
            doc_id,
            document_to_json(prepared.document),
            passages_to_json(prepared.passages),
            site_page_to_json(prepared.site_page),
        ),
    )
    connection.execute(
        "INSERT OR IGNORE INTO undo_vectors SELECT vector_id FROM passages WHERE doc_id = ?",
        (doc_id,),
    )


def note_added(connection: sqlite3.Connection, doc_id: str) -> None:
    """Remember a document that is put in."""
    connection.execute("INSERT OR IGNORE INTO undo_added VALUES (?)", (doc_id,))


def note_sources(
    connection: sqlite3.Connection, removed: Iterable[StoredSource], added: Iterable[StoredSource]
) -> None:
    """Remember how the files changed."""
    for sources, is_added in ((removed, 0), (added, 1)):
        connection.executemany(
            "INSERT INTO undo_sources VALUES (?, ?, ?, ?, ?)",
            ((one.path, one.part, one.file_hash, one.doc_id, is_added) for one in sources),
        )


def last_changes(connection: sqlite3.Connection) -> Undo:
    """What the last publication did."""
    added = frozenset(d for (d,) in connection.execute("SELECT doc_id FROM undo_added"))
    sources: tuple[list[StoredSource], list[StoredSource]] = ([], [])
    for *values, is_added in connection.execute("SELECT * FROM undo_sources ORDER BY rowid"):
        sources[is_added].append(StoredSource(*values))
    return Undo(added, tuple(sources[0]), tuple(sources[1]))


def stage_what_was_taken_out(connection: sqlite3.Connection, read_as: str, split_as: str) -> None:
    """Stage the documents that the last publication took out, with their passages."""
    for (doc_id,) in connection.execute("SELECT doc_id FROM undo_documents").fetchall():
        stored, passages, page = connection.execute(
            "SELECT document, passages, site_page FROM undo_documents WHERE doc_id = ?", (doc_id,)
        ).fetchone()
        document = document_from_json(stored)
        stage_document(connection, document, read_as)
        stage_passages(
            connection,
            doc_id,
            passages_from_json(passages, document),
            site_page_from_json(page, doc_id),
            split_as,
        )
