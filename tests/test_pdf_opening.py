"""Files that one library opens and the other one does not."""

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.pdf.content import Soundness
from ingest.formats.pdf.opening import open_pdf
from tests.fixtures.examples import Line, pdf_example, pdf_file


def test_a_sound_file_is_opened_by_both() -> None:
    pdf = open_pdf(pdf_example())
    assert pdf.document is not None and pdf.both_agree and pdf.page_count == 2


def test_a_file_without_its_header_is_written_anew_for_pdfium() -> None:
    pdf = open_pdf(pdf_example().replace(b"%PDF-1.4", b"%XXX-1.4"))
    assert pdf.document is not None and pdf.page_count == 2


def test_what_neither_opens_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="its pages cannot be found"):
        open_pdf(b"%PDF-1.4 and nothing more")


def test_a_page_tells_how_much_it_draws() -> None:
    pdf = open_pdf(pdf_file([[Line("She fell.")], []]))
    assert pdf.content(1).letters == len("She fell.")
    assert pdf.content(2).soundness == Soundness.NOTHING
