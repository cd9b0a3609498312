"""Which sentence answers, on passages and questions of our own."""

import pytest

from index.keywords import query_terms
from search.answering import answer_scores, read_question
from search.answering.cues import CUE_BITS, pair_cues, read_word
from search.answering.features import FEATURES, rows_of
from tests.answering_cases import CASES


def best(sentences: list[str], question: str) -> str:
    asked = read_question(question, dict.fromkeys(query_terms(question), 1.0))
    scores = answer_scores(sentences, "other", asked)
    return sentences[scores.index(max(scores))]


def feature(name: str, sentence: str, question: str) -> float:
    asked = read_question(question, dict.fromkeys(query_terms(question), 1.0))
    return rows_of([sentence], "other", asked)[0][FEATURES.index(name)]


@pytest.mark.parametrize(("text", "question", "beginning"), CASES)
def test_the_sentence_that_answers_scores_best(text: str, question: str, beginning: str) -> None:
    sentences = [f"{sentence.rstrip('.')}." for sentence in text.split(". ")]
    assert best(sentences, question).startswith(tuple(beginning.split("|")))


def test_a_heading_scores_below_a_sentence() -> None:
    sentences = ["Treatment of the ganglion", "The ganglion was excised under local anaesthesia."]
    assert best(sentences, "how to treat a ganglion") == sentences[1]


def test_a_first_diagnosis_scores_below_the_final_one() -> None:
    sentences = ["The initial diagnosis was tendinitis.", "Biopsy confirmed a lymphoma."]
    assert best(sentences, "swollen thumb, what is it?") == sentences[1]


def test_a_disease_of_the_question_is_not_new() -> None:
    assert feature("new", "It was bursitis.", "bursitis or what?") == 0.0


def test_a_disease_beside_the_question_is_new() -> None:
    assert feature("new", "It was bursitis.", "swollen elbow, what is it?") == 0.5


def test_the_share_of_words_weighs_rare_ones_more() -> None:
    asked = read_question("calf pain", {"calf": 3.0, "pain": 1.0})
    assert rows_of(["His calf hurt."], "other", asked)[0][FEATURES.index("words")] == 0.75


def test_another_word_for_a_term_counts_like_it() -> None:
    asked = read_question("calf", {"calf": 2.0, "gastrocnemius": 1.0})
    row = rows_of(["The gastrocnemius hurt."], "other", asked)[0]
    assert row[FEATURES.index("words")] == 0.5


def test_an_age_is_no_span_of_time() -> None:
    assert feature("span", "A woman 40 years old fell.", "how long?") == 0.0


def test_a_figure_with_its_unit_is_a_dose() -> None:
    assert feature("dose", "He took 20 mg of it.", "which dose?") == 1.0


def test_a_word_with_a_hyphen_has_the_cues_of_its_parts() -> None:
    assert read_word("vancomycin-induced").cues & CUE_BITS["causal"]


def test_two_words_side_by_side_are_a_cue() -> None:
    assert pair_cues(read_word("due"), read_word("to,")) == CUE_BITS["causal"]


def test_a_dialysis_is_no_disease() -> None:
    assert not read_word("hemodialysis").cues & CUE_BITS["disease"]
