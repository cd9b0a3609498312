"""Judged datasets in BEIR's layout (Thakur et al., NeurIPS 2021, https://arxiv.org/abs/2104.08663).

corpus.jsonl     {"_id", "title", "text"}
queries.jsonl    {"_id", "text"}, and "stratum" or "metadata": {"stratum"} where there are kinds
qrels/test.tsv   query id, document id, relevance (0 and up), with a header line
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("CASEBOOK_SHARED", Path(__file__).parent.parent.parent / "shared"))
"""Where real datasets may be; never part of the repository."""

Qrels = dict[str, dict[str, int]]
"""Query id to document id to relevance."""


class DatasetError(Exception):
    """A folder that is not a dataset: one line for a person."""


@dataclass(frozen=True)
class Dataset:
    """Queries with their judgements, over a corpus that is read when it is needed."""

    name: str
    folder: Path
    split: str
    queries: dict[str, str]
    strata: dict[str, str]
    qrels: Qrels

    def documents(self) -> Iterator[tuple[str, str, str]]:
        """Id, title and text of every document."""
        for record in _records(self.folder / "corpus.jsonl"):
            yield record["_id"], record.get("title", ""), record["text"]


def load_dataset(folder: Path, split: str = "test") -> Dataset:
    """Read queries and judgements; only judged queries are kept."""
    qrels: Qrels = {}
    path = folder / "qrels" / f"{split}.tsv"
    try:
        lines = path.read_text("utf-8").splitlines()[1:]
        for line in lines:
            query, document, relevance = line.split("\t")
            qrels.setdefault(query, {})[document] = int(relevance)
        records = list(_records(folder / "queries.jsonl"))
        queries = {record["_id"]: record["text"] for record in records}
        strata = {record["_id"]: _stratum(record) for record in records}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise DatasetError(f"{folder} is no BEIR dataset with {path.name}: {error}") from error
    judged = {name: queries[name] for name in qrels if name in queries}
    return Dataset(folder.name, folder, split, judged, strata, qrels)


def _stratum(record: dict[str, Any]) -> str:
    metadata = record.get("metadata") or {}
    return str(record.get("stratum") or metadata.get("stratum") or "")


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
