"""Line numbers of manuscripts."""

from ingest.formats.pdf.line_numbers import without_line_numbers
from ingest.formats.pdf.print import Box, Line, PrintedPage

TEXTS = [f"The dancer fell for the {n}th time." for n in range(12)]


def page(lines: list[str]) -> PrintedPage:
    return PrintedPage(tuple(map(Line, lines)))


def texts(lines: list[str]) -> list[str]:
    return [line.text for line in without_line_numbers([page(lines)])[0].lines]


def test_numbers_at_the_beginning_of_lines_go() -> None:
    assert texts([f"{n} {text}" for n, text in enumerate(TEXTS, 31)]) == TEXTS


def test_numbers_on_lines_of_their_own_go() -> None:
    numbered = [part for n, text in enumerate(TEXTS, 1) for part in (str(n), text)]
    assert texts(numbered) == TEXTS


def test_every_fifth_line_may_be_numbered() -> None:
    many = TEXTS * 5
    lines = [f"{n} {text}" if n % 5 == 0 else text for n, text in enumerate(many, 1)]
    assert texts(lines) == many


def test_a_list_of_references_keeps_its_numbers() -> None:
    lines = [part for n in range(1, 12) for part in (f"{n} Lima A. Ankles.", "A journal. 2001.")]
    assert texts(lines) == lines


def test_numbers_with_a_full_stop_are_those_of_a_list() -> None:
    lines = [f"{n}. Lima A. Ankles. 2001." for n in range(1, 15)]
    assert texts(lines) == lines


def test_figures_that_follow_no_count_stay() -> None:
    lines = [f"{n * 7 % 90} dancers fell." for n in range(1, 15)]
    assert texts(lines) == lines


def test_numbers_that_the_file_gives_last_are_put_in_order_by_their_place() -> None:
    def line(text: str, row: int) -> Line:
        return Line(text, box=Box(50, 12.0 * row, 300, 12.0 * row + 10))

    numbers = [line(str(n), n) for n in range(12, 0, -1)]
    body = [line(text, n) for n, text in enumerate(TEXTS, 1)]
    (found,) = without_line_numbers([PrintedPage((*body, *numbers))])
    assert [line.text for line in found.lines] == TEXTS
