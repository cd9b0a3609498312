"""Captions, tables and the text in figures."""

import pytest

from ingest.formats.pdf.captions import Apart, captions
from ingest.formats.pdf.fonts import Typography
from ingest.formats.pdf.print import Box, Line, PrintedPage
from ingest.sections import BOXED_TEXT, CAPTION, TABLE

PROSE = "She felt a snap and could not stand on the foot."
FIGURE = Apart(CAPTION, "Figure 1")


def line(text: str, row: float, size: float = 10, left: float = 50, width: float = 300) -> Line:
    return Line(text, size=size, box=Box(left, 12 * row, left + width, 12 * row + size))


def found(*lines: Line) -> dict[str, Apart]:
    prose = [line(PROSE, row) for row in range(100, 140)]
    typography = Typography.of([PrintedPage((*prose, *lines))])
    return {lines[n].text: apart for n, apart in captions(lines, typography).items()}


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("Figure 1. The left ankle.", FIGURE),
        ("Fig. 1 The left ankle.", FIGURE),
        ("FIGURE 1 | The left ankle.", FIGURE),
        ("Table 2: Ages of the dancers.", Apart(TABLE, "Table 2")),
        ("Table IV", Apart(TABLE, "Table IV")),
        ("Box 1 What to ask", Apart(BOXED_TEXT, "Box 1")),
    ],
)
def test_captions_are_known_by_their_first_words(text: str, apart: Apart) -> None:
    assert found(line(text, 1, size=8)) == {text: apart}


@pytest.mark.parametrize("text", ["Figure 1 shows the left ankle.", "Tables were made of oak."])
def test_a_sentence_is_no_caption(text: str) -> None:
    assert found(line(text, 1, size=8)) == {}


def test_a_line_of_a_paragraph_that_begins_with_a_figure_is_no_caption() -> None:
    assert found(line(f"{PROSE} This is shown in", 1), line("Figure 1. It was swollen.", 2)) == {}


def test_a_caption_goes_on_to_a_wider_space() -> None:
    lines = [line("Figure 1. The left", 1), line("ankle of the dancer.", 2), line(PROSE, 5)]
    assert [*found(*lines)] == ["Figure 1. The left", "ankle of the dancer."]


def test_a_caption_ends_where_letters_change() -> None:
    assert [*found(line("Figure 1. An ankle.", 1, size=8), line(PROSE, 2))] == [
        "Figure 1. An ankle."
    ]


def test_the_cells_under_a_caption_are_the_table() -> None:
    cells = [line("Age", 2, 8), line("24 years", 3, 8), line("Sex", 4, 8)]
    lines = [line("Table 1. Dancers.", 1, size=8), *cells, line(PROSE, 6)]
    assert [*found(*lines)] == ["Table 1. Dancers.", "Age", "24 years", "Sex"]


def test_labels_over_a_caption_are_of_the_figure() -> None:
    lines = [line(PROSE, 1), line("Talus", 5, 6), line("Figure 1. An ankle.", 9, size=8)]
    assert found(*lines) == {"Figure 1. An ankle.": FIGURE, "Talus": FIGURE}


def test_a_page_without_captions_has_nothing_apart() -> None:
    assert found(line(PROSE, 1), line("Talus", 5, 6)) == {}


def test_without_places_a_caption_ends_with_its_sentence() -> None:
    lines = [Line("Figure 1. The left"), Line("ankle."), Line(PROSE)]
    assert [*captions(lines, Typography())] == [0, 1]
