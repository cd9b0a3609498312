"""What every reader owes, whatever the format. A new reader is tested by adding an example."""

import random
from pathlib import Path

import pytest

from ingest.blocks import assemble
from ingest.corpus import read_document
from ingest.documents import Document
from ingest.errors import UnreadableFileError
from ingest.formats import READERS, SUFFIXES, reader
from tests.fixtures.examples import AUTHORS, DOI, ENDINGS, EXAMPLES, HEADINGS, SECTIONS, TITLE, YEAR

MUTATIONS = 30
every_format = pytest.mark.parametrize("name", READERS)


@pytest.fixture
def example(name: str, tmp_path: Path) -> Document:
    """The example article, read from a file of the format."""
    path = tmp_path / f"example{ENDINGS[name]}"
    path.write_bytes(EXAMPLES[name])
    return read_document(path)


@every_format
def test_it_has_an_example(name: str) -> None:
    assert name in EXAMPLES


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_ending_promises_a_format_that_can_be_read(suffix: str) -> None:
    assert SUFFIXES[suffix] in READERS


@every_format
def test_it_finds_title_year_and_doi(name: str, example: Document) -> None:
    found = example.metadata
    assert (found.title, found.year, found.doi) == (TITLE, YEAR, DOI)


@every_format
def test_it_finds_the_authors_in_order(name: str, example: Document) -> None:
    assert example.metadata.authors == AUTHORS


@every_format
def test_it_finds_the_headings_in_order(name: str, example: Document) -> None:
    assert [s.heading for s in example.sections if s.heading in HEADINGS] == [*HEADINGS]


@every_format
def test_it_reads_every_word_of_a_section(name: str, example: Document) -> None:
    bodies = {s.heading: example.text[s.start : s.end] for s in example.sections}
    assert {heading: bodies[heading] for heading in HEADINGS} == SECTIONS


@every_format
def test_sections_are_inside_the_text_in_order_and_apart(name: str, example: Document) -> None:
    edges = [edge for s in example.sections for edge in (s.start, s.end)]
    assert edges == sorted(edges) and edges[0] >= 0 and edges[-1] <= len(example.text)


@every_format
def test_no_section_is_empty_or_has_space_around_it(name: str, example: Document) -> None:
    for section in example.sections:
        text = example.text[section.start : section.end]
        assert text and text == text.strip()


@every_format
def test_pages_cover_the_text_in_order_from_one(name: str, example: Document) -> None:
    if example.pages:
        assert [page.number for page in example.pages] == [*range(1, len(example.pages) + 1)]
        edges = [0, *[page.end for page in example.pages]]
        assert [page.start for page in example.pages] == edges[:-1]
        assert edges[-1] == len(example.text)


@every_format
def test_a_sound_file_is_read_without_a_warning(name: str, example: Document) -> None:
    assert example.warnings == ()


@every_format
def test_reading_twice_gives_the_same(name: str) -> None:
    assert reader(name)(EXAMPLES[name]) == reader(name)(EXAMPLES[name])


@every_format
def test_nothing_at_all_is_unreadable_or_empty(name: str) -> None:
    try:
        assert assemble(reader(name)(b"").blocks).text == ""
    except UnreadableFileError as error:
        assert error.reason and error.remedy


@every_format
def test_damage_never_raises_anything_but_unreadable(name: str) -> None:
    chance = random.Random(name)
    for _ in range(MUTATIONS):
        raw = damaged(EXAMPLES[name], chance)
        try:
            assemble(reader(name)(raw).blocks)
        except UnreadableFileError as error:
            assert error.reason and error.remedy


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """Some bytes flipped, deleted or written twice."""
    changed = bytearray(raw)
    for _ in range(chance.choice((1, 3, 20))):
        at, length = chance.randrange(len(changed)), chance.choice((1, 4, 40))
        match chance.choice(("flip", "delete", "duplicate")):
            case "flip":
                changed[at] ^= 1 << chance.randrange(8)
            case "delete":
                del changed[at : min(at + length, len(changed) - 1)]
            case _:
                changed[at:at] = changed[at : at + length]
    return bytes(changed)
