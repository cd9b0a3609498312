"""What stands below a card and in the dialogs, as HTML and as text to copy."""

import re
from dataclasses import replace

import pytest

from ingest.documents import Metadata, Passage
from ingest.formats.pdf.print import Box
from ingest.page_pictures import PagePicture
from search.hits import Hit, Snippet
from ui.context import around, heading
from ui.copying import copying, quotation
from ui.kept_list import kept_line
from ui.page_picture import page_line

TEXT = "Saline was injected. The pain went."
PASSAGE = Passage("d1", 1, "Treatment", "treatment", 3, 3, 100, 100 + len(TEXT), TEXT)
HIT = Hit(
    1, 0.9, PASSAGE, "Calf pain", Metadata(), "/a/calf.pdf", "Roe JA. Calf pain. 2021.",
    Snippet(100, 120, TEXT[:20]),
)  # fmt: skip
BEFORE = Passage("d1", 0, "History", "history", 2, 2, 60, 75, "She had run far")
HOSTILE = '<img src=x onerror="a()">--></span>\u202e ![x](http://e.example) :red[z]'
HOSTILE_HIT = replace(
    HIT, title=HOSTILE, citation=HOSTILE, source="javascript:alert(1)",
    passage=replace(PASSAGE, text=HOSTILE, section=HOSTILE, end=100 + len(HOSTILE)),
    snippet=Snippet(100, 100 + len(HOSTILE), HOSTILE),
)  # fmt: skip
PICTURE = PagePicture(b"", 10, 10, 8, (Box(0, 0, 1, 1),), 1.0)


def test_what_is_copied_is_the_quote_its_place_and_the_citation() -> None:
    assert quotation(HIT) == f"“{TEXT}” (Treatment, page 3)\nRoe JA. Calf pain. 2021.\n"


def test_a_mark_that_turns_text_round_is_copied_as_what_it_is() -> None:
    assert "[U+202E]" in quotation(HOSTILE_HIT)


@pytest.mark.parametrize(
    "html",
    [
        copying(quotation(HOSTILE_HIT)),
        kept_line(1, HOSTILE_HIT),
        heading(HOSTILE_HIT),
        around(HOSTILE_HIT, [HOSTILE_HIT.passage]),
    ],
)
def test_hostile_text_makes_no_tag(html: str) -> None:
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"div", "button", "span", "article", "h3", "h4", "p", "blockquote", "header",
                    "mark"}  # fmt: skip


def test_the_context_names_each_section_once() -> None:
    after = replace(PASSAGE, ordinal=2, start=140, end=150, text="It healed.")
    shown = around(HIT, [BEFORE, PASSAGE, after])
    assert re.findall(r"<h4[^>]*>([^<]*)", shown) == ["History", "Treatment"]


def test_the_context_sets_the_passage_apart_from_its_neighbours() -> None:
    shown = around(HIT, [BEFORE, PASSAGE])
    assert shown.count("cb-passage") == shown.count("cb-neighbour") == 1


@pytest.mark.parametrize(
    ("hit", "number", "picture", "told"),
    [
        (HIT, 3, PICTURE, "is outlined"),
        (HIT, 4, PICTURE, "not on this page"),
        (HIT, 3, replace(PICTURE, boxes=()), "could not be found"),
        (replace(HIT, passage=replace(PASSAGE, recognised=True)), 3, PICTURE, "is a scan"),
    ],
)
def test_what_is_seen_on_a_page_is_said(
    hit: Hit, number: int, picture: PagePicture, told: str
) -> None:
    assert told in page_line(hit, number, picture)
