"""Filters in the page's address: what is written is read again, and nothing else is."""

from urllib.parse import parse_qs, urlsplit

import pytest

from search.queries import Filters
from ui.address import from_parameters, link, to_parameters

KNOWN = {
    "document_type": {"review": 2, "case report": 5},
    "section_kind": {"discussion": 7},
    "sex": {"female": 3, "not stated": 4},
    "language": {"en": 7},
    "source_type": {"PDF": 7},
}
ALL_SET = Filters(
    2010, 2020, ("review", "case report"), ("discussion",), 0, 17, ("female", "not stated"),
    ("en",), ("PDF",),
)  # fmt: skip


def test_what_is_written_is_read_again() -> None:
    assert from_parameters(to_parameters(ALL_SET), KNOWN) == ALL_SET


def test_no_filter_is_no_parameter() -> None:
    assert to_parameters(Filters()) == {}


def test_a_value_that_the_index_does_not_know_is_left_out() -> None:
    read = from_parameters({"type": ["<script>", "review"], "sex": ["male"]}, KNOWN)
    assert read == Filters(document_types=("review",))


@pytest.mark.parametrize(
    "year", ["soon", "", "-1", "1e3", "20211", "0", "٢٠٢١", "2021 ", "١", "99999999999999"]
)
def test_a_year_that_is_none_means_any(year: str) -> None:
    assert from_parameters({"year-from": [year]}, KNOWN) == Filters()


def test_a_year_that_is_given_twice_means_any() -> None:
    assert from_parameters({"year-from": ["2010", "2011"]}, KNOWN) == Filters()


def test_a_range_that_nothing_lies_in_means_any_and_spoils_nothing_else() -> None:
    parameters = {"year-from": ["2020"], "year-to": ["2010"], "age-from": ["18"]}
    assert from_parameters(parameters, KNOWN) == Filters(age_from=18)


def test_what_means_nothing_is_passed_over() -> None:
    assert from_parameters({"k": ["1000"], "question": ["x"]}, KNOWN) == Filters()


def test_a_link_holds_the_filters_and_the_question_and_nothing_of_the_address_before() -> None:
    made = urlsplit(link("https://h.example/base?sex=male#x", Filters(2015), "knee & ünï #1"))
    assert (made.netloc, made.path, made.fragment) == ("h.example", "/base", "")
    assert parse_qs(made.query) == {"year-from": ["2015"], "question": ["knee & ünï #1"]}


def test_a_link_is_letters_that_no_markup_is_made_of() -> None:
    made = link("http://a.example/", Filters(), "![x](http://e.example) `<b>` $x$ [y] *z* _")
    assert not set(made.partition("?")[2]) & set("![]()`<>$* ")
