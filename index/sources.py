"""Which files the catalog knows, and which document each of them, or each of their parts, holds."""

import os
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_COLUMNS = "path, part, file_hash, doc_id"


@dataclass(frozen=True)
class StoredSource:
    """A file, or one part of it, as the catalog knows it."""

    path: str
    part: str
    file_hash: str
    doc_id: str


def stored_sources(
    connection: sqlite3.Connection, scope: Sequence[Path] | None = None
) -> list[StoredSource]:
    """The files in the catalog with their documents, in order: all, or those in and under paths."""
    if scope is None:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM sources ORDER BY path, part")
        return [StoredSource(*row) for row in rows]
    found: dict[StoredSource, None] = {}
    for path in scope:
        inside = str(path).rstrip(os.sep) + os.sep
        # Up to the character after the separator: all names that begin with the folder's.
        behind = inside[:-1] + chr(ord(os.sep) + 1)
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM sources WHERE path = ? OR (path >= ? AND path < ?) "
            "ORDER BY path, part",
            (str(path), inside, behind),
        )
        found.update((StoredSource(*row), None) for row in rows)
    return list(found)


def known_contents(
    connection: sqlite3.Connection, file_hashes: Iterable[str]
) -> list[StoredSource]:
    """What the catalog holds of files with these hashes, wherever they are."""
    found = []
    for name in dict.fromkeys(file_hashes):
        rows = connection.execute(f"SELECT {_COLUMNS} FROM sources WHERE file_hash = ?", (name,))
        found += [StoredSource(*row) for row in rows]
    return found


def has_other_source(connection: sqlite3.Connection, doc_id: str, paths: Collection[str]) -> bool:
    """Whether a document is also held by a file that is none of these."""
    rows = connection.execute("SELECT path FROM sources WHERE doc_id = ?", (doc_id,))
    return any(path not in paths for (path,) in rows)


def change_sources(
    connection: sqlite3.Connection, removed: Iterable[StoredSource], added: Iterable[StoredSource]
) -> None:
    """Take sources out and put others in."""
    connection.executemany(
        "DELETE FROM sources WHERE path = ? AND part = ?",
        ((source.path, source.part) for source in removed),
    )
    connection.executemany(
        "INSERT INTO sources VALUES (?, ?, ?, ?)",
        ((source.path, source.part, source.file_hash, source.doc_id) for source in added),
    )
