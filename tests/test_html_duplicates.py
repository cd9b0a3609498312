"""Text that a page holds twice is read once."""

from ingest.blocks import Block
from ingest.formats.html.duplicates import without_copies
from ingest.sections import CAPTION, SITE_TEXT

LONG = "The tendon was thick and sore at the first visit. " * 3
HEADING = Block("Outcome", is_heading=True, level=2)


def test_a_long_paragraph_is_read_once() -> None:
    assert without_copies([Block(LONG), Block("Fever."), Block(LONG)]) == [
        Block(LONG),
        Block("Fever."),
    ]


def test_a_sentence_that_two_cases_share_is_read_twice() -> None:
    consent = Block("The patient gave her written consent to this report.")
    blocks = [consent, Block("Case 2", is_heading=True), consent]
    assert without_copies(blocks) == blocks


def test_a_part_that_is_laid_out_twice_is_read_once() -> None:
    part = [HEADING, Block("She walked again after eight weeks of rest."), Block("No pain was left "
            "when she climbed the stairs or ran for the bus.")]  # fmt: skip
    assert without_copies([*part, Block("Fever."), *map(copied, part)]) == [*part, Block("Fever.")]


def test_the_same_heading_over_other_text_stays() -> None:
    blocks = [HEADING, Block("She walked."), copied(HEADING), Block("He did not.")]
    assert without_copies(blocks) == blocks


def test_one_value_in_many_rows_is_no_copy() -> None:
    blocks = [Block("Normal") for _ in range(60)]
    assert len(without_copies(blocks)) == 60


def test_a_caption_in_a_pop_up_is_read_once_however_short() -> None:
    caption = Block("Figure 1 The wrist", kind=CAPTION, label="Figure 1")
    assert without_copies([caption, copied(caption)]) == [caption]


def test_the_same_note_under_two_tables_is_read_twice() -> None:
    notes = [Block("SD: standard deviation", kind="table", label=f"Table {n}") for n in (1, 2)]
    assert without_copies(notes) == notes


def test_the_sites_copy_goes_where_the_article_says_the_same() -> None:
    blocks = [Block("Rest helps.", kind=SITE_TEXT), Block("Rest helps.")]
    assert without_copies(blocks) == [Block("Rest helps.")]


def copied(block: Block) -> Block:
    """An equal block that is another object, as a page gives it."""
    return Block(
        block.text, block.is_heading, level=block.level, kind=block.kind, label=block.label
    )
