"""The one door to writing an index: the lock, the catalog, and what the system may refuse."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.catalog import latest_manifest, open_for_reading, open_for_writing
from index.errors import IndexMissingError, IndexOutdatedError
from index.lock import HeldLock, writer_lock
from index.manifest import Manifest
from index.proof import count_problem
from index.storage_errors import storage_errors


@dataclass(frozen=True)
class WriteAccess:
    """A catalog, and the lock that lets nobody else write it."""

    folder: Path
    connection: sqlite3.Connection
    lock: HeldLock


@contextmanager
def writing(folder: Path) -> Iterator[WriteAccess]:
    """The catalog of a folder that nobody else writes; what the system refuses is one line."""
    with (
        writer_lock(folder) as lock,
        storage_errors(folder, writing=True),
        closing(open_for_writing(folder)) as connection,
    ):
        yield WriteAccess(folder, connection, lock)


@contextmanager
def writing_published(folder: Path) -> Iterator[tuple[WriteAccess, Manifest]]:
    """As `writing`, of an index that what is published stays a part of; with its manifest.

    Raises a `CatalogError` where there is none, where another version wrote it, and where rows
    were lost: what comes next would be published as if they had never been.
    """
    # Opening for writing would lay out a catalog of an older version anew.
    open_for_reading(folder).close()
    with writing(folder) as access:
        published = latest_manifest(access.connection, folder)
        if published is None:
            raise IndexMissingError(folder)
        if count_problem(access.connection, published):
            raise IndexOutdatedError(folder)
        yield access, published
