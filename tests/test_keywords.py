"""The analyzer on clinical words."""

import pytest

from index.keywords import query_terms, terms


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("IL-6", "il_6"),
        ("L5-S1", "l5_s1"),
        ("COVID-19", "covid"),
        ("T-score", "t_score"),
        ("5 mg/ml", "mg_ml"),
        ("Kümmell’s disease", "kummel"),
        ("Biopsies", "biopsi"),
        ("ﬁbrosis", "fibros"),
        ("abscesses", "abscess"),
    ],
)
def test_a_word_is_found_under(text: str, wanted: str) -> None:
    assert wanted in terms(text)


def test_organ_and_organization_stay_two_words() -> None:
    assert terms("organ") != terms("organization")


def test_a_question_loses_its_stop_words_and_repeats() -> None:
    assert query_terms("What is the pain, and where is the pain?") == ["pain"]


def test_a_question_of_stop_words_alone_keeps_them() -> None:
    assert query_terms("who is it") == ["who", "is", "it"]
