"""The harness, through the real build and search."""

import json
from pathlib import Path

import pytest

from evaluation.datasets import DatasetError, load_dataset
from evaluation.quality import measure_quality
from evaluation.runs import read_run
from index.build import no_progress
from tests.conftest import hashing_choice

DOCUMENTS = (
    {"_id": "d/1", "title": "Calf", "text": "The calf was tight. Fluid was injected."},
    {"_id": "d 2", "title": "Wrist", "text": "The median nerve was swollen. A lipoma lay there."},
)
QUERIES = ({"_id": "q1", "text": "lipoma at the median nerve"}, {"_id": "q2", "text": "unjudged"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    for name, records in (("corpus", DOCUMENTS), ("queries", QUERIES)):
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")
    (folder / "qrels" / "test.tsv").write_text("query\tdoc\tscore\nq1\td 2\t1\n", "utf-8")
    return folder


def test_only_judged_queries_are_asked(folder: Path) -> None:
    assert list(load_dataset(folder).queries) == ["q1"]


def test_the_relevant_document_first_scores_one(folder: Path, tmp_path: Path) -> None:
    dataset = load_dataset(folder)
    result = measure_quality(dataset, tmp_path / "work", hashing_choice(), no_progress)
    for leg in result.legs.values():
        assert leg.measures == dict.fromkeys(leg.measures, 1.0)
    assert (result.documents, list(result.legs)) == (2, ["fused", "keywords", "dense"])


def test_a_stratum_has_its_own_line(folder: Path, tmp_path: Path) -> None:
    with (folder / "queries.jsonl").open("a") as file:
        file.write('{"_id": "q3", "text": "tight calf", "stratum": "keywords"}\n')
    with (folder / "qrels" / "test.tsv").open("a") as file:
        file.write("q3\td 2\t1\n")
    result = measure_quality(load_dataset(folder), tmp_path / "w", hashing_choice(), no_progress)
    assert result.legs["fused"].strata["keywords"]["MRR@10"] == 0.5
    assert "| keywords | dense | " in result.to_markdown()


def test_a_run_is_read_back_as_it_was_written(folder: Path, tmp_path: Path) -> None:
    result = measure_quality(load_dataset(folder), tmp_path / "w", hashing_choice(), no_progress)
    assert read_run(result.write(tmp_path / "results")) == result


def test_a_file_that_is_no_run_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    with pytest.raises(DatasetError, match="is no results file"):
        read_run(tmp_path / "a.json")


def test_a_folder_that_is_no_dataset_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is no BEIR dataset"):
        load_dataset(tmp_path)
