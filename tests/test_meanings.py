"""What an abbreviation stands for, by the corpus, by the question, or by the list."""

import pytest

from search.vocabulary.meanings import (
    FittingMeaning,
    Meaning,
    likeliest,
    may_be_short,
    one_wording_each,
    same_meaning,
    typed_as,
)


def meaning(long: str, documents: int, fit: float = 0.0) -> FittingMeaning:
    return FittingMeaning(Meaning(long.lower(), long, documents), fit)


NERVE = "posterior interosseous nerve"
NEOPLASIA = "prostatic intraepithelial neoplasia"


def test_the_only_meaning_of_three_letters_is_taken() -> None:
    assert likeliest([meaning(NERVE, 1)], (), 3) == [NERVE]


def test_the_meaning_that_fits_the_question_goes_before_the_commoner() -> None:
    assert likeliest([meaning(NEOPLASIA, 9, 0.05), meaning(NERVE, 2, 0.9)], (), 3) == [NERVE]


def test_without_a_fit_the_commonest_is_taken() -> None:
    assert likeliest([meaning(NERVE, 1), meaning(NEOPLASIA, 3)], (), 3) == [NEOPLASIA]


def test_two_meanings_as_likely_are_both_taken() -> None:
    assert likeliest([meaning(NERVE, 2), meaning(NEOPLASIA, 2)], (), 3) == [NERVE, NEOPLASIA]


def test_of_three_meanings_two_are_taken() -> None:
    three = [meaning(NERVE, 2), meaning(NEOPLASIA, 2), meaning("pain in the neck", 2)]
    assert len(likeliest(three, (), 3)) == 2


def test_two_letters_need_more_than_one_document() -> None:
    assert likeliest([meaning("optic atrophy", 1)], (), 2) == []


def test_two_letters_that_nearly_always_mean_one_thing_mean_it() -> None:
    assert likeliest([meaning("blood pressure", 8)], (), 2) == ["blood pressure"]


def test_the_list_goes_before_a_meaning_that_does_not_fit() -> None:
    assert likeliest([meaning("optic atrophy", 1)], ("osteoarthritis",), 2) == ["osteoarthritis"]


def test_the_list_speaks_where_the_corpus_explains_nothing() -> None:
    assert likeliest([], ("rheumatoid arthritis",), 2) == ["rheumatoid arthritis"]


def test_the_corpus_words_its_own_meaning() -> None:
    found = [meaning("carpal-tunnel syndrome", 1)]
    assert likeliest(found, ("carpal tunnel syndrome",), 3) == ["carpal-tunnel syndrome"]


def test_two_wordings_of_one_meaning_count_together() -> None:
    two = [meaning("electromyography", 3), meaning("electromyogram", 2)]
    assert one_wording_each(two) == [
        FittingMeaning(Meaning("electromyography", "electromyography", 5), 0.0)
    ]


def test_another_meaning_is_no_other_wording() -> None:
    assert not same_meaning("multiple sclerosis", ["mitral stenosis"])


@pytest.mark.parametrize(
    ("typed", "listed", "shouted", "short"),
    [
        ("PIN", False, False, True),
        ("pin", True, False, False),
        ("Pin", True, False, False),
        ("PIN", True, True, False),
        ("HbA1c", False, False, True),
        ("scfe", False, False, True),
        ("oa", True, False, True),
        ("xq", False, False, False),
        ("motorcycle", False, False, False),
        ("T", False, False, False),
        ("42", False, False, False),
    ],
)
def test_capitals_or_a_strange_word_make_an_abbreviation(
    typed: str, listed: bool, shouted: bool, short: bool
) -> None:
    assert may_be_short(typed, listed, shouted) is short


@pytest.mark.parametrize(
    ("typed", "short", "same"),
    [("pH", "PH", False), ("prp", "PRP", True), ("MRIs", "MRI", True), ("HbA1c", "HbA-1c", True)],
)
def test_mixed_capitals_are_taken_at_their_word(typed: str, short: str, same: bool) -> None:
    assert typed_as(typed, short) is same
