"""Web pages: trafilatura finds the article, the page's own meta tags name it."""

import re
from collections.abc import Iterable
from contextlib import suppress

import trafilatura
from lxml import html

from ingest.blocks import Block
from ingest.cleaning import words_in
from ingest.documents import Metadata
from ingest.errors import UnreadableFileError
from ingest.formats.html_blocks import html_blocks
from ingest.formats.raised import write_raised_digits
from ingest.formats.reading import Reading
from ingest.header_fields import first_stated
from ingest.identifiers import find_doi, find_year

MIN_ABSTRACT_WORDS = 50
"""A description with fewer words is an advertisement for the page."""
_ABSTRACT_TAGS = ("citation_abstract", "dc.description")
_TELLING_LETTERS = 100
_SITE_IN_TITLE = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")


def read_html(raw: bytes) -> Reading:
    """Read a web page, its navigation, advertising and comments left out."""
    page = trafilatura.load_html(raw)  # knows more encodings than a page may declare
    if page is None:
        raise UnreadableFileError(
            "no HTML that can be read", "save the page again from the browser"
        )
    write_raised_digits(page)  # before trafilatura, which takes the marks away
    article = trafilatura.extract(
        page,
        output_format="html",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
    )
    if not article:
        raise UnreadableFileError(
            "a web page without an article (a menu, or filled in by a script)",
            "save the page from the browser after it has loaded",
        )
    named = _meta_tags(page)
    blocks = _with_abstract(html_blocks(html.fromstring(article)), named)
    return Reading(_metadata(page, named), tuple(blocks))


def _meta_tags(page: html.HtmlElement) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for tag in page.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").lower()
        named.setdefault(name, []).append((tag.get("content") or "").strip())
    return named


def _with_abstract(blocks: list[Block], named: dict[str, list[str]]) -> list[Block]:
    """The blocks and, where trafilatura has left the abstract out, the tag that repeats it."""
    abstract = next((v for name in _ABSTRACT_TAGS for v in named.get(name, []) if v), "")
    text = _letters(" ".join(block.text for block in blocks))
    if words_in(abstract) < MIN_ABSTRACT_WORDS or _letters(abstract)[:_TELLING_LETTERS] in text:
        return blocks
    first = next((i for i, block in enumerate(blocks) if block.is_heading), len(blocks))
    section = [Block("Abstract", is_heading=True), Block(abstract)]
    return [*blocks[:first], *section, *blocks[first:]]


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).lower()


def _metadata(page: html.HtmlElement, named: dict[str, list[str]]) -> Metadata:
    def first(names: Iterable[str]) -> str:
        return next((value for name in names for value in named.get(name, []) if value), "")

    # Highwire tags are made for indexing; Dublin Core and Open Graph come after them.
    authors = (
        named.get("citation_author") or named.get("citation_authors") or named.get("dc.creator")
    )
    highwire = Metadata(
        title=first(("citation_title", "dc.title")),
        authors=_names(authors or []),
        year=find_year(
            first(("citation_publication_date", "citation_date", "citation_year", "dc.date"))
        ),
        journal=first(("citation_journal_title",)),
        doi=find_doi(first(("citation_doi", "dc.identifier", "prism.doi"))),
        pmid=first(("citation_pmid",)),
        url=_canonical(page) or first(("citation_fulltext_html_url", "og:url")),
        document_type=first(("dc.type", "citation_article_type")).lower(),
    )
    shown = Metadata(
        title=_heading(page) or first(("og:title",)) or _page_title(page),
        year=find_year(first(("article:published_time", "date"))),
        journal=first(("og:site_name",)),
        document_type="" if highwire.journal or highwire.doi else "web page",
    )
    return first_stated(highwire, _from_trafilatura(page), shown)


def _from_trafilatura(page: html.HtmlElement) -> Metadata:
    stated = None
    # It only names the page, and raises ValueError and more on odd characters.
    with suppress(Exception):
        stated = trafilatura.extract_metadata(page)
    if stated is None:
        return Metadata()
    authors = tuple(name.strip() for name in (stated.author or "").split(";") if name.strip())
    return Metadata(
        title=stated.title or "",
        authors=authors,
        year=find_year(stated.date or ""),
        journal=stated.sitename or "",
        url=stated.url or "",
    )


def _names(values: list[str]) -> tuple[str, ...]:
    """Names as "First Last" from one tag each, or from one tag with all of them."""
    names = [name for value in values for name in value.split(";")]
    return tuple(
        " ".join(reversed([part.strip() for part in name.split(",", 1)]))
        for name in names
        if name.strip()
    )


def _canonical(page: html.HtmlElement) -> str:
    return next(
        (link.get("href") or "" for link in page.iter("link") if link.get("rel") == "canonical"), ""
    )


def _heading(page: html.HtmlElement) -> str:
    headings = [" ".join(h.text_content().split()) for h in page.iter("h1")]
    return headings[0] if len(headings) == 1 else ""


def _page_title(page: html.HtmlElement) -> str:
    title = " ".join((page.findtext(".//title") or "").split())
    return _SITE_IN_TITLE.sub("", title)
