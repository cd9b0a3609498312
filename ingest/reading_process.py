"""One child process that reads files: how it is started, spoken with and ended.

It takes paths with the orders how to read them, and sends each document as it is read, now and
then what it has gone by, and None after each file. A child that
dies says why by its exit status. What it may use is set in `ingest.limits`.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import inf
from multiprocessing.connection import Connection
from pathlib import Path
from weakref import finalize

from ingest import limits
from ingest.child_process import ChildProcess, start_child
from ingest.reading_order import Passed, ReadingOrder, Told

START_SECONDS = 60
"""For a child to start: a fraction of a second; many more on a cold network drive."""
END_SECONDS = 5
"""For a killed child to be gone; one that waits for a dead network drive stays longer."""

_OUT_OF_MEMORY = 66
"""Exit status of a child that had no room for what it was to send."""
_CAUSES: dict[int | None, str] = {
    _OUT_OF_MEMORY: "needs more memory than a file may",
    -9: "its reader was ended by the system, perhaps for lack of memory",
}
"""Exit status to what it means; a death by signal has the signal's number, negative."""
if sys.platform != "win32":
    _CAUSES[-signal.SIGXCPU] = f"not read within {limits.MAX_CPU_SECONDS} s of computing"

Read = Callable[[Path, ReadingOrder], Iterable[Told]]
"""What a child does with a file; importable by name, as children start afresh."""


@dataclass(frozen=True)
class _MoreTime:
    """A child's word that its file may take longer."""

    seconds: float


@dataclass(eq=False)
class ReadingProcess:
    """A child and what it has in hand: `turn` is the place of its file, None when it has none.

    `deadline` is when the parent's patience ends, in seconds of `time.monotonic`; `documents`
    counts what has come of the file so far.
    """

    process: ChildProcess
    connection: Connection
    deadline: float
    ready: bool = False
    turn: int | None = None
    documents: int = 0

    @property
    def idle(self) -> bool:
        """Whether it has started and waits for a file."""
        return self.ready and self.turn is None

    def give(self, path: Path, order: ReadingOrder, turn: int) -> None:
        """Let it read a file; raises `OSError` if it has died."""
        self.connection.send((path, order))
        self.turn, self.documents = turn, 0
        self.wait_anew()

    def wait_anew(self) -> None:
        """Give it the whole time again."""
        self.deadline = time.monotonic() + limits.MAX_SECONDS

    def hear(self) -> Told | None:
        """A word of its file, or None where it only asked for more time or is idle.

        Raises `EOFError` or `OSError` if it has died.
        """
        message: Told | _MoreTime | None = self.connection.recv()
        if message is None:
            self.ready, self.turn, self.deadline = True, None, inf
        elif isinstance(message, _MoreTime):
            self.deadline += message.seconds
        else:
            self.documents += message.count if isinstance(message, Passed) else 1
            self.wait_anew()
            return message
        return None

    def end(self) -> str:
        """End it at once, with what it has started; says why it died, if it was dead already."""
        if sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):  # it is dead, with its group
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        status = self.process.exit_status(END_SECONDS)
        self.connection.close()
        return _CAUSES.get(status, "its reader crashed on it")


def start_reading_process(read: Read) -> ReadingProcess:
    """Start a child that reads files with `read`; raises `OSError` where there is no room."""
    process, connection = start_child(partial(_serve, read))
    started = ReadingProcess(process, connection, time.monotonic() + START_SECONDS)
    finalize(started, process.kill)  # also where a program ends before its reading has ended
    return started


def _serve(read: Read, connection: Connection) -> None:
    """A child's life."""
    limits.limit_process(lambda seconds: connection.send(_MoreTime(seconds)))
    connection.send(None)
    try:
        while True:
            path, order = connection.recv()
            limits.begin_document()
            for told in read(path, order):
                connection.send(told)
                limits.begin_document()
            connection.send(None)
    except EOFError:  # the parent has gone
        return
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
