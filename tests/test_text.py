"""Plain text: fields, headings that stand alone, labels."""

import textwrap

import pytest

from ingest.formats.text import looks_like_heading, read_text, split_label
from ingest.formats.text_lines import Shape, shape_of, unbroken


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


STORY = (
    "The woman was 51 years old and had run marathons for more than ten years. She had pain in "
    "her left calf that began on the stairs. 12 of her runs had to be broken off, and rest did "
    "not help. After hydrodissection of the fascia she was free of pain for eight weeks. "
) * 3


@pytest.mark.parametrize("width", [50, 72, 100])
def test_a_text_that_was_broken_to_a_width_is_joined_also_after_a_full_stop(width: int) -> None:
    assert blocks(textwrap.fill(STORY, width)) == [(STORY.strip(), False)]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("hydro-\ndissection", "hydrodissection"),
        ("ultrasound guided it. ultrasound-\nguided", "ultrasound guided it. ultrasound-guided"),
        ("well-known. well-\nknown", "well-known. well-known"),
    ],
)
def test_a_hyphen_at_a_break_goes_unless_the_text_has_the_words_by_themselves(
    text: str, joined: str
) -> None:
    lines = text.splitlines()
    assert unbroken(lines, Shape(20, shape_of(lines).words)) == [joined]


def test_a_soft_hyphen_at_a_break_goes() -> None:
    assert blocks("the hydro\u00ad\ndissection was done") == [
        ("the hydrodissection was done", False)
    ]


def test_list_items_stay_apart() -> None:
    assert blocks("We advised:\n• Rest of the leg\n• Ice") == [
        ("We advised:", False),
        ("• Rest of the leg", False),
        ("• Ice", False),
    ]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Outcome\n=======\n\nShe ran.", 1),
        ("Outcome\n-------\n\nShe ran.", 2),
        ("### Outcome\n\nShe ran.", 3),
        ("2.1 Outcome\n\nShe ran.", 2),
        ("3. Results\n\nShe ran.", 1),
        ("OUTCOME\n\nShe ran.", 1),
        ("Outcome\nShe ran again after eight weeks without any pain.", 2),
    ],
)
def test_headings_are_told_by_how_they_are_written(text: str, level: int) -> None:
    heading = read_text(text.encode()).blocks[0]
    assert (heading.is_heading, heading.level) == (True, level)


def test_a_line_of_text_is_no_heading_because_a_short_line_follows() -> None:
    assert blocks("She fell.\nIt hurt.") == [("She fell.", False), ("It hurt.", False)]


def test_labels_inside_a_paragraph_part_an_abstract() -> None:
    text = "BACKGROUND: Calves hurt. METHODS: We scanned ten. RESULTS: All were sound."
    assert [line for line, is_heading in blocks(text) if is_heading] == [
        "BACKGROUND",
        "METHODS",
        "RESULTS",
    ]


def test_a_label_glued_to_the_word_before_it_is_one() -> None:
    assert blocks("Setting: Outpatient clinicAssessment/\nResults: She ran.") == [
        ("Setting", True),
        ("Outpatient clinic", False),
        ("Assessment/Results", True),
        ("She ran.", False),
    ]


def test_a_caption_stands_apart() -> None:
    caption = read_text(b"She ran.\n\nFigure 2. The calf after a week.").blocks[1]
    assert (caption.kind, caption.label) == ("caption", "Figure 2")


def test_rows_of_a_table_keep_their_cells_apart() -> None:
    assert blocks("Week\tPain\n1\t7\n8\t0") == [
        ("Week | Pain", False),
        ("1 | 7", False),
        ("8 | 0", False),
    ]


@pytest.mark.parametrize("line", ["Book now", "Call us today to make an appointment."])
def test_what_a_site_sells_is_kept_and_marked(line: str) -> None:
    text = f"She ran again after eight weeks.\n\n{line}\n\nShe was glad of it."
    assert [b.kind for b in read_text(text.encode()).blocks] == ["", "site text", ""]


def test_names_of_other_posts_below_an_article_are_marked() -> None:
    text = "She ran.\n\nPopular posts from this blog\n\nKnee Pain in Hampshire"
    assert [b.kind for b in read_text(text.encode()).blocks] == ["", "site text", "site text"]


def test_a_word_that_stands_for_a_picture_is_left_out() -> None:
    assert blocks("She ran.\n\nimage\n\nbg\nShe fell.") == [
        ("She ran.", False),
        ("She fell.", False),
    ]


def test_names_under_the_title_are_the_authors_and_said_to_be_inferred() -> None:
    metadata = read_text(b"Calf pain in runners\n\nAna Lima, MD\n\nShe ran.").metadata
    assert metadata.authors == ("Ana Lima",)
    assert metadata.origin_of("authors").startswith("inferred")


def test_the_title_lends_its_kind_to_no_section() -> None:
    title = read_text(b"TREATMENT OF CALF PAIN\n\nShe ran.").blocks[0]
    assert (title.is_heading, title.level) == (True, 0)


def test_a_lost_list_is_told() -> None:
    assert read_text(b"The plan of treatment included:").warnings[0].startswith("probably lost")


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
