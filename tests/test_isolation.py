"""Reading in child processes: no file can hang, crash or exhaust the parent.

`tests.fixtures.misbehaviour` stands for parsers: it does what a file's name says.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from ingest import isolation, limits
from ingest.corpus import read_document
from ingest.documents import SkippedFile
from ingest.errors import IngestError
from ingest.isolation import children_for, read_isolated
from ingest.reading_order import Passed
from tests.fixtures.archives import packed, saved
from tests.fixtures.examples import pdf_example
from tests.fixtures.misbehaviour import obey, read_or_crash

ROOT = Path(__file__).parent.parent
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def write(path: Path) -> Path:
    path.write_text(f"{path.stem.capitalize()} fever rose.")
    return path


def outcomes_of(folder: Path, *stems: str) -> list[SkippedFile]:
    """What files of these names give, read by a reader that obeys them."""
    paths = [write(folder / f"{stem}.txt") for stem in stems]
    outcomes = [*read_isolated(paths, obey)]
    assert [outcome.source for outcome in outcomes] == [str(path) for path in paths]
    return [outcome for outcome in outcomes if isinstance(outcome, SkippedFile)]


def reasons(folder: Path, *stems: str) -> list[str]:
    """The reasons, where a number (the process that read a file) stands for a sound file."""
    return [one.reason if one.remedy else "read" for one in outcomes_of(folder, *stems)]


# What comes back


def test_outcomes_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}.txt") for name in "hgfedcba"]
    os.truncate(paths[3], 500)  # the biggest is read before its turn
    assert [outcome.source for outcome in read_isolated(paths)] == [str(path) for path in paths]


def test_no_paths_give_no_outcomes() -> None:
    assert [*read_isolated([])] == []


def test_a_document_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "example.pdf"
    path.write_bytes(pdf_example())
    assert [*read_isolated([path])] == [read_document(path)]


def test_all_documents_of_a_file_come_although_few_may_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "DOCUMENTS_AHEAD", 2)
    paths = [write(tmp_path / f"{stem}.txt") for stem in ("a", "many-1", "many-2", "b")]
    sources = [Path(outcome.source).stem for outcome in read_isolated(paths, obey)]
    assert sources == ["a", *["many-1"] * 51, *["many-2"] * 51, "b"]


@pytest.mark.parametrize(
    ("sizes", "children"),
    [([10] * 3, 1), ([10] * 16, 4), ([10] * 1000, 8), ([10**7] * 2, 2), ([10**9], 1), ([], 1)],
)
def test_there_are_as_many_children_as_the_work_is_worth(sizes: list[int], children: int) -> None:
    assert children_for(sizes, cores=16) == children


def test_there_are_no_more_children_than_cores() -> None:
    assert children_for([10**7] * 10, cores=2) == 2


# Files that break their reader


def test_a_file_that_crashes_its_reader_is_a_line_and_the_rest_is_read(tmp_path: Path) -> None:
    found = reasons(tmp_path, "a", "crash", "b")
    assert found == ["read", "its reader crashed on it", "read"]


@unix
def test_a_reader_killed_for_lack_of_memory_is_a_line(tmp_path: Path) -> None:
    (reason,) = reasons(tmp_path, "killed")
    assert reason == "its reader was ended by the system, perhaps for lack of memory"


def test_each_of_many_files_that_crash_is_a_line(tmp_path: Path) -> None:
    found = reasons(tmp_path, "crash-1", "crash-2", "a", "crash-3", "crash-4", "crash-5")
    assert [reason == "read" for reason in found] == [False, False, True, False, False, False]


def test_a_crash_costs_one_child_and_no_other(tmp_path: Path) -> None:
    stems = ["a", "b", "crash", "c", "d", "e", "f", "g"]
    processes = {one.reason for one in outcomes_of(tmp_path, *stems) if not one.remedy}
    assert len(processes) <= children_for([20] * len(stems), cores=2) + 1


def test_what_was_read_before_a_crash_is_kept(tmp_path: Path) -> None:
    kept, line = read_isolated([write(tmp_path / "half.txt")], obey)
    assert isinstance(kept, SkippedFile) and kept.remedy == ""
    assert isinstance(line, SkippedFile) and line.reason.endswith("on it, after 1 documents")


def test_a_file_that_waits_for_ever_is_a_line_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 3)
    found = reasons(tmp_path, "a", "waits", "b")
    assert found == ["read", "not read within 3 s", "read"]


def test_reading_can_be_ended_while_a_file_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "BEAT_SECONDS", 0.05)
    beats = iter(range(50))  # more than the words of a child that starts

    def end() -> None:
        if next(beats) == 49:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        [*read_isolated([write(tmp_path / "waits.txt")], obey, end)]


def test_a_file_that_asks_for_more_time_gets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 3)
    assert reasons(tmp_path, "asks") == ["read"]


@unix
def test_code_in_c_that_computes_for_ever_is_ended(tmp_path: Path) -> None:
    found = reasons(tmp_path, "computes", "a")
    assert found == [f"not read within {limits.MAX_CPU_SECONDS} s of computing", "read"]


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux")
def test_a_file_that_needs_too_much_memory_is_a_line(tmp_path: Path) -> None:
    assert reasons(tmp_path, "swells", "a") == ["needs more memory than a file may", "read"]


def test_what_a_library_prints_is_not_in_our_output(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert reasons(tmp_path, "chatters") == ["read"]
    assert capfd.readouterr() == ("", "")


# What is left behind


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_reader_that_stops_early_leaves_no_child_behind(tmp_path: Path) -> None:
    outcomes = read_isolated([write(tmp_path / "a.txt"), write(tmp_path / "b.txt")], obey)
    assert isinstance(outcomes, Generator)
    child = int(next(outcomes).reason)
    outcomes.close()
    assert has_ended(child)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_what_a_child_has_started_ends_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 3)
    reasons(tmp_path, "starts")
    assert has_ended(int((tmp_path / "starts.txt").read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_a_parent_that_is_killed_leaves_no_child_behind(tmp_path: Path) -> None:
    paths = [write(tmp_path / "a.txt"), write(tmp_path / "waits.txt")]
    script = tmp_path / "script.py"
    script.write_text(
        "import pathlib\nfrom ingest.isolation import read_isolated\n"
        "from tests.fixtures.misbehaviour import obey\n"
        "if __name__ == '__main__':\n"
        f"    for one in read_isolated([pathlib.Path(p) for p in {[*map(str, paths)]}], obey):\n"
        "        print(one.reason, flush=True)\n"
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment())
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    assert has_ended(child)


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def has_ended(process: int) -> bool:
    """Whether a process is gone within some seconds, or nobody has yet taken note of its end."""
    for _ in range(200):
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


@unix
@pytest.mark.parametrize("python", [shutil.which("false"), "/nowhere/python"])
def test_where_no_child_can_start_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python: str
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    with pytest.raises(IngestError, match="reading processes cannot be started"):
        [*read_isolated([write(tmp_path / "a.txt")] * 3)]


@unix
def test_a_child_does_not_run_our_main_module_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import pathlib, ingest.corpus\n"
        f"print(len([*ingest.corpus.read_files([pathlib.Path({str(script)!r})] * 3)]))"
    )
    command = [sys.executable, str(script)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert (done.stdout, done.stderr) == ("3\n", "")


@unix
def test_ctrl_c_leaves_one_traceback_of_the_parent_and_none_of_a_child(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import pathlib\nfrom ingest.isolation import read_isolated\n"
        "from tests.fixtures.misbehaviour import obey\n"
        "if __name__ == '__main__':\n"
        "    print('begun', flush=True)\n"
        f"    list(read_isolated([pathlib.Path({str(tmp_path / 'waits.txt')!r})], obey))\n"
    )
    pipe = subprocess.PIPE
    command = [sys.executable, str(script)]
    parent = subprocess.Popen(
        command, stdout=pipe, stderr=pipe, env=environment(), start_new_session=True, text=True
    )
    assert parent.stdout is not None
    parent.stdout.readline()
    os.killpg(parent.pid, signal.SIGINT)  # as a terminal does: to all of the group
    assert parent.communicate(timeout=60)[1].count("Traceback") == 1


# A member of an archive that breaks its reader


def members(folder: Path, *texts: str) -> list[tuple[str, str]]:
    """What becomes of an archive of these texts: each part's name, and why it was not read."""
    raw = packed({f"{number}.txt": text.encode() for number, text in enumerate(texts)})
    outcomes = read_isolated([saved(folder / "a.tar", raw)], read_or_crash)
    found = [one for one in outcomes if not isinstance(one, Passed)]
    return [(one.part, one.reason if isinstance(one, SkippedFile) else "") for one in found]


CRASHED = "its reader crashed on it"


def test_a_member_that_crashes_its_reader_does_not_lose_the_others(tmp_path: Path) -> None:
    found = members(tmp_path, "Fever.", "crash", "Cough.", "crash", "Rash.")
    reasons = ["", CRASHED, "", CRASHED, ""]
    assert found == [(f"{number}.txt", reason) for number, reason in enumerate(reasons)]


def test_the_first_and_the_last_member_may_crash(tmp_path: Path) -> None:
    found = members(tmp_path, "crash", "crash", "Fever.", "crash")
    assert [reason for _, reason in found] == [CRASHED, CRASHED, "", CRASHED]


def test_an_archive_may_not_cost_any_number_of_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "DEATHS_A_FILE", 2)
    found = members(tmp_path, "Fever.", *["crash"] * 9)
    assert [name for name, _ in found] == ["0.txt", "1.txt", "2.txt", ""]
