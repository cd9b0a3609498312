"""Which blocks of a page are its article, which are its site's, and which are neither.

    kept        the article: in trafilatura's output, or text among text that is
    marked      the site's, or doubtful: kept as "site text", behind what tells
    left out    menus, buttons, footers, lists of links

trafilatura's judgement is one piece of evidence (see `html_extraction`). A sentence is never left
out unless it stands in what is certainly no article; what else trafilatura has dropped comes
back in its place.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile

from lxml.html import HtmlElement

from ingest.cleaning import words_in
from ingest.formats.html.blocks import BLOCK_TAGS, PlacedBlock, inline_text
from ingest.formats.html.extraction import Extraction, normalised
from ingest.formats.html.floats import name_words, reference_entry
from ingest.formats.html.region import find_region, is_within, line_of
from ingest.formats.html.zones import Zone, Zones
from ingest.site_lines import is_copy_link, is_site_line, is_tool

MIN_PROSE_WORDS = 8
"""A sentence of an article has more; so has hardly any label."""
MIN_LONG_WORDS = 25
"""So many words are text without a full stop as well."""
MAX_LINKED_SHARE = 0.5
"""A block with more of its words in links to other pages is a way to them."""
_FIGURES = frozenset({"fig", "figure", "caption"})
SUPPORT_LEVELS = 3
"""How far up a short block looks for an element that is mostly article."""


class Fate(Enum):
    """What becomes of a block."""

    KEPT = "kept"
    MARKED = "marked"
    OUT = "left out"


@dataclass
class Judged:
    """A block with what was found out about it; the fate of a heading follows that of its text."""

    placed: PlacedBlock
    zone: Zone
    found: bool
    linked: bool
    prose: bool
    fate: Fate = Fate.OUT
    label: str = ""

    @property
    def element(self) -> HtmlElement:
        """The element that the block was read from."""
        return self.placed.element

    @property
    def is_heading(self) -> bool:
        """Whether the page has it as a heading."""
        return self.placed.block.is_heading

    @property
    def text(self) -> str:
        """The block's text."""
        return self.placed.block.text


@dataclass(frozen=True)
class JudgedPage:
    """The blocks of a page in its order, and the element that holds the article."""

    blocks: tuple[Judged, ...]
    region: HtmlElement


def judge(page: HtmlElement, placed: Sequence[PlacedBlock], extraction: Extraction) -> JudgedPage:
    """Give every block but the headings its fate."""
    zones = Zones(placed)
    headings = {normalised(one.block.text) for one in placed if one.block.is_heading}
    blocks = [
        _judged(one, zones, extraction, headings)
        for one in placed
        if one.block.is_heading or not _is_contents_entry(one, headings)
    ]
    region = find_region(page, blocks)
    _decide(blocks, region)
    return JudgedPage(tuple(blocks), region)


def _is_contents_entry(placed: PlacedBlock, headings: set[str]) -> bool:
    """Whether a block is a link to a heading of the same page and nothing else."""
    text = normalised(placed.block.text)
    links = placed.element.iter("a")
    return (text in headings or text == "top") and any(
        normalised(inline_text(link)) == text and _stays(link.get("href") or "") for link in links
    )


def _judged(
    placed: PlacedBlock, zones: Zones, extraction: Extraction, headings: Collection[str]
) -> Judged:
    text = placed.block.text
    linked = _linked_words(placed.element, text) > MAX_LINKED_SHARE * words_in(text)
    # "Abstract" in a menu is found because the article has such a heading.
    named_alike = not placed.block.is_heading and normalised(text) in headings
    return Judged(
        placed,
        zone=zones.of(placed.element),
        found=extraction.has(text) and not named_alike,
        linked=linked,
        prose=not linked and _is_prose(text),
    )


def _is_prose(text: str) -> bool:
    words = words_in(text)
    ended = text.rstrip(" \"'”’)]").endswith((".", "?", "!", ":", ";", "…")) or ". " in text
    return words >= MIN_LONG_WORDS or (words >= MIN_PROSE_WORDS and ended)


def _linked_words(element: HtmlElement, text: str) -> int:
    """Words of a block in links to other pages; those to places of the same page are marks."""
    around = (parent for parent in element.iterancestors() if parent.tag == "a")
    if any(not _stays(link.get("href") or "#") for link in around):
        return words_in(text)
    labels = (inline_text(link) for link in _own_links(element))
    return sum(map(words_in, labels))


