"""Headings of a PDF."""

import pytest

from ingest.blocks import Block
from ingest.formats.pdf.headings import (
    Style,
    can_be_heading,
    names_a_kind,
    take_run_in,
    with_levels,
)

LARGE, SMALL = Style(14, True), Style(12, True)


@pytest.mark.parametrize("text", ["Imaging studies", "2. Our patient"])
def test_few_words_can_be_a_heading(text: str) -> None:
    assert can_be_heading(text)


@pytest.mark.parametrize("text", ["It was torn.", "12", "and then,"])
def test_sentences_and_numbers_cannot(text: str) -> None:
    assert not can_be_heading(text)


def test_a_plain_line_can_name_a_kind() -> None:
    assert names_a_kind("Discussion") and not names_a_kind("Discussion was lively")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Abstract We saw a dancer.", ("Abstract", "We saw a dancer.")),
        ("Keywords: ankle", ("Keywords", "ankle")),
        ("Key words — Ankle", ("Key words", "Ankle")),
        ("2.1. Our Patient. She fell.", ("2.1. Our Patient", "She fell.")),
        ("Treatment: She rested.", ("Treatment", "She rested.")),
    ],
)
def test_a_heading_in_the_first_line_is_taken_out(line: str, parts: tuple[str, str]) -> None:
    assert take_run_in(line) == parts


def levels(*headings: tuple[str, Style]) -> list[int]:
    blocks = [Block(text, is_heading=True, page=2) for text, _ in headings]
    styles = {n: style for n, (_, style) in enumerate(headings)}
    return [block.level for block in with_levels(blocks, styles)]


def test_larger_letters_open_wider_parts() -> None:
    assert levels(("Methods", LARGE), ("Blinding", SMALL), ("Results", LARGE)) == [1, 2, 1]


def test_numbers_tell_how_wide_a_part_is() -> None:
    headings = [("1 Methods", SMALL), ("1.1 Blinding", SMALL), ("2 Results", SMALL)]
    assert levels(*headings) == [1, 2, 1]


def test_what_stands_above_the_first_section_opens_no_part() -> None:
    assert levels(("Ana Lima", SMALL), ("Introduction", LARGE)) == [0, 1]


def test_the_title_opens_no_part_though_it_names_a_treatment() -> None:
    title = Block("Treatment of a dancer", is_heading=True, page=1)
    blocks = [title, Block("Case report", is_heading=True, page=1)]
    found = with_levels(blocks, {0: Style(20, True), 1: LARGE})
    assert [block.level for block in found] == [0, 1]
