"""Filters in words."""

import pytest

from search.queries import Filters
from ui.filter_words import LABELS, active_filters


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"year_from": 2010, "year_to": 2020}, "year 2010–2020"),
        ({"year_from": 2010, "year_to": 2010}, "year 2010"),
        ({"age_from": 0}, "age from 0"),
        ({"age_to": 17}, "age to 17"),
        ({"languages": ("de",)}, "language: German"),
        ({"document_types": ("review", "letter")}, "document type: review or letter"),
    ],
)
def test_an_active_filter_is_said_in_words(chosen: dict[str, object], words: str) -> None:
    assert [text for _, text in active_filters(chosen)] == [words]


def test_what_may_be_any_is_not_said() -> None:
    assert active_filters({"year_from": None, "sexes": ()}) == []


def test_every_filter_of_the_search_has_its_words() -> None:
    assert set(LABELS) == set(vars(Filters()))
