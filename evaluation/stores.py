"""The same questions asked of an index folder and of a server that serves it: what differs.

Both through `SearchService`, in turns in one run. What an index on a server gives must be what the
folder gives: the same passages in the same order, told of alike.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from evaluation.measures import ndcg
from evaluation.quality import OpenedDataset, documents_of
from evaluation.quality_report import write_results
from evaluation.question_time import choose_questions
from evaluation.tables import markdown_table
from index.progress import Progress
from search.hits import Answer, Hit
from search.queries import Query
from search.service import SearchService

RANKED_PASSAGES = 50
"""Passages asked for: ten documents are among them."""
SHOWN = 10
"""Hits that people see, whose words are compared."""
FIRST = 3
"""Hits that must be the same: what is read before anything else."""
PER_STRATUM = 10
"""Questions of each kind that make the fixed sample: 50 of the judged set's five kinds."""


@dataclass(frozen=True)
class Difference:
    """A question whose first hits differ: its first passages in the folder and on the server."""

    query: str
    stratum: str
    embedded: tuple[str, ...]
    served: tuple[str, ...]


@dataclass(frozen=True)
class StoresResult:
    """One dataset through both stores; counts are of questions, out of `questions`.

    `same` counts by how many first hits are the same, in order. Of questions with the same first
    hits `alike` counts those told of alike. `time_ratio` is the median of a question's time at
    the server over that in the folder; `score_difference` the greatest of two scores of one
    passage.
    """

    dataset: str
    server: str
    by_words: bool
    model: str
    documents: int
    passages: int
    questions: int
    sample: int
    same_in_sample: int
    same: Mapping[str, int]
    alike: Mapping[str, int]
    ndcg_embedded: float
    ndcg_served: float
    score_difference: float
    time_ratio: float
    differences: tuple[Difference, ...]

    def write(self, folder: Path) -> Path:
        """Write the JSON file, and beside it the Markdown; gives the JSON's path."""
        kind = "hybrid" if self.by_words else "dense"
        path = folder / f"stores-{self.dataset}-{kind}.json"
        write_results(path, self.to_dict(), self.to_markdown())
        return path

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return asdict(self)

    def to_markdown(self) -> str:
        """What is the same, what is told alike, and what it costs."""
        rows = [
            [f"first {FIRST} hits, {self.sample} questions of all kinds", self.same_in_sample],
            *[[f"{name}, {self.questions} questions", count] for name, count in self.same.items()],
            *[[name, count] for name, count in self.alike.items()],
        ]
        legs = "vectors and words" if self.by_words else "vectors alone"
        return (
            "\n\n".join(
                [
                    f"# {self.dataset} through both stores: {self.documents} documents, "
                    f"{self.passages} passages, {self.model}",
                    f"Server: {self.server}, which proposes by {legs}. The same in both:",
                    markdown_table(["what", "questions"], rows),
                    f"nDCG@10 {self.ndcg_embedded:.4f} in the folder, {self.ndcg_served:.4f} at "
                    f"the server. Scores of a passage differ by {self.score_difference:.4f} at "
                    f"most. A question takes {self.time_ratio:.2f} times as long there (median).",
                ]
            )
            + "\n"
        )


@dataclass(frozen=True)
class ServedAs:
    """What serves the index: name and version, and whether it finds by words."""

    name: str
    by_words: bool


def compare_stores(
    opened: OpenedDataset, served: SearchService, server: ServedAs, progress: Progress
) -> StoresResult:
    """Ask all queries of a dataset of both, the judged ones measured."""
    dataset = opened.dataset
    answers: dict[str, tuple[Answer, Answer]] = {}
    ratios = []
    for done, (name, text) in enumerate(dataset.queries.items()):
        progress("Asking both stores", done, len(dataset.queries))
        query = Query(text, k=RANKED_PASSAGES)
        (here, seconds_here), (there, seconds_there) = (
            _timed(opened.service, query), _timed(served, query)
        )  # fmt: skip
        answers[name] = (here, there)
        ratios.append(seconds_there / seconds_here)
    judged = [name for name in answers if not dataset.is_unanswerable(name)]
    sample = choose_questions(judged, dataset.strata, PER_STRATUM)
    state = opened.service.state()
    return StoresResult(
        dataset=dataset.name,
        server=server.name,
        by_words=server.by_words,
        model=state.model,
        documents=state.documents,
        passages=state.passages,
        questions=len(answers),
        sample=len(sample),
        same_in_sample=sum(_same(*answers[name], FIRST) for name in sample),
        same={
            f"first {count} hits" if count > 1 else "first hit": sum(
                _same(*both, count) for both in answers.values()
            )
            for count in (1, FIRST, SHOWN)
        },
        alike=_alike(list(answers.values())),
        ndcg_embedded=_mean_ndcg(opened, {name: answers[name][0] for name in judged}),
        ndcg_served=_mean_ndcg(opened, {name: answers[name][1] for name in judged}),
        score_difference=round(max(_score_difference(*both) for both in answers.values()), 4),
        time_ratio=round(median(ratios), 2),
        differences=tuple(
            Difference(name, dataset.strata.get(name, ""), _ids(here, FIRST), _ids(there, FIRST))
            for name, (here, there) in answers.items()
            if not _same(here, there, FIRST)
        ),
    )


def _timed(service: SearchService, query: Query) -> tuple[Answer, float]:
    started = time.perf_counter()
    answer = service.search(query)
    return answer, time.perf_counter() - started


def _ids(answer: Answer, count: int) -> tuple[str, ...]:
    return tuple(hit.passage.passage_id for hit in answer.hits[:count])


def _same(here: Answer, there: Answer, count: int) -> bool:
    return _ids(here, count) == _ids(there, count)


def _alike(answers: Sequence[tuple[Answer, Answer]]) -> dict[str, int]:
    """Of questions with the same hits, how many are answered, marked, cited and grouped alike."""
    same = [(h, t) for h, t in answers if _same(h, t, FIRST)]
    first = [list(zip(h.hits[:FIRST], t.hits[:FIRST], strict=True)) for h, t in same]
    return {
        "whether anything relevant is found, all questions": sum(
            h.strength == t.strength for h, t in answers
        ),
        f"with the same first {FIRST}: passages, word for word": _all(first, lambda h: h.passage),
        f"with the same first {FIRST}: marked sentences": _all(first, lambda h: h.snippet),
        f"with the same first {FIRST}: citations": _all(first, lambda h: h.citation),
        f"with the same first {FIRST}: near-duplicates named": _all(
            first, lambda h: sorted(twin.doc_id for twin in h.twins)
        ),
        f"with the same first {FIRST}: questions": len(same),
    }


def _all(pairs: Sequence[Sequence[tuple[Hit, Hit]]], part: Callable[[Hit], object]) -> int:
    return sum(all(part(here) == part(there) for here, there in both) for both in pairs)


def _score_difference(here: Answer, there: Answer) -> float:
    scores = {hit.passage.passage_id: hit.score for hit in here.hits}
    both = [(hit.score, scores.get(hit.passage.passage_id)) for hit in there.hits]
    return max((abs(one - other) for one, other in both if other is not None), default=0.0)


def _mean_ndcg(opened: OpenedDataset, answers: Mapping[str, Answer]) -> float:
    values = []
    for name, answer in answers.items():
        ranking = documents_of(answer.hits, opened.ids)
        values.append(ndcg(ranking, opened.dataset.qrels.get(name, {}), 10))
    return round(fmean(values), 4) if values else 0.0
