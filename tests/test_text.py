"""Plain text: fields, headings that stand alone, labels."""

import pytest

from ingest.formats.text import looks_like_heading, read_text, split_label


def blocks(text: str) -> list[tuple[str, bool]]:
    return [(block.text, block.is_heading) for block in read_text(text.encode()).blocks]


def test_a_short_line_that_stands_alone_is_a_heading() -> None:
    assert blocks("Outcome\n\nShe ran again.\n") == [("Outcome", True), ("She ran again.", False)]


def test_a_leading_label_is_a_heading() -> None:
    assert blocks("Discussion: It is rare.") == [("Discussion", True), ("It is rare.", False)]


def test_lines_broken_to_fit_a_screen_are_joined() -> None:
    first = "The patient was a woman of 51 years who had run marathons for ten years and"
    assert blocks(f"{first}\nnow had pain in her calf.") == [
        (f"{first} now had pain in her calf.", False)
    ]


def test_list_items_stay_apart() -> None:
    assert blocks("We advised:\n• Rest of the leg\n• Ice") == [
        ("We advised:", False),
        ("• Rest of the leg", False),
        ("• Ice", False),
    ]


def test_field_lines_are_metadata_and_not_text() -> None:
    reading = read_text(b"Title: Calf pain\nYear: 2021\n\nShe ran again.")
    assert (reading.metadata.title, reading.metadata.year) == ("Calf pain", 2021)
    assert [block.text for block in reading.blocks] == ["She ran again."]


def test_a_first_heading_of_three_words_is_the_title() -> None:
    title = read_text(b"A torn hamstring\n\nShe ran again.").metadata.title
    assert title == "A torn hamstring"


@pytest.mark.parametrize("text", ["Case\n\nShe ran.", "She ran in the park.\n\nThe next day after"])
def test_a_text_that_names_nothing_has_no_title(text: str) -> None:
    assert read_text(text.encode()).metadata.title == ""


def test_identifiers_are_found_where_they_stand() -> None:
    metadata = read_text(b"She ran. doi:10.5555/abc, PMID: 18842146").metadata
    assert (metadata.doi, metadata.pmid) == ("10.5555/abc", "18842146")


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("Our Patient", True),
        ("3 Results", True),
        ("It was rare.", False),
        ("however small", False),
        ("• Rest", False),
        ("1. Rest", False),
        ("https://example.org", False),
        ("Word " * 13, False),
        ("", False),
    ],
)
def test_a_heading_is_short_and_no_sentence(line: str, is_heading: bool) -> None:
    assert looks_like_heading(line) is is_heading


@pytest.mark.parametrize("line", ["Rest: ice and time.", "Note: see below.", "At 3:15 he fell."])
def test_a_label_must_name_a_kind_of_section(line: str) -> None:
    assert split_label(line) == ("", line)


def test_a_sentence_with_a_colon_is_no_label() -> None:
    line = "Results were normal: CRP was 5 mg/l."
    assert split_label(line) == ("", line)


def test_a_text_that_begins_with_a_date_keeps_it() -> None:
    assert blocks("Date: 3 May 2014, she fell off a ladder.")[0][0].startswith("Date")
