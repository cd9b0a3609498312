"""A program that runs beside us: started, asked in lines of JSON, weighed and killed.

The lines are described in `scripts/serving.py`.
"""

import contextlib
import json
import os
import re
import select
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from evaluation.speed.rivals.programs import SCRIPTS, Rival, surroundings

Hits = list[tuple[str, str]]
"""File name and text of each passage found, best first."""


class ProgramError(Exception):
    """What a program answered instead of what it was asked for: one line."""


@dataclass(frozen=True)
class Indexed:
    """What a build or an update took (seconds of wall time), made and encoded."""

    seconds: float
    documents: int
    passages: int
    encoded: int
    unread: float


class Process:
    """A program over the folder of its index. `start_seconds` is from nothing to a loaded model."""

    def __init__(self, rival: Rival, python: Path, store: Path, model: Path, log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self._killed = False
        started = time.perf_counter()
        with log.open("a", encoding="utf-8") as errors:
            # A session of its own, so that what it started itself is killed with it.
            self._process = subprocess.Popen(
                [str(python), str(SCRIPTS / rival.script), str(store), str(model)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=surroundings(rival),
                start_new_session=True,
            )
        try:
            self.receive()
        except BaseException:
            self.kill()
            raise
        self.start_seconds = time.perf_counter() - started

    def __enter__(self) -> "Process":
        """Give the running program."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let it end by itself, as its users would; what does not is killed."""
        if self._process.poll() is None and kind is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=60)
        self.kill()

    def build(self, folder: Path) -> Indexed:
        """Index a folder."""
        return read_indexed(self._ask({"do": "build", "folder": str(folder)}))

    def update(self, folder: Path, files: list[Path]) -> Indexed:
        """Bring the index up to date after these files have changed."""
        self.send_update(folder, files)
        return read_indexed(self.receive())

    def query(self, text: str, k: int) -> Hits:
        """The passages for a text."""
        return read_hits(self._ask({"do": "query", "text": text, "k": k}))

    def send_update(self, folder: Path, files: list[Path]) -> None:
        """Ask for an update without waiting for it."""
        names = [str(path) for path in files]
        self._send({"do": "update", "folder": str(folder), "files": names})

    def answered(self, seconds: float) -> bool:
        """Wait so long at most for an answer, or the end; whether there is one."""
        assert self._process.stdout is not None
        return bool(select.select([self._process.stdout], [], [], seconds)[0])

    def memory_mb(self) -> float:
        """What the program holds in memory now (VmRSS)."""
        return self._status("VmRSS")

    def peak_mb(self) -> float:
        """The most that it held since it started (VmHWM)."""
        return self._status("VmHWM")

    def cpu_seconds(self) -> float:
        """Processor time of all threads, and of its children that have ended."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text("utf-8")
        fields = stat.rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End it and what it started, at once."""
        if self._killed:
            return
        self._killed = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()

    def receive(self) -> dict[str, Any]:
        """The next answer; raises `ProgramError` for an error or where the program has ended."""
        assert self._process.stdout is not None
        return read_answer(self._process.stdout.readline())

    def _ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        self._send(asked)
        return self.receive()

    def _send(self, asked: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise ProgramError("the program has ended") from error

    def _status(self, name: str) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        found = re.search(rf"^{name}:\s+(\d+) kB$", status, re.MULTILINE)
        return round(int(found[1]) / 1024, 1) if found else 0.0


def read_answer(line: bytes) -> dict[str, Any]:
    """One line of a program as what it says; raises `ProgramError`."""
    if not line:
        raise ProgramError("the program has ended")
    try:
        answer = json.loads(line)
    except ValueError as error:
        raise ProgramError(f"no JSON: {line[:80]!r}") from error
    if not isinstance(answer, dict):
        raise ProgramError(f"no object: {line[:80]!r}")
    if "error" in answer:
        raise ProgramError(str(answer["error"]))
    return answer


def read_indexed(answer: dict[str, Any]) -> Indexed:
    """The answer to a build or an update."""
    try:
        return Indexed(**{name: answer[name] for name in Indexed.__dataclass_fields__})
    except KeyError as error:
        raise ProgramError(f"an answer without {error}") from error


def read_hits(answer: dict[str, Any]) -> Hits:
    """The answer to a query."""
    try:
        return [(str(name), str(text)) for name, text in answer["hits"]]
    except (KeyError, TypeError, ValueError) as error:
        raise ProgramError("an answer without hits") from error
