"""Markdown: front matter, then CommonMark with tables, notes and HTML."""

import pytest

from ingest.blocks import Block
from ingest.formats.markdown import read_markdown


def blocks(source: str) -> list[Block]:
    return list(read_markdown(source.encode()).blocks)


def texts(source: str) -> list[str]:
    return [block.text for block in blocks(source)]


def test_headings_of_every_depth_are_headings_with_their_level() -> None:
    found = blocks("# Calf pain\n\nText.\n\n## Case\n\nText.\n\n#### Outcome\n\nText.")
    assert [(b.text, b.level) for b in found if b.is_heading] == [
        ("Calf pain", 0),
        ("Case", 2),
        ("Outcome", 4),
    ]


def test_front_matter_is_metadata_and_not_text() -> None:
    reading = read_markdown(b"---\ntitle: Calf pain\nyear: 2021\n---\nShe ran.")
    assert (reading.metadata.title, reading.metadata.year) == ("Calf pain", 2021)
    assert [block.text for block in reading.blocks] == ["She ran."]


def test_the_first_heading_is_the_title_where_none_is_stated() -> None:
    metadata = read_markdown(b"# Calf pain\n\nShe ran.").metadata
    assert (metadata.title, metadata.origin_of("title")) == ("Calf pain", "the first heading")


def test_the_only_heading_of_the_widest_level_is_the_title() -> None:
    assert read_markdown(b"## Note\n\nx\n\n# Calf pain\n\nShe ran.").metadata.title == "Calf pain"


def test_field_lines_below_the_title_are_metadata_and_not_text() -> None:
    reading = read_markdown(b"# Calf pain\n\nAuthors: Ana Lima, Tom Berg\n\nShe ran.")
    assert reading.metadata.authors == ("Ana Lima", "Tom Berg")
    assert [block.text for block in reading.blocks] == ["Calf pain", "She ran."]


def test_a_rule_between_paragraphs_is_no_front_matter() -> None:
    assert texts("She fell.\n\n---\n\nShe ran.") == ["She fell.", "She ran."]


def test_front_matter_with_windows_line_ends_is_read() -> None:
    assert read_markdown(b"---\r\nyear: 2021\r\n---\r\nShe ran.\r\n").metadata.year == 2021


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("broken to fit\na screen", "broken to fit a screen"),
        ("*S. aureus* in `blood`", "S. aureus in blood"),
        ("[Kuhn](https://example.org) graded it", "Kuhn graded it"),
        ("[Kuhn][1] graded it\n\n[1]: https://example.org", "Kuhn graded it"),
        ("p < .05 & 10 > 3", "p < .05 & 10 > 3"),
        ("given <dose and unit> daily", "given <dose and unit> daily"),
        ("10<sup>9</sup>/L, H<sub>2</sub>O", "10⁹/L, H₂O"),
        ("Rest<br>Ice", "Rest\nIce"),
        ("seen<!-- a note to myself --> again", "seen again"),
        ("> quoted", "quoted"),
        ("a\\*b", "a*b"),
    ],
)
def test_a_paragraph_is_its_words(source: str, text: str) -> None:
    assert texts(source) == [text]


def test_a_script_is_no_text() -> None:
    assert texts("She ran.\n\n<script>alert(1)</script>") == ["She ran."]


def test_list_items_keep_their_marks() -> None:
    assert texts("We advised:\n\n- rest\n- ice\n  - twice a day\n\n3. run\n4. jump") == [
        "We advised:",
        "• rest",
        "• ice",
        "• twice a day",
        "3. run",
        "4. jump",
    ]


def test_a_table_row_is_one_line() -> None:
    assert texts("| Week | Pain |\n|---|---|\n| 1 | 7 |") == ["Week | Pain", "1 | 7"]


def test_a_table_stands_apart_with_its_caption() -> None:
    found = blocks("She ran.\n\nTable 1. Pain\n\n| Week | Pain |\n|---|---|\n| 1 | 7 |")
    assert [(block.kind, block.label) for block in found] == [("", "")] + [("table", "Table 1")] * 3


def test_a_note_stands_apart_and_its_number_is_raised() -> None:
    text, note = blocks("She ran.[^a]\n\n[^a]: For an hour.")
    assert (text.text, note.text, note.kind) == ("She ran.¹", "1. For an hour.", "footnote")


def test_a_picture_is_not_fetched_and_its_description_is_a_caption() -> None:
    caption = blocks("![Sagittal view of the torn tendon](https://example.org/knee.png)")[0]
    assert (caption.text, caption.kind) == ("Sagittal view of the torn tendon", "caption")


def test_a_pictures_name_is_no_caption() -> None:
    assert texts("![knee](https://example.org/knee.png)") == []


def test_a_bold_line_that_stands_alone_is_a_heading() -> None:
    assert blocks("**Our patient**\n\nShe ran.")[0].is_heading


def test_a_lost_list_is_told() -> None:
    warnings = read_markdown(b"The plan of treatment included:").warnings
    assert warnings[0].startswith("probably lost a list")
