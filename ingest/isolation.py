"""Reads files in child processes with limits, so that no file can hang or exhaust the parent."""

import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from ingest.corpus import read_file
from ingest.documents import Document, SkippedFile
from ingest.errors import IngestError

MAX_SECONDS = 120
"""Wall time for one file: a 300-page PDF takes pypdf about 45 s on a slow core."""
GRACE_SECONDS = 60
"""For a child to start, and for its alarm: code in C that never returns to Python hears none."""
MAX_BYTES = 3 * 2**30
"""Address space of a child: ten times what the largest article that we have seen needs."""
MAX_WORKERS = 8
"""More readers than this wait for the disk, and for the one process that takes their text."""
FILES_AHEAD = 4
"""Files per worker that may be read before their turn: bounds the parent's memory."""

_PR_SET_PDEATHSIG = 1
_BREAKS = (BrokenProcessPool, OSError)
"""What the parent sees of a child that died, and of one that could not be started."""


class _TookTooLongError(BaseException):
    """Raised inside a child when its file is out of time; `except Exception` does not stop it."""


def read_isolated(paths: Sequence[Path]) -> Iterator[Document | SkippedFile]:
    """Read files on all cores, in the order given; one that breaks its limits is skipped.

    Raises `IngestError` where no child can be started at all.
    """
    waiting = list(paths)
    while waiting:
        done = 0
        try:
            for outcome in _read_in_pool(waiting, _workers(len(waiting))):
                yield outcome
                done += 1
        except _BREAKS:
            # A child died (out of memory, crashed library). The next file in turn may be another
            # child's victim: read it alone to know.
            yield _read_alone(waiting[done])
            done += 1
        waiting = waiting[done:]


def _read_in_pool(paths: Sequence[Path], workers: int) -> Iterator[Document | SkippedFile]:
    """Read files side by side; ends early after one that no alarm could end."""
    pool = _pool(workers)
    pending: deque[tuple[Path, Future[Document | SkippedFile]]] = deque()
    coming = iter(paths)
    try:
        while True:
            for path in islice(coming, workers * FILES_AHEAD + 1 - len(pending)):
                pending.append((path, pool.submit(_read_in_time, path)))
            if not pending:
                return
            path, future = pending.popleft()
            try:
                outcome = future.result(MAX_SECONDS + GRACE_SECONDS)
            except TimeoutError:
                yield _too_slow(path)
                return
            yield outcome
    finally:
        # Nothing more is wanted of the children, and one may be stuck: none is waited for.
        for child in list((pool._processes or {}).values()):  # kill_workers from Python 3.14
            child.kill()
        pool.shutdown(wait=True, cancel_futures=True)


def _read_alone(path: Path) -> Document | SkippedFile:
    try:
        return next(_read_in_pool([path], 1))
    except _BREAKS:
        _check_children_start()
        return SkippedFile(str(path), "broke its reader (memory or time)", "get a fresh copy")


def _check_children_start() -> None:
    """Tell a file that breaks its reader from a system on which there are no readers."""
    pool = _pool(1)
    try:
        pool.submit(os.getpid).result()
    except _BREAKS as error:
        raise IngestError(
            "reading processes cannot be started; look for errors above, and at the memory that "
            "is free (a script of your own starts its work under: if __name__ == '__main__')"
        ) from error
    finally:
        pool.shutdown(wait=False)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_limit)


def _too_slow(path: Path) -> SkippedFile:
    return SkippedFile(
        str(path), f"not read within {MAX_SECONDS} s", "split it, or get a fresh copy"
    )


def _workers(files: int) -> int:
    return max(1, min(MAX_WORKERS, os.cpu_count() or 1, files // 4))


def _limit() -> None:
    """Set up a child: its memory, its parent's death, and what happens when time is over."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    if hasattr(signal, "SIGALRM"):  # not on Windows, where only the parent's patience ends a read
        import resource

        signal.signal(signal.SIGALRM, _time_over)
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, hard))


def _end_with_parent() -> None:
    """A parent that was killed can tell its children nothing: Linux ends them (prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _time_over(_signal: int, _frame: FrameType | None) -> None:
    raise _TookTooLongError


def _read_in_time(path: Path) -> Document | SkippedFile:
    has_alarm = hasattr(signal, "SIGALRM")
    try:
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, MAX_SECONDS)
        return read_file(path)
    except _TookTooLongError:
        return _too_slow(path)
    finally:
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
