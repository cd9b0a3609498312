"""Measures of reading, with answers counted by hand."""

import pytest

from evaluation.faithfulness import (
    missed_runs,
    share_extra,
    share_found,
    share_out_of_order,
    words_of,
)
from evaluation.publisher_xml import CitationStyle, PublishedText

NUMBERED = CitationStyle()
NAMED = CitationStyle(by_author_and_year=True)
RAISED = CitationStyle(by_raised_numbers=True)


def published(*paragraphs: str, everything: str = "") -> PublishedText:
    return PublishedText(paragraphs, everything, NUMBERED)


@pytest.mark.parametrize("text", ["eﬀect well-known", "ef\u00adfect WELL\u2010known"])
def test_ligatures_hyphens_and_case_make_no_difference(text: str) -> None:
    assert words_of(text, NUMBERED) == ["effect", "well", "known"]


@pytest.mark.parametrize("mark", ["[3]", "[3,5–7]", "[ 3, 5 ]", "(12)"])
def test_numbers_in_brackets_are_taken_out(mark: str) -> None:
    assert words_of(f"Rare {mark}, she fell.", NUMBERED) == ["rare", "she", "fell"]


def test_a_count_in_brackets_stays() -> None:
    assert words_of("men (n = 3)", NUMBERED) == ["men", "n", "3"]


def test_names_and_years_go_where_the_article_cites_by_them() -> None:
    text = "Rare (Lima et al., 2004a; Berg 2011) now"
    assert words_of(text, NAMED) == ["rare", "now"]
    assert "lima" in words_of(text, NUMBERED)


def test_raised_numbers_go_where_the_article_cites_by_them() -> None:
    assert words_of("ankles.3,4 L5 and 2.5 mg", RAISED) == ["ankles", "l5", "and", "2", "5", "mg"]


def test_all_runs_of_a_text_are_in_itself() -> None:
    assert share_found(published("a b c d e f g"), "x a b c d e f g y") == 1


def test_one_wrong_word_costs_the_runs_that_hold_it() -> None:
    assert share_found(published("a b c d e f g"), "a b c d e f x") == 1 / 2


def test_runs_go_over_the_ends_of_paragraphs() -> None:
    assert share_found(published("a b c", "d e f"), "a b c d e f") == 1


def test_no_run_goes_over_a_formula() -> None:
    assert share_found(published("a b c \0 d e f"), "nothing") == 1


def test_what_is_missed_is_listed_in_order() -> None:
    assert missed_runs(published("a b c d e f g"), "a b c d e f x") == ["b c d e f g"]


def test_two_paragraphs_of_three_the_other_way_round_are_a_half() -> None:
    first, second, third = "a b c d e f", "g h i j k l", "m n o p q r"
    article = published(first, second, third)
    assert share_out_of_order(article, f"{second} {first} {third}") == 1 / 2
    assert share_out_of_order(article, f"{first} {second} {third}") == 0


def test_a_word_is_extra_beyond_its_count_in_the_file() -> None:
    article = published(everything="she fell and she rose 3")
    assert share_extra(article, "she fell she she") == 1 / 4


def test_numbers_are_not_extra() -> None:
    assert share_extra(published(everything="she fell"), "1 she fell 2019") == 0
