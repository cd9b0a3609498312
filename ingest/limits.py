"""What reading one file may use: limits that a reading process sets upon itself.

Memory and computing are limited by the kernel, which also ends code in C that never returns to
Python; waiting is limited by the parent, which ends its child (`ingest.isolation`). A reader that
knows that its file needs more than others calls `allow_more_time`.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable

if sys.platform != "win32":  # where a file's time is limited by the parent alone
    import resource

MAX_CPU_SECONDS = 240
"""Computing for one document: a PDF of 2,000 full pages takes about 40 s, a slow core three times
as long; an article takes one or two."""
MAX_SECONDS = 600
"""Wall time for one document. It ends what waits, and is wide so that a computer busy with other
work reads the same files as a quiet one: what computes is ended by `MAX_CPU_SECONDS`."""
MAX_EXTRA_SECONDS = 3600
"""All the time that a document can ask for beyond that: text recognition of about 140 pages."""
MAX_BYTES = 3 * 2**30
"""Address space of a process: ten times what the largest article that we have seen needs."""

_PR_SET_PDEATHSIG = 1


class _Budget:
    """The time of the document in hand, and how to tell the parent of more."""

    def __init__(self) -> None:
        self.tell: Callable[[float], None] | None = None
        self.extra_seconds = 0.0
        self.cpu_end = 0.0


_budget = _Budget()


def allow_more_time(seconds: float) -> None:
    """Let the document in hand take so many seconds more, as for a page that has to be recognised.

    A document gets `MAX_EXTRA_SECONDS` in all. Without effect outside a reading process.
    """
    granted = min(seconds, MAX_EXTRA_SECONDS - _budget.extra_seconds)
    if _budget.tell is None or granted <= 0:
        return
    _budget.extra_seconds += granted
    _budget.tell(granted)
    _limit_cpu(_budget.cpu_end + granted)


def limit_process(tell: Callable[[float], None]) -> None:
    """Set up a reading process; `tell` passes on to the parent how much time was added."""
    _end_with_parent()
    _leave_terminal()
    _budget.tell = tell
    if sys.platform != "win32":
        _lower(resource.RLIMIT_AS, MAX_BYTES)
        _lower(resource.RLIMIT_CORE, 0)  # a crash leaves no gigabytes on the disk


def begin_document() -> None:
    """Give the next document its time, and its own to ask for, whatever was used before."""
    _budget.extra_seconds = 0.0
    _limit_cpu(time.process_time() + MAX_CPU_SECONDS)


def _limit_cpu(end: float) -> None:
    """Have the kernel end this process when it has computed until `end` (setrlimit(2))."""
    _budget.cpu_end = end
    if sys.platform != "win32":
        _lower(resource.RLIMIT_CPU, int(end) + 1)


def _lower(kind: int, limit: int) -> None:
    """Set a soft limit, within a hard one that somebody else has set."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(kind)
        within = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (within, hard))


def _end_with_parent() -> None:
    """A parent that was killed can tell its children nothing: Linux ends them (prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _leave_terminal() -> None:
    """Stand apart: no Ctrl-C is heard, and no library's chatter gets into a report.

    In a process group of its own it can be ended together with what it has started.
    """
    if sys.platform != "win32":
        os.setpgid(0, 0)
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.close(silence)
