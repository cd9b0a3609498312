"""Which paragraphs of web pages are their site's, over all documents of an index.

The catalog keeps documents as they were read, and for each web page the hashes of its paragraphs.
What recurs is marked when passages are cut, so that a page that comes or goes changes the
passages of its site's other pages, and an index grown page by page is the same as a new one.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ingest.documents import Document
from ingest.site_text import mark_site_text, paragraph_hashes, repeated, site_of


@dataclass(frozen=True)
class SitePage:
    """One web page: its site, its paragraphs, and those of them that are the site's."""

    doc_id: str
    site: str
    hashes: frozenset[str]
    marked: frozenset[str]


@dataclass(frozen=True)
class SiteText:
    """The site's own paragraphs of all web pages that an index will hold, by doc_id."""

    pages: Mapping[str, SitePage]

    def page(self, doc_id: str) -> SitePage | None:
        """The page of a document; None for one that is no web page of a site."""
        return self.pages.get(doc_id)

    def marked(self, document: Document) -> Document:
        """The document with its site's paragraphs as sections of their own."""
        page = self.page(document.doc_id)
        return mark_site_text(document, page.marked) if page else document

    def changed(self, before: Mapping[str, SitePage]) -> list[str]:
        """Documents that had other paragraphs marked, in order."""
        return sorted(
            doc_id
            for doc_id, page in self.pages.items()
            if doc_id in before and before[doc_id].marked != page.marked
        )


def find_site_text(
    documents: Iterable[Document], stored: Mapping[str, SitePage], kept: Collection[str]
) -> SiteText:
    """Count over new documents and over those stored pages that are kept.

    `stored` has all pages of the sites of what is new and of what goes (`touched_sites`).
    """
    found = {
        doc_id: (stored[doc_id].site, stored[doc_id].hashes) for doc_id in kept & stored.keys()
    }
    for document in documents:
        if site := site_of(document):
            found[document.doc_id] = (site, paragraph_hashes(document))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for site, hashes in found.values():
        counts[site].update(hashes)
    pages_of = Counter(site for site, _ in found.values())
    own = {site: repeated(counts[site], pages) for site, pages in pages_of.items()}
    return SiteText(
        {
            doc_id: SitePage(doc_id, site, hashes, hashes & own[site])
            for doc_id, (site, hashes) in found.items()
        }
    )


def touched_sites(
    connection: sqlite3.Connection, documents: Iterable[Document], gone: Iterable[str]
) -> set[str]:
    """The sites whose pages may be marked anew: of new documents, and of stored ones that go."""
    rows = connection.execute(
        "SELECT DISTINCT site FROM site_paragraphs "
        "WHERE doc_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(gone)),),
    )
    return {site for (site,) in rows} | {site for one in documents if (site := site_of(one))}


def stored_site_pages(
    connection: sqlite3.Connection, sites: Iterable[str] | None = None
) -> dict[str, SitePage]:
    """The web pages of the catalog; of some sites, where only these are asked for."""
    query = "SELECT doc_id, site, hashes, marked FROM site_paragraphs"
    if sites is None:
        rows = connection.execute(query)
    else:
        rows = connection.execute(
            f"{query} WHERE site IN (SELECT value FROM json_each(?))", (json.dumps(list(sites)),)
        )
    return {
        doc_id: SitePage(doc_id, site, frozenset(json.loads(h)), frozenset(json.loads(m)))
        for doc_id, site, h, m in rows
    }


def store_site_page(connection: sqlite3.Connection, page: SitePage) -> None:
    """Add or replace a web page; runs inside the caller's transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO site_paragraphs VALUES (?, ?, ?, ?)",
        (page.doc_id, page.site, json.dumps(sorted(page.hashes)), json.dumps(sorted(page.marked))),
    )
