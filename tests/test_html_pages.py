"""Whole pages of clinics, site builders and publishers: what is kept, marked and left out."""

import pytest

from ingest.blocks import Block
from ingest.formats.html.reader import read_html
from ingest.sections import CAPTION, SITE_TEXT, TABLE
from tests.fixtures.pages import BUILDER, CLINIC, PUBLISHER, TABS


def blocks(page: str) -> tuple[Block, ...]:
    return read_html(page.encode()).blocks


def own(page: str) -> list[str]:
    """The texts that a page has for its own."""
    return [" ".join(block.text.split()) for block in blocks(page) if block.kind != SITE_TEXT]


def marked(page: str) -> list[str]:
    return [" ".join(block.text.split()) for block in blocks(page) if block.kind == SITE_TEXT]


def of_kind(page: str, kind: str) -> list[tuple[str, str]]:
    return [(block.label, block.text) for block in blocks(page) if block.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "How a guided injection got a busy letter carrier back on his round.",
        "The plantar fascia measured 6.2 mm.",
        "No tear",
        "Oedema of the fat pad",
        "Needle between fascia and fat pad",
        "At one year he walked his whole round, and there had been no relapse.",
        "Does the injection hurt?",
        "Most patients feel pressure rather than pain, because a local anaesthetic is given.",
    ],
)
def test_a_clinics_case_is_kept_whole(text: str) -> None:
    assert text in own(CLINIC)


@pytest.mark.parametrize(
    "text",
    [
        "Book your consultation today and let our team look at it.",
        "To arrange an appointment, call us on 020 7946 0123.",
        '"I was back at work within a week, and the team was kind."',
        "Stretching after a run keeps calves supple and heels happy all week long.",
    ],
)
def test_what_a_clinic_says_of_itself_is_kept_and_marked(text: str) -> None:
    assert text in marked(CLINIC)


@pytest.mark.parametrize(
    "scrap",
    ["Prices", "Book now", "Call 020 7946 0123", "cookies", "registered", "Twitter", "published"],
)
def test_menus_buttons_footers_and_forms_are_left_out(scrap: str) -> None:
    assert not any(scrap in text for text in own(CLINIC) + marked(CLINIC))


def test_site_text_is_named_by_the_heading_it_stands_under() -> None:
    labels = {block.label for block in blocks(CLINIC) if block.kind == SITE_TEXT}
    assert {"Related posts", "What our patients say"} <= labels


def test_the_title_is_no_heading_of_the_text() -> None:
    assert "Stubborn heel pain in a postman" not in own(CLINIC) + marked(CLINIC)


def test_headings_keep_their_level() -> None:
    levels = {block.text: block.level for block in blocks(CLINIC) if block.is_heading}
    assert (levels["What we found"], levels["Does the injection hurt?"]) == (2, 6)


def test_a_table_is_one_block_with_a_row_on_each_line() -> None:
    assert of_kind(CLINIC, TABLE) == [("", "Week | Pain\n0 | 7\n6 | 2")]


@pytest.mark.parametrize(
    "text",
    [
        "Pain when gripping Weak wrist",
        "The pain begins slowly and gets worse over weeks. Some people drop cups.",
        "Step 1",
        "Rest and a brace",
        "A first visit costs £90.",
    ],
)
def test_a_page_of_nested_divs_is_kept_whole(text: str) -> None:
    assert text in own(BUILDER)


@pytest.mark.parametrize(
    "text",
    ["We accept Visa, Mastercard and cash.", "Tel: 0113 496 0000", "©2023 by Elbow Doctors."],
)
def test_a_page_without_telling_names_is_judged_by_wording(text: str) -> None:
    assert text in marked(BUILDER)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Symptoms", "Tingling at night in the thumb and index finger is the first sign."),
        ("Treatment", "A splint at night is tried first, then an operation."),
        (
            "How long am I off work?",
            "Office workers return after a few days, builders after a month.",
        ),
        ("Will it return?", "In one hand in twenty the symptoms return within ten years."),
        ("Is it my keyboard?", "Typing alone does not narrow the tunnel, as far as anybody knows."),
    ],
)
def test_folded_text_stands_under_what_opens_it(heading: str, text: str) -> None:
    texts = own(TABS)
    assert texts[texts.index(heading) + 1] == text


def test_a_list_of_terms_is_kept() -> None:
    assert own(TABS)[-2:] == ["Incidence", "3 in 1000 a year"]


def test_a_figures_label_and_caption_are_one_block_and_a_pop_up_is_not_read_twice() -> None:
    assert of_kind(PUBLISHER, CAPTION) == [
        ("Figure 1", "Figure 1 The wrist, with an arrow on the swelling")
    ]


def test_a_table_has_its_caption_and_empty_cells_keep_their_place() -> None:
    assert of_kind(PUBLISHER, TABLE) == [
        ("Table 1", "Table 1. Findings before surgery"),
        ("Table 1", "Test | Right | Left\nGrip (kg) |  | 31"),
    ]


def test_references_have_a_heading_and_no_links() -> None:
    texts = own(PUBLISHER)
    assert texts[texts.index("References") + 1 :] == [
        "1. Moor T. Wrists of the trades. Hand J. 2001;4:7.",
        "2. Vail R. A lump at work. 2003.",
    ]


def test_text_after_an_abstract_is_no_abstract() -> None:
    texts = own(PUBLISHER)
    assert texts[texts.index("Text") + 1] == "Swellings of the wrist are mostly harmless [1]."


def test_formulas_are_read_with_their_powers() -> None:
    assert "At six months the volume was 10³ mm³, and x² = 4." in own(PUBLISHER)


def test_a_table_of_contents_is_left_out() -> None:
    assert [text for text in own(PUBLISHER) + marked(PUBLISHER) if text == "Abstract"] == [
        "Abstract"
    ]


def test_buttons_of_figures_are_left_out() -> None:
    assert "Full size image" not in own(PUBLISHER) + marked(PUBLISHER)
