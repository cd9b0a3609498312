"""What is read back from the catalog: documents, passages, and what they state."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ingest.documents import Case, Document, Metadata, Origin, Page, Passage, Section

LENGTH_TOLERANCE = 0.005
"""Half floats change the length of a unit vector by less than .001."""
_VECTORS_AT_ONCE = 4_096
_SOURCE = "(SELECT min(path) FROM sources WHERE sources.doc_id = documents.doc_id)"
_CASES = "(SELECT count(DISTINCT json_extract(value, '$.number')) FROM json_each(cases))"
_PASSAGE_COLUMNS = (
    'row, passages.doc_id, ordinal, section, kind, page, last_page, start, "end", '
    'substr(text, start + 1, "end" - start), page_name, last_page_name, case_number, recognised'
)


@dataclass(frozen=True)
class StoredPassage:
    """A passage with what its document states; `row` is its id in engine and keyword index.

    `leader` is the same for all documents of a group of near-duplicates, "" for a single one;
    `case_count` is how many cases the document tells of.
    """

    row: int
    passage: Passage
    source: str
    metadata: Metadata
    opening: str
    leader: str
    case_count: int


def stored_document(connection: sqlite3.Connection, doc_id: str) -> Document:
    """One whole document; KeyError if the catalog has none of this id."""
    row = connection.execute(
        f"SELECT {_SOURCE}, format, metadata, text, sections, pages, cases, part, page_count, "
        "unfinished, warnings FROM documents WHERE doc_id = ?",
        (doc_id,),
    ).fetchone()
    if row is None:
        raise KeyError(doc_id)
    source, format_name, metadata, text, sections, pages, cases = row[:7]
    part, page_count, unfinished, warnings = row[7:]
    return Document(
        doc_id=doc_id,
        source=source or "",
        format=format_name,
        metadata=_metadata(metadata, doc_id),
        text=text,
        sections=tuple(Section(**section) for section in json.loads(sections)),
        pages=tuple(Page(**page) for page in json.loads(pages)),
        cases=tuple(Case(**case) for case in json.loads(cases)),
        part=part,
        page_count=page_count,
        unfinished=bool(unfinished),
        warnings=tuple(json.loads(warnings)),
    )


def stored_passages(
    connection: sqlite3.Connection, rows: Sequence[int]
) -> dict[int, StoredPassage]:
    """Passages by row number; rows that are not in the catalog are left out."""
    marks = ",".join("?" * len(rows))
    found = connection.execute(
        f"SELECT {_PASSAGE_COLUMNS}, {_SOURCE}, substr(text, 1, 200), leader, {_CASES}, "
        "metadata "
        f"FROM passages JOIN documents USING (doc_id) WHERE row IN ({marks})",
        list(rows),
    )
    return {row[0]: _stored_passage(row) for row in found}


def near_duplicate_sources(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """For each group of near-duplicates one source of each of its documents."""
    rows = connection.execute(
        f"SELECT leader, {_SOURCE}, part FROM documents WHERE leader NOT NULL ORDER BY 1, 2, 3"
    )
    grouped: dict[str, list[str]] = {}
    for leader, source, part in rows:
        grouped.setdefault(leader, []).append(f"{source} ({part})" if part else source or "")
    return [tuple(sources) for sources in grouped.values()]


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


def unsound_vectors(
    connection: sqlite3.Connection, fingerprint: str, dim: int
) -> Iterator[tuple[str, str]]:
    """The hashes of this model's vectors that no encoder gives, each with what is wrong with it."""
    cursor = connection.execute(
        "SELECT vector_hash, vector FROM vectors WHERE fingerprint = ?", (fingerprint,)
    )
    while rows := cursor.fetchmany(_VECTORS_AT_ONCE):
        right = []
        for name, blob in rows:
            if not isinstance(blob, bytes) or len(blob) != 2 * dim:
                yield name, f"has not {dim} columns"
            else:
                right.append((name, blob))
        if not right:
            continue
        vectors = np.frombuffer(b"".join(blob for _, blob in right), np.float16)
        lengths = np.linalg.norm(vectors.reshape(-1, dim).astype(np.float32), axis=1)
        for place in np.flatnonzero(~np.isfinite(lengths)):
            yield right[place][0], "holds what is no number"
        for place in np.flatnonzero(np.abs(lengths - 1) > LENGTH_TOLERANCE):
            yield right[place][0], f"has the length {lengths[place]:.3f}, not 1"


def _stored_passage(row: tuple[Any, ...]) -> StoredPassage:
    source, opening, leader, case_count, metadata = row[14:]
    passage = Passage(*row[1:14])
    passage = replace(passage, recognised=bool(passage.recognised))  # SQLite has no truth values
    stated = _metadata(metadata, passage.doc_id)
    return StoredPassage(row[0], passage, source or "", stated, opening, leader or "", case_count)


def _metadata(stored: str, doc_id: str) -> Metadata:
    try:
        values = json.loads(stored)
        authors = tuple(values.pop("authors"))
        origins = tuple(Origin(**origin) for origin in values.pop("origins"))
        return Metadata(authors=authors, origins=origins, **values)
    except (ValueError, TypeError, KeyError) as error:
        raise sqlite3.DataError(f"the metadata of document {doc_id} cannot be read") from error
