"""Cases cut in halves."""

import json
from pathlib import Path

import pytest

from evaluation.case_halves import LEAST_WORDS, load_case_halves
from evaluation.datasets import DatasetError


def write_cases(data: Path, *lengths: int) -> Path:
    (data / "e3c").mkdir(parents=True)
    with (data / "e3c" / "corpus.jsonl").open("w") as file:
        for number, words in enumerate(lengths):
            text = "Pain came slowly. " * (words // 3)
            file.write(json.dumps({"_id": f"c{number}", "title": "", "text": text}) + "\n")
    return data


def test_only_long_cases_are_cut(tmp_path: Path) -> None:
    dataset = load_case_halves(write_cases(tmp_path, LEAST_WORDS + 60, LEAST_WORDS - 60))
    assert list(dataset.queries) == ["c0"]


def test_the_second_half_is_the_document(tmp_path: Path) -> None:
    dataset = load_case_halves(write_cases(tmp_path / "data", LEAST_WORDS + 10))
    corpus = dataset.prepare(tmp_path / "work")
    (file,) = corpus.paths[0].iterdir()
    whole = "Pain came slowly. " * ((LEAST_WORDS + 10) // 3)
    assert f"{dataset.queries['c0']} {file.read_text().strip()}" == whole.strip()


def test_without_the_cases_one_line_says_so(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="CASEBOOK_SHARED"):
        load_case_halves(tmp_path)
