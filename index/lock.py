"""One writer at a time. The operating system holds the lock, so a dead writer holds none."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBusyError, IndexUnwritableError

_LOCK = "writer.lock"
_WRITER = "writer.txt"


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; raises `IndexBusyError` that says who holds it, and since when."""
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusyError(folder, _writer(folder)) from error
    except OSError as error:
        raise IndexUnwritableError(folder, error.strerror or str(error)) from error
    try:
        since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        with suppress(OSError):
            (folder / _WRITER).write_text(f"since {since}, by process {os.getpid()}", "utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / _WRITER).unlink(missing_ok=True)
        lock.release()


def _writer(folder: Path) -> str:
    try:
        return (folder / _WRITER).read_text("utf-8")
    except OSError:
        return "by another process"
