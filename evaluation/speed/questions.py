"""What a question takes at one size: processor time, memory, opening, and how much it misses."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from evaluation.speed.asked import FILTERS, KnownQueries, benchmark_questions, know_queries
from evaluation.speed.asking import Asked, Memory, cpu_ms, search_both_legs, understood
from evaluation.speed.building import BuiltIndex
from evaluation.speed.exact import exact_nearest, recall
from evaluation.speed.plain import plain_search
from index.encoders import Encoder, Vectors
from index.progress import Progress
from index.stores.embedded_generation import EmbeddedGeneration, EmbeddedGenerations
from search.candidates import CANDIDATES
from search.filtering import document_filter
from search.queries import DEFAULT_HITS, Filters

ROUNDS = 1
"""Timed turns of all questions with each filter, after one that fills the caches."""
DEPTH = 50
"""Recall is of so many nearest passages."""
COMPARED_UP_TO = 20_000
"""Passages up to which a plain search is timed too: above, nobody would search so."""
_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class FilterRow:
    """One filter: the share of passages that it lets through, CPU ms, and recall@50."""

    filter: str
    share: float
    legs_p50_ms: float
    legs_p95_ms: float
    whole_p50_ms: float
    whole_p95_ms: float
    recall: float


@dataclass(frozen=True)
class PlainRow:
    """Our CPU time over that of a plain search that reads `k` texts; medians and p95 of both."""

    k: int
    plain_p50_ms: float
    plain_p95_ms: float
    ours_p50_ms: float
    ours_p95_ms: float

    @property
    def ratio(self) -> float:
        """Ours over theirs, by the medians."""
        return self.ours_p50_ms / self.plain_p50_ms


@dataclass(frozen=True)
class SizeResult:
    """One size of index."""

    passages: int
    documents: int
    questions: int
    bytes_on_disk: int
    build_cpu_seconds: float
    import_seconds: float
    open_seconds: float
    memory_opened: Memory
    memory: Memory
    filters: tuple[FilterRow, ...]
    plain: tuple[PlainRow, ...] = ()


def measure_questions(
    built: BuiltIndex, model: Encoder, progress: Progress, rounds: int = ROUNDS
) -> SizeResult:
    """Ask an index of one size in a process of its own, and check its dense leg."""
    texts = benchmark_questions()
    progress(f"Reading {len(texts)} questions", 0, 1)
    known = know_queries(built.folder, model, texts)
    queries = built.folder.with_name(f"{built.folder.name}-queries.json")
    known.save(queries)
    progress(f"Asking {built.passages:,} passages", 0, 1)
    asked = ask_apart(built.folder, queries, rounds)
    known = KnownQueries.load(queries)
    with EmbeddedGenerations(built.folder).current() as generation:
        progress("Comparing with every vector", 0, 1)
        shares, recalls = dense_recall(generation, known, texts)
        small = generation.manifest.passages <= COMPARED_UP_TO
        plain = compare_with_plain(generation, known, texts, rounds) if small else ()
    return SizeResult(
        passages=built.passages,
        documents=built.documents,
        questions=len(texts),
        bytes_on_disk=built.bytes_on_disk,
        build_cpu_seconds=round(built.cpu_seconds, 1),
        import_seconds=round(asked.import_seconds, 3),
        open_seconds=round(asked.open_seconds, 4),
        memory_opened=asked.memory_opened,
        memory=asked.memory,
        filters=tuple(_row(name, asked, shares[name], recalls[name]) for name in FILTERS),
        plain=plain,
    )


def ask_apart(folder: Path, queries: Path, rounds: int) -> Asked:
    """Run `evaluation.speed.asking` in a process of its own."""
    command = [sys.executable, "-m", "evaluation.speed.asking"]
    done = subprocess.run(
        [*command, str(folder.resolve()), str(queries.resolve()), str(rounds)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    return Asked.from_dict(json.loads(done.stdout))


def dense_recall(
    generation: EmbeddedGeneration, known: KnownQueries, texts: Sequence[str]
) -> tuple[dict[str, float], dict[str, float]]:
    """For each filter the share of passages it lets through, and the dense leg's recall@50."""
    every = understood(generation, known, texts)
    queries = np.concatenate([one.vector for one in every])
    fingerprint = generation.manifest.settings.fingerprint
    nearest = exact_nearest(generation.connection, fingerprint, queries, FILTERS, DEPTH)
    recalls = {
        name: recall([_dense_rows(generation, one.vector, filters) for one in every], nearest[name])
        for name, filters in FILTERS.items()
    }
    return {name: one.allowed / nearest["none"].allowed for name, one in nearest.items()}, recalls


def _dense_rows(generation: EmbeddedGeneration, vector: Vectors, filters: Filters) -> set[int]:
    """What the dense leg finds, as a question asks it."""
    allowed = generation.mask(document_filter(filters))
    return {row for row, _ in generation.engine.search(vector, DEPTH, allowed)}


def compare_with_plain(
    generation: EmbeddedGeneration, known: KnownQueries, texts: Sequence[str], rounds: int
) -> tuple[PlainRow, ...]:
    """Both legs and fusion against a plain search, question by question in turn."""
    plain = plain_search(generation.connection, generation.manifest.settings.fingerprint)
    every = understood(generation, known, texts)
    return tuple(
        _plain_row(
            k,
            [
                (
                    cpu_ms(partial(plain.search, one.vector, k)),
                    cpu_ms(partial(search_both_legs, generation, one, Filters())),
                )
                for _ in range(rounds + 1)
                for one in every
            ][len(every) :],
        )
        for k in (DEFAULT_HITS, CANDIDATES)
    )


def _plain_row(k: int, pairs: Sequence[tuple[float, float]]) -> PlainRow:
    (plain_50, plain_95), (ours_50, ours_95) = (_p50_p95(one) for one in zip(*pairs, strict=True))
    return PlainRow(k, plain_50, plain_95, ours_50, ours_95)


def _row(name: str, asked: Asked, share: float, found: float) -> FilterRow:
    legs, whole = _p50_p95(asked.legs[name]), _p50_p95(asked.whole[name])
    return FilterRow(name, round(share, 5), *legs, *whole, recall=round(found, 4))


def _p50_p95(times: Sequence[float]) -> tuple[float, float]:
    p50, p95 = np.percentile(times, [50, 95])
    return round(float(p50), 2), round(float(p95), 2)
