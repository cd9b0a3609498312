"""Runs a dataset through the same build and `SearchService` as the user's, and measures it."""

import hashlib
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from statistics import mean
from urllib.parse import quote

from evaluation.datasets import Dataset
from evaluation.measures import ndcg, recall, reciprocal_rank, success
from evaluation.runs import LegResult, QualityResult, QueryResult
from index.build import build_index
from index.encoders import EncoderChoice
from index.report import Progress
from ingest.corpus import doc_id_of
from search.queries import Query
from search.ranking import DEFAULT_RANKING, DENSE_ALONE, KEYWORDS_ALONE, Ranking
from search.service import SearchService

RANKED_PASSAGES = 300
"""Passages asked for, so that 100 documents are among them: a document has its best one's place."""
KEPT_RANKS = 10
"""Documents of each ranking that a results file keeps."""
MEASURES: dict[str, Callable[[Sequence[str], Mapping[str, int]], float]] = {
    "nDCG@10": lambda ranking, relevance: ndcg(ranking, relevance, 10),
    "MRR@10": lambda ranking, relevance: reciprocal_rank(ranking, relevance, 10),
    "recall@10": lambda ranking, relevance: recall(ranking, relevance, 10),
    "recall@100": lambda ranking, relevance: recall(ranking, relevance, 100),
    "success@1": lambda ranking, relevance: success(ranking, relevance, 1),
    "success@5": lambda ranking, relevance: success(ranking, relevance, 5),
}
LEGS: dict[str, Ranking] = {
    "fused": DEFAULT_RANKING,
    "keywords": KEYWORDS_ALONE,
    "dense": DENSE_ALONE,
}
"""What is measured: the ranking that users get, and each leg alone."""


def measure_quality(
    dataset: Dataset,
    work: Path,
    choice: EncoderChoice,
    progress: Progress,
    legs: Mapping[str, Ranking] = LEGS,
) -> QualityResult:
    """Build the dataset's index under `work`, kept for the next run, and ask all its queries."""
    names = write_documents(dataset, work / "documents")
    build_index([work / "documents"], work / "index", choice, progress)
    service = SearchService.open(work / "index", lambda _model: choice)
    service.warm_up()
    state = service.state()
    return QualityResult(
        dataset=dataset.name,
        split=dataset.split,
        model=state.model,
        documents=state.documents,
        passages=state.passages,
        legs={
            name: _measure_leg(dataset, service, names, ranking, name, progress)
            for name, ranking in legs.items()
        },
    )


def _measure_leg(
    dataset: Dataset,
    service: SearchService,
    names: Mapping[str, str],
    ranking: Ranking,
    leg: str,
    progress: Progress,
) -> LegResult:
    results: dict[str, QueryResult] = {}
    started = time.monotonic()
    for done, (query_id, text) in enumerate(dataset.queries.items()):
        progress(f"Asking ({leg})", done, len(dataset.queries))
        answer = service.search(Query(text, k=RANKED_PASSAGES), ranking)
        documents = list(dict.fromkeys(names[hit.passage.doc_id] for hit in answer.hits))
        relevance = dataset.qrels[query_id]
        results[query_id] = QueryResult(
            stratum=dataset.strata.get(query_id, ""),
            answered=answer.answered,
            ranking=tuple(documents[:KEPT_RANKS]),
            measures={name: measure(documents, relevance) for name, measure in MEASURES.items()},
        )
    seconds = time.monotonic() - started
    return LegResult(
        queries_per_second=round(len(results) / seconds, 2),
        answered=sum(result.answered for result in results.values()),
        measures=_means(results.values()),
        strata=_strata(results),
        queries=results,
    )


def _strata(results: Mapping[str, QueryResult]) -> dict[str, dict[str, float]]:
    """The means of each stratum; none where the dataset has no strata."""
    named = sorted({result.stratum for result in results.values()} - {""})
    return {
        name: _means([result for result in results.values() if result.stratum == name])
        for name in named
    }


def _means(results: Collection[QueryResult]) -> dict[str, float]:
    rows = [result.measures for result in results]
    return {name: round(mean(row[name] for row in rows), 4) for name in MEASURES}


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
        names.setdefault(doc_id_of(hashlib.sha256(raw).hexdigest()), document)
    return names
