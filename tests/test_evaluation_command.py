"""python -m evaluation, as people type it; errors are one line."""

import json
from pathlib import Path

import pytest

from evaluation.__main__ import main
from tests.judged_folders import write_dataset


def arguments(command: str, tmp_path: Path, *more: str) -> list[str]:
    folder = write_dataset(tmp_path / "tiny")
    places = ["--work", str(tmp_path / "work"), "--results", str(tmp_path / "results")]
    return [command, str(folder), *places, *more]


def test_quality_prints_its_tables_and_keeps_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments("quality", tmp_path)) == 0
    written = (tmp_path / "results" / "quality-tiny.md").read_text("utf-8")
    assert capsys.readouterr().out.strip() == written.strip()


def test_an_ablation_has_a_file_of_its_own(tmp_path: Path) -> None:
    assert main(arguments("quality", tmp_path, "--ablation")) == 0
    assert [path.name for path in sorted((tmp_path / "results").iterdir())] == [
        "ablation-tiny.json",
        "ablation-tiny.md",
    ]


def test_the_cost_of_questions_is_one_json_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments("questions", tmp_path, "--json")) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["questions"] == 1


def test_a_folder_that_is_no_dataset_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["quality", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("evaluation: ") and len(said.splitlines()) == 1


def test_an_unknown_table_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["reading", "colours"])
    assert "'colours' is none of pdf, html" in capsys.readouterr().err
