"""What a page states about its article: in meta tags, JSON-LD, links, headings and its text.

The tags made for indexing come first (see `html_tags`), then JSON-LD, the page's own address and
links, Open Graph, and last what the page shows.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import trafilatura
from lxml.html import HtmlElement

from ingest.bylines import byline
from ingest.documents import Metadata, first_stated, read_in
from ingest.formats.html.blocks import inline_text
from ingest.formats.html.linked_data import linked_data
from ingest.formats.html.structure import class_names
from ingest.formats.html.tags import (
    RIGHTS,
    Tags,
    authors_in,
    from_tags,
    is_person,
    language_code,
    licence_in,
    meta_tags,
    pmcid_in,
    pmid_in,
    stated_in_tags,
    text_in,
    year_in,
)
from ingest.formats.html.title import MIN_TITLE_WORDS, bare_title, without_site
from ingest.identifiers import find_doi, find_year
from ingest.sections import OTHER, section_kind
from ingest.site_text import host_of

_MARKED_DATES = {"original_date": True, "extensive_search": False}
"""Only dates that the page marks as such: a year in its footer is not that of the article."""
_AFTER_DOI = re.compile(
    r"/(?:full(?:text|/html)?|abstract|abs|pdf|epdf|html?|meta|figures)/?$", re.I
)
_HOME = frozenset(["/", "./", "/index.html", "index.html", "/home", "#"])
"""Where a heading leads that holds the site's name or logo."""
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")


def page_metadata(page: HtmlElement) -> Metadata:
    """All that a page states about itself outside its text."""
    tags = meta_tags(page)
    shown, sites = _headings(page), _site_names(page, tags)
    data = [
        replace(
            node,
            title=without_site(node.title, shown, sites),
            language=language_code([node.language]),
        )
        for node in linked_data(page)
    ]
    scholarly = from_tags(tags)
    shown_here = [_from_links(page), _from_open_graph(tags, scholarly, data)]
    # A licence of the page itself is newer than what its tags were once filled in with.
    rights = stated_in_tags(tags, "licence", licence_in, RIGHTS)
    named = _from_page(page, tags, shown, sites)
    persons = read_in("names of the page", Metadata(authors=_persons(page)))
    return first_stated(scholarly, *data, *shown_here, rights, named, persons)


def _from_links(page: HtmlElement) -> Metadata:
    """What the page's own address and its links to a licence say."""
    address, origin = _address(page)
    path = unquote(urlsplit(address).path)
    by_address = Metadata(
        url=address,
        doi=find_doi(_AFTER_DOI.sub("", path)) if "/10." in path else "",
        pmid=pmid_in([address]),
        pmcid=pmcid_in([path]),
    )
    licences = [
        (link.get("href") or "")
        for link in page.iter("link", "a")
        if "license" in (link.get("rel") or "")
        or "creativecommons.org/" in (link.get("href") or "")
    ]
    language = language_code([page.get("lang") or page.get("xml:lang") or ""])
    return first_stated(
        read_in(origin, by_address),
        read_in("licence link", Metadata(licence=licence_in(licences))),
        read_in("html lang", Metadata(language=language)),
    )


def _address(page: HtmlElement) -> tuple[str, str]:
    links = [one.get("href") or "" for one in page.iter("link") if one.get("rel") == "canonical"]
    tags = meta_tags(page)
    saved = next((m[1] for one in page.getroottree().iter() if (m := _saved(one))), "")
    places = (
        *(("canonical link", link) for link in links),
        *(
            (f"meta tag {n}", v)
            for n in ("citation_fulltext_html_url", "og:url")
            for v in tags.get(n, [])
        ),
        ("note of the browser that saved the page", saved),
    )
    return next(((v, name) for name, v in places if host_of(v)), ("", ""))


def _saved(node: HtmlElement) -> re.Match[str] | None:
    return None if isinstance(node.tag, str) else _SAVED_FROM.search(str(node.text or ""))


def _from_open_graph(tags: Tags, scholarly: Metadata, data: Sequence[Metadata]) -> Metadata:
    is_article = scholarly.journal or scholarly.doi or any(one.journal for one in data)
    fields = (
        ("year", year_in, "article:published_time og:article:published_time date pubdate"),
        ("language", language_code, "content-language og:locale"),
        ("authors", authors_in, "article:author author"),
        *(() if is_article else (("journal", text_in, "og:site_name application-name"),)),
    )
    found = [stated_in_tags(tags, field, read, names.split()) for field, read, names in fields]
    return first_stated(*found)


def _headings(page: HtmlElement) -> list[str]:
    """The headings that can be the page's title; blogs head their posts with narrower ones."""
    named = bare_title(page.findtext(".//title") or "").lower()
    shown = [
        (one.tag, bare_title(str(one.text_content())))
        for one in page.iter("h1", "h2", "h3")
        if not any((link.get("href") or "") in _HOME for link in one.iter("a"))
    ]
    titles = [text for tag, text in shown if tag == "h1" and text]
    if any(text.lower() in named for text in titles):
        return titles
    posts = [t for _, t in shown if len(t.split()) >= MIN_TITLE_WORDS and t.lower() in named]
    return titles + posts[:1]


def _site_names(page: HtmlElement, tags: Tags) -> list[str]:
    """What the site calls itself."""
    host = host_of(_address(page)[0])
    stated = [name for tag in ("og:site_name", "application-name") for name in tags.get(tag, [])]
    return [*stated, host, host.split(".")[0]]


def _from_page(
    page: HtmlElement, tags: Tags, shown: Sequence[str], sites: Sequence[str]
) -> Metadata:
    """The title as the page shows it."""
    named = page.findtext(".//title") or ""
    title = without_site(named, shown, sites)
    fits = [one for one in shown if one.lower() in bare_title(named).lower()]
    heading = next(iter(fits), shown[0] if len(shown) == 1 and shown[0] not in sites else "")
    graph = next(iter(tags.get("og:title", [])), "")
    return first_stated(
        read_in("heading", Metadata(title=heading)),
        read_in("meta tag og:title", Metadata(title=without_site(graph, shown, sites))),
        read_in("title of the page", Metadata(title=title)),
    )


def _persons(page: HtmlElement) -> tuple[str, ...]:
    """Authors whose family and given names the page marks as such."""
    names = []
    for family in page.iter("span"):
        if "surname" in class_names(family) and (around := family.getparent()) is not None:
            given = (one for one in around if "given-name" in class_names(one))
            parts = [inline_text(one) for one in (*given, family)]
            names.append(" ".join(part for part in parts if part))
    return tuple(dict.fromkeys(name for name in names if name))


def inferred_metadata(page: HtmlElement) -> Metadata:
    """Title, byline and date as trafilatura finds them in the text: concluded, not stated."""
    found = None
    # It only names the page, and raises ValueError and more on odd characters.
    with suppress(Exception):
        found = trafilatura.extract_metadata(page, date_config=_MARKED_DATES)
    if found is None:
        return Metadata()
    title = found.title or ""
    names = [name.strip() for name in (found.author or "").split(";") if is_person(name.strip())]
    return read_in(
        "inferred from the page by trafilatura",
        Metadata(
            title=title if section_kind(title) == OTHER else "",
            authors=byline(f"by {', '.join(names)}") if names else (),
            year=find_year(found.date or ""),
        ),
    )
