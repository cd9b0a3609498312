"""The one door to writing an index: the lock, the catalog, and what the system may refuse."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.catalog import open_for_writing
from index.lock import HeldLock, writer_lock
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
