"""Reading in child processes: no file can hang or exhaust the parent.

A named pipe stands for a file whose reading does not end: opening it waits for a writer.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Sequence
from multiprocessing import active_children
from pathlib import Path

import pytest

from ingest import isolation
from ingest.corpus import read_document
from ingest.documents import Document, SkippedFile
from ingest.isolation import read_isolated
from tests.fixtures.examples import pdf_example


def write(path: Path) -> Path:
    path.write_text(f"{path.stem.capitalize()} fever rose.")
    return path


def kinds(outcomes: Sequence[Document | SkippedFile]) -> list[type]:
    return [type(outcome) for outcome in outcomes]


def test_outcomes_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}.txt") for name in "hgfedcba"]
    assert [outcome.source for outcome in read_isolated(paths)] == [str(path) for path in paths]


def test_no_paths_give_no_outcomes() -> None:
    assert [*read_isolated([])] == []


def test_a_document_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "example.pdf"
    path.write_bytes(pdf_example())
    assert [*read_isolated([path])] == [read_document(path)]


def test_a_reader_that_stops_early_leaves_no_child_behind(tmp_path: Path) -> None:
    outcomes = read_isolated([write(tmp_path / "a.txt"), write(tmp_path / "b.txt")])
    assert isinstance(outcomes, Generator)
    next(outcomes)
    outcomes.close()
    for child in active_children():
        child.join(20)
    assert active_children() == []


def kill_readers(pipe: Path, times: int) -> None:
    """Kill the children, as the kernel does when memory is short, each time one reads the pipe."""
    while times:
        try:
            writer = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads it yet
            time.sleep(0.005)
            continue
        for child in active_children():
            os.kill(child.pid or 0, signal.SIGKILL)
            child.join()
        os.close(writer)
        times -= 1


def test_a_file_that_kills_its_child_is_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "b.txt"
    os.mkfifo(pipe)
    # It is read twice: among the others, then alone to know that it is the one.
    killer = threading.Thread(target=kill_readers, args=(pipe, 2), daemon=True)
    killer.start()
    paths = [write(tmp_path / "a.txt"), pipe, write(tmp_path / "c.txt")]
    assert kinds([*read_isolated(paths)]) == [Document, SkippedFile, Document]
    killer.join()


def test_a_file_that_no_alarm_can_end_is_skipped_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The child's own alarm keeps its two minutes; only the parent's patience is made small.
    monkeypatch.setattr(isolation, "MAX_SECONDS", 1)
    monkeypatch.setattr(isolation, "GRACE_SECONDS", 5)
    os.mkfifo(tmp_path / "b.txt")
    paths = [write(tmp_path / "a.txt"), tmp_path / "b.txt", write(tmp_path / "c.txt")]
    assert kinds([*read_isolated(paths)]) == [Document, SkippedFile, Document]


def test_where_no_child_can_start_that_is_said_once(tmp_path: Path) -> None:
    # Without a guard for its main part the script is run by its own children, and they die.
    script = tmp_path / "script.py"
    script.write_text(
        "import pathlib, ingest.corpus\n"
        f"print([*ingest.corpus.read_files([pathlib.Path({str(script)!r})] * 3)])"
    )
    root = Path(__file__).parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, env=environment, check=False
    )
    assert done.stderr.count("IngestError: reading processes cannot be started") == 1


def in_a_child_with(limit: str, path: Path) -> str:
    """What one file gives in a process that has set up the limits; `limit` makes one small."""
    program = (
        "import sys, ingest.isolation as isolation, pathlib, ingest.formats.pdf\n"
        f"{limit}\n"
        "isolation._limit()\n"
        "print(isolation._read_in_time(pathlib.Path(sys.argv[1])).reason)"
    )
    command = [sys.executable, "-c", program, str(path)]
    root = Path(__file__).parent.parent
    return subprocess.run(command, capture_output=True, text=True, cwd=root, check=True).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no alarm on Windows")
def test_a_file_that_takes_too_long_is_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "endless.txt")
    reason = in_a_child_with("isolation.MAX_SECONDS = 0.2", tmp_path / "endless.txt")
    assert reason == "not read within 0.2 s\n"


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux")
def test_a_file_that_needs_too_much_memory_is_skipped(tmp_path: Path) -> None:
    os.truncate(write(tmp_path / "huge.txt"), 250_000_000)  # sparse: no room on the disk
    used = "int(open('/proc/self/statm').read().split()[0]) * 4096"
    reason = in_a_child_with(f"isolation.MAX_BYTES = {used} + 10**8", tmp_path / "huge.txt")
    assert reason == "needs more memory than a file may\n"
