"""Word files."""

import io
import zipfile
from pathlib import Path

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.docx import read_docx
from tests.fixtures.examples import TITLE, docx_example, paragraph, word_file


def texts(body: str) -> list[str]:
    return [block.text for block in read_docx(word_file(body)).blocks]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def with_part(name: str, content: str) -> bytes:
    """The example with one more part."""
    file = io.BytesIO(docx_example())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def core(title: str) -> str:
    namespace = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"<core {namespace}><dc:title>{title}</dc:title></core>"


def test_styled_headings_are_headings() -> None:
    blocks = read_docx(word_file(paragraph("Case", "Heading1") + paragraph("She fell."))).blocks
    assert [(block.text, block.is_heading) for block in blocks] == [
        ("Case", True),
        ("She fell.", False),
    ]


def test_runs_of_one_word_are_not_parted() -> None:
    assert texts(f"<w:p>{run('ibu')}{run('profen ')}{run('400')}</w:p>") == ["ibuprofen 400"]


def test_a_line_break_is_one() -> None:
    assert texts(f"<w:p>{run('Rest')}<w:r><w:br/></w:r>{run('Ice')}</w:p>") == ["Rest\nIce"]


def test_a_table_row_is_one_line() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Week", "Pain"))
    assert texts(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == ["Week | Pain"]


def test_deleted_text_is_left_out_and_inserted_text_is_read() -> None:
    deleted = "<w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
    assert texts(f"<w:p>{run('Day ')}{deleted}<w:ins>{run('4')}</w:ins></w:p>") == ["Day 4"]


def test_text_boxes_are_read(shared: Path) -> None:
    raw = Path(shared, "data", "docx", "docling__textbox.docx").read_bytes()
    assert "Student falls ill" in [block.text for block in read_docx(raw).blocks]


def test_the_title_shown_counts_before_the_files_properties() -> None:
    raw = with_part("docProps/core.xml", core("Draft 3"))
    assert read_docx(raw).metadata.title == TITLE


def test_the_files_properties_name_a_document_without_a_heading() -> None:
    file = io.BytesIO(word_file(paragraph("She fell.")))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("docProps/core.xml", core("Ankle sprain"))
    assert read_docx(file.getvalue()).metadata.title == "Ankle sprain"


@pytest.mark.parametrize("size", [100, 700, -40])
def test_half_a_file_is_unreadable(size: int) -> None:
    with pytest.raises(UnreadableFileError, match="a damaged Word file"):
        read_docx(docx_example()[:size])


def test_a_file_that_unpacks_without_end_is_not_unpacked() -> None:
    file = io.BytesIO(docx_example())
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/media/bomb.bin", "w", force_zip64=True) as part,
    ):
        for _ in range(201):
            part.write(bytes(1_000_000))
    with pytest.raises(UnreadableFileError, match="unpacks to more than 200 MB"):
        read_docx(file.getvalue())


def test_a_power_is_not_read_as_more_digits() -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>9</w:t></w:r>'
    assert "109" not in texts(f"<w:p>{run('3.5 x 10')}{raised}{run('/L')}</w:p>")[0]


def test_damaged_properties_do_not_lose_the_text() -> None:
    assert read_docx(with_part("docProps/core.xml", "<core>")).metadata.title == TITLE
