"""The documents of an index, listed for people: page by page, found by title.

Nothing here loads a model or an engine, and no document's text is read, so that a page of the
list costs the same in a large index as in a small one. Finding by title looks through
`index.titles`, which whoever asks often keeps.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.catalog import published_before
from index.folding import folded
from index.location import Place
from index.stores.opening import published_at
from index.titles import TITLE, Titles, read_titles

Kind = Literal["all", "warned", "alike"]
"""Which documents are listed: all, those that a reader warns of, or near-duplicates of others."""
_CONDITIONS: dict[Kind, str] = {
    "all": "1",
    "warned": "warnings != '[]'",
    "alike": "leader IS NOT NULL",
}
"""Each as the partial index in `index.schema` has it, for SQLite to use that."""
_MOST_ALIKE = 10
"""Near-duplicates named for one document; a group may have thousands."""


@dataclass(frozen=True)
class ListedDocument:
    """One document: what it states, how much of it is in the index, and what to look at.

    `sources` are its files, with their parts; `alike` the titles of its near-duplicates. `title`
    is the name of its first file where it states none. `pages` is 0 for a format without pages.
    """

    doc_id: str
    title: str
    document_type: str
    year: int | None
    format: str
    pages: int
    cases: int
    passages: int
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    alike: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """What is to be listed: words that all stand in the title, and a kind."""

    title: str = ""
    kind: Kind = "all"


@dataclass(frozen=True)
class Listing:
    """A part of the list, newest first, and how many documents the whole of it has."""

    total: int
    documents: tuple[ListedDocument, ...]


@dataclass(frozen=True)
class PublishedState:
    """What is published, and what could be gone back to; None where that is not kept."""

    generation: int
    published_at: str
    documents: int
    passages: int
    documents_before: int | None


def published_state(place: Place) -> PublishedState:
    """Generation and counts; raises a `CatalogError` if there is no usable index."""
    with published_at(place) as (connection, now):
        # What a server serves is taken back where its index folder is.
        before = published_before(connection, place)[1] if isinstance(place, Path) else None
        return PublishedState(
            generation=now.generation,
            published_at=now.published_at,
            documents=now.documents,
            passages=now.passages,
            documents_before=before.documents if before else None,
        )


def list_documents(
    place: Place, wanted: Wanted, first: int, count: int, titles: Titles | None = None
) -> Listing:
    """`count` documents from the place `first`, counted from 0; raises a `CatalogError`.

    `titles` spares reading them where a title is wanted; of documents that have gone since they
    were read none is listed.
    """
    words = folded(wanted.title).split()
    named = (titles or read_titles(place)).having(words) if words else None
    with published_at(place) as (connection, manifest):
        if named is None:
            total = _count(connection, wanted.kind, manifest.documents)
            numbers = _numbers(connection, wanted.kind, first, count)
        else:
            kept = named if wanted.kind == "all" else _of_kind(connection, wanted.kind, named)
            total, numbers = len(kept), kept[first : first + count]
        documents = (_document(connection, number) for number in numbers)
        return Listing(total, tuple(filter(None, documents)))


def _count(connection: sqlite3.Connection, kind: Kind, documents: int) -> int:
    if kind == "all":
        return documents
    rows = connection.execute(f"SELECT count(*) FROM documents WHERE {_CONDITIONS[kind]}")
    return int(rows.fetchone()[0])


def _numbers(connection: sqlite3.Connection, kind: Kind, first: int, count: int) -> list[int]:
    rows = connection.execute(
        f"SELECT number FROM documents WHERE {_CONDITIONS[kind]} "
        "ORDER BY number DESC LIMIT ? OFFSET ?",
        (count, first),
    )
    return [number for (number,) in rows]


def _of_kind(connection: sqlite3.Connection, kind: Kind, numbers: Sequence[int]) -> list[int]:
    rows = connection.execute(f"SELECT number FROM documents WHERE {_CONDITIONS[kind]}")
    wanted = {number for (number,) in rows}
    return [number for number in numbers if number in wanted]


def _document(connection: sqlite3.Connection, number: int) -> ListedDocument | None:
    row = connection.execute(
        f"SELECT doc_id, leader, {TITLE}, document_type, year, format, page_count, "
        "json_array_length(cases), warnings FROM documents WHERE number = ?",
        (number,),
    ).fetchone()
    if row is None:
        return None
    doc_id, leader, title, kind, year, form, pages, cases, warnings = row
    (passages,) = connection.execute(
        "SELECT count(*) FROM passages WHERE doc_id = ?", (doc_id,)
    ).fetchone()
    sources = _sources(connection, doc_id)
    return ListedDocument(
        doc_id=doc_id,
        title=title or (Path(sources[0]).name if sources else ""),
        document_type=kind or "",
        year=year,
        format=form,
        pages=pages,
        cases=cases,
        passages=passages,
        warnings=tuple(json.loads(warnings)),
        sources=sources,
        alike=_alike(connection, doc_id, leader) if leader else (),
    )


def _sources(connection: sqlite3.Connection, doc_id: str) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT path, part FROM sources WHERE doc_id = ? ORDER BY path, part", (doc_id,)
    )
    return tuple(f"{path} ({part})" if part else path for path, part in rows)


def _alike(connection: sqlite3.Connection, doc_id: str, leader: str) -> tuple[str, ...]:
    rows: Iterable[tuple[str, str]] = connection.execute(
        f"SELECT doc_id, {TITLE} FROM documents WHERE leader = ? AND doc_id != ? LIMIT ?",
        (leader, doc_id, _MOST_ALIKE),
    ).fetchall()
    return tuple(title or _first(_sources(connection, other)) for other, title in rows)


def _first(sources: Sequence[str]) -> str:
    return sources[0] if sources else ""
