"""What the disk and SQLite refuse, as one line each: the one place that knows their codes.

Codes of SQLite: https://sqlite.org/rescode.html; of the system: errno(3).
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import (
    CatalogError,
    IndexBusyError,
    IndexDamagedError,
    IndexUnreadableError,
    IndexUnwritableError,
    NotAnIndexError,
)
from index.free_space import free_bytes, room_in_words

FULL_BELOW_BYTES = 200_000
"""With less than this free an I/O error is taken for a full disk: SQLite's shared memory grows by
32 kB, its log by a transaction, and both report their failing as an I/O error."""
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_REASONS = {
    errno.EROFS: "it is read-only",
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "there is no permission to write there",
    errno.EIO: "the disk fails to read or write; check it, and your copies",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EFBIG: "a file would be larger than the disk or a limit (ulimit -f) allows",
    errno.ENOENT: "it was removed or moved meanwhile",
    errno.ESTALE: "the network folder was taken away",
    errno.EMFILE: "too many files are open (ulimit -n)",
}
_REFUSED = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOLFS,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOMEM,
)


@contextmanager
def storage_errors(folder: Path, writing: bool) -> Iterator[None]:
    """Raise a `CatalogError` in place of what the system or SQLite refuses inside the block."""
    try:
        yield
    except (sqlite3.InterfaceError, sqlite3.ProgrammingError, BrokenPipeError):
        raise  # a mistake of ours, or a reader of our output who has seen enough
    except OSError as error:
        raise _from_system(folder, error, writing) from error
    except sqlite3.DatabaseError as error:
        raise _from_sqlite(folder, error, writing) from error


def _from_system(folder: Path, error: OSError, writing: bool) -> CatalogError:
    if error.errno in _FULL:
        return _full(folder, quota=error.errno != errno.ENOSPC)
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    if not writing:
        return IndexUnreadableError(folder, reason.replace("to write", "to read"))
    return IndexUnwritableError(folder, reason)


def _from_sqlite(folder: Path, error: sqlite3.DatabaseError, writing: bool) -> CatalogError:
    # Errors that our own code raises (`sqlite3.DataError`) have no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    name = getattr(error, "sqlite_errorname", "")
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_BUSY:
        return IndexBusyError(folder, "by another program that holds its catalog")
    if primary == sqlite3.SQLITE_NOTADB:
        return NotAnIndexError(folder, f"its catalog: {error}")
    if primary == sqlite3.SQLITE_CORRUPT:
        return IndexDamagedError(folder, str(error), elsewhere=True)
    if primary not in _REFUSED:
        return IndexDamagedError(folder, str(error))
    if not writing:
        return IndexUnreadableError(folder, _reading_reason(error, name))
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _is_full(folder)):
        return _full(folder, quota=False)
    return IndexUnwritableError(folder, _writing_reason(folder, error, name))


def _full(folder: Path, quota: bool) -> IndexUnwritableError:
    what = "your quota on this disk is used up" if quota else "the disk is full"
    return IndexUnwritableError(
        folder, f"{what}: {room_in_words(folder)}", IndexUnwritableError.FREE_SPACE
    )


def _is_full(folder: Path) -> bool:
    free = free_bytes(folder)
    return free is not None and free < FULL_BELOW_BYTES


def _reading_reason(error: sqlite3.DatabaseError, name: str) -> str:
    if name.startswith("SQLITE_CANTOPEN"):
        return "there is no permission to read its catalog, or it is gone"
    return f"{error}, {name}; check the disk, and your copies" if name else str(error)


def _writing_reason(folder: Path, error: sqlite3.DatabaseError, name: str) -> str:
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        read_only = not folder.is_dir() or not os.access(folder, os.W_OK)
        return _REASONS[errno.EROFS] if read_only else "its catalog is read-only"
    if name.startswith("SQLITE_IOERR"):
        return f"{error}, {name}: a quota, a limit on the size of files, or a failing disk"
    return f"{error}, {name}"
