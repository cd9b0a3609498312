"""Children that have everything imported when they start, and can be killed with their own.

Importing the libraries takes longer than a build of a small index. So one process imports them,
and each child is forked from it (multiprocessing's forkserver): the code that runs is the very
same, and a child starts in milliseconds. A child leads a process group of its own, so that what
it starts dies with it.
"""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

_FORKED = get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.crash.preloaded"])
_PATIENCE_SECONDS = 300.0


class ChildFailed(Exception):  # noqa: N818 - it is what happened, like KeyboardInterrupt
    """A child raised an exception; the message is what it said."""


class Child:
    """A function that runs in a process of its own."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self._results, there = _FORKED.Pipe(duplex=False)
        self._process = _FORKED.Process(target=_run, args=(there, function, arguments))
        self._process.start()
        there.close()

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.is_alive()

    def kill(self) -> None:
        """SIGKILL to the child and all that it has started; back when it is dead."""
        if self._process.pid is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()  # one that is not the leader of a group yet
        self._process.join()
        time.sleep(0.02)  # its own children die at the same signal, but are not waited for

    def result(self) -> Any:
        """What the function gives; raises `ChildFailed` if it raised, or died."""
        try:
            if not self._results.poll(_PATIENCE_SECONDS):
                raise ChildFailed("it hangs")
            done, value = self._results.recv()
        except EOFError as error:
            raise ChildFailed("it died") from error
        finally:
            self.kill()
        if not done:
            raise ChildFailed(value)
        return value


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function gives in a process of its own."""
    return Child(function, *arguments).result()


def _run(
    results: "Connection[Any, Any]", function: Callable[..., Any], arguments: tuple[Any, ...]
) -> None:
    os.setsid()
    try:
        value = (True, function(*arguments))
    except Exception as error:
        value = (False, f"{type(error).__name__}: {error}")
    with suppress(BrokenPipeError):
        results.send(value)
