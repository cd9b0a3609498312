"""The text of what stands apart."""

from ingest.formats.pdf.paragraphs import Words
from ingest.formats.pdf.print import Box, Line
from ingest.formats.pdf.tables import apart_text
from ingest.sections import CAPTION, TABLE


def line(text: str, row: float = 0, left: float = 50) -> Line:
    return Line(text, box=Box(left, 12 * row, left + 40, 12 * row + 10))


def test_cells_of_a_row_stand_on_one_line() -> None:
    cells = [line("24", 1, 100), line("Age", 1), line("Sex", 2), line("F", 2, 100)]
    assert apart_text(cells, TABLE, Words()) == "Age | 24\nSex | F"


def test_sentences_over_and_under_a_table_are_joined() -> None:
    lines = [
        line("Table 1. Ages of the dancers who had", 1),
        line("turned their ankles in the snow", 2),
    ]
    text = apart_text([*lines, line("Age", 3)], TABLE, Words())
    assert text == "Table 1. Ages of the dancers who had turned their ankles in the snow\nAge"


def test_a_caption_is_one_paragraph() -> None:
    lines = [line("Figure 1. The swol-", 1), line("len ankle.", 2)]
    assert apart_text(lines, CAPTION, Words()).replace("\n", " ") == "Figure 1. The swollen ankle."


def test_without_places_every_line_is_a_row() -> None:
    assert apart_text([Line("Age"), Line("24")], TABLE, Words()) == "Age\n24"
