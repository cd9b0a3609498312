"""A child process that runs one function, and of our program loads only what that needs.

`multiprocessing` would run our main module in it once more: a page, or a command with all that it
imports, which takes far longer than to read a file. Only on Windows it is used as it is, because
a pipe cannot be handed over there as simply.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection

_BEGIN = (
    "import sys; from multiprocessing.connection import Connection; "
    "connection = Connection(int(sys.argv[1])); "
    "sys.path[:] = connection.recv(); connection.recv()(connection)"
)
"""What the child runs: it is told where our modules are, and then which function it is to call."""


@dataclass(frozen=True, eq=False)
class ChildProcess:
    """A child that runs: `kill` ends it at once, which is harmless where it has ended.

    `exit_status` waits so many seconds for its end: negative for a death by that signal, None if
    it goes on.
    """

    pid: int
    kill: Callable[[], None]
    exit_status: Callable[[float], int | None]


def start_child(run: Callable[[Connection], None]) -> tuple[ChildProcess, Connection]:
    """Start a child that runs a function, which it imports by name, with its end of a pipe.

    Gives our end as well. The child has a process group of its own, so that no Ctrl-C reaches it.
    Raises `OSError` where there is no room.
    """
    here, there = Pipe()
    with there:
        child = _on_windows(run, there) if sys.platform == "win32" else _elsewhere(run, here, there)
    return child, here


def _elsewhere(
    run: Callable[[Connection], None], here: Connection, there: Connection
) -> ChildProcess:
    # "-P": a folder that the program is started in must not be taken for one of Python's own.
    command = [sys.executable, "-P", "-X", f"utf8={sys.flags.utf8_mode}", "-c", _BEGIN]
    number = there.fileno()
    process = subprocess.Popen(
        [*command, str(number)], stdin=subprocess.DEVNULL, pass_fds=[number], process_group=0
    )
    # Only now, as a pipe takes no more than its reader leaves room for; and with the child's end
    # open in the child alone, so that its death ends our writing. Whoever listens then hears of it.
    there.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        here.send(sys.path)
        here.send(run)

    def exit_status(seconds: float) -> int | None:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    return ChildProcess(process.pid, process.kill, exit_status)


def _on_windows(run: Callable[[Connection], None], there: Connection) -> ChildProcess:
    # Daemons end with a parent that leaves in good order.
    process = get_context("spawn").Process(target=run, args=(there,), daemon=True)
    process.start()

    def exit_status(seconds: float) -> int | None:
        process.join(seconds)
        return process.exitcode

    return ChildProcess(process.pid or 0, process.kill, exit_status)
