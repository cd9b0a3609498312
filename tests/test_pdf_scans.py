"""Pages that are pictures of text."""

import io
from pathlib import Path

import pytest
from PIL import Image

from ingest.formats.pdf.opening import open_pdf
from ingest.formats.pdf.print import Line, PrintedPage
from ingest.formats.pdf.scans import read_scans
from tests.fixtures.examples import Line as Printed
from tests.fixtures.examples import pdf_file

SENTENCE = "The dancer had turned her left ankle and could not stand on it. " * 5
STAMP = "Read at the library of Lima on 3 May"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What OCR keeps is kept for the test alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def picture() -> bytes:
    """A page that is a picture of nothing."""
    target = io.BytesIO()
    Image.new("L", (60, 80), 200).save(target, "PDF")
    return target.getvalue()


def warnings(raw: bytes, *texts: str) -> str:
    pages = [PrintedPage((Line(text),)) for text in texts]
    return "; ".join(read_scans(open_pdf(raw), pages, damaged=[]).warnings)


def test_a_page_with_nothing_on_it_is_empty() -> None:
    assert warnings(pdf_file([[Printed("She fell.")], []]), SENTENCE, "") == "empty: page 2"


def test_a_picture_without_text_is_told() -> None:
    assert "page 1" in warnings(picture(), "") and "empty" not in warnings(picture(), "")


def test_a_picture_with_a_stamp_on_it_is_told() -> None:
    assert "page 1" in warnings(picture(), STAMP)


def test_a_picture_behind_a_whole_page_of_text_is_none_of_ours() -> None:
    assert warnings(picture(), SENTENCE) == ""


def test_a_few_words_on_a_page_are_no_scan() -> None:
    assert warnings(pdf_file([[Printed(STAMP)]]), STAMP) == ""


def test_a_damaged_page_is_not_looked_at() -> None:
    pages = [PrintedPage()]
    assert read_scans(open_pdf(picture()), pages, damaged=[1]).warnings == ()
