"""What is read back from the catalog: documents, passages, and what they state."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from index.prepared import PreparedDocument, PreparedPassage, metadata_from
from index.site_paragraphs import SitePage
from ingest.documents import Case, Document, Metadata, Page, Passage, Patient, Section
from ingest.files import SourceFile

LENGTH_TOLERANCE = 0.005
"""Half floats change the length of a unit vector by less than .001."""
_VECTORS_AT_ONCE = 4_096
_MOST_DIGITS = 10
"""Of an ordinal: more than SQLite's integers have is no passage's."""
SOURCE = "(SELECT min(path) FROM sources WHERE sources.doc_id = documents.doc_id)"
CASES = "(SELECT count(DISTINCT json_extract(value, '$.number')) FROM json_each(cases))"
"""Of a row of `documents`, as SQL: its first file, and how many cases it tells of."""
_PASSAGE_COLUMNS = (
    'row, passages.doc_id, ordinal, section, kind, page, last_page, start, "end", '
    'substr(text, start + 1, "end" - start), page_name, last_page_name, case_number, recognised'
)


@dataclass(frozen=True)
class StoredPassage:
    """A passage with what its document states; `row` is its id in engine and keyword index.

    `leader` is the same for all documents of a group of near-duplicates, "" for a single one;
    `case_count` is how many cases the document tells of, `patient` whom this passage is about, and
    `format` the document's.
    """

    row: int
    passage: Passage
    source: str
    metadata: Metadata
    opening: str
    leader: str
    case_count: int
    format: str
    patient: Patient | None


def stored_document(connection: sqlite3.Connection, doc_id: str) -> Document:
    """One whole document; KeyError if the catalog has none of this id."""
    row = connection.execute(
        f"SELECT {SOURCE}, format, metadata, text, sections, pages, cases, part, page_count, "
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


def sources_of(connection: sqlite3.Connection, doc_id: str) -> list[SourceFile]:
    """The files that a document was read from, in the order of their paths."""
    rows = connection.execute(
        "SELECT path, file_hash FROM sources WHERE doc_id = ? ORDER BY path", (doc_id,)
    )
    return [SourceFile(Path(path), file_hash) for path, file_hash in rows]


def prepared_document(connection: sqlite3.Connection, doc_id: str) -> PreparedDocument:
    """A whole document with its passages, and the names of the vectors that they have."""
    document = stored_document(connection, doc_id)
    rows = connection.execute(
        'SELECT ordinal, section, kind, page, last_page, start, "end", page_name, last_page_name, '
        "case_number, recognised, vector_hash FROM passages "
        "JOIN vectors ON vectors.id = vector_id WHERE doc_id = ? ORDER BY ordinal",
        (doc_id,),
    )
    passages = []
    for ordinal, section, kind, page, last_page, start, end, *names, case, recognised, name in rows:
        passage = Passage(
            doc_id, ordinal, section, kind, page, last_page, start, end, document.text[start:end],
            names[0], names[1], case, bool(recognised),
        )  # fmt: skip
        passages.append(PreparedPassage(passage, "", name))
    return PreparedDocument(document, tuple(passages), _site_page(connection, doc_id))


def _site_page(connection: sqlite3.Connection, doc_id: str) -> SitePage | None:
    row = connection.execute(
        "SELECT site, hashes, marked FROM site_paragraphs WHERE doc_id = ?", (doc_id,)
    ).fetchone()
    if row is None:
        return None
    return SitePage(doc_id, row[0], frozenset(json.loads(row[1])), frozenset(json.loads(row[2])))


def stored_passages(
    connection: sqlite3.Connection, rows: Sequence[int]
) -> dict[int, StoredPassage]:
    """Passages by row number; rows that are not in the catalog are left out."""
    marks = ",".join("?" * len(rows))
    found = connection.execute(
        f"SELECT {_PASSAGE_COLUMNS}, {SOURCE}, substr(text, 1, 200), leader, {CASES}, "
        "metadata, format, age_years, sex "
        f"FROM passages JOIN documents USING (doc_id) WHERE row IN ({marks})",
        list(rows),
    )
    return {row[0]: _stored_passage(row) for row in found}


def neighbours(connection: sqlite3.Connection, passage_id: str, reach: int) -> list[StoredPassage]:
    """A passage and up to `reach` on each side of it in its document, in reading order."""
    place = place_of(passage_id)
    if place is None:
        return []
    doc_id, ordinal = place
    rows = connection.execute(
        "SELECT row FROM passages WHERE doc_id = ? AND ordinal BETWEEN ? AND ? ORDER BY ordinal",
        (doc_id, ordinal - reach, ordinal + reach),
    ).fetchall()
    found = stored_passages(connection, [row for (row,) in rows])
    return [found[row] for (row,) in rows]


def openings(connection: sqlite3.Connection, doc_ids: Sequence[str], characters: int) -> list[str]:
    """The beginnings of the texts of those documents that are stored."""
    marks = ",".join("?" * len(doc_ids))
    rows = connection.execute(
        f"SELECT substr(text, 1, ?) FROM documents WHERE doc_id IN ({marks})",
        [characters, *doc_ids],
    )
    return [text for (text,) in rows]


def section_around(
    around: Sequence[StoredPassage], passage_id: str, most: int
) -> list[StoredPassage]:
    """Of the `neighbours` of a passage those of its section, at most so many around it.

    A section ends where another heading stands; empty if the passage is not among them.
    """
    at = next((i for i, one in enumerate(around) if one.passage.passage_id == passage_id), None)
    if at is None:
        return []
    first = last = at
    while first > 0 and _same_section(around[first - 1], around[at]):
        first -= 1
    while last + 1 < len(around) and _same_section(around[last + 1], around[at]):
        last += 1
    start = max(first, min(at - most // 2, last + 1 - most))
    return list(around[start : min(last + 1, start + most)])


def passage_row(connection: sqlite3.Connection, passage_id: str) -> int | None:
    """The row of a passage by its id; None if it is not in the catalog."""
    place = place_of(passage_id)
    found = (
        place
        and connection.execute(
            "SELECT row FROM passages WHERE doc_id = ? AND ordinal = ?", place
        ).fetchone()
    )
    return int(found[0]) if found else None


def place_of(passage_id: str) -> tuple[str, int] | None:
    """Document and ordinal; None for what names no passage."""
    doc_id, _, ordinal = passage_id.rpartition(":")
    if not (ordinal.isascii() and ordinal.isdigit() and len(ordinal) < _MOST_DIGITS):
        return None
    return doc_id, int(ordinal)


def _same_section(one: StoredPassage, other: StoredPassage) -> bool:
    return (one.passage.section, one.passage.kind) == (other.passage.section, other.passage.kind)


def row_vectors(
    connection: sqlite3.Connection, rows: Iterable[int], fingerprint: str
) -> dict[int, bytes]:
    """The stored half-float vectors of some rows."""
    wanted = list(rows)
    marks = ",".join("?" * len(wanted))
    return dict(
        connection.execute(
            "SELECT row, vector FROM passages JOIN vectors ON vectors.id = vector_id "
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
    source, opening, leader, case_count, metadata, format_name, age_years, sex = row[14:]
    passage = Passage(*row[1:14])
    passage = replace(passage, recognised=bool(passage.recognised))  # SQLite has no truth values
    stated = _metadata(metadata, passage.doc_id)
    patient = Patient.told(age_years, sex)
    return StoredPassage(
        row[0], passage, source or "", stated, opening, leader or "", case_count, format_name,
        patient,
    )  # fmt: skip


def _metadata(stored: str, doc_id: str) -> Metadata:
    try:
        return metadata_from(json.loads(stored))
    except (ValueError, TypeError, KeyError) as error:
        raise sqlite3.DataError(f"the metadata of document {doc_id} cannot be read") from error
