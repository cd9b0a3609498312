"""The dense leg's part of the fused score for each kind of query, by cross-validation. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from evaluation.answering import folds
from evaluation.fitting.legs import FoundByLegs
from evaluation.measures import Relevance, ndcg
from search.leg_weights import DENSE_WEIGHTS
from search.query_kinds import QueryKind

GRID = tuple(step / 20 for step in range(21))
"""0 is keywords alone, 1 is dense alone; finer steps than .05 are within chance."""
KINDS: tuple[QueryKind, ...] = ("question", "keywords", "case")


@dataclass(frozen=True)
class WeightChoice:
    """One kind of query: mean nDCG@10 of every weight by dataset, and what was chosen.

    `cross_validated` is the mean over queries whose weight was chosen without them, and `kept` is
    the constant that search uses.
    """

    kind: str
    queries: int
    by_dataset: dict[str, dict[str, float]]
    best: float
    cross_validated: float
    kept: float


@dataclass(frozen=True)
class JudgedLegs:
    """What the legs found for the judged queries of one dataset."""

    dataset: str
    found: tuple[FoundByLegs, ...]
    qrels: Mapping[str, Relevance]


def choose_weights(datasets: Sequence[JudgedLegs]) -> list[WeightChoice]:
    """For each kind of query the weight of the best mean over datasets, each counting alike."""
    choices = []
    for kind in KINDS:
        gains = {judged.dataset: _gains(judged, kind) for judged in datasets}
        gains = {name: rows for name, rows in gains.items() if rows}
        if gains:
            choices.append(_choice(kind, gains))
    return choices


def _gains(judged: JudgedLegs, kind: QueryKind) -> dict[str, tuple[float, ...]]:
    """nDCG@10 of each query of a kind at every weight of the grid."""
    return {
        one.query: tuple(ndcg(one.ranking(weight), judged.qrels[one.query], 10) for weight in GRID)
        for one in judged.found
        if one.kind == kind and any(grade > 0 for grade in judged.qrels.get(one.query, {}).values())
    }


def _choice(kind: QueryKind, gains: Mapping[str, Mapping[str, Sequence[float]]]) -> WeightChoice:
    everything = {(name, query) for name, rows in gains.items() for query in rows}
    validated = []
    for fold in folds([query for _, query in sorted(everything)]):
        held_out = {pair for pair in everything if pair[1] in set(fold)}
        place = _best_place(gains, everything - held_out)
        validated += [gains[name][query][place] for name, query in sorted(held_out)]
    return WeightChoice(
        kind=kind,
        queries=len(everything),
        by_dataset={
            name: {
                f"{weight:.2f}": round(fmean(row[place] for row in rows.values()), 4)
                for place, weight in enumerate(GRID)
            }
            for name, rows in gains.items()
        },
        best=GRID[_best_place(gains, everything)],
        cross_validated=round(fmean(validated), 4),
        kept=DENSE_WEIGHTS[kind],
    )


def _best_place(
    gains: Mapping[str, Mapping[str, Sequence[float]]], pairs: set[tuple[str, str]]
) -> int:
    """The place in the grid of the best mean of the datasets' means; of equals the first."""

    def mean_at(place: int) -> float:
        by_dataset = [
            [row[place] for query, row in rows.items() if (name, query) in pairs]
            for name, rows in gains.items()
        ]
        return fmean(fmean(values) for values in by_dataset if values)

    return max(range(len(GRID)), key=lambda place: (mean_at(place), -place))
