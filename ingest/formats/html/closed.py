"""Abstract, keywords and references: parts that end where their element ends, headed or not.

Publishers leave out the heading of an abstract, or of the text that comes after it, because the
page's layout tells them apart. Text has no layout, so the headings are put in.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from lxml.html import HtmlElement

from ingest.blocks import Block
from ingest.cleaning import words_in
from ingest.formats.html.article import Fate, Judged
from ingest.formats.html.floats import label_of, name_words
from ingest.formats.html.outline import part_of
from ingest.formats.html.region import is_within
from ingest.sections import ABSTRACT, KEYWORDS, REFERENCES, section_kind

MAX_ABSTRACT_WORDS = 800
"""What is named an abstract and is longer holds the article too."""
AFTER_ABSTRACT = "Text"
"""The heading of text that has none and follows on an abstract; `jats` gives the same."""
LABEL_LEVEL = 6
"""The level of "Keywords:" on a line of its own, where it is no heading of the page."""
_LABEL = re.compile(r"(?:abstract|summary|key ?words?)\s*:?", re.IGNORECASE)
_CLOSED = frozenset({ABSTRACT, KEYWORDS, REFERENCES})
_FLAT = frozenset({"html", "body", "main", "article"})


def with_headings(blocks: Sequence[Judged]) -> list[Judged]:
    """The blocks with a heading wherever an abstract begins, and where text follows on one."""
    headed = {section_kind(one.text) for one in blocks if one.is_heading}
    labelled = [
        _as_heading(one) if _is_label(one, after) and section_kind(one.text) not in headed else one
        for one, after in zip_longest(blocks, blocks[1:])
    ]
    return _with_ends(_with_abstracts(labelled))


def _is_label(one: Judged, after: Judged | None) -> bool:
    """Whether "Abstract" or "Keywords:" stands over a text beside it, and not in a menu."""
    if one.is_heading or one.fate != Fate.KEPT or not _LABEL.fullmatch(one.text):
        return False
    parent = one.element.getparent()
    beside = after is not None and parent is not None and is_within(after.element, parent)
    return beside and after is not None and (after.prose or section_kind(one.text) == KEYWORDS)


def _as_heading(one: Judged) -> Judged:
    return _heading(one, one.text.strip().rstrip(":").rstrip(), LABEL_LEVEL)


def _heading(before: Judged, text: str, level: int) -> Judged:
    """A heading that stands where another block does."""
    block = Block(text, is_heading=True, level=level)
    placed = replace(before.placed, block=block)
    return replace(before, placed=placed, fate=Fate.KEPT, label="")


def _with_abstracts(blocks: Sequence[Judged]) -> list[Judged]:
    headed = [one for one in blocks if one.is_heading and section_kind(one.text) == ABSTRACT]
    done = {element for one in headed for element in one.element.iterancestors()}
    result: list[Judged] = []
    for one in blocks:
        part = _abstract_around(one.element) if one.prose and one.fate == Fate.KEPT else None
        if part is not None and part not in done:
            done.add(part)
            result.append(_heading(one, "Abstract", 2))
        result.append(one)
    return result


def _abstract_around(element: HtmlElement) -> HtmlElement | None:
    for one in (element, *element.iterancestors()):
        if one.tag in _FLAT:
            return None
        if "abstract" in name_words(one):
            words = sum(words_in(text) for text in map(str, one.itertext()))
            return one if words <= MAX_ABSTRACT_WORDS else None
    return None


def _with_ends(blocks: Sequence[Judged]) -> list[Judged]:
    """A heading where prose follows outside the part that an abstract or list heads."""
    result: list[Judged] = []
    part: HtmlElement | None = None
    level = 0
    for index, one in enumerate(blocks):
        if one.is_heading and one.fate == Fate.KEPT:
            closed = section_kind(one.text) in _CLOSED
            part, level = (part_of(blocks, index) if closed else None), one.placed.block.level
            part = None if part is not None and part.tag in _FLAT else part
        elif part is not None and _goes_on(one) and not is_within(one.element, part):
            result.append(_heading(one, AFTER_ABSTRACT, level))
            part = None
        result.append(one)
    return result


def _goes_on(one: Judged) -> bool:
    return one.prose and one.fate == Fate.KEPT and not label_of(one.text)
