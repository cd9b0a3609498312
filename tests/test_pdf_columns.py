"""The order of columns."""

from ingest.formats.pdf.columns import (
    by_columns,
    column_strips,
    gap_between_columns,
    in_reading_order,
)
from ingest.formats.pdf.print import Box, Line

LEFT = [
    "The dancer felt a snap in",
    "her left ankle and could",
    "not stand on the foot for",
    "the rest of that day and",
    "the day that followed. She",
]
RIGHT = [
    "limped home with the help",
    "of her brother. The swell-",
    "ing was gone after a week",
    "and she danced once more",
    "as if nothing had happened.",
]


def line(text: str, left: float, row: float, width: float = 200) -> Line:
    return Line(text, size=10, box=Box(left, 100 + 12 * row, left + width, 110 + 12 * row))


def column(texts: list[str], left: float) -> list[Line]:
    return [line(text, left, row) for row, text in enumerate(texts)]


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_a_good_order_is_kept() -> None:
    lines = column(LEFT, 50) + column(RIGHT, 300)
    assert in_reading_order(lines) == lines


def test_columns_that_come_the_other_way_round_are_put_right() -> None:
    lines = column(RIGHT, 300) + column(LEFT, 50)
    assert texts(in_reading_order(lines)) == LEFT + RIGHT


def test_columns_that_come_line_by_line_are_put_right() -> None:
    pairs = zip(column(LEFT, 50), column(RIGHT, 300), strict=True)
    lines = [line for pair in pairs for line in pair]
    assert texts(in_reading_order(lines)) == LEFT + RIGHT


def test_lines_without_places_stay_where_they_are() -> None:
    lines = [Line("b"), Line("a")]
    assert in_reading_order(lines) == lines


def test_a_title_over_both_columns_comes_first() -> None:
    title = line("A sprained ankle in a dancer who would not rest", 50, -3, width=450)
    lines = column(LEFT, 50) + column(RIGHT, 300) + [title]
    assert texts(by_columns(lines)) == [title.text, *LEFT, *RIGHT]


def test_the_strip_between_columns_is_found() -> None:
    assert [round(x) for x in column_strips(column(LEFT, 50) + column(RIGHT, 300))] == [275]


def test_one_column_has_no_strip() -> None:
    assert column_strips(column(LEFT, 50)) == []


def words(count: int, left: float) -> list[Box]:
    return [Box(left + 40 * n, 0, left + 40 * n + 37, 10) for n in range(count)]


def test_a_gap_in_many_lines_of_words_parts_columns() -> None:
    rows = [words(5, 50) + words(5, 270)] * 8
    assert 247 <= (gap_between_columns(rows, size=10) or 0) <= 270


def test_a_gap_in_few_lines_does_not() -> None:
    assert gap_between_columns([words(5, 50) + words(5, 270)] * 7, size=10) is None


def test_the_gap_after_the_numbers_of_a_list_does_not() -> None:
    assert gap_between_columns([words(1, 50) + words(8, 110)] * 20, size=10) is None
