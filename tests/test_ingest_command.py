"""python -m ingest: reads and reports, writes nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.__main__ import main
from tests.fixtures.examples import TITLE, pdf_example

Captured = pytest.CaptureFixture[str]


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


def test_a_document_is_reported_with_its_figures(folder: Path, capsys: Captured) -> None:
    row = as_json(folder, capsys)["documents"][0]
    assert row.pop("words") > 100
    assert row == {
        "source": str(folder / "a.pdf"),
        "format": "pdf",
        "title": TITLE,
        "sections": 4,
        "pages": 2,
        "warnings": [],
    }


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
        }
    ]


def test_the_totals_add_up(folder: Path, capsys: Captured) -> None:
    report = as_json(folder, capsys)
    words = sum(row["words"] for row in report["documents"])
    assert report["totals"] == {
        "documents": 2,
        "words": words,
        "with_warnings": 1,
        "skipped": 1,
    }


def test_each_document_has_one_line(folder: Path, capsys: Captured) -> None:
    main([str(folder)])
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if line.endswith("a.pdf")).split()[0] == "pdf"


def test_warned_and_skipped_files_stand_apart_under_their_headings(
    folder: Path, capsys: Captured
) -> None:
    main([str(folder)])
    _, look_at = capsys.readouterr().out.split("\nLook at:\n")
    warned, skipped = look_at.split("\nSkipped:\n")
    assert "b.txt: not UTF-8" in warned
    assert "c.pdf: named .pdf but not a PDF file; get a fresh copy" in skipped


def test_a_warned_document_is_marked_in_the_table(folder: Path, capsys: Captured) -> None:
    main([str(folder)])
    marked = [line for line in capsys.readouterr().out.splitlines() if line.startswith("! ")]
    assert [line.rsplit("/")[-1] for line in marked] == ["b.txt"]


def test_nothing_is_written(folder: Path, capsys: Captured) -> None:
    before = sorted(folder.iterdir())
    main([str(folder)])
    assert sorted(folder.iterdir()) == before


def test_the_status_is_0_although_a_file_was_skipped(folder: Path, capsys: Captured) -> None:
    assert main([str(folder)]) == 0


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_the_status_is_1_where_nothing_is_readable(
    folder: Path, capsys: Captured, option: list[str]
) -> None:
    assert main([str(folder / "c.pdf"), *option]) == 1


@pytest.mark.parametrize("name", ["nowhere", "n" * 300])
def test_a_path_that_does_not_exist_is_one_line_and_status_2(
    folder: Path, capsys: Captured, name: str
) -> None:
    assert main([str(folder), str(folder / name)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "no such file or folder" in err and "python -m ingest" in err


def test_no_path_at_all_is_status_2(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([])
    assert stopped.value.code == 2


def test_a_file_name_with_a_line_break_stays_on_its_line(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "two\nlines.txt").write_text("Fever rose.")
    main([str(tmp_path)])
    assert "two\\nlines.txt" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="such names cannot be on every system")
@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_file_name_that_is_no_utf_8_is_a_skipped_line(tmp_path: Path, option: list[str]) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xff.txt")).write_text("Fever rose.")
    command = [sys.executable, "-m", "ingest", str(tmp_path), *option]
    root = Path(__file__).parent.parent
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    assert "udcff.txt" in done.stdout and "rename it" in done.stdout


def test_help_names_the_command(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "python -m ingest" in capsys.readouterr().out
