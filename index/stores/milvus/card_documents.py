"""What cards say of documents, for the passages that a server gives. The SQL of readers."""

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.prepared import metadata_from
from index.reading import CASES, SOURCE
from ingest.documents import Metadata

_DOCUMENTS = (
    f"SELECT doc_id, {SOURCE}, metadata, text, coalesce(leader, ''), format, {CASES} "
    "FROM json_each(?) AS asked CROSS JOIN documents ON doc_id = asked.value"
)


@dataclass(frozen=True)
class DocumentFacts:
    """What a document states: as `index.reading.StoredPassage` has it for each passage.

    `opening` is "" for a document with a title.
    """

    source: str
    metadata: Metadata
    opening: str
    leader: str
    format: str
    case_count: int


def document_facts(
    connection: sqlite3.Connection, doc_ids: Collection[str]
) -> dict[str, DocumentFacts]:
    """What documents state, by doc_id; raises KeyError, TypeError or ValueError for no metadata."""
    rows = connection.execute(_DOCUMENTS, (json.dumps(sorted(doc_ids)),))
    return {
        doc_id: DocumentFacts(
            source or "", metadata_from(json.loads(metadata)), opening, leader, form, cases
        )
        for doc_id, source, metadata, opening, leader, form, cases in rows
    }


def leaders(connection: sqlite3.Connection, doc_ids: Collection[str]) -> dict[str, str]:
    """The groups of near-duplicates that documents are in."""
    rows = connection.execute(
        "SELECT doc_id, leader FROM json_each(?) AS asked CROSS JOIN documents "
        "ON doc_id = asked.value WHERE leader IS NOT NULL",
        (json.dumps(sorted(doc_ids)),),
    )
    return dict(rows.fetchall())


def passage_counts(connection: sqlite3.Connection, doc_ids: Sequence[str]) -> dict[str, int]:
    """How many passages documents have; those that are not there, or have none, are left out."""
    rows = connection.execute(
        "SELECT doc_id, passages FROM json_each(?) AS asked CROSS JOIN document_passages "
        "ON doc_id = asked.value",
        (json.dumps(list(dict.fromkeys(doc_ids))),),
    )
    return dict(rows.fetchall())


def stored_ids(connection: sqlite3.Connection, doc_ids: Sequence[str]) -> list[str]:
    """Those of the documents that are there, in their order, each once."""
    rows = connection.execute(
        "SELECT doc_id FROM json_each(?) AS asked CROSS JOIN documents ON doc_id = asked.value",
        (json.dumps(list(dict.fromkeys(doc_ids))),),
    )
    return [doc_id for (doc_id,) in rows]
