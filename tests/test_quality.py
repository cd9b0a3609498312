"""The harness, through the real build and search."""

import json
from pathlib import Path

import pytest

from evaluation.datasets import DatasetError, load_dataset
from evaluation.quality import measure_quality
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
    assert result.measures == dict.fromkeys(result.measures, 1.0)
    assert (result.documents, result.queries) == (2, 1)


def test_a_folder_that_is_no_dataset_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is no BEIR dataset"):
        load_dataset(tmp_path)
