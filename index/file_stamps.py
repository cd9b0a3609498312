"""Unchanged files known without reading them, by what the system says of them.

A file is taken for unchanged only if all of this holds; anything else is hashed:

- size, modification time, change time, inode and device are those of when it was hashed;
- both times lay at least `SETTLED_NS` before that: git's rule, https://git-scm.com/docs/racy-git;
- its file system is local and sets the change time at each write, which no program can set back,
  unlike the modification time (`index.file_systems.CHANGE_TIME_FILE_SYSTEMS`);
- the catalog's source of this path has the very hash that was stamped.

On Windows, FAT, network folders and file systems not listed, every file is hashed each time. Not
seen: a change made through shared memory (mmap) that the system has not yet written, until it is;
and a change after which somebody set the machine's clock back to the very nanosecond before it.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.file_systems import keeps_change_times, mounts
from ingest.documents import SkippedFile
from ingest.files import FileStamp, SourceFile, hash_and_stamp, stamp_file

FILE_STAMPS_SCHEMA = """
CREATE TABLE file_stamps (
    path TEXT PRIMARY KEY,
    file_hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    inode BLOB NOT NULL,
    device BLOB NOT NULL
) WITHOUT ROWID;
"""
STORED_AT_ONCE = 1_000
"""Stamps between two commits; a kill costs hashing so many files again."""
_KNOWN = (
    "SELECT file_hash, size, mtime_ns, ctime_ns, inode, device FROM file_stamps WHERE path = ? "
    "AND EXISTS (SELECT 1 FROM sources WHERE sources.path = file_stamps.path "
    "AND sources.file_hash = file_stamps.file_hash)"
)


def known_or_hashed(
    connection: sqlite3.Connection, paths: Sequence[Path], afresh: bool = False
) -> Iterator[SourceFile | SkippedFile]:
    """Each path named by its content, in order, hashed only where its stamp does not vouch for it.

    New stamps are stored in batches, in transactions of their own if none is open: they tell of
    files, not of the index, and hold whether it is published or not. `afresh` hashes all.
    """
    trusted = _trust()
    fresh: dict[str, tuple[str, FileStamp]] = {}
    for path in paths:
        if not trusted(path):
            yield hash_and_stamp(path)[0]
            continue
        known = None if afresh else _known_hash(connection, path)
        if known:
            yield SourceFile(path, known)
            continue
        found, stamp = hash_and_stamp(path)
        if stamp and isinstance(found, SourceFile):
            fresh[found.source] = (found.file_hash, stamp)
        if len(fresh) >= STORED_AT_ONCE:
            _store(connection, fresh)
        yield found
    _store(connection, fresh)


def forget_stamps(connection: sqlite3.Connection) -> None:
    """Drop the stamps of files that are no source of any document; for the transaction of publish.

    They would be hashed anyway; without this their number would grow for ever.
    """
    connection.execute("DELETE FROM file_stamps WHERE path NOT IN (SELECT path FROM sources)")


def _known_hash(connection: sqlite3.Connection, path: Path) -> str:
    """The hash of a file that is as it was when it was hashed; "" if it is not, or may not be."""
    row = connection.execute(_KNOWN, (str(path),)).fetchone()
    if row is None:
        return ""
    stamp = stamp_file(path)
    return row[0] if stamp is not None and _columns(stamp) == row[1:] else ""


def _store(connection: sqlite3.Connection, fresh: dict[str, tuple[str, FileStamp]]) -> None:
    """Store stamps and forget them here."""
    own_transaction = bool(fresh) and not connection.in_transaction
    if own_transaction:
        connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT OR REPLACE INTO file_stamps VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(path, name, *_columns(stamp)) for path, (name, stamp) in fresh.items()],
    )
    if own_transaction:
        connection.execute("COMMIT")
    fresh.clear()


def _columns(stamp: FileStamp) -> tuple[object, ...]:
    """As stored: inodes and devices have up to 64 bits without a sign, SQLite's integers 63."""
    inode, device = (number.to_bytes(16, "big") for number in (stamp.inode, stamp.device))
    return stamp.size, stamp.mtime_ns, stamp.ctime_ns, inode, device


def _trust() -> Callable[[Path], bool]:
    """Whether a file's file system keeps change times; each folder is looked up once."""
    mounted = mounts()
    points = {mount.point for mount in mounted}
    known: dict[Path, bool] = {}

    def trusted(path: Path) -> bool:
        folder = path.parent
        if folder not in known:
            known[folder] = keeps_change_times(folder, mounted)
        return known[folder] and str(path) not in points  # containers mount single files

    return trusted
