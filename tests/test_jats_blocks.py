"""The parts of a JATS article: lists, captions, tables, boxes and footnotes."""

import pytest

from ingest.blocks import Block
from ingest.formats.xml.jats import read_jats


def blocks(inside: str) -> tuple[Block, ...]:
    return read_jats(f"<article><body>{inside}</body></article>".encode()).blocks


def texts(inside: str) -> list[str]:
    return [block.text for block in blocks(inside)]


def test_a_caption_stands_apart_from_the_paragraph_that_it_stands_in() -> None:
    figure = "<fig><label>Figure 1</label><caption><p>The tear.</p></caption></fig>"
    assert blocks(f"<p>It was torn{figure} widely.</p>") == (
        Block("It was torn widely."),
        Block("Figure 1 The tear.", kind="caption", label="Figure 1"),
    )


def test_the_title_of_a_caption_is_a_sentence_of_its_own() -> None:
    caption = "<caption><title>MRI</title><p>A tear.</p></caption>"
    assert texts(f"<fig><label>Fig. 2.</label>{caption}</fig>") == ["Fig. 2. MRI", "A tear."]


def test_a_table_gives_its_caption_rows_and_notes() -> None:
    table = (
        "<table-wrap><label>Table 1</label><caption><p>Pain.</p></caption>"
        "<table><tr><th>Week</th><th>VAS</th></tr><tr><td>1</td><td>7</td></tr></table>"
        "<table-wrap-foot><fn><label>a</label><p>Mean.</p></fn></table-wrap-foot></table-wrap>"
    )
    assert texts(table) == ["Table 1 Pain.", "Week | VAS\n1 | 7", "a Mean."]
    assert {(block.kind, block.label) for block in blocks(table)} == {("table", "Table 1")}


def test_of_a_table_and_its_picture_the_table_is_read() -> None:
    forms = "<alternatives><graphic/><table><tr><td>7</td></tr></table></alternatives>"
    assert texts(f"<table-wrap>{forms}</table-wrap>") == ["7"]


def test_a_box_is_read_whole_with_its_headings() -> None:
    box = (
        "<boxed-text><label>Box 1</label><caption><title>Signs</title></caption>"
        "<sec><title>Early</title><p>Rash.</p></sec></boxed-text>"
    )
    assert [block.text for block in blocks(box)] == ["Box 1 Signs", "Early", "Rash."]
    assert {(block.kind, block.label) for block in blocks(box)} == {("boxed text", "Box 1")}


def test_a_footnote_does_not_interrupt_its_sentence() -> None:
    assert blocks("<p>It healed<fn><label>1</label><p>Slowly.</p></fn>, at last.</p>") == (
        Block("It healed, at last."),
        Block("1 Slowly.", kind="footnote", label="Footnotes"),
    )


def test_a_list_parts_its_paragraph_and_its_items_are_paragraphs() -> None:
    items = "<list-item><p>rest</p></list-item><list-item><p>ice</p></list-item>"
    assert texts(f"<p>We advised:<list>{items}</list>and waited.</p>") == [
        "We advised:",
        "rest",
        "ice",
        "and waited.",
    ]


@pytest.mark.parametrize(
    ("kind", "marks"),
    [
        ("order", ["1. rest", "2. ice"]),
        ("alpha-lower", ["a. rest", "b. ice"]),
        ("roman-upper", ["I. rest", "II. ice"]),
        ("bullet", ["rest", "ice"]),
    ],
)
def test_a_list_that_counts_is_numbered_as_in_print(kind: str, marks: list[str]) -> None:
    items = "<list-item><p>rest</p></list-item><list-item><p>ice</p></list-item>"
    assert texts(f'<list list-type="{kind}">{items}</list>') == marks


def test_an_item_keeps_the_label_that_it_has() -> None:
    item = "<list-item><label>(a)</label><p>rest</p></list-item>"
    assert texts(f'<list list-type="order">{item}</list>') == ["(a) rest"]


def test_a_list_in_a_list_is_read_in_order() -> None:
    inner = "<list><list-item><p>warm</p></list-item></list>"
    outer = f"<list><list-item><p>rest</p>{inner}</list-item><list-item>ice</list-item></list>"
    assert texts(outer) == ["rest", "warm", "ice"]


def test_a_definition_stands_behind_its_term() -> None:
    item = "<def-item><term>VAS</term><def><p>visual analogue scale</p></def></def-item>"
    assert texts(f"<def-list>{item}</def-list>") == ["VAS: visual analogue scale"]


def test_a_quotation_is_read_with_its_source() -> None:
    quotation = "<disp-quote><p>Walk early.</p><attrib>Berg, 1987</attrib></disp-quote>"
    assert texts(quotation) == ["Walk early.", "Berg, 1987"]


def test_a_speaker_is_named_before_the_words() -> None:
    assert texts("<speech><speaker>Patient</speaker><p>It hurts.</p></speech>") == [
        "Patient: It hurts."
    ]


def test_an_element_that_is_not_known_is_read_as_what_it_holds() -> None:
    unknown = "<question-wrap>Ask <bold>first</bold>.<answer><p>Rest.</p></answer></question-wrap>"
    assert texts(unknown) == ["Ask first.", "Rest."]


def test_a_formula_inside_a_sentence_does_not_part_it() -> None:
    formula = (
        "<disp-formula><math><mi>a</mi><mo>=</mo><mi>b</mi></math><label>(1)</label></disp-formula>"
    )
    assert texts(f"<p>So{formula}where b is small.</p>") == ["So a = b (1) where b is small."]


def test_an_additional_file_is_named_by_its_title() -> None:
    caption = "<caption><title>Additional file 1</title><p>Doses.</p></caption>"
    (title, text) = blocks(f"<supplementary-material>{caption}</supplementary-material>")
    assert (title.label, text.text) == ("Additional file 1", "Doses.")


def test_what_an_archive_writes_under_every_file_is_left_out() -> None:
    media = "<media><caption><p>Click here for additional data file.</p></caption></media>"
    assert blocks(f"<supplementary-material>{media}</supplementary-material>") == ()


@pytest.mark.parametrize(
    "inside", ["one<break/>two", "one<list><list-item><p>x</p></list-item></list>two"]
)
def test_what_is_taken_out_of_a_paragraph_parts_its_words(inside: str) -> None:
    assert "onetwo" not in " ".join(texts(f"<p>{inside}</p>"))


def test_a_description_for_screens_is_not_printed_text() -> None:
    figure = "<fig><alt-text>picture</alt-text><caption><p>A tear.</p></caption></fig>"
    assert texts(figure) == ["A tear."]
