"""Runs a dataset through the same build and `SearchService` as the user's, and measures it."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any
from urllib.parse import quote

from evaluation.datasets import Dataset
from evaluation.measures import ndcg, recall, reciprocal_rank, success
from index.build import build_index
from index.encoders import EncoderChoice
from index.report import Progress
from ingest.corpus import DOC_ID_DIGITS
from search.queries import Query
from search.service import SearchService

RANKED = 100
"""Hits asked for: enough passages for the first ten documents and for recall@100 of passages."""
MEASURES: dict[str, Callable[[list[str], dict[str, int]], float]] = {
    "nDCG@10": lambda ranking, relevance: ndcg(ranking, relevance, 10),
    "MRR@10": lambda ranking, relevance: reciprocal_rank(ranking, relevance, 10),
    "recall@10": lambda ranking, relevance: recall(ranking, relevance, 10),
    "success@1": lambda ranking, relevance: success(ranking, relevance, 1),
    "success@5": lambda ranking, relevance: success(ranking, relevance, 5),
}


@dataclass(frozen=True)
class QualityResult:
    """What one dataset gave: means over its queries."""

    dataset: str
    model: str
    documents: int
    passages: int
    queries: int
    answered: int
    queries_per_second: float
    measures: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return asdict(self)


def measure_quality(
    dataset: Dataset, work: Path, choice: EncoderChoice, progress: Progress
) -> QualityResult:
    """Build the dataset's index under `work`, kept for the next run, and ask all its queries."""
    names = write_documents(dataset, work / "documents")
    build_index([work / "documents"], work / "index", choice, progress)
    service = SearchService.open(work / "index", lambda _model: choice)
    service.warm_up()
    scores: dict[str, list[float]] = {name: [] for name in MEASURES}
    answered = 0
    started = time.monotonic()
    for done, (query_id, text) in enumerate(dataset.queries.items()):
        progress("Asking", done, len(dataset.queries))
        answer = service.search(Query(text, k=RANKED))
        answered += answer.answered
        ranking = list(dict.fromkeys(names[hit.passage.doc_id] for hit in answer.hits))
        for name, measure in MEASURES.items():
            scores[name].append(measure(ranking, dataset.qrels[query_id]))
    seconds = time.monotonic() - started
    state = service.state()
    return QualityResult(
        dataset=dataset.name,
        model=state.model,
        documents=state.documents,
        passages=state.passages,
        queries=len(dataset.queries),
        answered=answered,
        queries_per_second=round(len(dataset.queries) / seconds, 2),
        measures={name: round(mean(values), 4) for name, values in scores.items()},
    )


def write_documents(dataset: Dataset, folder: Path) -> dict[str, str]:
    """Write each document as a text file; gives the dataset's id of every doc_id."""
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}
    for document, title, text in dataset.documents():
        head = f"Title: {title}\nType: article\n\n" if title else ""
        raw = f"{head}{text}\n".encode()
        path = folder / f"{quote(document, safe='')}.txt"
        if not path.exists() or path.read_bytes() != raw:
            path.write_bytes(raw)
        names.setdefault(hashlib.sha256(raw).hexdigest()[:DOC_ID_DIGITS], document)
    return names
