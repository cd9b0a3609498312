"""Title and authors, by how a first page is printed: layouts of many journals, in our words."""

from collections.abc import Sequence

import pytest

from ingest.formats.pdf.byline import MARK
from ingest.formats.pdf.front_lines import FrontLine
from ingest.formats.pdf.title import TitlePage, read_title_page

BODY = "The patient was a dancer of 24 years who had turned her left ankle and felt pain in it."
COMMON = frozenset("the patient was dancer years had turned left ankle felt pain sprain".split())
TITLE = "Sprained ankle in a young dancer"
AUTHORS = ("Ana Lima", "Tom Berg", "Kim Lee")
NAMES = (10, "Ana Lima‸, Tom Berg‸ and Kim Lee‸")

Row = tuple[float, str]


def page(*rows: Row, bold: Sequence[str] = (), pitch: float = 1.3) -> TitlePage:
    """What is read of lines of these sizes, one under the other, with body text after them."""
    lines, y = [], 800.0
    for size, text in [*rows, *[(10.0, BODY)] * 30]:
        y -= size * pitch
        shown = text.replace(MARK, "1")
        right = 50 + 0.5 * size * len(shown)
        lines.append(FrontLine(shown, size, text in bold, 50, right, y, text))
    return read_title_page(lines, COMMON)


LAYOUTS: dict[str, tuple[Row, ...]] = {
    "label above": ((11, "CASE REPORT"), (16, TITLE), NAMES),
    "label as large": ((16, "Case Report"), (16, TITLE), NAMES),
    "label between": ((16, TITLE), (9, "Original article"), NAMES),
    "two lines": ((16, "Sprained ankle"), (16, "in a young dancer"), NAMES),
    "short masthead": ((30, "SPINE"), (10, "Volume 30, Number 4"), (16, TITLE), NAMES),
    "masthead": ((20, "Journal of Ankle Case Reports"), (15, TITLE), NAMES),
    "masthead without Journal": (
        (18, "Ankle Therapy"),
        (8, "journal homepage: www.example.org/ankle"),
        (9, "Case report"),
        (13, TITLE),
        NAMES,
    ),
    "names above": ((12, "[ CASE REPORT ]"), NAMES, (24, TITLE), (8, "‸Porto")),
    "names over lines": (
        (16, TITLE),
        (10, "Ana Lima‸, Tom"),
        (10, "Berg‸ and Kim Lee‸"),
        (8, "‸University of Porto"),
    ),
    "names one to a line": ((16, TITLE), (11, "Ana Lima"), (11, "Tom Berg"), (11, "Kim Lee")),
    "an address under each": (
        (16, TITLE),
        (11, "Ana Lima, MD"),
        (9, "University of Porto"),
        (11, "Tom Berg, PhD"),
        (9, "University of Oslo"),
        (11, "Kim Lee"),
        (9, "Abstract"),
    ),
    "addresses as large": (
        (16, TITLE),
        (10, "Ana Lima, Tom Berg, Kim Lee"),
        (10, "Porto, Portugal"),
    ),
    "footnote sign": ((16, f"{TITLE}‸"), NAMES),
    "title with its name": ((16, f"Title: {TITLE}"), NAMES),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_title_and_authors_are_found_in(name: str) -> None:
    assert page(*LAYOUTS[name]) == TitlePage(TITLE, AUTHORS)


def test_a_subtitle_in_smaller_letters_is_part_of_the_title() -> None:
    found = page((18, "Rest for the ankle"), (13, "A Randomized Trial"), NAMES)
    assert found == TitlePage("Rest for the ankle: A Randomized Trial", AUTHORS)


def test_a_title_in_bold_letters_of_the_bodys_size_is_found() -> None:
    assert page((10, TITLE), NAMES, bold=[TITLE]).title == TITLE


def test_a_double_spaced_title_is_one() -> None:
    rows = ((14.0, "Sprained ankle"), (14.0, "in a young dancer"), NAMES)
    assert page(*rows, pitch=2.4).title == TITLE


def test_a_title_without_authors_is_what_is_largest() -> None:
    assert page((22, "Ankle Sprain"), (14, "What is it?")) == TitlePage("Ankle Sprain")


def test_one_name_without_sign_or_address_is_not_taken_for_an_author() -> None:
    assert page((22, "Ankle Sprain"), (14, "Physio Plus")).authors == ()


def test_a_single_author_with_an_address_is_one() -> None:
    found = page((16, TITLE), (11, "Ana Lima"), (9, "University of Porto"))
    assert found.authors == ("Ana Lima",)


def test_names_after_the_abstract_are_no_authors() -> None:
    assert page((16, TITLE), (10, "Abstract"), NAMES).authors == ()


def test_a_page_of_body_text_has_neither() -> None:
    assert page() == TitlePage()


def test_a_page_of_nothing_has_neither() -> None:
    assert read_title_page([]) == TitlePage()


def test_the_journals_name_is_not_the_title() -> None:
    lines = [FrontLine("Ankle and Foot", 20, y=700), FrontLine(BODY, 10, y=600)]
    assert read_title_page(lines, journal="Ankle and Foot") == TitlePage()
