"""How often the marked sentence was judged to answer."""

from evaluation.marked_sentences import marked_rows, to_markdown
from evaluation.runs import QueryResult


def result(first_is_relevant: bool, grade: int | None) -> QueryResult:
    measures = {"success@1": float(first_is_relevant)}
    return QueryResult("finding", True, ("d",), measures, marked_grade=grade)


def test_only_relevant_first_hits_count() -> None:
    rows = marked_rows({"a": result(True, 2), "b": result(False, 2)})
    assert (rows[0].relevant, rows[0].answering) == (1, 1)


def test_a_sentence_that_nobody_judged_is_not_in_the_share() -> None:
    judged = {"a": result(True, 2), "b": result(True, 0), "c": result(True, None)}
    row = marked_rows(judged)[0]
    assert (row.relevant, row.judged, row.answers.value) == (3, 2, 0.5)


def test_an_answer_in_part_is_counted_apart() -> None:
    row = marked_rows({"a": result(True, 2), "b": result(True, 1)})[0]
    assert (row.answers.value, row.at_least_in_part.value) == (0.5, 1.0)


def test_without_judged_sentences_there_is_no_table() -> None:
    assert marked_rows({"a": result(True, None)}) == []


def test_each_stratum_has_its_line() -> None:
    last = to_markdown(marked_rows({"a": result(True, 2)})).splitlines()[-1]
    assert last == "| finding | 1 | 1 | 1.000 [0.207, 1.000] | 1.000 [0.207, 1.000] |"
