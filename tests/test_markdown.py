"""Markdown: front matter, then CommonMark."""

import pytest

from ingest.formats.markdown import read_markdown


def texts(source: str) -> list[str]:
    return [block.text for block in read_markdown(source.encode()).blocks]


def test_headings_of_every_depth_are_headings() -> None:
    blocks = read_markdown(b"# Case\n\nText.\n\n### Outcome\n\nText.").blocks
    assert [block.text for block in blocks if block.is_heading] == ["Case", "Outcome"]


def test_front_matter_is_metadata_and_not_text() -> None:
    reading = read_markdown(b"---\ntitle: Calf pain\nyear: 2021\n---\nShe ran.")
    assert (reading.metadata.title, reading.metadata.year) == ("Calf pain", 2021)
    assert [block.text for block in reading.blocks] == ["She ran."]


def test_one_line_of_front_matter_is_enough() -> None:
    assert read_markdown(b"---\nyear: 2021\n---\nShe ran.").metadata.year == 2021


def test_the_first_heading_is_the_title_where_none_is_stated() -> None:
    assert read_markdown(b"# Calf pain\n\nShe ran.").metadata.title == "Calf pain"


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
        ("p < .05 & 10 > 3", "p < .05 & 10 > 3"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("> quoted", "quoted"),
    ],
)
def test_a_paragraph_is_its_words(source: str, text: str) -> None:
    assert texts(source) == [text]


def test_list_items_are_paragraphs() -> None:
    assert texts("We advised:\n\n- rest\n- ice\n  - twice a day") == [
        "We advised:",
        "rest",
        "ice",
        "twice a day",
    ]


def test_a_table_row_is_one_line() -> None:
    assert texts("| Week | Pain |\n|---|---|\n| 1 | 7 |") == ["Week | Pain", "1 | 7"]


def test_a_picture_is_not_fetched_nor_text() -> None:
    assert texts("![knee](https://example.org/knee.png)") == []
