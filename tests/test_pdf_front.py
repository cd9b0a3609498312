"""The metadata of a PDF: its properties held against its first page."""

import io
from pathlib import Path

import pypdf
import pypdfium2

from evaluation.articles import articles
from evaluation.metadata import metadata_rows
from ingest.documents import Metadata, read_in
from ingest.formats.pdf.front import choose_authors, choose_title, front_metadata, take_fields
from tests.fixtures.examples import Line, pdf_file

TITLE = "Sprained ankle in a dancer"
SHORT = "Sprained ankle"
PAGE = f"{TITLE}\nAna Lima, Tom Berg\nThe patient was a dancer of 24 years."


def title(stated: str, printed: str, authors: tuple[str, ...] = ("Ana Lima",)) -> str:
    return choose_title(
        read_in("properties", Metadata(title=stated)),
        read_in("page", Metadata(title=printed, authors=authors)),
        PAGE,
    ).origin_of("title")


def test_a_stated_title_that_is_printed_is_taken() -> None:
    assert title("Sprained Ankle in a Dancer", TITLE) == "properties"


def test_a_stated_title_that_breaks_off_gives_way() -> None:
    assert title(SHORT, TITLE) == "page"


def test_a_printed_title_that_breaks_off_gives_way() -> None:
    assert title(TITLE, SHORT) == "properties"


def test_a_running_title_gives_way_to_what_stands_over_the_authors() -> None:
    assert title("The patient was a dancer", TITLE) == "page"


def test_a_stated_title_stands_before_large_print_without_authors() -> None:
    assert title(TITLE, "ANKLES OF TODAY", authors=()) == "properties"


def test_a_stated_title_that_is_nowhere_printed_gives_way() -> None:
    assert title("Template of the Ankle Press", TITLE) == "page"


def authors(
    stated: tuple[str, ...], printed: tuple[str, ...], cited: tuple[str, ...] = (), text: str = PAGE
) -> tuple[str, ...]:
    return choose_authors(
        Metadata(authors=stated), Metadata(authors=printed), Metadata(authors=cited), text
    ).authors


def test_one_stated_author_gives_way_to_the_printed_ones() -> None:
    assert authors(("Ana Lima",), ("Ana Lima", "Tom Berg")) == ("Ana Lima", "Tom Berg")


def test_whoever_sent_the_file_is_no_author() -> None:
    assert authors(("Kim Lee",), ("Ana Lima", "Tom Berg")) == ("Ana Lima", "Tom Berg")


def test_stated_authors_that_are_all_printed_stand_before_fewer_read() -> None:
    assert authors(("Ana Lima", "Tom Berg"), ("Ana Lima",)) == ("Ana Lima", "Tom Berg")


def test_two_authors_of_one_name_count_as_two() -> None:
    two = ("Ana Lima", "Rui Lima")
    assert authors(two, two) == two


def test_cited_authors_are_better_than_one_stated() -> None:
    assert authors(("Ana Lima",), (), cited=("Lima A", "Berg T")) == ("Lima A", "Berg T")


def test_one_stated_author_is_left_out_where_the_page_says_et_al() -> None:
    assert authors(("Ana Lima",), (), text=f"Lima et al.\n{PAGE}") == ()


def test_one_stated_author_of_a_page_without_names_is_taken() -> None:
    assert authors(("Ana Lima",), ()) == ("Ana Lima",)


def made(*pages: list[Line], **properties: str) -> Metadata:
    """The front metadata of a file with these pages and properties."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_file(pages)))
    writer.add_metadata({f"/{key}": value for key, value in properties.items()})
    file = io.BytesIO()
    writer.write(file)
    reader = pypdf.PdfReader(file)
    document = pypdfium2.PdfDocument(file.getvalue())
    return front_metadata(document, reader, [p.extract_text() for p in reader.pages])


FIRST = [
    Line("Ankles 2019, 7:12", size=8),
    Line(TITLE, size=20),
    Line("Ana Lima and Tom Berg"),
    *[Line("The patient was a dancer of 24 years who had turned her left ankle.")] * 9,
]


def test_each_value_says_where_it_was_read() -> None:
    found = made(FIRST, Title="Microsoft Word - final2.doc", Author="Ana Lima")
    assert (found.title, found.origin_of("title")) == (TITLE, "page 1, largest letters")
    assert found.authors == ("Ana Lima", "Tom Berg")
    assert found.origin_of("authors") == "page 1, under the title"
    assert (found.journal, found.origin_of("year")) == ("Ankles", "page 1, header line")


def test_a_title_after_a_cover_is_found() -> None:
    found = made([Line("Open Repository of the University", size=24)], FIRST)
    assert (found.title, found.origin_of("title")) == (TITLE, "page 2, largest letters")


def test_the_year_of_the_file_is_inferred_only() -> None:
    found = made([Line("A handout for dancers.")], CreationDate="D:20170102")
    assert (found.year, found.origin_of("year")) == (2017, "inferred from the date of the file")


def test_a_doi_of_the_properties_that_is_not_printed_gives_way_to_a_printed_one() -> None:
    found = made([*FIRST, Line("doi:10.5555/own.7")], doi="10.5555/template")
    assert found.doi == "10.5555/own.7"


def test_the_title_of_a_recognised_page_is_known_by_its_size() -> None:
    raw = pdf_file([[]])
    text = "Ankles 2019, 7:12\nSprained ankle in a dancer\nAna Lima’, Tom Berg”\n\nShe fell."
    reader = pypdf.PdfReader(io.BytesIO(raw))
    document = pypdfium2.PdfDocument(raw)
    found = front_metadata(document, reader, [text], sizes=[9, 20, 9, 0, 9])
    assert (found.title, found.authors) == (TITLE, ("Ana Lima", "Tom Berg"))


def test_a_file_that_pdfium_cannot_open_states_what_its_text_does() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_file([FIRST])))
    assert front_metadata(None, reader, ["doi:10.5555/own.7\nAnkles"]).doi == "10.5555/own.7"


def test_field_lines_leave_the_text() -> None:
    stated, rest = take_fields("Ankle Pages\nYear: 2019\nJournal: Ankles\nShe fell.")
    assert (stated.year, stated.journal, rest) == (2019, "Ankles", "Ankle Pages\nShe fell.")


def test_one_field_line_is_text() -> None:
    assert take_fields("Year: 2019\nShe fell.")[0] == Metadata()


def test_published_articles_state_what_their_xml_does(shared: Path) -> None:
    pdfs = [article for article in articles(shared) if article.pdf and article.xml]
    rows = list(metadata_rows(pdfs, formats=["pdf"]))
    assert rows and [row for row in rows if row.verdict != "right"] == []
