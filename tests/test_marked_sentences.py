"""How often the marked sentence was judged to answer."""

from evaluation.marked_sentences import marked_rows, to_markdown
from evaluation.runs import QueryResult


def result(first_is_relevant: bool, answers: bool | None) -> QueryResult:
    measures = {"success@1": float(first_is_relevant)}
    return QueryResult("finding", True, ("d",), measures, marked_answers=answers)


def test_only_relevant_first_hits_count() -> None:
    rows = marked_rows({"a": result(True, True), "b": result(False, True)})
    assert (rows[0].relevant, rows[0].answering) == (1, 1)


def test_a_sentence_that_nobody_judged_is_not_in_the_share() -> None:
    judged = {"a": result(True, True), "b": result(True, False), "c": result(True, None)}
    row = marked_rows(judged)[0]
    assert (row.relevant, row.judged, row.share.value) == (3, 2, 0.5)


def test_without_judged_sentences_there_is_no_table() -> None:
    assert marked_rows({"a": result(True, None)}) == []


def test_each_stratum_has_its_line() -> None:
    last = to_markdown(marked_rows({"a": result(True, True)})).splitlines()[-1]
    assert last == "| finding | 1 | 1 | 1 | 1.000 [0.207, 1.000] |"
