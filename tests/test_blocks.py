"""Blocks to one text with the places of its sections and pages."""

from ingest.blocks import Block, assemble
from ingest.documents import Page, Section


def test_paragraphs_are_parted_by_a_blank_line() -> None:
    assert assemble([Block("Fever rose."), Block("She recovered.")]).text == (
        "Fever rose.\n\nShe recovered."
    )


def test_a_paragraph_that_continues_is_joined_with_a_space() -> None:
    blocks = [Block("Fever rose", page=1), Block("at night.", page=2, continues=True)]
    assert assemble(blocks).text == "Fever rose at night."


def test_a_heading_opens_a_section_that_leaves_the_heading_out() -> None:
    layout = assemble([Block("Case", is_heading=True), Block("Fever rose.")])
    assert layout.sections == (Section("Case", "patient information", 6, 17),)


def test_text_before_the_first_heading_is_a_section_without_a_name() -> None:
    layout = assemble([Block("Fever."), Block("Outcome", is_heading=True), Block("Well.")])
    assert [(s.heading, layout.text[s.start : s.end]) for s in layout.sections] == [
        ("", "Fever."),
        ("Outcome", "Well."),
    ]


def test_a_heading_with_nothing_under_it_stays_in_the_text_but_is_no_section() -> None:
    headings = [Block("Methods", is_heading=True), Block("Setting", is_heading=True)]
    layout = assemble([*headings, Block("A clinic.")])
    assert (layout.text, len(layout.sections)) == ("Methods\n\nSetting\n\nA clinic.", 1)


def test_a_heading_with_nothing_after_it_is_a_paragraph() -> None:
    layout = assemble([Block("A torn left hamstring", is_heading=True)])
    assert layout.sections == (Section("", "other", 0, 21),)


def test_empty_blocks_leave_no_trace() -> None:
    assert assemble([Block("Fever."), Block(" \n\u200b"), Block("Rash.")]).text == "Fever.\n\nRash."


def test_each_page_runs_to_the_start_of_the_next() -> None:
    layout = assemble([Block("Fever rose.", page=1), Block("She recovered.", page=2)])
    assert layout.pages == (Page(1, 0, 13), Page(2, 13, 27))


def test_a_page_without_text_has_no_span_and_the_others_keep_their_numbers() -> None:
    layout = assemble([Block("Fever.", page=1), Block("Rash.", page=3)])
    assert [page.number for page in layout.pages] == [1, 3]


def test_offsets_count_the_cleaned_text() -> None:
    layout = assemble([Block("Case", is_heading=True), Block("An  eﬀusion\u00ad."), Block("End.")])
    section = layout.sections[0]
    assert layout.text[section.start : section.end] == "An effusion.\n\nEnd."


def test_a_heading_broken_over_lines_is_named_on_one() -> None:
    layout = assemble([Block("Case\nreport", is_heading=True), Block("Fever.")])
    assert layout.sections[0].heading == "Case report"


def test_nothing_gives_an_empty_layout() -> None:
    assert assemble([]).text == "" and assemble([]).sections == ()
