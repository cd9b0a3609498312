"""Documents in the catalog's tables: put in, taken out. Inside the caller's transaction."""

import json
import sqlite3
from collections.abc import Iterable

from index.keywords import terms
from index.near_duplicates import signature
from index.prepared import PreparedDocument, PreparedPassage
from index.site_paragraphs import store_site_page
from index.vector_store import vector_id
from index.vocabulary import VOCABULARY_TABLES
from ingest.documents import Document

# Dataclasses as their fields: `asdict` would copy them first.
_json = json.JSONEncoder(ensure_ascii=False, default=vars).encode


def stored_doc_ids(connection: sqlite3.Connection) -> set[str]:
    """All documents in the catalog, also one that lost its source."""
    return {doc_id for (doc_id,) in connection.execute("SELECT doc_id FROM documents")}


def is_stored(connection: sqlite3.Connection, doc_id: str) -> bool:
    """Whether the catalog has a document of this id."""
    found = connection.execute("SELECT 1 FROM documents WHERE doc_id = ?", (doc_id,))
    return found.fetchone() is not None


def stored_numbers(connection: sqlite3.Connection, doc_ids: Iterable[str]) -> dict[str, int]:
    """The numbers of those documents that are stored, in the order of their ids."""
    found = {}
    for doc_id in sorted(doc_ids):
        row = connection.execute(
            "SELECT number FROM documents WHERE doc_id = ?", (doc_id,)
        ).fetchone()
        if row:
            found[doc_id] = row[0]
    return found


def unfinished_doc_ids(connection: sqlite3.Connection) -> set[str]:
    """Documents of which more could be read now: their files are read again."""
    rows = connection.execute("SELECT doc_id FROM documents WHERE unfinished")
    return {doc_id for (doc_id,) in rows}


def unfinished_file_hashes(connection: sqlite3.Connection) -> set[str]:
    """The files that hold a document of which another reading could give more."""
    rows = connection.execute(
        "SELECT DISTINCT file_hash FROM sources JOIN documents USING (doc_id) WHERE unfinished"
    )
    return {file_hash for (file_hash,) in rows}


def insert_document(
    connection: sqlite3.Connection, prepared: PreparedDocument, fingerprint: str
) -> None:
    """Add a document that is not in the catalog, with its passages and their terms.

    KeyError where a passage's vector is not stored yet.
    """
    document = prepared.document
    _insert_row(connection, document)
    title = " ".join(terms(document.metadata.title))
    headings = {s.heading: " ".join(terms(s.heading)) for s in document.sections}
    for one in prepared.passages:
        heading = headings.get(one.passage.section)
        if heading is None:
            heading = " ".join(terms(one.passage.section))
        patient = told_of(document, one.passage.case)
        row = _insert_passage(connection, one, patient, fingerprint)
        values = (row, title, heading, " ".join(terms(one.passage.text)))
        connection.execute("INSERT INTO passage_terms VALUES (?, ?, ?, ?)", values)
        connection.execute(
            "INSERT INTO keywords (rowid, title, heading, body) VALUES (?, ?, ?, ?)", values
        )
    if prepared.site_page:
        store_site_page(connection, prepared.site_page)


def told_of(document: Document, case: int | None) -> tuple[float | None, str]:
    """What is stored of the patient of a case's passages: age in years, and sex."""
    patient = document.patient_of(case)
    return (patient.age_years, patient.sex) if patient else (None, "")


def delete_document(connection: sqlite3.Connection, doc_id: str, last_row: int) -> None:
    """Remove a document with its passages and their terms.

    Rows up to `last_row` are those of the base, which keeps them: they are noted as removed.
    """
    rows = [
        row for (row,) in connection.execute("SELECT row FROM passages WHERE doc_id = ?", (doc_id,))
    ]
    for row in rows:
        _delete_terms(connection, row)
    connection.executemany(
        "INSERT OR IGNORE INTO removed_rows VALUES (?)", [(row,) for row in rows if row <= last_row]
    )
    connection.execute("DELETE FROM passages WHERE doc_id = ?", (doc_id,))
    connection.execute("DELETE FROM documents WHERE doc_id = ?", (doc_id,))


def delete_all_documents(connection: sqlite3.Connection) -> None:
    """Empty the catalog but for vectors and generations; rows that lost their partners go too."""
    # Not row by row: a damaged index of terms would keep those that its rows have no more.
    forget_keywords(connection)
    for table in (
        "passage_terms", "passages", *VOCABULARY_TABLES,
        "site_paragraphs", "sources", "signature_bands", "documents", "removed_rows",
    ):  # fmt: skip
        connection.execute(f"DELETE FROM {table}")


def forget_keywords(connection: sqlite3.Connection) -> None:
    """Empty the keyword index of the catalog; the terms of passages stay."""
    connection.execute("INSERT INTO keywords (keywords) VALUES ('delete-all')")


def index_all_keywords(connection: sqlite3.Connection) -> None:
    """Make the keyword index of the catalog hold all passages."""
    connection.execute("INSERT INTO keywords (keywords) VALUES ('rebuild')")


def _insert_row(connection: sqlite3.Connection, document: Document) -> None:
    made = signature(document)
    connection.execute(
        "INSERT INTO documents (doc_id, format, metadata, text, sections, pages, cases, part, "
        "page_count, unfinished, warnings, signature) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.doc_id,
            document.format,
            _json(document.metadata),
            document.text,
            _json(document.sections),
            _json(document.pages),
            _json(document.cases),
            document.part,
            document.page_count,
            document.unfinished,
            _json(document.warnings),
            None if made is None else made.tobytes(),
        ),
    )


def _insert_passage(
    connection: sqlite3.Connection,
    prepared: PreparedPassage,
    patient: tuple[float | None, str],
    fingerprint: str,
) -> int | None:
    passage = prepared.passage
    return connection.execute(
        'INSERT INTO passages (doc_id, ordinal, section, kind, page, last_page, start, "end", '
        "page_name, last_page_name, case_number, age_years, sex, recognised, vector_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            *patient,
            passage.recognised,
            vector_id(connection, prepared.vector_hash, fingerprint),
        ),
    ).lastrowid


def _delete_terms(connection: sqlite3.Connection, row: int) -> None:
    """Take a passage's terms out, and out of the keyword index where that has them.

    FTS5 must be told what a row of an external table had
    (https://sqlite.org/fts5.html#external_content_tables).
    """
    indexed = connection.execute("SELECT 1 FROM keywords_docsize WHERE id = ?", (row,)).fetchone()
    if indexed:
        connection.execute(
            "INSERT INTO keywords (keywords, rowid, title, heading, body) "
            "SELECT 'delete', row, title, heading, body FROM passage_terms WHERE row = ?",
            (row,),
        )
    connection.execute("DELETE FROM passage_terms WHERE row = ?", (row,))
