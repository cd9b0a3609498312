"""Which library a page is taken from."""

from pathlib import Path

import pytest

from ingest.formats.pdf.choice import PDFIUM, PYPDF, _chosen, page_labels, read_pages, share_strange
from ingest.formats.pdf.opening import open_pdf
from ingest.formats.pdf.print import Line, PrintedPage
from ingest.formats.pdf.vocabulary import Vocabulary
from tests.fixtures.examples import Line as Printed
from tests.fixtures.examples import pdf_example, pdf_file

TEXT = "the patient had turned her left ankle and could not stand on the foot"
GLUED = "thepatient hadturned her left ankleand couldnot stand onthe foot"


def reader_of(pdfium: str | None, pypdf: str | None) -> str:
    pages = [PrintedPage((Line(text),)) if text is not None else None for text in (pdfium, pypdf)]
    return _chosen(pages[0], pages[1], Vocabulary([TEXT])).reader


def test_of_two_like_readings_pdfium_has_the_page() -> None:
    assert reader_of(TEXT, TEXT) == PDFIUM


@pytest.mark.parametrize("other", [None, "", GLUED, TEXT[:40]])
def test_pypdf_has_the_page_where_its_reading_is_better(other: str | None) -> None:
    assert reader_of(other, TEXT) == PYPDF


@pytest.mark.parametrize("other", [None, "", GLUED, TEXT[:40]])
def test_pdfium_has_it_where_its_reading_is_better(other: str | None) -> None:
    assert reader_of(TEXT, other) == PDFIUM


def test_more_letters_that_make_no_words_are_not_better() -> None:
    assert reader_of(TEXT, "xqzv " * 40) == PDFIUM


def test_a_page_of_strange_signs_is_damaged() -> None:
    page = PrintedPage((Line("\ue001\ue002 \ue003"),))
    assert _chosen(page, None, Vocabulary([TEXT])).is_damaged


def test_strange_signs_are_counted() -> None:
    assert share_strange("ab\ufffd\ue000") == 1 / 2


def test_a_sound_file_is_read_by_pdfium() -> None:
    pdf = open_pdf(pdf_example())
    readings, _ = read_pages(pdf)
    assert [reading.reader for reading in readings] == [PDFIUM, PDFIUM]


def test_a_file_that_pdfium_refuses_is_read_by_pypdf() -> None:
    pdf = open_pdf(pdf_example())
    pdf.close()
    pdf.document = None
    readings, _ = read_pages(pdf)
    assert [reading.reader for reading in readings] == [PYPDF, PYPDF]


def test_a_file_without_labels_has_none() -> None:
    assert [*page_labels(open_pdf(pdf_file([[Printed("She fell.")]])))] == [""]


def test_pages_have_the_labels_of_the_file(shared: Path) -> None:
    raw = (shared / "data" / "journals" / "PMC4521097.pdf").read_bytes()
    assert page_labels(open_pdf(raw))[:2] == ["1383", "1384"]


def test_a_count_from_zero_is_no_label(shared: Path) -> None:
    raw = (shared / "data" / "trials" / "16_1_8" / "fulltext.pdf").read_bytes()
    assert set(page_labels(open_pdf(raw))) == {""}
