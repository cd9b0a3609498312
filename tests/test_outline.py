"""Headings between sections, and which parts are the abstract."""

from ingest.blocks import Block, assemble
from ingest.cases.outline import Part, abstract_size, read_outline


def heading(text: str) -> Block:
    return Block(text, is_heading=True)


def outline(*blocks: Block) -> tuple[str, list[Part]]:
    layout = assemble(blocks)
    return layout.text, read_outline(layout.text, layout.sections)


def abstract_headings(*blocks: Block) -> list[str]:
    text, parts = outline(*blocks)
    return [part.section.heading for part in parts[: abstract_size(text, parts)]]


TEXT = Block("A knee was swollen.")
BODY = [heading("Background"), TEXT, heading("Case report"), TEXT, heading("Discussion"), TEXT]


def test_headings_without_text_are_told_with_the_part_below_them() -> None:
    _, parts = outline(heading("Case 2"), heading("History"), TEXT)
    assert parts[0].headings == ("Case 2", "History")


def test_a_caption_is_set_apart_and_has_no_heading_of_its_own() -> None:
    _, parts = outline(heading("Case"), TEXT, Block("Knee.", kind="caption", label="Figure 1"))
    assert [(part.is_apart, part.headings) for part in parts] == [(False, ("Case",)), (True, ())]


def test_an_abstract_with_a_text_of_its_own_is_one_part() -> None:
    assert abstract_headings(heading("Abstract"), TEXT, *BODY) == ["Abstract"]


def test_a_labelled_abstract_ends_with_what_concludes_it() -> None:
    labelled = [heading("Background"), TEXT, heading("Conclusions"), TEXT]
    assert abstract_headings(heading("Abstract"), *labelled, *BODY) == ["Background", "Conclusions"]


def test_keywords_end_an_abstract_without_a_heading() -> None:
    assert abstract_headings(TEXT, heading("Keywords"), Block("knee"), *BODY) == ["", "Keywords"]


def test_keywords_at_the_end_of_an_article_end_no_abstract() -> None:
    assert abstract_headings(*BODY, heading("Keywords"), Block("knee")) == []


def test_a_document_without_abstract_has_none() -> None:
    assert abstract_headings(*BODY) == []
