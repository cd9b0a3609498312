"""Choosing the weights of the sentence model: small draws whose answer is known."""

from pathlib import Path

import numpy as np

from evaluation.answer_sentences.examples import Example, read_grades
from evaluation.answer_sentences.fitting import cross_validated, fit
from evaluation.answer_sentences.report import passage_chosen, shares, to_table
from search.answering.features import FEATURES

SPAN = FEATURES.index("span")


def example(query: str, grades: list[int], telling: int, document: str = "d") -> Example:
    """A passage whose sentence number `telling` alone has the feature "span"."""
    features = np.zeros((len(grades), len(FEATURES)))
    features[telling, SPAN] = 1.0
    return Example(query, document, ("duration",), (), features, np.array(grades))


LEARNT = [example(f"q{number}", [0, 2, 0], telling=1) for number in range(20)]


def test_a_feature_of_answers_gets_a_weight_above_0() -> None:
    assert fit(LEARNT).rows[0][SPAN] > 0.5


def test_a_feature_that_no_sentence_has_keeps_what_is_expected_of_it() -> None:
    assert fit(LEARNT).rows[0][FEATURES.index("promo")] == -2.0


def test_queries_are_scored_by_weights_from_the_others() -> None:
    odd = example("q99", [2, 0, 0], telling=1)
    alone = cross_validated([*LEARNT, odd])[-1]
    assert alone.argmax() == 1


def test_an_answering_sentence_is_the_likelier_one() -> None:
    slope, _ = fit(LEARNT).strength
    assert slope > 0


def test_the_share_is_of_choices_that_could_be_right() -> None:
    examples = [example("q1", [0, 2], 0), example("q2", [0, 0], 0), example("q3", [1, 2], 0)]
    scores = [np.array([1.0, 0.0])] * 3
    row = shares(examples, scores, dict.fromkeys(("q1", "q3"), "given"), [[0], [1], [2]])[0]
    assert (row.queries, row.answers, row.answers_in_part, row.by_chance) == (2, 0.0, 0.5, 0.5)


def test_each_query_counts_once() -> None:
    examples = [example("q1", [0, 2], 0), example("q1", [0, 2], 0), example("q2", [2, 0], 0)]
    row = shares(examples, [np.array([1.0, 0.0])] * 3, {"q1": "a", "q2": "a"}, [[0], [1], [2]])[0]
    assert row.answers == 0.5


def test_the_passage_with_the_strongest_sentence_is_chosen() -> None:
    examples = [example("q1", [0, 0], 0), example("q1", [2, 0], 0)]
    scores = [np.array([0.1, 0.2]), np.array([0.0, 0.3])]
    assert passage_chosen(examples, scores) == {"documents": 1, "chosen": 1.0, "by_chance": 0.5}


def test_the_table_is_python() -> None:
    names: dict[str, object] = {}
    exec(to_table(fit(LEARNT)), names)
    assert isinstance(names["ALWAYS"], dict) and isinstance(names["STRENGTH"], tuple)


def test_grades_are_read_by_query_and_document(tmp_path: Path) -> None:
    path = tmp_path / "grades.tsv"
    path.write_text("heading\nq1\td\t0\t9\t2\nq1\td\t10\t20\t0\n")
    assert read_grades(path) == {("q1", "d"): {(0, 9): 2, (10, 20): 0}}


def test_every_judged_document_has_a_sentence_that_is_graded() -> None:
    grades = read_grades().values()
    assert all(set(graded.values()) <= {0, 1, 2} and graded for graded in grades)
