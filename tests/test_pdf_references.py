"""The list of references."""

from ingest.blocks import Block
from ingest.formats.pdf.references import HEADING, with_references

ENTRIES = [Block(f"{n}. Lima A. Ankles of dancers. 200{n}.", page=3) for n in range(1, 7)]
TEXT = Block("She fell in 2011.", page=1)


def headings(*blocks: Block) -> list[str]:
    return [block.text for block in with_references(blocks) if block.is_heading]


def test_a_list_without_heading_gets_one() -> None:
    found = with_references([TEXT, *ENTRIES])
    assert [block.text for block in found[:3]] == [TEXT.text, HEADING, ENTRIES[0].text]
    assert found[1].page == 3


def test_a_list_with_a_heading_keeps_it() -> None:
    assert headings(TEXT, Block("Literature cited", is_heading=True), *ENTRIES) == [
        "Literature cited"
    ]


def test_a_list_without_years_is_another_list() -> None:
    assert headings(TEXT, *[Block(f"{n}. Stretch the calf.") for n in range(1, 9)]) == []


def test_a_short_list_is_another_list() -> None:
    assert headings(TEXT, *ENTRIES[:4]) == []


def test_of_two_lists_the_last_is_the_references() -> None:
    found = with_references([*ENTRIES, TEXT, *ENTRIES])
    assert [n for n, block in enumerate(found) if block.is_heading] == [7]
