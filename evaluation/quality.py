"""Runs a dataset through the same build and `SearchService` as the user's, and measures it."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from evaluation.datasets import Dataset, DatasetError
from evaluation.measures import ndcg, recall, reciprocal_rank, success
from evaluation.runs import ALL, LegResult, QualityResult, QueryResult, Sentence, scopes
from index.build import build_index
from index.encoders import EncoderChoice
from index.progress import Progress
from search.hits import Answer, Hit
from search.queries import Query
from search.ranking import DEFAULT_RANKING, DENSE_ALONE, KEYWORDS_ALONE, Ranking
from search.service import SearchService

RANKED_PASSAGES = 300
"""Passages asked for, so that 100 documents are among them: a document has its best one's place."""
KEPT_RANKS = 10
"""Documents of each ranking that a results file keeps."""
ANSWERS = 2
"""The grade from which a document answers; below it is only of the topic."""
SUCCESS_OF_ANSWERS = "success(rel=2)@5"
"""In the notation of ir_measures: a document that answers among the first five."""

Measure = Callable[[Sequence[str], Mapping[str, int]], float]
MEASURES: dict[str, Measure] = {
    "nDCG@10": lambda ranking, relevance: ndcg(ranking, relevance, 10),
    "MRR@10": lambda ranking, relevance: reciprocal_rank(ranking, relevance, 10),
    "recall@10": lambda ranking, relevance: recall(ranking, relevance, 10),
    "recall@100": lambda ranking, relevance: recall(ranking, relevance, 100),
    "success@1": lambda ranking, relevance: success(ranking, relevance, 1),
    "success@5": lambda ranking, relevance: success(ranking, relevance, 5),
}
GRADED_MEASURES: dict[str, Measure] = MEASURES | {
    SUCCESS_OF_ANSWERS: lambda ranking, relevance: success(ranking, relevance, 5, ANSWERS),
}
"""For a dataset whose grades go up to `ANSWERS` and more."""
FUSED = "fused"
LEGS: dict[str, Ranking] = {
    FUSED: DEFAULT_RANKING,
    "keywords": KEYWORDS_ALONE,
    "dense": DENSE_ALONE,
}
"""What is measured: the ranking that users get, and each leg alone."""


@dataclass(frozen=True)
class OpenedDataset:
    """A dataset whose index is built: what is asked, and the dataset's ids of every doc_id."""

    dataset: Dataset
    service: SearchService
    ids: Mapping[str, tuple[str, ...]]


def open_dataset(
    dataset: Dataset, work: Path, choice: EncoderChoice, progress: Progress
) -> OpenedDataset:
    """Build the dataset's index under `work`, or take the one that an earlier run built there."""
    corpus = dataset.prepare(work)
    _check_documents(dataset, corpus.ids.values())
    build_index(corpus.paths, work / "index", choice, progress)
    service = SearchService.open(work / "index", lambda _model: choice)
    service.warm_up()
    return OpenedDataset(dataset, service, corpus.ids)


def measure_quality(
    opened: OpenedDataset, progress: Progress, legs: Mapping[str, Ranking] = LEGS
) -> QualityResult:
    """Ask all queries in each way; those that the documents do not answer only as users would."""
    state = opened.service.state()
    return QualityResult(
        dataset=opened.dataset.name,
        split=opened.dataset.split,
        model=state.model,
        documents=state.documents,
        passages=state.passages,
        legs={
            name: measure_leg(opened, ranking, name, progress, unanswerable=name == FUSED)
            for name, ranking in legs.items()
        },
    )


def measure_leg(
    opened: OpenedDataset,
    ranking: Ranking,
    name: str,
    progress: Progress,
    unanswerable: bool = False,
) -> LegResult:
    """Ask the judged queries in one way, and with `unanswerable` the others too."""
    dataset = opened.dataset
    asked = [q for q in dataset.queries if unanswerable or not dataset.is_unanswerable(q)]
    results: dict[str, QueryResult] = {}
    started = time.monotonic()
    for done, query in enumerate(asked):
        progress(f"Asking ({name})", done, len(asked))
        answer = opened.service.search(Query(dataset.queries[query], k=RANKED_PASSAGES), ranking)
        results[query] = _result(opened, query, answer)
    seconds = time.monotonic() - started
    judged = {query: result for query, result in results.items() if result.measures}
    means = {
        scope: _means([judged[query] for query in queries])
        for scope, queries in scopes(judged).items()
    }
    return LegResult(
        queries_per_second=round(len(results) / seconds, 2),
        answered=sum(result.answered for result in judged.values()),
        measures=means.pop(ALL),
        strata=means,
        queries=results,
    )


def _result(opened: OpenedDataset, query: str, answer: Answer) -> QueryResult:
    dataset = opened.dataset
    documents = documents_of(answer.hits, opened.ids)
    relevance = dataset.qrels.get(query, {})
    measures = GRADED_MEASURES if dataset.largest_grade() >= ANSWERS else MEASURES
    marked = _marked(answer, opened.ids)
    return QueryResult(
        stratum=dataset.strata.get(query, ""),
        answered=answer.answered,
        ranking=tuple(documents[:KEPT_RANKS]),
        measures={}
        if dataset.is_unanswerable(query)
        else {name: measure(documents, relevance) for name, measure in measures.items()},
        group=dataset.groups.get(query, ""),
        strength=answer.strength,
        marked=marked,
        marked_grade=dataset.sentences.get((query, *marked)) if marked else None,
    )


def documents_of(hits: Iterable[Hit], ids: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The documents of hits, each at the place of its best one.

    Near-duplicates that a hit stands for follow it, and so do texts that are the same.
    """
    return list(
        dict.fromkeys(
            name
            for hit in hits
            for doc_id in (hit.passage.doc_id, *(twin.doc_id for twin in hit.twins))
            for name in ids[doc_id]
        )
    )


def _marked(answer: Answer, ids: Mapping[str, tuple[str, ...]]) -> Sentence | None:
    """The sentence that the first hit marks."""
    if not answer.hits:
        return None
    first = answer.hits[0]
    return ids[first.passage.doc_id][0], first.snippet.start, first.snippet.end


def _means(results: Collection[QueryResult]) -> dict[str, float]:
    rows = [result.measures for result in results]
    return {name: round(fmean(row[name] for row in rows), 4) for name in rows[0]}


def _check_documents(dataset: Dataset, ids: Iterable[tuple[str, ...]]) -> None:
    """Refuse judgements of documents that the corpus lacks: nobody could find them."""
    there = {name for names in ids for name in names}
    lost = [(d, q) for q, grades in dataset.qrels.items() for d in grades if d not in there]
    if lost:
        document, query = lost[0]
        raise DatasetError(
            f"{dataset.name}: {len(lost)} judged documents are not in its corpus, the first is "
            f"'{document}' (query '{query}')"
        )
