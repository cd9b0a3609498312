"""Title, authors and identifiers of Word files, each with the place that it was read in."""

import pytest

from ingest.documents import Metadata
from ingest.formats.office.docx import read_docx
from tests.fixtures.examples import paragraph
from tests.fixtures.word_files import run, table, word_package

TEXT = paragraph("She fell off a ladder and could not walk any more, which worried her.")


def stated(body: str, **parts: str) -> Metadata:
    return read_docx(word_package(body, **parts)).metadata


def named(metadata: Metadata) -> tuple[str, str]:
    return metadata.title, metadata.origin_of("title")


def sized(text: str, half_points: int) -> str:
    return "<w:p>" + run(text, f'<w:sz w:val="{half_points}"/>') + "</w:p>"


def test_a_paragraph_of_the_style_title_is_the_title() -> None:
    found = stated(paragraph("Case report") + paragraph("Calf pain in runners", "Title") + TEXT)
    assert named(found) == ("Calf pain in runners", "paragraph of style title")


def test_the_largest_line_of_the_first_page_is_the_title() -> None:
    body = (
        paragraph("A journal of cases")
        + sized("Calf pain in runners", 36)
        + sized("Rest. " * 99, 22)
    )
    assert stated(body).title == "Calf pain in runners"


def test_a_first_bold_line_is_the_title() -> None:
    bold = f"<w:p>{run('Calf pain in runners', '<w:b/>')}</w:p>"
    assert named(stated(bold + TEXT)) == ("Calf pain in runners", "the first heading")


def test_the_only_heading_of_the_widest_level_is_the_title_however_short() -> None:
    assert stated(paragraph("Calf pain", "Heading1") + TEXT).title == "Calf pain"


def test_a_document_that_begins_with_a_table_may_have_no_title() -> None:
    assert stated(table(("Week", "Pain")) + paragraph("Calf pain", "Heading1") + TEXT).title == ""


def test_a_sections_name_is_no_title() -> None:
    assert stated(paragraph("Discussion", "Heading1") + TEXT).title == ""


def test_a_first_sentence_is_no_title() -> None:
    assert stated(TEXT).title == ""


def test_the_files_properties_name_a_document_without_a_title() -> None:
    found = stated(TEXT, core_properties="<dc:title>Ankle sprain</dc:title>")
    assert named(found) == ("Ankle sprain", "Word properties")


@pytest.mark.parametrize("title", ["Microsoft Word - a", "final2.docx", "Document1", "report"])
def test_what_a_tool_calls_a_file_is_no_title(title: str) -> None:
    assert stated(TEXT, core_properties=f"<dc:title>{title}</dc:title>").title == ""


def test_a_page_header_names_a_document_that_nothing_else_names() -> None:
    found = stated(TEXT, header=paragraph("Ankle sprain in dancers, doi:10.5555/abc"))
    assert found.origin_of("title") == found.origin_of("doi") == "page header"


def test_authors_are_read_from_their_style() -> None:
    found = stated(paragraph("Ana Lima, MD, and Tom Berg", "Author") + TEXT)
    assert found.authors == ("Ana Lima", "Tom Berg")


def test_names_under_the_title_are_the_authors_and_said_to_be_inferred() -> None:
    found = stated(paragraph("Calf pain", "Title") + paragraph("Ana Lima¹, Tom Berg²") + TEXT)
    assert found.authors == ("Ana Lima", "Tom Berg")
    assert found.origin_of("authors").startswith("inferred")


def test_who_made_the_file_is_its_author_only_where_it_names_none() -> None:
    creator = "<dc:creator>Kim Ito</dc:creator>"
    assert stated(TEXT, core_properties=creator).authors == ("Kim Ito",)
    assert stated(paragraph("Authors: Ana Lima") + TEXT, core_properties=creator).authors == (
        "Ana Lima",
    )


@pytest.mark.parametrize("creator", ["Microsoft Office User", "admin", "HP", "a@b.org"])
def test_a_computers_name_is_no_author(creator: str) -> None:
    assert stated(TEXT, core_properties=f"<dc:creator>{creator}</dc:creator>").authors == ()


def test_the_doi_of_a_reference_is_not_the_documents() -> None:
    references = paragraph("References", "Heading1") + paragraph("Lee. doi:10.5555/other")
    assert stated(TEXT + references).doi == ""


def test_damaged_properties_do_not_lose_the_text() -> None:
    assert stated(paragraph("Calf pain", "Title") + TEXT, core_properties="<dc:title>").title
