"""One writer at a time. The operating system holds the lock, so a dead writer holds none.

`writer.lock` is what is locked (flock(2), or its like on Windows) and stays in the folder, locked
or not. `writer.json` tells people who holds it; it decides nothing, and is believed only as long
as its process lives. A child that was forked holds no lock (filelock closes it there).
"""

import errno
import getpass
import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBusyError, IndexUnwritableError, quoted
from index.storage_errors import storage_errors

_LOCK = "writer.lock"
_WRITER = "writer.json"
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
_SHOWN_COMMAND = 80


@dataclass(frozen=True)
class Writer:
    """Who builds: `born` tells a process from a later one of the same number, "" if unknown."""

    process: int
    born: str
    host: str
    user: str
    command: str
    since: str

    def __str__(self) -> str:
        """As the words after "is being built"."""
        user = f" of user {self.user}" if self.user else ""
        return f"since {self.since}, by process {self.process}{user} on {self.host}: {self.command}"


@dataclass(frozen=True)
class HeldLock:
    """The lock while it is held, and which file it is."""

    folder: Path
    file: tuple[int, int]

    def check(self) -> None:
        """Raise `IndexUnwritableError` if somebody took the locked file away: another may write."""
        if _identity(self.folder / _LOCK) != self.file:
            raise IndexUnwritableError(
                self.folder, f"its {_LOCK} was removed while it was being built"
            )


@contextmanager
def writer_lock(folder: Path) -> Iterator[HeldLock]:
    """Hold the folder's lock; raises `IndexBusyError` that says who holds it, and since when.

    `IndexUnwritableError` where the folder cannot be written, or its file system locks nothing.
    """
    # A lock of our own making, by the presence of a file, would outlive its process: never soft.
    lock = FileLock(folder / _LOCK, fallback_to_soft=False)
    with storage_errors(folder, writing=True):
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise _busy(folder) from error
        except (OSError, NotImplementedError) as error:
            if isinstance(error, OSError) and error.errno not in _NO_LOCKS:
                raise
            raise IndexUnwritableError(folder, "its file system cannot lock files") from error
    try:
        _note_writer(folder)
        yield HeldLock(folder, _identity(folder / _LOCK))
    finally:
        with suppress(OSError):
            (folder / _WRITER).unlink(missing_ok=True)
        lock.release()


def writer_of(folder: Path) -> Writer | None:
    """Who seems to be building now, told without touching the lock; None for nobody.

    Only for people to read. A process of another machine is not named: whether it lives cannot be
    known from here.
    """
    writer = _read_writer(folder)
    if writer is None or writer.host != platform.node():
        return None
    state, born = _process_state(writer.process)
    alive = bool(state) and (not writer.born or born == writer.born)
    return writer if alive else None


def _busy(folder: Path) -> IndexBusyError:
    """What to say of a lock that is held."""
    writer = _read_writer(folder)
    if writer is None:
        return IndexBusyError(folder, "by another process")
    if writer.host != platform.node():
        return IndexBusyError(folder, str(writer))
    state, born = _process_state(writer.process)
    if not state or (writer.born and born != writer.born):  # it died; the holder has not yet signed
        return IndexBusyError(folder, "by another process")
    if state == "T":
        return IndexBusyError(
            folder,
            f"{writer}, which is suspended",
            f"Let it go on: kill -CONT {writer.process}; or end it: kill -KILL {writer.process}",
        )
    return IndexBusyError(folder, str(writer))


def _note_writer(folder: Path) -> None:
    """Say who writes, whole or not at all: another process may be reading it."""
    writer = Writer(
        process=os.getpid(),
        born=_process_state(os.getpid())[1],
        host=platform.node(),
        user=_user(),
        command=_command(),
        since=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
    )
    unfinished = folder / f"{_WRITER}.unfinished"
    with suppress(OSError):
        (folder / _WRITER).unlink(missing_ok=True)  # a dead writer's, if ours cannot be written
        unfinished.write_text(json.dumps(asdict(writer)), "utf-8")
        unfinished.replace(folder / _WRITER)


def _read_writer(folder: Path) -> Writer | None:
    try:
        return Writer(**json.loads((folder / _WRITER).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _process_state(process: int) -> tuple[str, str]:
    """A process's state as a letter, "" if there is none, and when it was born, "" if unknown.

    Linux says both: the third and the 22nd field of `/proc/PID/stat`, see proc(5). Elsewhere a
    process of that number counts as alive ("?"); Windows has no harmless way to ask.
    """
    if sys.platform.startswith("linux"):
        try:
            fields = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
            after_name = fields.rpartition(")")[2].split()
            return "" if after_name[0] in "ZX" else after_name[0], after_name[19]
        except (OSError, IndexError):
            return "", ""
    if os.name == "posix":
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return "", ""
        except OSError:
            pass
    return "?", ""


def _command() -> str:
    """The command that this process was started with, without the folder of its Python."""
    program, *arguments = sys.orig_argv or ["python"]
    command = " ".join([Path(program).name, *map(quoted, arguments)])
    return command if len(command) <= _SHOWN_COMMAND else f"{command[: _SHOWN_COMMAND - 1]}…"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this number, as in some containers
        return ""


def _identity(path: Path) -> tuple[int, int]:
    """Which file a path names; (0, 0) if none."""
    try:
        facts = path.stat()
    except OSError:
        return (0, 0)
    return facts.st_dev, facts.st_ino
