"""A page to the blocks of its article, in the order of the page."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from ingest.blocks import Block
from ingest.cleaning import words_in
from ingest.formats.html.article import Fate, Judged, judge
from ingest.formats.html.blocks import placed_blocks
from ingest.formats.html.closed import with_headings
from ingest.formats.html.duplicates import without_copies
from ingest.formats.html.extraction import extract, normalised
from ingest.formats.html.floats import Float, Floats, label_of, reference_entry, reference_text
from ingest.formats.html.outline import judge_headings, mend_levels
from ingest.formats.html.structure import mend_structure
from ingest.formats.xml.jats_tables import table_lines
from ingest.sections import BOXED_TEXT, REFERENCES, SITE_TEXT, TABLE, section_kind

MAX_MORE_LETTERS = 30
"""Letters before the title in its heading: "Case report"."""
MAX_LABEL_WORDS = 3
"""Words of a label that stands alone: "Supplementary Figure 2"."""
_LEADING_MARKS = re.compile(r"^[\s:;,|–—-]+(?=\w)")


@dataclass(frozen=True)
class PageArticle:
    """The blocks of an article, and all texts that its page shows, menus included, in order."""

    blocks: list[Block]
    shown: tuple[str, ...]


def article_blocks(page: HtmlElement, title: str) -> PageArticle:
    """The article of a page, and marked as "site text" what may not belong to it.

    Empty where the page has no article. Changes the tree. A heading that repeats `title` is left
    out: the title is metadata.
    """
    own = normalised(title)
    mend_structure(page)
    body = next(page.iter("body"), page)
    placed = placed_blocks(body)
    judged = judge(page, placed, extract(deepcopy(page)))
    judge_headings(judged)
    kept = [
        one
        for one in mend_levels(judged.blocks)
        if one.fate != Fate.OUT and not _is_title(one, own)
    ]
    if not any(one.fate == Fate.KEPT and not one.is_heading for one in kept):
        return PageArticle([], ())
    floats = Floats([one.placed for one in kept], judged.region)
    blocks = _Composition(floats, _sole_h1(kept))
    for one in with_headings(kept):
        blocks.add(one)
    return PageArticle(without_copies(blocks.blocks), tuple(one.block.text for one in placed))


def _is_title(one: Judged, title: str) -> bool:
    """Whether a heading repeats the title, perhaps with the kind of article before it."""
    text = normalised(one.text)
    if not title or not one.is_heading:
        return False
    longer = len(text) - len(title) <= MAX_MORE_LETTERS and text.endswith(title)
    return text == title or (one.element.tag == "h1" and longer)


def _sole_h1(kept: Sequence[Judged]) -> bool:
    return sum(1 for one in kept if one.element.tag == "h1") == 1


class _Composition:
    """Blocks under way."""

    def __init__(self, floats: Floats, sole_h1: bool) -> None:
        self.blocks: list[Block] = []
        self._floats = floats
        self._sole_h1 = sole_h1
        self._heading = ""
        self._entries: set[HtmlElement] = set()
        self._tables: set[HtmlElement] = set()

    def add(self, one: Judged) -> None:
        """Add a judged block as what it is."""
        around = self._with_label(self._floats.of(one.placed))
        entry = None if one.is_heading else reference_entry(one.element)
        if one.fate == Fate.MARKED:
            self.blocks.append(replace(_plain(one), kind=SITE_TEXT, label=_marked_label(one)))
        elif entry is not None:
            self._add_reference(entry)
        elif around is not None and one.element.tag == "tr":
            self._add_table(one, around)
        elif around is not None and (around.label or not one.is_heading):
            self._add_caption(replace(_plain(one), kind=around.kind, label=around.label))
        elif one.is_heading:
            self._add_heading(one)
        else:
            self.blocks.append(replace(_plain(one), text=_LEADING_MARKS.sub("", one.text)))

    def _with_label(self, around: Float | None) -> Float | None:
        """A part without a label goes with the labelled one right before it."""
        before = self.blocks[-1] if self.blocks else None
        if around is None or around.label or before is None or not before.label:
            return around
        if BOXED_TEXT in (around.kind, before.kind) or before.kind == SITE_TEXT:
            return around
        return replace(around, kind=before.kind, label=before.label)

    def _add_table(self, one: Judged, around: Float) -> None:
        """A whole table as one block, at its first row."""
        table = next(one.element.iterancestors("table"), one.element)
        if table not in self._tables:
            self._tables.add(table)
            block = Block("\n".join(table_lines(table)), kind=TABLE, label=around.label)
            self.blocks.append(block)

    def _add_caption(self, block: Block) -> None:
        """A caption; "Figure 2" on a line of its own is the beginning of what follows."""
        before = self.blocks[-1] if self.blocks else Block("")
        is_label = words_in(before.text) <= MAX_LABEL_WORDS and bool(label_of(before.text))
        if is_label and (before.kind, before.label) == (block.kind, block.label):
            self.blocks[-1] = replace(block, text=f"{before.text} {block.text}")
        else:
            self.blocks.append(block)

    def _add_heading(self, one: Judged) -> None:
        # A title must not lend its kind to the sections under it.
        alone = one.element.tag == "h1" and self._sole_h1
        self.blocks.append(replace(one.placed.block, level=0 if alone else one.placed.block.level))
        self._heading = one.text

    def _add_reference(self, entry: HtmlElement) -> None:
        if entry in self._entries:
            return
        self._entries.add(entry)
        if section_kind(self._heading) != REFERENCES:
            self._heading = "References"
            self.blocks.append(Block(self._heading, is_heading=True, level=1))
        self.blocks.append(Block(reference_text(entry)))


def _plain(one: Judged) -> Block:
    return replace(one.placed.block, is_heading=False, level=0)


def _marked_label(one: Judged) -> str:
    return one.text if one.is_heading and not one.label else one.label
