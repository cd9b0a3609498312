"""The lines of PDF pages to headings and paragraphs."""

from collections.abc import Sequence

import pytest

from ingest.blocks import Block, assemble
from ingest.formats.pdf_lines import page_blocks

LONG = "The patient was a dancer of 24 years who had turned her left ankle in a jump"


def blocks(*pages: str, apart: Sequence[str] = ()) -> list[Block]:
    return page_blocks(pages, [frozenset(apart) for _ in pages])


def texts(*pages: str, apart: Sequence[str] = ()) -> list[str]:
    return [block.text for block in blocks(*pages, apart=apart)]


def test_lines_are_joined_to_a_paragraph() -> None:
    assert texts(f"{LONG}\nand now limped.") == [f"{LONG} and now limped."]


def test_a_short_line_with_a_full_stop_ends_a_paragraph() -> None:
    assert texts(f"{LONG}\nand limped.\n{LONG}\nagain.") == [
        f"{LONG} and limped.",
        f"{LONG} again.",
    ]


def test_a_word_broken_at_the_line_end_is_made_whole() -> None:
    assert texts("It was treated by hydro-\ndissection.") == ["It was treated by hydrodissection."]


def test_a_hyphen_stays_where_the_document_writes_the_word_with_it() -> None:
    text = "A well-known cyst. It is well-\nknown to grow."
    assert texts(text) == ["A well-known cyst. It is well-known to grow."]


@pytest.mark.parametrize("lines", ["at L4-\nL5", "in 12-\n14 weeks"])
def test_a_hyphen_before_a_capital_or_digit_stays(lines: str) -> None:
    assert "-" in texts(lines)[0]


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    assert [(b.page, b.continues) for b in blocks(LONG, "and now limped.")] == [
        (1, False),
        (2, True),
    ]


def test_a_line_set_apart_is_a_heading() -> None:
    found = blocks(f"Imaging studies\n{LONG}.", apart=["Imaging studies"])
    assert [(block.text, block.is_heading) for block in found] == [
        ("Imaging studies", True),
        (f"{LONG}.", False),
    ]


def test_a_sentence_set_apart_is_no_heading() -> None:
    assert not any(b.is_heading for b in blocks("It was torn.\nHe fell.", apart=["It was torn."]))


def test_a_plain_line_that_names_a_kind_of_section_is_a_heading() -> None:
    found = blocks(f"She limped.\nDiscussion\n{LONG}.")
    assert [block.text for block in found if block.is_heading] == ["Discussion"]


def test_lines_that_recur_at_the_edges_of_pages_are_dropped() -> None:
    pages = [f"Invented Cases 2019, 7:{n}\n" + f"{LONG}.\n" * 9 + f"{n}" for n in (1, 2, 3)]
    assert "Invented" not in " ".join(texts(*pages))


def test_lines_that_recur_within_pages_stay() -> None:
    pages = [f"{LONG}.\n" * 5 + f"Week {n}\n" + f"{LONG}.\n" * 5 for n in (1, 2, 3)]
    assert " ".join(texts(*pages)).count("Week") == 3


def test_a_page_of_nothing_gives_no_block() -> None:
    assert texts("", "  \n") == []


@pytest.mark.xfail(strict=True, reason="bug: the heading goes under in the line before it")
def test_references_are_a_heading_also_after_a_line_without_a_full_stop() -> None:
    lines = "Received: 1 May 2019 Accepted: 3 June 2019\nReferences\n1. Lima A. Ankles. 2001."
    assert "References" in texts(lines)


@pytest.mark.xfail(strict=True, reason="bug: digits are masked, so these look like page headers")
def test_numbered_cases_at_the_top_of_pages_keep_their_headings() -> None:
    found = " ".join(texts(f"Case 1\n{LONG}.", f"Case 2\n{LONG}."))
    assert "Case 1" in found and "Case 2" in found


@pytest.mark.xfail(strict=True, reason="bug: hyphens are mended within a page only")
def test_a_word_broken_at_the_page_end_is_made_whole() -> None:
    layout = assemble(blocks("It was treated by hydro-", "dissection."))
    assert layout.text == "It was treated by hydrodissection."


@pytest.mark.xfail(strict=True, reason="bug: neighbours are joined whatever their size")
def test_the_title_and_the_heading_under_it_are_two() -> None:
    lines = ["A sprained ankle in a dancer", "Abstract"]
    assert texts("\n".join([*lines, LONG]), apart=lines)[:2] == lines
