"""Words with places to lines."""

import pytest

from ingest.formats.pdf.print import Box
from ingest.formats.pdf.words import ASLANT, Font, Word, level_box, printed_page

PLAIN, BOLD = Font("Times"), Font("Times-Bold", bold=True)


def word(text: str, left: float, top: float = 100, **other: object) -> Word:
    size = float(str(other.get("size", 10)))
    box = Box(left, top, left + 5 * len(text), top + size)
    font = BOLD if other.get("bold") else PLAIN
    spaced = bool(other.get("after_space", True))
    return Word(text, size, font, int(str(other.get("turns", 0))), box, spaced)


def texts(*words: Word) -> list[str]:
    return [line.text for line in printed_page(words, 600, 800).lines]


def test_words_side_by_side_are_a_line() -> None:
    assert texts(word("She", 50), word("fell.", 68)) == ["She fell."]


def test_a_word_further_down_begins_a_line() -> None:
    assert texts(word("She", 50), word("fell.", 50, top=112)) == ["She", "fell."]


def test_a_raised_figure_stays_in_its_line() -> None:
    assert texts(word("cm", 50), word("2", 60, top=97, size=6, after_space=False)) == ["cm2"]


def test_a_wide_gap_parts_two_lines() -> None:
    assert texts(word("She", 50), word("fell.", 90)) == ["She", "fell."]


@pytest.mark.parametrize("mark", ["12.", "[3]", "•"])
def test_a_number_or_bullet_reaches_over_a_wider_gap(mark: str) -> None:
    assert texts(word(mark, 50), word("Lima", 90)) == [f"{mark} Lima"]


def test_gaps_as_in_a_table_are_counted() -> None:
    (line,) = printed_page([word("Age", 50), word("24", 80), word("F", 105)], 600, 800).lines
    assert line.cells == 3


def test_a_line_is_bold_if_all_its_words_are() -> None:
    lines = printed_page(
        [word("Case", 50, bold=True), word("one", 50, 112, bold=True), word("fell", 68, 112)],
        600,
        800,
    ).lines
    assert [line.bold for line in lines] == [True, False]


def test_the_size_is_that_of_most_letters() -> None:
    (line,) = printed_page([word("dancers", 50), word("2", 87, size=6)], 600, 800).lines
    assert line.size == 10


def test_words_aslant_on_a_level_page_are_turned() -> None:
    lines = printed_page([word("She", 50), word("DRAFT", 300, turns=ASLANT)], 600, 800).lines
    assert [line.turned for line in lines] == [False, True]


def test_a_page_on_its_side_is_as_high_as_it_is_wide() -> None:
    assert printed_page([word("She", 50, turns=3)], 600, 800).height == 600


@pytest.mark.parametrize(
    ("turns", "box"),
    [(0, (10, 70, 30, 80)), (1, (70, 70, 80, 90)), (2, (70, 20, 90, 30)), (3, (20, 10, 30, 30))],
)
def test_turned_words_are_placed_as_if_level(turns: int, box: tuple[int, ...]) -> None:
    page = Box(0, 100, 100, 0)
    assert level_box(10, 20, 30, 30, turns, page) == box


def test_columns_read_across_are_parted() -> None:
    row = [word("abcdef", 50 + 35 * n) for n in range(4)] + [
        word("uvwxyz", 200 + 35 * n) for n in range(4)
    ]
    page = [
        w._replace(box=w.box._replace(top=100 + 12 * n, bottom=110 + 12 * n))
        for n in range(8)
        for w in row
    ]
    assert texts(*page)[:2] == ["abcdef abcdef abcdef abcdef", "uvwxyz uvwxyz uvwxyz uvwxyz"]
