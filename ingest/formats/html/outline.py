"""Headings of a page: which open a part of the article, which a part of the site, how deep each is.

A heading has the fate of the text that it stands over. What stands under "Related posts" is the
site's as far as that part of the page goes.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from lxml.html import HtmlElement

from ingest.cleaning import words_in
from ingest.formats.html.article import Fate, Judged, JudgedPage
from ingest.formats.html.region import is_within
from ingest.formats.html.zones import Zone
from ingest.sections import (
    ABSTRACT,
    BACK_MATTER,
    KEYWORDS,
    REFERENCES,
    SITE_TEXT,
    section_kind,
)
from ingest.site_lines import is_site_heading

MAX_TEASER_WORDS = 80
"""What stands under a linked heading and is longer is an article under its own permanent link."""
MIN_TEASERS = 2
"""One linked heading alone can be the article's own."""
_CLOSED = frozenset({ABSTRACT, KEYWORDS, REFERENCES, BACK_MATTER})


def judge_headings(page: JudgedPage) -> None:
    """Mark what stands under headings of the site, then give each heading its fate."""
    blocks = page.blocks
    for index, one in enumerate(blocks):
        if one.is_heading and one.zone != Zone.CHROME and _is_sites(one):
            _mark(blocks, index, _site_scope(blocks, index, page.region))
    _mark_teasers(blocks)
    for index in reversed([i for i, one in enumerate(blocks) if one.is_heading]):
        blocks[index].fate = _fate(blocks, index, page.region)
        if blocks[index].fate == Fate.MARKED:
            _mark(blocks, index, scope(blocks, index))


def _is_sites(heading: Judged) -> bool:
    return is_site_heading(heading.text) or section_kind(heading.text) == SITE_TEXT


def _site_scope(blocks: Sequence[Judged], index: int, region: HtmlElement) -> range:
    """The blocks of the site's part: all of it where the heading stands first in it."""
    part = part_of(blocks, index)
    if part is None or is_within(region, part):
        return scope(blocks, index)
    if index and is_within(blocks[index - 1].element, part):
        return scope(blocks, index)
    inside = takewhile(lambda one: is_within(one.element, part), blocks[index + 1 :])
    return range(index + 1, index + 1 + sum(1 for _ in inside))


def scope(blocks: Sequence[Judged], index: int) -> range:
    """The blocks under a heading: to the next that is as wide, within the part that it heads."""
    heading = blocks[index]
    part = part_of(blocks, index)
    under = takewhile(
        lambda i: (
            not _is_as_wide(blocks[i], heading)
            and (part is None or is_within(blocks[i].element, part))
        ),
        range(index + 1, len(blocks)),
    )
    return range(index + 1, index + 1 + sum(1 for _ in under))


def _is_as_wide(one: Judged, heading: Judged) -> bool:
    return one.is_heading and one.placed.block.level <= heading.placed.block.level


def part_of(blocks: Sequence[Judged], index: int) -> HtmlElement | None:
    """The innermost element that holds a heading and the block after it."""
    if index + 1 == len(blocks):
        return None
    around = set(blocks[index + 1].element.iterancestors()) | {blocks[index + 1].element}
    return next((one for one in blocks[index].element.iterancestors() if one in around), None)


def _mark(blocks: Sequence[Judged], index: int, under: range) -> None:
    for one in (blocks[i] for i in under):
        if one.fate == Fate.KEPT:
            one.fate = Fate.MARKED
        one.label = one.label or blocks[index].text


def _mark_teasers(blocks: Sequence[Judged]) -> None:
    """Short texts under headings that lead to other pages advertise those pages."""
    teasers: dict[int, list[tuple[int, range]]] = {}
    for index, one in enumerate(blocks):
        if one.is_heading and one.linked and one.placed.block.level > 1:
            under = scope(blocks, index)
            words = sum(words_in(blocks[i].text) for i in under if blocks[i].fate == Fate.KEPT)
            if words <= MAX_TEASER_WORDS:
                teasers.setdefault(one.placed.block.level, []).append((index, under))
    for alike in teasers.values():
        if len(alike) >= MIN_TEASERS:
            for index, under in alike:
                _mark(blocks, index, under)


def _fate(blocks: Sequence[Judged], index: int, region: HtmlElement) -> Fate:
    heading = blocks[index]
    if heading.zone == Zone.CHROME:
        return Fate.OUT
    fates = [blocks[i].fate for i in scope(blocks, index)]
    inside = is_within(heading.element, region)
    if Fate.KEPT in fates:
        return Fate.KEPT
    if Fate.MARKED in fates:
        return Fate.OUT if heading.linked and not inside else Fate.MARKED
    if fates:
        return Fate.OUT
    shown = heading.found or (inside and heading.zone == Zone.ARTICLE and not heading.linked)
    return Fate.KEPT if shown and not _is_sites(heading) else Fate.OUT


def mend_levels(blocks: Sequence[Judged]) -> list[Judged]:
    """An abstract or list of references never stands over the sections that come after it.

    Some publishers head the abstract with `h2` and the sections beside it with `h3`.
    """
    mended = list(blocks)
    for index, one in enumerate(blocks):
        if not one.is_heading or section_kind(one.text) not in _CLOSED:
            continue
        part = part_of(blocks, index)
        after = [b for b in blocks[index + 1 :] if b.is_heading]
        level = one.placed.block.level
        outside = after and part is not None and not is_within(after[0].element, part)
        if outside and after[0].placed.block.level > level:
            block = replace(one.placed.block, level=after[0].placed.block.level)
            mended[index] = replace(one, placed=replace(one.placed, block=block))
    return mended
