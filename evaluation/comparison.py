"""Whether one run is better than another: paired differences over the queries they share. Pure.

The interval is a percentile bootstrap over queries (Efron 1979; for retrieval Sakai, SIGIR 2006,
https://doi.org/10.1145/1148170.1148261), with a fixed seed so that a comparison can be repeated.
"""

from dataclasses import dataclass
from statistics import mean

import numpy as np

from evaluation.runs import LegResult, QueryResult

RESAMPLES = 10_000
_SEED = 20_261_122
SHOWN_CHANGES = 10
SHOWN_RANKS = 5


@dataclass(frozen=True)
class Difference:
    """Mean of second minus first for one measure, with the bounds of its 95 % interval."""

    measure: str
    first: float
    second: float
    difference: float
    low: float
    high: float
    better: int
    worse: int

    @property
    def certain(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Comparison:
    """All measures, and the queries that changed most with both of their rankings."""

    queries: int
    differences: tuple[Difference, ...]
    changed_most: tuple[tuple[str, QueryResult, QueryResult], ...]


def compare(first: LegResult, second: LegResult, by: str = "nDCG@10") -> Comparison:
    """Compare two results over the queries that both have; ValueError if they share none."""
    shared = [query for query in first.queries if query in second.queries]
    if not shared:
        raise ValueError("the two runs share no query")
    pairs = [(query, first.queries[query], second.queries[query]) for query in shared]
    names = [name for name in first.measures if name in second.measures]
    moved = [pair for pair in pairs if pair[1].measures[by] != pair[2].measures[by]]
    moved.sort(key=lambda pair: (-abs(pair[2].measures[by] - pair[1].measures[by]), pair[0]))
    return Comparison(
        queries=len(shared),
        differences=tuple(
            difference(
                name,
                [one.measures[name] for _, one, _ in pairs],
                [other.measures[name] for _, _, other in pairs],
            )
            for name in names
        ),
        changed_most=tuple(moved[:SHOWN_CHANGES]),
    )


def difference(measure: str, first: list[float], second: list[float]) -> Difference:
    """The paired difference of one measure over the same queries."""
    deltas = np.array(second) - np.array(first)
    picks = np.random.default_rng(_SEED).integers(0, len(deltas), (RESAMPLES, len(deltas)))
    low, high = np.percentile(deltas[picks].mean(axis=1), [2.5, 97.5])
    return Difference(
        measure=measure,
        first=mean(first),
        second=mean(second),
        difference=float(deltas.mean()),
        low=float(low),
        high=float(high),
        better=int((deltas > 0).sum()),
        worse=int((deltas < 0).sum()),
    )


def to_text(comparison: Comparison, by: str = "nDCG@10") -> str:
    """For a terminal: a line a measure, then the queries that changed most."""
    lines = [f"{comparison.queries} queries; second minus first, with a 95 % interval"]
    for one in comparison.differences:
        sure = "" if one.certain else "   (the interval holds zero)"
        lines.append(
            f"{one.measure:11} {one.first:.4f} -> {one.second:.4f}  {one.difference:+.4f} "
            f"[{one.low:+.4f}, {one.high:+.4f}]  better {one.better}, worse {one.worse}{sure}"
        )
    for query, before, after in comparison.changed_most:
        lines.append(f"\n{query}: {by} {before.measures[by]:.3f} -> {after.measures[by]:.3f}")
        lines += [
            f"  {name}: {', '.join(result.ranking[:SHOWN_RANKS]) or '(nothing)'}"
            for name, result in (("first ", before), ("second", after))
        ]
    return "\n".join(lines)
