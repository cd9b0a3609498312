"""Paragraphs and joined lines."""

import pytest

from ingest.formats.pdf.fonts import Typography
from ingest.formats.pdf.paragraphs import Paragraphs, Words, joined
from ingest.formats.pdf.print import Box, Line

PARAGRAPHS = Paragraphs(Typography(size=10, pitches={10: 12}), usual_characters=40)
FULL = "She felt a snap and could not stand on it"


def line(text: str, row: float = 0, left: float = 50, size: float = 10) -> Line:
    right = 300 if len(text) > 30 else left + 5 * len(text)
    return Line(text, size=size, box=Box(left, 12 * row, right, 12 * row + size))


def begins(before: Line, after: Line, opened: Line | None = None) -> bool:
    return PARAGRAPHS.begins(after, before, opened or before, None)


def test_a_line_right_under_another_goes_on() -> None:
    assert not begins(line(FULL, 1), line("The foot was swollen.", 2))


def test_a_wider_space_parts_paragraphs() -> None:
    assert begins(line(f"{FULL}.", 1), line("The foot was swollen.", 3))


def test_an_indented_line_begins_a_paragraph() -> None:
    opened = line(FULL, 1)
    assert begins(line(f"{FULL}.", 2), line("The foot was swollen.", 3, left=60), opened)


def test_a_line_further_left_than_a_hanging_one_begins_an_entry() -> None:
    opened, hanging = line("1 Lima A. Ankles of", 1), line("dancers 2001", 2, left=62)
    assert begins(hanging, line("2 Berg T. Knees", 3), opened)


def test_a_short_line_with_a_full_stop_ends_a_paragraph() -> None:
    assert begins(line("She fell.", 1), line(FULL, 2))


def test_an_item_after_a_short_line_begins_a_paragraph() -> None:
    assert begins(line("• swelling", 1), line("• pain", 2))


def test_other_letters_begin_a_paragraph() -> None:
    assert begins(line(FULL, 1), line("Lima works in Peru.", 2, size=7))


def test_a_small_letter_goes_on_whatever_stands_between() -> None:
    assert not begins(line(f"{FULL}.", 1), line("and limped.", 9))


def test_at_the_top_of_a_column_a_sentence_goes_on() -> None:
    assert not begins(line(FULL, 50), line("The foot was swollen.", 1, left=320))


def test_at_the_top_of_a_column_a_paragraph_begins_after_a_short_line() -> None:
    assert begins(line("She fell.", 50), line("The foot was swollen.", 1, left=320))


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("by hydro-", "dissection", "by hydrodissection"),
        ("at L4-", "L5", "at L4-L5"),
        ("12-", "14 weeks", "12-14 weeks"),
        ("pain -", "none", "pain - none"),
        ("", "She fell.", "She fell."),
    ],
)
def test_lines_are_joined(before: str, after: str, whole: str) -> None:
    assert joined(before, after, Words()) == whole


def test_a_hyphen_stays_where_the_document_writes_it_more_often() -> None:
    words = Words.of(["well-known", "a well-known cyst", "wellknown"])
    assert joined("well-", "known", words) == "well-known"


LISTED = frozenset("fast moving fastener car diology intention to treat".split())


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("fast-", "moving", "fast-moving"),
        ("intention-to-", "treat", "intention-to-treat"),
        ("fast-", "ener", "fastener"),
        ("car-", "diac", "cardiac"),
    ],
)
def test_a_hyphen_stays_between_two_words_that_make_no_third(
    first: str, second: str, whole: str
) -> None:
    assert joined(first, second, Words(listed=LISTED)) == whole