def _own_links(element: HtmlElement) -> Iterator[HtmlElement]:
    """The links of an element's own text, not of blocks inside it."""
    waiting = [element] if element.tag == "tr" else list(element)
    while waiting:
        one = waiting.pop()
        if one.tag == "a" and not _stays(one.get("href") or "#"):
            yield one
        elif one.tag not in BLOCK_TAGS or element.tag == "tr":
            waiting.extend(one)


def _stays(href: str) -> bool:
    return "#" in href or href.startswith("javascript:")


def _decide(blocks: Sequence[Judged], region: HtmlElement) -> None:
    inside = [is_within(one.element, region) for one in blocks]
    # A title over the region opens the article: what follows it is introduction, not margin.
    for index in _lead(blocks, inside):
        inside[index] = True
    short = []
    for one, is_inside in zip(blocks, inside, strict=True):
        fate = Fate.OUT if one.is_heading else _fate(one, is_inside)
        if fate is None:
            short.append(one)
        else:
            one.fate = fate
    _judge_short(blocks, short, region)
    if all(one.fate != Fate.KEPT for one in blocks):
        _keep_sentences(blocks)


def _keep_sentences(blocks: Sequence[Judged]) -> None:
    """Take the few words of a very short page for its article."""
    for one in blocks:
        ended = one.text.rstrip().endswith((".", "?", "!"))
        if one.fate == Fate.MARKED and one.zone == Zone.ARTICLE and not one.linked and ended:
            one.fate = Fate.MARKED if is_site_line(one.text) else Fate.KEPT


def _lead(blocks: Sequence[Judged], inside: Sequence[bool]) -> range:
    """The blocks between the page's title and the region."""
    first = next((i for i, is_inside in enumerate(inside) if is_inside), 0)
    titles = [
        i
        for i in range(first)
        if blocks[i].element.tag == "h1" and blocks[i].zone < Zone.SITE and not blocks[i].linked
    ]
    return range(titles[-1], first) if titles else range(0)


def _fate(one: Judged, is_inside: bool) -> Fate | None:
    """The fate of a block by itself; None for a few words in the article's region."""
    if one.zone == Zone.CHROME or is_tool(one.text) or not any(map(str.isalnum, one.text)):
        return Fate.OUT
    if one.linked and is_copy_link(one.text):
        return Fate.OUT
    if is_inside and reference_entry(one.element) is not None:
        return Fate.KEPT
    if is_site_line(one.text):
        button = one.linked and words_in(one.text) < MIN_PROSE_WORDS
        return Fate.OUT if button or not is_inside else Fate.MARKED
    if one.zone == Zone.SITE or not is_inside:
        return Fate.MARKED if one.prose or (one.found and is_inside) else Fate.OUT
    if one.found or (one.prose and one.zone == Zone.ARTICLE):
        return Fate.KEPT
    if one.zone == Zone.ARTICLE:
        return None
    return Fate.MARKED if one.prose or not one.linked else Fate.OUT


def _judge_short(blocks: Sequence[Judged], short: Sequence[Judged], region: HtmlElement) -> None:
    """Bring back labels, list items and values that stand among text of the article."""
    kept = [index for index, one in enumerate(blocks) if one.fate == Fate.KEPT]
    words: dict[HtmlElement, int] = {}
    for one in (blocks[index] for index in kept):
        for element in line_of(one.element):
            words[element] = words.get(element, 0) + words_in(one.text)
    # Between two texts of an article only a whole page can hold something else.
    among = blocks[kept[0] : kept[-1]] if kept and region.tag != "body" else ()
    between = {id(one) for one in among}
    for one in short:
        if one.linked:
            one.fate = Fate.MARKED if words_in(one.text) >= MIN_PROSE_WORDS else Fate.OUT
        else:
            is_article = id(one) in between or _supported(one, words, region)
            one.fate = Fate.KEPT if is_article else Fate.MARKED


def _whole(element: HtmlElement, region: HtmlElement) -> HtmlElement:
    """The figure or table that an element is a part of, else the element."""
    whole = element
    for one in takewhile(lambda one: one is not region, line_of(element)):
        if one.tag in ("figure", "table") or not _FIGURES.isdisjoint(name_words(one)):
            whole = one
    return whole


def _supported(one: Judged, kept: dict[HtmlElement, int], region: HtmlElement) -> bool:
    """Whether an element near a block holds text of the article."""
    for level, element in enumerate(line_of(_whole(one.element, region))):
        if element is region and region.tag == "body":
            return False
        if kept.get(element, 0) >= MIN_PROSE_WORDS:
            return True
        if element is region or level == SUPPORT_LEVELS:
            return False
    return False
