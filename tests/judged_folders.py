"""A tiny dataset in BEIR's layout, for the tests of the harness."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from evaluation.datasets import load_dataset
from evaluation.quality import OpenedDataset, open_dataset
from index.progress import no_progress
from tests.conftest import hashing_choice

DOCUMENTS = (
    {"_id": "d/1", "title": "Calf", "text": "The calf was tight. Fluid was injected."},
    {"_id": "d.2", "title": "Wrist", "text": "The median nerve was swollen. A lipoma lay there."},
)
QUERIES = (
    {"_id": "q1", "text": "lipoma at the median nerve", "stratum": "finding"},
    {"_id": "q2", "text": "unjudged"},
)
QRELS = ("q1\td.2\t1",)
OF_TWO_KINDS = (
    {"_id": "q1", "text": "lipoma median nerve", "metadata": {"stratum": "finding", "group": "g"}},
    {"_id": "q3", "text": "tight calf", "metadata": {"stratum": "cause", "group": "g"}},
    {"_id": "q4", "text": "who won the regatta", "metadata": {"stratum": "far off"}},
)


def write_dataset(
    folder: Path,
    documents: Iterable[Mapping[str, object]] = DOCUMENTS,
    queries: Iterable[Mapping[str, object]] = QUERIES,
    qrels: Iterable[str] = QRELS,
) -> Path:
    """Write a folder; gives its path."""
    (folder / "qrels").mkdir(parents=True)
    for name, records in (("corpus", documents), ("queries", queries)):
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")
    rows = "".join(f"{line}\n" for line in ("query-id\tcorpus-id\tscore", *qrels))
    (folder / "qrels" / "test.tsv").write_text(rows, "utf-8")
    return folder


def opened(folder: Path, work: Path) -> OpenedDataset:
    """Its index, built with the hashing encoder."""
    return open_dataset(load_dataset(folder), work, hashing_choice(), no_progress)
