"""PDF files, written by hand."""

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.pdf.reader import read_pdf
from tests.fixtures.examples import HEADINGS, Line, pdf_example, pdf_file

SENTENCE = Line("The patient was a dancer of 24 years who had turned her left ankle.")


def test_headings_are_known_by_their_font() -> None:
    blocks = read_pdf(pdf_example()).blocks
    assert [block.text for block in blocks if block.is_heading][1:] == [*HEADINGS]


def test_pages_are_counted_from_one() -> None:
    reading = read_pdf(pdf_file([[SENTENCE], [Line("She danced again after eight weeks.")]]))
    assert [block.page for block in reading.blocks] == [1, 2]


def test_the_largest_letters_are_the_title() -> None:
    title = Line("A sprained ankle in a dancer", size=20)
    assert read_pdf(pdf_file([[title, SENTENCE]])).metadata.title == title.text


def test_a_running_header_and_a_page_number_are_left_out() -> None:
    body = ["The dancer fell.", "She limped for a week.", "Then she walked without pain again."]
    pages = [
        [Line("Invented Cases 2019"), Line(text), Line(f"Page {number} of 3")]
        for number, text in enumerate(body, 1)
    ]
    assert " ".join(block.text for block in read_pdf(pdf_file(pages)).blocks) == " ".join(body)


def test_the_year_is_the_one_of_publication() -> None:
    seen = Line("She was seen in 2011 and again in 2012 with the same pain.")
    published = Line("Published: 12 May 2019")
    assert read_pdf(pdf_file([[seen, published, SENTENCE]])).metadata.year == 2019


def test_two_field_lines_are_metadata_and_not_text() -> None:
    reading = read_pdf(pdf_file([[Line("Year: 2019"), Line("DOI: 10.5555/x.7"), SENTENCE]]))
    assert (reading.metadata.year, reading.metadata.doi) == (2019, "10.5555/x.7")
    assert [block.text for block in reading.blocks] == [SENTENCE.text]


def test_a_page_without_text_is_reported_and_the_others_keep_their_numbers() -> None:
    reading = read_pdf(pdf_file([[SENTENCE], [], [Line("She danced again.")]]))
    assert reading.warnings == ("empty: page 2",)
    assert [block.page for block in reading.blocks] == [1, 3]


def test_bytes_before_the_header_are_a_warning() -> None:
    reading = read_pdf(b"\n" + pdf_example())
    assert reading.warnings == ("does not begin as a PDF; read all the same",)


def test_a_pdf_without_a_text_layer_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="no text in its 2 pages, perhaps scanned"):
        read_pdf(pdf_file([[], []]))


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_a_pdf_that_was_cut_short_is_unreadable(share: float) -> None:
    raw = pdf_example()
    with pytest.raises(UnreadableFileError):
        read_pdf(raw[: int(len(raw) * share)])


def test_brackets_accents_and_signs_are_read() -> None:
    line = Line("Kümmell (1895) saw 37.5 °C, 5 µg and ± 2 \\ 3 in a patient of 51 years.")
    assert read_pdf(pdf_file([[line]])).blocks[0].text == line.text


def test_the_doi_above_how_to_cite_the_article_is_found() -> None:
    last = [Line("doi:10.5555/own.7"), Line("Cite this article as: Lima et al.: Ankles. 2019.")]
    assert read_pdf(pdf_file([[SENTENCE], last])).metadata.doi == "10.5555/own.7"


def test_a_doi_broken_at_the_line_end_is_made_whole() -> None:
    lines = [SENTENCE, Line("doi:10.5555/journal.pone."), Line("0115884")]
    assert read_pdf(pdf_file([lines])).metadata.doi == "10.5555/journal.pone.0115884"


def test_every_page_tells_what_read_it() -> None:
    reading = read_pdf(pdf_file([[SENTENCE], []]))
    assert [(page.number, page.reader) for page in reading.pages] == [
        (1, "pypdfium2"),
        (2, "pypdfium2"),
    ]


def test_a_file_that_has_lost_its_header_is_read_all_the_same() -> None:
    reading = read_pdf(pdf_file([[SENTENCE]]).replace(b"%PDF-1.4", b"%XXX-1.4"))
    assert [block.text for block in reading.blocks] == [SENTENCE.text]


def test_a_caption_is_set_apart() -> None:
    caption = Line("Figure 1. The left ankle.", size=8)
    after = Line("It was swollen on the next day, and she could not stand on it.")
    blocks = read_pdf(pdf_file([[SENTENCE, caption, after]])).blocks
    assert [block.text for block in blocks if block.kind == "caption"] == [caption.text]


def test_a_word_broken_over_a_page_is_made_whole() -> None:
    first = Line("The patient was a dancer of 24 years who was treated by hydrodis-")
    reading = read_pdf(pdf_file([[SENTENCE, first], [Line("section of the nerve.")]]))
    assert [(b.text.split()[-1], b.page, b.continues) for b in reading.blocks[-2:]] == [
        ("hydrodissection", 1, False),
        ("nerve.", 2, True),
    ]
