"""Two runs, query by query."""

import pytest

from evaluation.comparison import by_scope, compare, to_text
from evaluation.runs import LegResult, QueryResult


def leg(**scores: float) -> LegResult:
    queries = {
        name: QueryResult("", True, (f"doc-{score}",), {"nDCG@10": score})
        for name, score in scores.items()
    }
    return LegResult(1.0, len(queries), {"nDCG@10": 0.0}, {}, queries)


def test_only_queries_of_both_runs_are_compared() -> None:
    assert compare(leg(a=0.5, b=0.1), leg(b=0.2, c=0.9)).queries == 1


def test_the_query_that_changed_most_comes_first() -> None:
    found = compare(leg(a=0.5, b=0.9, c=0.3), leg(a=0.6, b=0.1, c=0.3))
    assert [query for query, _, _ in found.changed_most] == ["b", "a"]


def test_a_changed_query_shows_both_rankings() -> None:
    text = to_text(compare(leg(a=0.5), leg(a=1.0)))
    assert "doc-0.5" in text and "doc-1.0" in text


def test_runs_without_a_common_query_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="share no query"):
        compare(leg(a=0.5), leg(b=0.5))


def test_queries_that_nothing_answers_are_not_compared() -> None:
    unanswerable = QueryResult("far off", False, (), {})
    one = LegResult(1.0, 0, {"nDCG@10": 0.5}, {}, {**leg(a=0.5).queries, "u": unanswerable})
    assert compare(one, one).queries == 1


def test_each_scope_has_its_own_difference() -> None:
    def of(score: float, other: float) -> LegResult:
        queries = {
            "a": QueryResult("finding", True, (), {"nDCG@10": score}, "question"),
            "b": QueryResult("cause", True, (), {"nDCG@10": other}, "question"),
        }
        return LegResult(1.0, 2, {"nDCG@10": 0.0}, {}, queries)

    rows = by_scope(of(1.0, 0.5), of(0.5, 0.5), "keywords", ["nDCG@10"])
    found = {row.scope: row.differences[0].difference for row in rows}
    assert found == {"all": 0.25, "question": 0.25, "finding": 0.5, "cause": 0.0}
