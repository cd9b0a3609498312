"""What a build has read and cut, and not published yet. Kept, so that a kill costs little.

Documents come here in batches while files are read, and go to the catalog's tables in one
transaction when all are ready. A build that was stopped leaves them; the next one reads no file
again that was read to its end, and cuts nothing again.
"""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from index.prepared import (
    PreparedDocument,
    PreparedPassage,
    document_from_json,
    document_to_json,
    passages_from_json,
    passages_to_json,
    site_page_from_json,
    site_page_to_json,
)
from index.site_paragraphs import SitePage
from ingest.documents import Document
from ingest.site_text import site_of


@dataclass(frozen=True)
class StagedSource:
    """A file's content, or one part of it, and the document that it holds."""

    file_hash: str
    part: str
    doc_id: str


def forget_other_readings(connection: sqlite3.Connection, read_as: str) -> None:
    """Drop what another version has read; inside the caller's transaction."""
    other = connection.execute(
        "SELECT 1 FROM staged_documents WHERE read_as != ? LIMIT 1", (read_as,)
    ).fetchone()
    if other:
        forget_staged(connection)


def forget_staged(connection: sqlite3.Connection) -> None:
    """Drop everything."""
    for table in ("staged_files", "staged_sources", "staged_documents"):
        connection.execute(f"DELETE FROM {table}")


def keep_only(connection: sqlite3.Connection, file_hashes: Collection[str]) -> None:
    """Drop what was read from files that are not wanted any more."""
    stored = {h for (h,) in connection.execute("SELECT DISTINCT file_hash FROM staged_sources")}
    gone = [(name,) for name in stored - set(file_hashes)]
    connection.executemany("DELETE FROM staged_sources WHERE file_hash = ?", gone)
    connection.executemany("DELETE FROM staged_files WHERE file_hash = ?", gone)
    connection.execute(
        "DELETE FROM staged_documents WHERE doc_id NOT IN (SELECT doc_id FROM staged_sources)"
    )


def forget_missing(connection: sqlite3.Connection, or_stored: bool) -> None:
    """Drop what names documents that are not staged, nor stored where these count: read them again.

    A stopped build stages no document that it finds in the catalog as it is. What is stored may
    have been lost since, or not be believed any more.
    """
    missing = (
        "NOT EXISTS (SELECT 1 FROM staged_documents AS held WHERE held.doc_id = one.doc_id)"
        + " AND NOT EXISTS (SELECT 1 FROM documents AS held WHERE held.doc_id = one.doc_id)"
        * or_stored
    )
    connection.execute(
        "DELETE FROM staged_files WHERE file_hash IN "
        f"(SELECT file_hash FROM staged_sources AS one WHERE {missing})"
    )
    connection.execute(f"DELETE FROM staged_sources AS one WHERE {missing}")


def finished_files(connection: sqlite3.Connection) -> set[str]:
    """Hashes of the files that were read to their ends without a line in the report."""
    return {name for (name,) in connection.execute("SELECT file_hash FROM staged_files")}


def finish_file(connection: sqlite3.Connection, file_hash: str) -> None:
    """All that a file holds is staged."""
    connection.execute("INSERT OR IGNORE INTO staged_files VALUES (?)", (file_hash,))


def stage_source(connection: sqlite3.Connection, source: StagedSource) -> None:
    """Remember where a document was read."""
    connection.execute(
        "INSERT OR REPLACE INTO staged_sources VALUES (?, ?, ?)",
        (source.file_hash, source.part, source.doc_id),
    )


def staged_sources(connection: sqlite3.Connection) -> list[StagedSource]:
    """All contents that are staged, in the order in which they were read."""
    rows = connection.execute("SELECT file_hash, part, doc_id FROM staged_sources ORDER BY rowid")
    return [StagedSource(*row) for row in rows]


def staged_parts(connection: sqlite3.Connection, file_hash: str) -> frozenset[str]:
    """The parts of a file that are staged."""
    rows = connection.execute("SELECT part FROM staged_sources WHERE file_hash = ?", (file_hash,))
    return frozenset(part for (part,) in rows)


def stage_document(connection: sqlite3.Connection, document: Document, read_as: str) -> bool:
    """Keep a document that is still to be cut into passages; whether it is new here."""
    done = connection.execute(
        "INSERT OR IGNORE INTO staged_documents VALUES (?, ?, '', ?, ?, '', '')",
        (document.doc_id, read_as, site_of(document), document_to_json(document)),
    )
    return done.rowcount > 0


def stage_passages(
    connection: sqlite3.Connection,
    doc_id: str,
    passages: tuple[PreparedPassage, ...],
    site_page: SitePage | None,
    split_as: str,
) -> None:
    """Keep the passages of a staged document, and what they were cut with."""
    connection.execute(
        "UPDATE staged_documents SET split_as = ?, passages = ?, site_page = ? WHERE doc_id = ?",
        (split_as, passages_to_json(passages), site_page_to_json(site_page), doc_id),
    )


def uncut_pages(connection: sqlite3.Connection) -> None:
    """Forget how pages of web sites were cut: others of their sites may have come or gone since."""
    connection.execute("UPDATE staged_documents SET split_as = '' WHERE site != ''")


def staged_doc_ids(connection: sqlite3.Connection) -> set[str]:
    """All documents that are staged."""
    return {doc_id for (doc_id,) in connection.execute("SELECT doc_id FROM staged_documents")}


def documents_of_sites(connection: sqlite3.Connection) -> Iterator[Document]:
    """The staged documents that are pages of web sites."""
    return _documents(connection, "site != ''")


def uncut_documents(connection: sqlite3.Connection, split_as: str) -> Iterator[Document]:
    """The staged documents that have no passages of today's settings, in no order."""
    return _documents(connection, "split_as != ?", split_as)


def staged_document(connection: sqlite3.Connection, doc_id: str) -> Document | None:
    """One staged document."""
    return next(_documents(connection, "doc_id = ?", doc_id), None)


def prepared_documents(connection: sqlite3.Connection) -> Iterator[PreparedDocument]:
    """All staged documents with their passages, in the order of reading, one at a time."""
    for doc_id in _ids(connection, "1"):
        document, passages, page = connection.execute(
            "SELECT document, passages, site_page FROM staged_documents WHERE doc_id = ?", (doc_id,)
        ).fetchone()
        read = document_from_json(document)
        yield PreparedDocument(
            read, passages_from_json(passages, read), site_page_from_json(page, doc_id)
        )


def _documents(connection: sqlite3.Connection, condition: str, *values: str) -> Iterator[Document]:
    for doc_id in _ids(connection, condition, *values):
        (document,) = connection.execute(
            "SELECT document FROM staged_documents WHERE doc_id = ?", (doc_id,)
        ).fetchone()
        yield document_from_json(document)


def _ids(connection: sqlite3.Connection, condition: str, *values: str) -> list[str]:
    """Ids first: the table is changed while its documents are gone through."""
    rows = connection.execute(
        f"SELECT doc_id FROM staged_documents WHERE {condition} ORDER BY rowid", values
    )
    return [doc_id for (doc_id,) in rows]


def is_page(document: Document) -> bool:
    """Whether a document is a page of a web site, whose pages are cut together."""
    return site_of(document) != ""
