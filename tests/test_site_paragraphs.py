"""A web page that comes or goes is counted with the pages of its own site alone."""

import sqlite3

import pytest

from index.site_paragraphs import (
    SitePage,
    find_site_text,
    store_site_page,
    stored_site_pages,
    touched_sites,
)
from ingest.documents import Document, Metadata, Section

BANNER = "Call our friendly clinic in the old town today"
SCHEMA = """
CREATE TABLE site_paragraphs (
    doc_id TEXT PRIMARY KEY, site TEXT NOT NULL, hashes TEXT NOT NULL, marked TEXT NOT NULL
);
CREATE INDEX site_paragraphs_by_site ON site_paragraphs (site);
"""


@pytest.fixture
def catalog() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    return connection


def page(doc_id: str, host: str, text: str = BANNER) -> Document:
    metadata = Metadata(url=f"https://{host}/{doc_id}")
    return Document(doc_id, doc_id, "html", metadata, text, (Section("", "other", 0, len(text)),))


def store(catalog: sqlite3.Connection, *documents: Document) -> None:
    for one in find_site_text(documents, {}, ()).pages.values():
        store_site_page(catalog, one)


def after(
    catalog: sqlite3.Connection, documents: list[Document], gone: set[str]
) -> tuple[dict[str, SitePage], list[str]]:
    """The pages that are counted, and those whose marks change."""
    before = stored_site_pages(catalog, touched_sites(catalog, documents, gone))
    found = find_site_text(documents, before, before.keys() - gone)
    return dict(found.pages), found.changed(before)


def test_a_new_page_is_counted_with_its_site_alone(catalog: sqlite3.Connection) -> None:
    store(catalog, page("a", "one.example"), page("b", "one.example"), page("x", "two.example"))
    pages, changed = after(catalog, [page("c", "one.example")], set())
    assert set(pages) == {"a", "b", "c"} and changed == ["a", "b"]


def test_a_page_that_goes_changes_the_others_of_its_site(catalog: sqlite3.Connection) -> None:
    store(catalog, *(page(name, "one.example") for name in "abc"), page("x", "two.example"))
    pages, changed = after(catalog, [], {"c"})
    assert set(pages) == set(changed) == {"a", "b"}


def test_an_article_touches_no_site(catalog: sqlite3.Connection) -> None:
    store(catalog, page("a", "one.example"))
    article = Document("b", "b", "text", Metadata(doi="10.1/x"), BANNER, ())
    assert touched_sites(catalog, [article], {"unknown"}) == set()


def test_pages_of_one_site_are_read_without_the_others(catalog: sqlite3.Connection) -> None:
    store(catalog, page("a", "one.example"), page("x", "two.example"))
    assert set(stored_site_pages(catalog, ["two.example"])) == {"x"}
    assert set(stored_site_pages(catalog)) == {"a", "x"}
