"""Whether something is found where there is something, and nothing where there is nothing."""

from evaluation.answering import answering_rows, folds, to_markdown
from evaluation.runs import QueryResult

ANSWERABLE = {"nDCG@10": 1.0}


def result(stratum: str, strength: str, measures: dict[str, float]) -> QueryResult:
    return QueryResult(stratum, strength != "none", (), measures, strength=strength)


RESULTS = {
    "a": result("finding", "strong", ANSWERABLE),
    "b": result("finding", "weak", ANSWERABLE),
    "c": result("case", "none", ANSWERABLE),
    "d": result("near miss", "weak", {}),
    "e": result("near miss", "strong", {}),
    "f": result("far off", "none", {}),
}


def test_each_stratum_counts_what_is_strong_weak_and_nothing() -> None:
    rows = {row.scope: (row.strong, row.weak, row.nothing) for row in answering_rows(RESULTS)}
    assert rows == {
        "all": (1, 1, 1),
        "finding": (1, 1, 0),
        "case": (0, 0, 1),
        "near miss": (1, 1, 0),
        "far off": (0, 0, 1),
    }


def test_the_unanswerable_are_not_in_the_row_of_all() -> None:
    every = answering_rows(RESULTS)[0]
    assert (every.answerable, every.queries) == (True, 3)


def test_kept_is_what_is_shown_as_strong_or_weak() -> None:
    every = answering_rows(RESULTS)[0]
    assert (every.shown.part, every.shown_strong.part, every.shown.whole) == (2, 1, 3)


def test_without_unanswerable_queries_there_is_no_table() -> None:
    assert answering_rows({"a": RESULTS["a"]}) == []


def test_an_earlier_run_knows_only_whether_it_answered() -> None:
    earlier = QueryResult("far off", True, (), {})
    assert answering_rows({"a": RESULTS["a"], "b": earlier})[-1].strong == 1


def test_the_table_has_shares_with_intervals() -> None:
    last = to_markdown(answering_rows(RESULTS)).splitlines()[-1]
    assert last == "| far off | no | 1 | 0 | 0 | 1 | 0.000 [0.000, 0.793] | 0.000 [0.000, 0.793] |"


def test_each_query_is_in_one_fold() -> None:
    names = [f"q{number}" for number in range(100)]
    parts = folds(names)
    assert len(parts) == 5 and sorted(sum(parts, ())) == sorted(names)


def test_folds_are_of_like_size() -> None:
    assert all(150 < len(part) < 250 for part in folds(f"q{number}" for number in range(1000)))


def test_a_query_stays_in_its_fold_when_others_come() -> None:
    few, many = folds(["q1", "q2", "q3"]), folds(["q0", "q1", "q2", "q3", "q9"])
    assert all(set(part) <= set(larger) for part, larger in zip(few, many, strict=True))
