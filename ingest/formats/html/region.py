"""The part of a page that holds its article: around what was found, as wide as its `main`."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from lxml.html import HtmlElement

from ingest.cleaning import words_in
from ingest.formats.html.zones import Zone

REGION_SHARE = 0.9
"""The article's region is the smallest part of the page with this share of the words found."""
MIN_MAIN_WORDS = 40
"""A `main` or `article` with fewer words of prose does not widen the region: it is a teaser."""


class Evidence(Protocol):
    """What is known of a block when the region is looked for."""

    @property
    def element(self) -> HtmlElement:
        """Where the block stands."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""

    @property
    def zone(self) -> Zone:
        """The kind of part that it stands in."""

    @property
    def found(self) -> bool:
        """Whether the extraction has it."""

    @property
    def prose(self) -> bool:
        """Whether it holds sentences."""


def find_region(page: HtmlElement, blocks: Sequence[Evidence]) -> HtmlElement:
    """The element that holds the article: what was found, and the page's own `main`."""
    body = next(page.iter("body"), page)
    found = [one for one in blocks if one.found and one.zone <= Zone.MARGIN]
    holders = [one for one in found if not one.is_heading] or found
    smallest = _smallest(holders, body)
    mains = [one for one in _mains(body) if _prose_words(blocks, one) >= MIN_MAIN_WORDS]
    if smallest is None:
        return mains[0] if len(mains) == 1 else body
    above = [one for one in smallest.iterancestors() if one in mains]
    if above:
        return above[0]
    common = _common([smallest, *mains])
    return body if common is None else common


def _mains(body: HtmlElement) -> list[HtmlElement]:
    """The elements that the page itself calls its content, the outermost of each kind."""
    named = [
        one
        for one in body.iter("main", "article", "div", "section")
        if one.tag in ("main", "article")
        or one.get("role") in ("main", "article")
        or "articlebody" in (one.get("itemprop") or "").lower()
    ]
    return [one for one in named if not any(parent in named for parent in one.iterancestors())]


def _prose_words(blocks: Sequence[Evidence], element: HtmlElement) -> int:
    return sum(
        words_in(one.text)
        for one in blocks
        if one.prose and one.zone == Zone.ARTICLE and is_within(one.element, element)
    )


def line_of(element: HtmlElement) -> Iterator[HtmlElement]:
    """An element and those around it, from the inside."""
    yield element
    yield from element.iterancestors()


def is_within(element: HtmlElement, part: HtmlElement) -> bool:
    """Whether an element is a part of the page or stands in it."""
    return any(one is part for one in line_of(element))


def _smallest(blocks: Sequence[Evidence], body: HtmlElement) -> HtmlElement | None:
    total = sum(words_in(one.text) for one in blocks)
    words: dict[HtmlElement, int] = {}
    for one in blocks:
        for element in line_of(one.element):
            words[element] = words.get(element, 0) + words_in(one.text)
    enough = [one for one, count in words.items() if count >= REGION_SHARE * total and total]
    return min(enough, key=lambda one: (words[one], -_depth(one)), default=None)


def _depth(element: HtmlElement) -> int:
    return sum(1 for _ in element.iterancestors())


def _common(elements: Sequence[HtmlElement]) -> HtmlElement | None:
    """The innermost element around all of these."""
    lines = [list(line_of(one)) for one in elements]
    return next((one for one in lines[0] if all(one in line for line in lines)), None)
