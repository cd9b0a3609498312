"""Whether one run is better than another: paired differences over the queries they share. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.intervals import Difference, difference
from evaluation.runs import LegResult, QueryResult, scopes

SHOWN_CHANGES = 10
SHOWN_RANKS = 5


@dataclass(frozen=True)
class Comparison:
    """All measures, and the queries that changed most with both of their rankings."""

    queries: int
    differences: tuple[Difference, ...]
    changed_most: tuple[tuple[str, QueryResult, QueryResult], ...]


@dataclass(frozen=True)
class ScopedDifferences:
    """What a ranking is better by than `against`, over the queries of one scope."""

    scope: str
    queries: int
    against: str
    differences: tuple[Difference, ...]


def compare(first: LegResult, second: LegResult, by: str = "nDCG@10") -> Comparison:
    """Compare two results over the queries that both have; ValueError if they share none."""
    before, after = first.judged, second.judged
    pairs = [(query, before[query], after[query]) for query in before if query in after]
    if not pairs:
        raise ValueError("the two runs share no query")
    moved = [pair for pair in pairs if pair[1].measures[by] != pair[2].measures[by]]
    moved.sort(key=lambda pair: (-abs(pair[2].measures[by] - pair[1].measures[by]), pair[0]))
    names = [name for name in first.measures if name in second.measures]
    return Comparison(
        queries=len(pairs),
        differences=_differences([pair[1:] for pair in pairs], names),
        changed_most=tuple(moved[:SHOWN_CHANGES]),
    )


def by_scope(
    ranking: LegResult, other: LegResult, against: str, measures: Sequence[str]
) -> list[ScopedDifferences]:
    """What a ranking is better by than another over the same queries, in every scope."""
    shared = {query: one for query, one in ranking.judged.items() if query in other.judged}
    names = [name for name in measures if name in ranking.measures and name in other.measures]
    return [
        ScopedDifferences(
            scope,
            len(queries),
            against,
            _differences([(other.queries[query], shared[query]) for query in queries], names),
        )
        for scope, queries in scopes(shared).items()
    ]


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


def _differences(
    pairs: Sequence[tuple[QueryResult, QueryResult]], measures: Sequence[str]
) -> tuple[Difference, ...]:
    return tuple(
        difference(
            name,
            [one.measures[name] for one, _ in pairs],
            [other.measures[name] for _, other in pairs],
        )
        for name in measures
    )
