"""One writer at a time, with real processes: who holds the lock, and what a dead one leaves."""

import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from index.errors import IndexBusyError, IndexUnwritableError
from index.lock import writer_lock
from tests.conftest import REPOSITORY
from tests.mounts import small_disk

HOLD = """
import sys
from pathlib import Path
from index.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
FORK = """
import os, sys, time
from pathlib import Path
from index.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    if os.fork() == 0:
        print("held", flush=True)  # the child says so: only now is its copy of the lock closed
        time.sleep(60)
    sys.stdin.read()
"""
RACE = """
import sys
from pathlib import Path
from index.errors import IndexBusyError
from index.lock import writer_lock
sys.stdin.readline()
try:
    with writer_lock(Path(sys.argv[1])):
        print("held", flush=True)
        sys.stdin.read()
except IndexBusyError:
    print("busy", flush=True)
"""
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def start(script: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def heard(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def end(process: "subprocess.Popen[str]") -> None:
    """Kill it, and what it forked."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


@contextmanager
def holder(folder: Path, script: str = HOLD) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the lock."""
    process = start(script, folder)
    try:
        assert heard(process) == "held"
        yield process
    finally:
        end(process)


def refusal(folder: Path) -> str:
    with pytest.raises(IndexBusyError) as refused, writer_lock(folder):
        pass
    return str(refused.value)


def test_a_second_writer_is_told_who_builds_and_since_when(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        said = refusal(tmp_path)
    assert f"is being built since 20{said.partition('since 20')[2][:2]}-" in said
    assert f"by process {process.pid} " in said
    assert f" on {platform.node()}: python" in said
    assert "\n" not in said


def test_a_second_writer_in_the_same_process_is_refused(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        assert f"by process {os.getpid()} " in refusal(tmp_path)


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        end(process)
        assert (tmp_path / "writer.json").exists()
        with writer_lock(tmp_path):
            assert json.loads((tmp_path / "writer.json").read_text())["process"] == os.getpid()


def test_nothing_but_the_lock_file_is_left(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["writer.lock"]


@posix
def test_a_forked_child_does_not_keep_the_lock_of_its_dead_parent(tmp_path: Path) -> None:
    with holder(tmp_path, FORK) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with writer_lock(tmp_path) as held:
            held.check()


@posix
def test_a_suspended_writer_is_named_as_such(tmp_path: Path) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("no /proc here")
    with holder(tmp_path) as process:
        os.kill(process.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        assert f"suspended. Let it go on: kill -CONT {process.pid}" in refusal(tmp_path)


@pytest.mark.parametrize(
    "change", [{"process": 2**22 + 1}, {"born": "1"}], ids=["no such process", "another's number"]
)
def test_a_dead_writer_is_not_quoted_as_if_alive(tmp_path: Path, change: dict[str, object]) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("no /proc here")
    with writer_lock(tmp_path):
        note = tmp_path / "writer.json"
        note.write_text(json.dumps({**json.loads(note.read_text()), **change}))
        assert "is being built by another process." in refusal(tmp_path)


def test_a_writer_on_another_host_is_named_with_it(tmp_path: Path) -> None:
    with writer_lock(tmp_path):
        note = tmp_path / "writer.json"
        far = {"process": 2**22 + 1, "host": "ward-7"}
        note.write_text(json.dumps({**json.loads(note.read_text()), **far}))
        assert " on ward-7: " in refusal(tmp_path)


@pytest.mark.parametrize("note", ["", '{"process": 1}', "[]"])
def test_a_note_that_cannot_be_read_hides_nobody(tmp_path: Path, note: str) -> None:
    with writer_lock(tmp_path):
        (tmp_path / "writer.json").write_text(note)
        assert "by another process" in refusal(tmp_path)


def test_of_many_that_race_one_gets_the_lock(tmp_path: Path) -> None:
    racers = [start(RACE, tmp_path) for _ in range(4)]
    try:
        for racer in racers:
            assert racer.stdin
            racer.stdin.write("go\n")
            racer.stdin.flush()
        assert sorted(map(heard, racers)) == ["busy", "busy", "busy", "held"]
    finally:
        for racer in racers:
            end(racer)


def test_a_lock_file_that_was_removed_is_noticed(tmp_path: Path) -> None:
    with writer_lock(tmp_path) as held:
        (tmp_path / "writer.lock").unlink()
        with pytest.raises(IndexUnwritableError, match=r"writer\.lock was removed"):
            held.check()


def test_a_read_only_folder_is_one_line(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        disk.make_read_only()
        with pytest.raises(IndexUnwritableError, match="it is read-only"), writer_lock(disk.folder):
            pass
