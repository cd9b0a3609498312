"""Web pages: trafilatura finds the article, the page's own meta tags name it."""

import re
from collections.abc import Iterable

import trafilatura
from lxml import etree, html

from ingest.documents import Metadata
from ingest.errors import UnreadableFileError
from ingest.formats.html_blocks import html_blocks
from ingest.formats.reading import Reading
from ingest.header_fields import first_stated
from ingest.identifiers import find_doi, find_year

_SITE_IN_TITLE = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")


def read_html(raw: bytes) -> Reading:
    """Read a web page, its navigation, advertising and comments left out."""
    try:
        page = html.fromstring(raw, parser=_parser(raw))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError(
            "no HTML that can be read", "save the page again from the browser"
        ) from error
    article = trafilatura.extract(
        raw,
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
    blocks = html_blocks(html.fromstring(article))
    return Reading(_metadata(page), tuple(blocks))


def _parser(raw: bytes) -> html.HTMLParser:
    """A page that is valid UTF-8 is UTF-8, whatever it does or does not declare."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return html.HTMLParser(no_network=True, huge_tree=False)
    return html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")


def _metadata(page: html.HtmlElement) -> Metadata:
    named: dict[str, list[str]] = {}
    for tag in page.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").lower()
        named.setdefault(name, []).append((tag.get("content") or "").strip())

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
