"""Lines that belong to pages and not to the document."""

import pytest

from ingest.formats.pdf.print import Box, Line, PrintedPage
from ingest.formats.pdf.running import without_running_lines

BODY = ["She fell in the snow.", "Her ankle was swollen.", "It was put in plaster.", "She rested."]


def placed(text: str, top: float, size: float = 10, turned: bool = False) -> Line:
    return Line(text, size=size, box=Box(50, top, 300, top + size), turned=turned)


def page(number: int, *others: Line) -> PrintedPage:
    lines = [placed(f"{text} {number}{row}", 100 + 12 * row) for row, text in enumerate(BODY * 3)]
    return PrintedPage((*lines, *others))


def kept(pages: list[PrintedPage]) -> str:
    pages = without_running_lines(pages, lambda line: line.bold, text_size=10)
    return " ".join(line.text for page in pages for line in page.lines)


def test_a_header_with_other_numbers_goes() -> None:
    assert "Cases" not in kept([page(n, placed(f"Cases 2019, 7:{n}", 30)) for n in (1, 2, 3)])


def test_headers_of_left_and_right_pages_go_from_four_pages() -> None:
    headers = ["Lima and Berg", "Knees of dancers"] * 2
    text = kept([page(n, placed(header, 30)) for n, header in enumerate(headers)])
    assert "Lima" not in text and "Knees" not in text


def test_a_header_that_stands_once_where_others_have_theirs_goes() -> None:
    headers = ["Lima and Berg", "Knees of dancers", "Berg and Lima", "Dancing knees"]
    assert "Dancing" not in kept([page(n, placed(h, 30)) for n, h in enumerate(headers)])


def test_what_stands_at_the_edge_of_the_first_page_alone_stays() -> None:
    first = page(0, placed("doi:10.5555/knees.7", 30))
    assert "10.5555" in kept([first, page(1), page(2)])


def test_a_word_that_stands_within_pages_too_is_no_footer() -> None:
    pages = [PrintedPage(tuple(placed("Peru", 30 + 12 * row) for row in range(20)))] * 3
    assert kept(pages).count("Peru") == 60


@pytest.mark.parametrize("number", ["{}", "Page {} of 9", "– {} –", "S{}", "{} | Page"])
def test_page_numbers_go(number: str) -> None:
    shown = [number.format(n) for n in (4, 5)]
    pages = [page(n, placed(text, 760)) for n, text in enumerate(shown)]
    found = without_running_lines(pages, lambda line: line.bold, text_size=10)
    assert not {line.text for page in found for line in page.lines}.intersection(shown)


def test_a_figure_at_the_foot_of_a_page_is_no_page_number() -> None:
    assert "451" in kept([page(0, placed("451", 760)), page(1, placed("98", 760))])


def test_who_downloaded_the_file_is_left_out() -> None:
    stamp = placed("Downloaded from http://knees.example.org by guest on 3 May 2020", 400)
    assert "guest" not in kept([page(1, stamp)])


def test_a_sentence_about_downloads_stays() -> None:
    assert "forms" in kept([page(1, placed("Downloaded by all, the forms were filled in.", 400))])


@pytest.mark.parametrize("mark", [placed("DRAFT", 400, size=60), placed("DRAFT", 400, turned=True)])
def test_a_watermark_goes(mark: Line) -> None:
    assert "DRAFT" not in kept([page(n, mark) for n in range(3)])


def test_numbered_cases_at_the_top_of_pages_stay() -> None:
    pages = [page(n, Line(f"Case {n}", bold=True, box=Box(50, 80, 100, 90))) for n in (1, 2, 3)]
    assert "Case 3" in kept(pages)
