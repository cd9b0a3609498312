"""What a question costs beside its own encoding and one search in each leg.

Each question is asked of the service as a user would, and in turn with that its text is encoded
and looked for once by vector and once by keywords, nothing more. Times are given as ratios in one
run, as nobody knows how busy the computer is; a second pass tells which step takes how much.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.quality import OpenedDataset
from evaluation.quality_report import write_results
from evaluation.runs import ALL
from evaluation.sampling import Sampler
from evaluation.tables import markdown_table
from index.encoders import Encoder
from index.keyword_engines.shares import keyword_shares
from index.progress import Progress
from index.stores.embedded_generation import EmbeddedGeneration, EmbeddedGenerations
from search.candidates import CANDIDATES
from search.queries import Query
from search.query_parts import one_vector
from search.service import SearchService
from search.wanted_terms import wanted_terms

PER_STRATUM = 10
"""Questions timed of each stratum: the quartiles of 30 ratios are steady enough to compare."""
ROUNDS = 3
"""Turns for each question."""
STEPS_SHOWN = 12
"""Steps in the table; the rest are small."""


@dataclass(frozen=True)
class TimeRow:
    """The questions of one scope: quartiles of a question's time over that of its bare parts.

    `cpu_median` is the same ratio in processor time of all threads.
    """

    scope: str
    questions: int
    median: float
    lower_quartile: float
    upper_quartile: float
    cpu_median: float


@dataclass(frozen=True)
class TimeResult:
    """One dataset: a row for all and for each stratum, and each step's share of the time."""

    dataset: str
    model: str
    documents: int
    passages: int
    rows: tuple[TimeRow, ...]
    steps: dict[str, float]

    def write(self, folder: Path) -> Path:
        """Write the JSON file, and beside it the Markdown; gives the JSON's path."""
        path = folder / f"questions-{self.dataset}.json"
        write_results(path, self.to_dict(), self.to_markdown())
        return path

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return asdict(self)

    def to_markdown(self) -> str:
        """A table of ratios, and one of steps."""
        rows = [
            [
                f"{row.scope} {row.questions}",
                f"{row.median:.2f}",
                f"{row.lower_quartile:.2f} to {row.upper_quartile:.2f}",
                f"{row.cpu_median:.2f}",
            ]
            for row in self.rows
        ]
        steps = [[name, f"{share:.3f}"] for name, share in list(self.steps.items())[:STEPS_SHOWN]]
        parts = [
            f"# What a question costs: {self.dataset}, {self.passages} passages, {self.model}",
            "The time of a question over that of encoding it and searching once in each leg, in "
            "turns in one run:",
            markdown_table(["questions", "median", "half of them", "CPU, median"], rows),
            f"Slowest step: {next(iter(self.steps), 'none')}. Shares of a question's time:",
            markdown_table(["step", "share"], steps),
        ]
        return "\n\n".join(parts) + "\n"


def measure_question_time(
    opened: OpenedDataset, index: Path, encoder: Encoder, progress: Progress, rounds: int = ROUNDS
) -> TimeResult:
    """Time a sample of the dataset's queries against its index, which is in the folder `index`."""
    dataset, service = opened.dataset, opened.service
    chosen = choose_questions(dataset.queries, dataset.strata)
    with EmbeddedGenerations(index).current() as generation:
        ratios: dict[str, list[tuple[float, float]]] = {query: [] for query in chosen}
        for turn in range(-1, rounds):  # the first turn fills the caches and is not counted
            for done, query in enumerate(chosen):
                progress(f"Timing (turn {max(turn, 0) + 1})", done, len(chosen))
                ratio = _ratio(service, generation, encoder, dataset.queries[query])
                if turn >= 0:
                    ratios[query].append(ratio)
    steps = _steps(service, [dataset.queries[query] for query in chosen], progress)
    state = service.state()
    return TimeResult(
        dataset=dataset.name,
        model=state.model,
        documents=state.documents,
        passages=state.passages,
        rows=tuple(_rows(ratios, dataset.strata)),
        steps=steps,
    )


def choose_questions(
    queries: Iterable[str], strata: Mapping[str, str], per_stratum: int = PER_STRATUM
) -> list[str]:
    """Ids of the same few queries of each stratum in every run, by a hash of the id."""
    chosen: dict[str, list[str]] = {}
    for query in sorted(queries, key=lambda name: hashlib.sha256(name.encode()).digest()):
        chosen.setdefault(strata.get(query, ""), []).append(query)
    return [query for stratum in sorted(chosen) for query in chosen[stratum][:per_stratum]]


def bare_search(generation: EmbeddedGeneration, encoder: Encoder, text: str) -> None:
    """Encode a text and look for it once in each leg: what no search can do without."""
    vector = one_vector(encoder.encode_queries(pieces(text, encoder)))
    generation.engine.search(vector, CANDIDATES)
    wanted = wanted_terms(generation.keywords, text, (), generation.manifest.passages)
    keyword_shares(generation.keywords, wanted.query(), wanted.most, CANDIDATES)


def pieces(text: str, encoder: Encoder) -> list[str]:
    """A text in as few pieces of like length as the encoder reads whole."""
    words = text.split()
    count = min(len(words), ceil(encoder.count_tokens([text])[0] / encoder.max_tokens))
    size = ceil(len(words) / max(1, count))
    return [" ".join(words[start : start + size]) for start in range(0, len(words), size)]


def _ratio(
    service: SearchService, generation: EmbeddedGeneration, encoder: Encoder, text: str
) -> tuple[float, float]:
    """Wall and processor time of a question over those of its bare parts."""
    whole = _timed(lambda: service.search(Query(text)))
    bare = _timed(lambda: bare_search(generation, encoder, text))
    return whole[0] / bare[0], whole[1] / max(bare[1], 1e-9)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of wall time, and of processor time of all threads."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def _steps(service: SearchService, texts: Sequence[str], progress: Progress) -> dict[str, float]:
    with Sampler() as sampler:
        for done, text in enumerate(texts):
            progress("Looking at the steps", done, len(texts))
            service.search(Query(text))
    return {name: round(share, 4) for name, share in sampler.shares().items()}


def _rows(
    ratios: Mapping[str, list[tuple[float, float]]], strata: Mapping[str, str]
) -> Iterable[TimeRow]:
    yield _row(ALL, list(ratios.values()))
    for stratum in dict.fromkeys(strata.get(query, "") for query in ratios):
        if stratum:
            yield _row(stratum, [r for q, r in ratios.items() if strata.get(q) == stratum])


def _row(scope: str, ratios: Sequence[list[tuple[float, float]]]) -> TimeRow:
    every = np.array([pair for of_one in ratios for pair in of_one])
    lower, median, upper = np.percentile(every[:, 0], [25, 50, 75])
    return TimeRow(
        scope=scope,
        questions=len(ratios),
        median=round(float(median), 2),
        lower_quartile=round(float(lower), 2),
        upper_quartile=round(float(upper), 2),
        cpu_median=round(float(np.median(every[:, 1])), 2),
    )
