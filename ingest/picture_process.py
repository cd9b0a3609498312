"""Pages drawn in a child process with limits: a hostile PDF ends the child and nothing else.

One child serves all who ask, one page at a time; it is kept while it is asked, and starts anew
after a crash.
"""

import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Lock
from weakref import finalize

from ingest import limits
from ingest.child_process import ChildProcess, start_child
from ingest.errors import UnreadableFileError
from ingest.page_pictures import PagePicture, PageRequest, draw_page

SECONDS = 20.0
"""For one page, the start of a child included; an article's page takes a fifth of a second."""
IDLE_SECONDS = 300.0
"""After which a child that nobody asks gives its memory back."""
_NOT_DRAWN = "the page cannot be drawn", "open the file itself"


class PagePainter:
    """Draws pages; may be shared between threads."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._child: _Child | None = None

    @property
    def child_pid(self) -> int | None:
        """The process that draws; None where none is kept."""
        return self._child.process.pid if self._child else None

    def draw(self, request: PageRequest) -> PagePicture:
        """A page as a picture; raises `UnreadableFileError` where that cannot be."""
        with self._lock:
            with suppress(EOFError, OSError):
                return self._asked(request)  # a child that was idle may have left just now
            with suppress(EOFError, OSError):
                return self._asked(request)
        raise UnreadableFileError(*_NOT_DRAWN)

    def close(self) -> None:
        """End the child, if there is one; the next page starts another."""
        with self._lock:
            self._end()

    def _asked(self, request: PageRequest) -> PagePicture:
        """Raises `EOFError` or `OSError` if the child died."""
        try:
            if self._child is None:
                self._child = _Child()
            connection = self._child.connection
            connection.send(request)
            if not connection.poll(self._seconds):
                self._end()
                raise UnreadableFileError("the page takes too long to draw", _NOT_DRAWN[1])
            answer: PagePicture | UnreadableFileError = connection.recv()
        except (EOFError, OSError):
            self._end()
            raise
        if isinstance(answer, UnreadableFileError):
            raise answer
        return answer

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
        self._child = None


class _Child:
    """A child that draws pages, and our end of the pipe to it."""

    def __init__(self) -> None:
        self.process: ChildProcess
        self.process, self.connection = start_child(_serve)
        self.end = finalize(self, _end, self.process, self.connection)


def _end(process: ChildProcess, connection: Connection) -> None:
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):  # it is dead, with its group
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.exit_status(1.0)
    connection.close()


def _serve(connection: Connection) -> None:
    """The child's life."""
    limits.limit_process(lambda seconds: None)
    with suppress(EOFError, MemoryError):
        while connection.poll(IDLE_SECONDS):
            request: PageRequest = connection.recv()
            limits.begin_document()
            try:
                answer: PagePicture | UnreadableFileError = draw_page(request)
            except UnreadableFileError as error:
                answer = error
            connection.send(answer)
