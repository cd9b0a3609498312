"""Lines of a page with the places of their letters, on pages that the tests draw."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from ingest.formats.pdf.front_lines import FrontLine, front_lines, recognised_lines

Print = tuple[str, float, float, float]
"""Text, x, y and size in points."""


@pytest.fixture
def document() -> Iterator[pypdfium2.PdfDocument]:
    new = pypdfium2.PdfDocument.new()
    yield new
    new.close()


def draw(document: pypdfium2.PdfDocument, *prints: Print, turned: bool = False) -> list[FrontLine]:
    """The lines of a page on which these are printed in this order, in Helvetica."""
    page = document.new_page(595, 842)
    for text, x, y, size in prints:
        letters = pdfium.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", size)
        wide = (ctypes.c_ushort * (len(text) + 1))(*map(ord, text), 0)
        pdfium.FPDFText_SetText(letters, wide)
        matrix = (0, 1, -1, 0, x, y) if turned else (1, 0, 0, 1, x, y)
        pdfium.FPDFPageObj_Transform(letters, *matrix)
        pdfium.FPDFPage_InsertObject(page.raw, letters)
    page.gen_content()
    return list(front_lines(page))


def test_lines_stand_from_top_to_bottom_whatever_the_order_of_the_file(
    document: pypdfium2.PdfDocument,
) -> None:
    lines = draw(document, ("A dancer fell.", 50, 600, 10), ("Ankles", 50, 700, 20))
    assert [(line.text, line.size) for line in lines] == [("Ankles", 20), ("A dancer fell.", 10)]


def test_raised_letters_are_marked(document: pypdfium2.PdfDocument) -> None:
    prints = [("Ana Lima", 50, 700, 10), ("1,2", 92, 704, 6), (", Tom Berg", 101, 700, 10)]
    (line,) = draw(document, *prints)
    assert (line.text, line.marked) == ("Ana Lima1,2, Tom Berg", "Ana Lima‸ , Tom Berg")


def test_raised_letters_that_were_drawn_last_are_put_in_their_place(
    document: pypdfium2.PdfDocument,
) -> None:
    prints = [("Ana Lima", 50, 700, 10), (", Tom Berg", 101, 700, 10), ("1,2", 92, 704, 6)]
    (line,) = draw(document, *prints)
    assert line.marked == "Ana Lima‸ , Tom Berg"


def test_an_asterisk_is_a_sign_also_where_it_is_not_raised(
    document: pypdfium2.PdfDocument,
) -> None:
    (line,) = draw(document, ("Ana Lima* and Tom Berg", 50, 700, 10))
    assert line.marked == "Ana Lima‸ and Tom Berg"


def test_columns_are_lines_of_their_own(document: pypdfium2.PdfDocument) -> None:
    lines = draw(document, ("Left", 50, 700, 10), ("Right", 300, 700, 10))
    assert [line.text for line in lines] == ["Left", "Right"]


def test_an_accent_drawn_by_itself_stands_on_its_letter(
    document: pypdfium2.PdfDocument,
) -> None:
    (line,) = draw(document, ("Havl", 50, 700, 10), ("i", 70, 700, 10), ("´", 69.5, 700, 10))
    assert line.text == "Havlí"


def test_turned_print_is_left_out(document: pypdfium2.PdfDocument) -> None:
    assert draw(document, ("Author Manuscript", 20, 300, 12), turned=True) == []


def test_a_line_drawn_twice_to_look_bold_is_one(document: pypdfium2.PdfDocument) -> None:
    lines = draw(document, ("Ankles", 50, 700, 20), ("Ankles", 50.3, 700, 20))
    assert [line.text for line in lines] == ["Ankles"]


def test_a_page_of_nothing_has_no_lines(document: pypdfium2.PdfDocument) -> None:
    assert draw(document) == []


def test_recognised_lines_stand_under_each_other() -> None:
    lines = recognised_lines("Ankles\n\nA dancer fell.", [20, 0, 10])
    assert [(line.text, line.size) for line in lines] == [("Ankles", 20), ("A dancer fell.", 10)]
    assert lines[0].y > lines[1].y
