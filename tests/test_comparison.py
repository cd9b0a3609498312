"""Two runs, query by query."""

import pytest

from evaluation.comparison import compare, difference, to_text
from evaluation.runs import LegResult, QueryResult


def leg(**scores: float) -> LegResult:
    queries = {
        name: QueryResult("", True, (f"doc-{score}",), {"nDCG@10": score})
        for name, score in scores.items()
    }
    return LegResult(1.0, len(queries), {"nDCG@10": 0.0}, {}, queries)


def test_a_difference_is_the_mean_of_the_paired_differences() -> None:
    found = difference("nDCG@10", [0.5, 0.0, 1.0, 0.25], [1.0, 0.5, 0.5, 0.25])
    assert (found.difference, found.better, found.worse) == (0.125, 2, 1)


def test_the_same_gain_for_each_query_leaves_no_doubt() -> None:
    found = difference("nDCG@10", [0.0, 0.25, 0.5], [0.5, 0.75, 1.0])
    assert (found.low, found.high, found.certain) == (0.5, 0.5, True)


def test_gains_and_losses_alike_are_uncertain() -> None:
    found = difference("nDCG@10", [0.0, 1.0] * 20, [1.0, 0.0] * 20)
    assert found.low < 0 < found.high and not found.certain


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
