"""The lines of PDF pages to headings and paragraphs."""

from collections.abc import Sequence

import pytest

from ingest.blocks import Block, assemble
from ingest.formats.pdf.lines import page_blocks
from ingest.formats.pdf.print import Line, PrintedPage

LONG = "The patient was a dancer of 24 years who had turned her left ankle in a jump"


def blocks(*pages: str, apart: Sequence[str] = (), sizes: Sequence[float] = ()) -> list[Block]:
    """Blocks of pages with some lines set apart, in bold letters of 12 points or of `sizes`."""
    styles = dict(zip(apart, sizes or [12.0] * len(apart), strict=True))
    return page_blocks(
        [
            PrintedPage(
                tuple(
                    Line(line, size=styles.get(line, 10.0), bold=line in styles)
                    for line in page.split("\n")
                )
            )
            for page in pages
        ]
    )


def texts(*pages: str, apart: Sequence[str] = (), sizes: Sequence[float] = ()) -> list[str]:
    return [block.text for block in blocks(*pages, apart=apart, sizes=sizes)]


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
    assert texts("", "\n") == []


def test_references_are_a_heading_also_after_a_line_without_a_full_stop() -> None:
    lines = "Received: 1 May 2019 Accepted: 3 June 2019\nReferences\n1. Lima A. Ankles. 2001."
    assert "References" in texts(lines)


def test_numbered_cases_at_the_top_of_pages_keep_their_headings() -> None:
    found = " ".join(texts(f"Case 1\n{LONG}.", f"Case 2\n{LONG}."))
    assert "Case 1" in found and "Case 2" in found


def test_a_word_broken_at_the_page_end_is_made_whole() -> None:
    layout = assemble(blocks("It was treated by hydro-", "dissection."))
    assert layout.text == "It was treated by hydrodissection."


def test_the_title_and_the_heading_under_it_are_two() -> None:
    lines = ["A sprained ankle in a dancer", "Our patient"]
    assert texts("\n".join([*lines, LONG]), apart=lines, sizes=[18, 12])[:2] == lines


def test_a_heading_on_two_lines_is_one() -> None:
    lines = ["A sprained ankle", "in a dancer"]
    assert texts("\n".join([*lines, LONG]), apart=lines)[0] == "A sprained ankle in a dancer"


def test_the_abstract_is_a_heading_of_its_own_though_set_like_the_line_before() -> None:
    lines = ["Ana Lima and Tom Berg", "Abstract"]
    assert texts("\n".join([*lines, LONG]), apart=lines)[:2] == lines


def test_a_journals_name_on_both_of_two_pages_is_dropped() -> None:
    pages = [f"Invented Cases 2019\n{LONG}." for _ in range(2)]
    assert "Invented" not in " ".join(texts(*pages))


def test_numbered_cases_on_many_pages_keep_their_headings_too() -> None:
    found = " ".join(texts(*(f"Case {n}\n{LONG}." for n in (1, 2, 3))))
    assert all(f"Case {n}" in found for n in (1, 2, 3))


def test_the_rest_of_a_page_after_a_broken_word_is_on_that_page() -> None:
    found = blocks("It was treated by hydro-", "dissection and rest.")
    assert [(b.text, b.page) for b in found] == [
        ("It was treated by hydrodissection", 1),
        ("and rest.", 2),
    ]


def test_a_caption_interrupts_no_sentence() -> None:
    caption = Line("Figure 1. The left ankle.", size=8)
    lines = (Line(LONG, size=10), caption, Line("and now limped.", size=10))
    found = page_blocks([PrintedPage(lines)])
    assert [(b.kind, b.label) for b in found] == [("caption", "Figure 1"), ("", "")]
    assert found[1].text == f"{LONG} and now limped."


def test_headings_know_how_wide_a_part_they_open() -> None:
    sizes = {"Methods": 14, "Blinding of readers": 12, "Results": 14}
    found = blocks(*[f"{name}\n{LONG}." for name in sizes], apart=[*sizes], sizes=[*sizes.values()])
    assert [(b.text, b.level) for b in found if b.is_heading] == [
        ("Methods", 1),
        ("Blinding of readers", 2),
        ("Results", 1),
    ]


def test_two_sections_named_one_under_the_other_are_two_headings() -> None:
    lines = ["Results", "Radiographs"]
    assert texts("\n".join([*lines, LONG]), apart=lines)[:2] == lines
