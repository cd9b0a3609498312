"""How a catalog is opened by those who only read it, also where nobody can write.

SQLite's write-ahead log wants a file of shared memory beside the catalog
(https://sqlite.org/wal.html#read_only_databases). Where that cannot be made, on a CD or in
another user's folder, a catalog is read without locks; then nothing tells SQLite of a writer, so
the reader compares the files before and after: `CatalogReader.check_unchanged`.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any

from index.errors import IndexUnreadableError

_Files = tuple[tuple[int, ...] | None, ...]


class CatalogReader(sqlite3.Connection):
    """A connection that cannot write, and knows whether it was opened without locks."""

    catalog: Path | None = None
    seen: _Files | None = None

    def check_unchanged(self) -> None:
        """Raise `IndexUnreadableError` if a catalog without locks was written since it was opened.

        To be called when all of an answer has been read; asking again mends it.
        """
        if self.catalog and self.seen is not None and _files(self.catalog) != self.seen:
            raise IndexUnreadableError(
                self.catalog.parent,
                "it was being written, and no lock can be taken there; ask again",
            )


def connect_for_reading(catalog: Path, busy_seconds: float) -> CatalogReader:
    """Open an existing catalog read-only; raises `sqlite3.DatabaseError` if that is refused."""
    mode, locks = _read_mode(catalog)
    seen = None if locks else _files(catalog)
    connection: CatalogReader = sqlite3.connect(
        f"{catalog.resolve().as_uri()}?{mode}",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        factory=CatalogReader,
    )
    connection.catalog, connection.seen = catalog, seen
    if not locks:
        # The log's table of contents is then made in this process's own memory.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    return connection


def _read_mode(catalog: Path) -> tuple[str, bool]:
    """The options of a URI (https://sqlite.org/uri.html), and whether they take locks."""
    log = catalog.with_name(f"{catalog.name}-wal")
    shared_memory = catalog.with_name(f"{catalog.name}-shm")
    if os.access(catalog.parent, os.W_OK) or (log.exists() and shared_memory.exists()):
        return "mode=ro", True
    if log.exists() and log.stat().st_size > 0:
        return f"mode=ro&vfs={'win32' if os.name == 'nt' else 'unix'}-none", False
    return "mode=ro&immutable=1", False


def _files(catalog: Path) -> _Files:
    """What would tell that the catalog or its log was written."""
    return tuple(_facts(catalog.with_name(catalog.name + suffix)) for suffix in ("", "-wal"))


def _facts(path: Path) -> tuple[int, ...] | None:
    try:
        facts: Any = path.stat()
    except FileNotFoundError:
        return None
    return facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns
