"""python -m ingest: reads and reports, writes nothing."""

import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pytest

from ingest.__main__ import main
from tests.fixtures.examples import TITLE, pdf_example

Captured = pytest.CaptureFixture[str]
ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "ingest"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One sound file, one that is read with a warning, one that is not read."""
    (tmp_path / "a.pdf").write_bytes(pdf_example())
    (tmp_path / "b.txt").write_bytes("Fièvre élevée.".encode("cp1252"))
    (tmp_path / "c.pdf").write_bytes(b"hello")
    return tmp_path


def as_json(folder: Path, capsys: Captured) -> Any:
    main([str(folder), "--json"])
    return json.loads(capsys.readouterr().out)


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command as a process, with some variables set in its environment."""
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **variables},
        check=False,
    )


# The report


def test_a_document_is_reported_with_its_figures(folder: Path, capsys: Captured) -> None:
    row = as_json(folder, capsys)["documents"][0]
    assert row["words"] > 100
    assert (row["source"], row["format"], row["title"]) == (f"{folder}/a.pdf", "pdf", TITLE)
    assert (row["sections"], row["pages"], row["warnings"]) == (4, 2, [])


def test_a_format_without_pages_has_null_of_them(folder: Path, capsys: Captured) -> None:
    assert as_json(folder, capsys)["documents"][1]["pages"] is None


def test_what_was_skipped_is_reported_with_reason_and_remedy(
    folder: Path, capsys: Captured
) -> None:
    assert as_json(folder, capsys)["skipped"] == [
        {
            "source": str(folder / "c.pdf"),
            "reason": "named .pdf but not a PDF file",
            "remedy": "get a fresh copy",
            "part": "",
        }
    ]


def test_the_totals_add_up(folder: Path, capsys: Captured) -> None:
    report = as_json(folder, capsys)
    sums = report["totals"]
    assert sums["words"] == sum(row["words"] for row in report["documents"])
    assert (sums["documents"], sums["with_warnings"], sums["skipped"]) == (2, 1, 1)


def test_each_document_has_one_line(folder: Path, capsys: Captured) -> None:
    main([str(folder)])
    lines = capsys.readouterr().out.splitlines()
    assert [sum(line.endswith(name) for line in lines) for name in ("a.pdf", "b.txt")] == [1, 2]


def test_files_to_look_at_come_last_with_their_reasons(folder: Path, capsys: Captured) -> None:
    main([str(folder)])
    _, look_at = capsys.readouterr().out.split("\nLook at these first")
    skipped, warned = look_at.index("named .pdf but not a PDF file"), look_at.index("not UTF-8")
    assert skipped < warned


def test_nothing_is_written(folder: Path, capsys: Captured) -> None:
    before = sorted(folder.iterdir())
    main([str(folder)])
    assert sorted(folder.iterdir()) == before


# Status


def test_the_status_is_0_although_a_file_was_skipped(folder: Path, capsys: Captured) -> None:
    assert main([str(folder)]) == 0


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_the_status_is_1_where_nothing_is_readable(
    folder: Path, capsys: Captured, option: list[str]
) -> None:
    assert main([str(folder / "c.pdf"), *option]) == 1


@pytest.mark.parametrize("name", ["nowhere", "n" * 300, "two\nlines"])
def test_a_path_that_does_not_exist_is_one_line_and_status_2(
    folder: Path, capsys: Captured, name: str
) -> None:
    assert main([str(folder), str(folder / name)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "no such file or folder" in err and "python -m ingest" in err


@pytest.mark.parametrize("arguments", [[], ["--jsn", "a"]])
def test_wrong_arguments_are_one_line_and_status_2(capsys: Captured, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert (stopped.value.code, capsys.readouterr().err.count("\n")) == (2, 1)


# Terminals and pipes


@pytest.mark.skipif(sys.platform != "linux", reason="such names cannot be on every system")
@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_file_name_that_is_no_utf_8_is_a_skipped_line(tmp_path: Path, option: list[str]) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xff.txt")).write_text("Fever rose.")
    done = run(str(tmp_path), *option)
    assert "udcff.txt" in done.stdout and "rename it" in done.stdout


def test_what_a_terminal_cannot_show_is_written_with_escapes(tmp_path: Path) -> None:
    (tmp_path / "fièvre 🦵.txt").write_text("Fever rose in the knee.")
    done = run(str(tmp_path), PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "fi\\xe8vre \\U0001f9b5.txt" in done.stdout


def test_a_reader_of_our_output_who_has_seen_enough_gets_no_traceback(folder: Path) -> None:
    command = subprocess.Popen(
        [*COMMAND, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert command.stdout is not None and command.stderr is not None
    command.stdout.close()
    assert (command.stderr.read(), command.wait()) == (b"", 0)
    command.stderr.close()


def test_output_that_is_closed_gives_no_traceback(folder: Path) -> None:
    command = f"exec {sys.executable} -m ingest '{folder}' >&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT, check=False)
    assert done.stderr == b""


def wait_for_a_child_of(process: int) -> None:
    children = Path(f"/proc/{process}/task/{process}/children")
    while not children.read_text():
        time.sleep(0.01)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no list of children here")
def test_ctrl_c_is_one_line(tmp_path: Path) -> None:
    # A large file, so that it is still being read; "Killed" would come of a child.
    (tmp_path / "a.txt").write_text("A knee hurt. It healed.\n" * 1_000_000)
    command = subprocess.Popen(
        [sys.executable, "-m", "ingest", str(tmp_path)],
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
        start_new_session=True,
    )
    assert command.stderr is not None
    wait_for_a_child_of(command.pid)  # it has started its readers
    os.killpg(command.pid, signal.SIGINT)  # as a terminal does: to all of the group
    said = command.stderr.read().splitlines()
    assert (said, command.wait()) == (["ingest: stopped; nothing was written"], 1)
    command.stderr.close()


def test_a_terminal_shows_files_a_second_and_the_time_left(folder: Path) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    subprocess.run(
        [*COMMAND, str(folder)], stdout=subprocess.DEVNULL, stderr=theirs, cwd=ROOT, check=True
    )
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "reading" in shown and "/3 [" in shown and "files/s" in shown


def test_what_is_no_terminal_shows_no_bar(folder: Path) -> None:
    assert run(str(folder)).stderr == ""


def test_help_names_the_command(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "python -m ingest" in capsys.readouterr().out


def test_help_imports_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ingest", "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not imported & {"ftfy", "lxml", "tqdm", "pypdf", "multiprocessing", "ingest.corpus"}
