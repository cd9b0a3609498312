"""What is read back from the catalog: documents, passages, and what they state."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.documents import Document, Metadata, Page, Passage, Section

_DOCUMENT_COLUMNS = (
    "documents.doc_id, format, title, authors, year, journal, doi, pmid, url, document_type, "
    "retold_from"
)
_SOURCE = "(SELECT min(path) FROM sources WHERE sources.doc_id = documents.doc_id)"
_PASSAGE_COLUMNS = (
    'row, passages.doc_id, ordinal, section, kind, page, last_page, start, "end", '
    'substr(text, start + 1, "end" - start)'
)


@dataclass(frozen=True)
class StoredPassage:
    """A passage with what its document states; `row` is its id in engine and keyword index."""

    row: int
    passage: Passage
    source: str
    metadata: Metadata
    opening: str


def stored_document(connection: sqlite3.Connection, doc_id: str) -> Document:
    """One whole document; KeyError if the catalog has none of this id."""
    row = connection.execute(
        f"SELECT {_DOCUMENT_COLUMNS}, {_SOURCE}, text, sections, pages, warnings "
        "FROM documents WHERE doc_id = ?",
        (doc_id,),
    ).fetchone()
    if row is None:
        raise KeyError(doc_id)
    source, text, sections, pages, warnings = row[11:]
    return Document(
        doc_id=doc_id,
        source=source or "",
        format=row[1],
        metadata=_metadata(row),
        text=text,
        sections=tuple(Section(**section) for section in json.loads(sections)),
        pages=tuple(Page(**page) for page in json.loads(pages)),
        warnings=tuple(json.loads(warnings)),
    )


def stored_passages(
    connection: sqlite3.Connection, rows: Sequence[int]
) -> dict[int, StoredPassage]:
    """Passages by row number; rows that are not in the catalog are left out."""
    marks = ",".join("?" * len(rows))
    found = connection.execute(
        f"SELECT {_PASSAGE_COLUMNS}, {_SOURCE}, substr(text, 1, 200), {_DOCUMENT_COLUMNS} "
        f"FROM passages JOIN documents USING (doc_id) WHERE row IN ({marks})",
        list(rows),
    )
    return {row[0]: _stored_passage(row) for row in found}


def neighbours(connection: sqlite3.Connection, passage_id: str, reach: int) -> list[StoredPassage]:
    """A passage and up to `reach` on each side of it in its document, in reading order."""
    doc_id, _, ordinal = passage_id.rpartition(":")
    if not ordinal.isdigit():
        return []
    rows = connection.execute(
        "SELECT row FROM passages WHERE doc_id = ? AND ordinal BETWEEN ? AND ? ORDER BY ordinal",
        (doc_id, int(ordinal) - reach, int(ordinal) + reach),
    ).fetchall()
    found = stored_passages(connection, [row for (row,) in rows])
    return [found[row] for (row,) in rows]


def row_vectors(
    connection: sqlite3.Connection, rows: Iterable[int], fingerprint: str
) -> dict[int, bytes]:
    """The stored half-float vectors of some rows."""
    wanted = list(rows)
    marks = ",".join("?" * len(wanted))
    return dict(
        connection.execute(
            "SELECT row, vector FROM passages JOIN vectors USING (vector_hash) "
            f"WHERE fingerprint = ? AND row IN ({marks})",
            [fingerprint, *wanted],
        ).fetchall()
    )


def _stored_passage(row: tuple[Any, ...]) -> StoredPassage:
    return StoredPassage(row[0], Passage(*row[1:10]), row[10] or "", _metadata(row[12:]), row[11])


def _metadata(row: Sequence[Any]) -> Metadata:
    """What the document columns hold, in their order, after doc_id and format."""
    title, authors, *others = row[2:11]
    try:
        return Metadata(title, tuple(json.loads(authors)), *others)
    except ValueError as error:
        raise sqlite3.DataError(f"the authors of document {row[0]} cannot be read") from error
