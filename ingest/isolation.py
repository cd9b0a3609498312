"""Reads files in child processes with limits, so that no file can hang or exhaust the parent."""

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from types import FrameType

from ingest.corpus import read_file
from ingest.documents import Document, SkippedFile

MAX_SECONDS = 120
"""Wall time for one file: a 300-page PDF takes pypdf about 45 s on a slow core."""
MAX_BYTES = 3 * 2**30
"""Address space of a child: ten times what the largest article that we have seen needs."""
MAX_WORKERS = 8
"""More readers than this wait for the disk, and for the one process that takes their text."""
FILES_AHEAD = 4
"""Files per worker that may be read before their turn: bounds the parent's memory."""


class _TookTooLongError(BaseException):
    """Raised inside a child when its file is out of time; `except Exception` does not stop it."""


def read_isolated(paths: Sequence[Path]) -> Iterator[Document | SkippedFile]:
    """Read files on all cores, in the order given; one that breaks its limits is skipped."""
    waiting = list(paths)
    while waiting:
        done = 0
        try:
            for outcome in _read_in_pool(waiting, _workers(len(waiting))):
                yield outcome
                done += 1
            return
        except BrokenProcessPool:
            # A child died (out of memory, crashed library). The next file in turn may be another
            # child's victim: read it alone to know.
            yield _read_alone(waiting[done])
            waiting = waiting[done + 1 :]


def _read_in_pool(paths: Sequence[Path], workers: int) -> Iterator[Document | SkippedFile]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_limit)
    try:
        pending: list[Future[Document | SkippedFile]] = []
        for path in paths:
            pending.append(pool.submit(_read_in_time, path))
            if len(pending) > workers * FILES_AHEAD:
                yield pending.pop(0).result()
        for future in pending:
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read_alone(path: Path) -> Document | SkippedFile:
    try:
        return next(_read_in_pool([path], 1))
    except BrokenProcessPool:
        return SkippedFile(str(path), "broke its reader (memory or time)", "get a fresh copy")


def _workers(files: int) -> int:
    return max(1, min(MAX_WORKERS, os.cpu_count() or 1, files // 4))


def _limit() -> None:
    """Set up a child: its memory, and what happens when a file's time is over."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGALRM"):  # not on Windows, where only the parent's patience ends a read
        import resource

        signal.signal(signal.SIGALRM, _time_over)
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, hard))


def _time_over(_signal: int, _frame: FrameType | None) -> None:
    raise _TookTooLongError


def _read_in_time(path: Path) -> Document | SkippedFile:
    has_alarm = hasattr(signal, "SIGALRM")
    try:
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, MAX_SECONDS)
        return read_file(path)
    except _TookTooLongError:
        return SkippedFile(
            str(path), f"not read within {MAX_SECONDS} s", "split it, or get a fresh copy"
        )
    finally:
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
