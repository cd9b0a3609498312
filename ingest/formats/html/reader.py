"""Web pages: what a page states about itself, then its article (see `html_page`)."""

import trafilatura

from ingest.blocks import Block
from ingest.cleaning import words_in
from ingest.documents import first_stated
from ingest.doubts import text_doubts
from ingest.errors import UnreadableFileError
from ingest.formats.html.front import stated_in_front
from ingest.formats.html.metadata import inferred_metadata, page_metadata
from ingest.formats.html.page import article_blocks
from ingest.formats.html.tags import Tags, meta_tags
from ingest.formats.reading import Reading
from ingest.formats.xml.raised import write_raised_digits
from ingest.sections import SITE_TEXT

MIN_ABSTRACT_WORDS = 50
"""A description with fewer words is an advertisement for the page."""
MAX_SITE_SHARE = 0.5
"""With more of its words marked, a page is one that a person should look at."""
_ABSTRACT_TAGS = ("citation_abstract", "dc.description", "dcterms.abstract")
_TELLING_LETTERS = 100


def read_html(raw: bytes) -> Reading:
    """Read a web page, its navigation, advertising and comments left out."""
    page = trafilatura.load_html(raw)  # knows more encodings than a page may declare
    if page is None:
        raise UnreadableFileError(
            "no HTML that can be read", "save the page again from the browser"
        )
    tags, stated, inferred = meta_tags(page), page_metadata(page), inferred_metadata(page)
    write_raised_digits(page)  # before trafilatura, which takes the marks away
    article = article_blocks(page, stated.title)
    if not article.blocks:
        raise UnreadableFileError(
            "a web page without an article (a menu, or filled in by a script)",
            "save the page from the browser after it has loaded",
        )
    shown = stated_in_front(article.shown, stated.title)
    metadata = first_stated(stated, shown, inferred)
    blocks = _with_abstract(article.blocks, tags)
    return Reading(metadata, tuple(blocks), _doubts(blocks))


def _doubts(blocks: list[Block]) -> tuple[str, ...]:
    """Warnings for a person: signs of damage, and a page that is mostly not its article."""
    words = sum(words_in(block.text) for block in blocks)
    sites = sum(words_in(block.text) for block in blocks if block.kind == SITE_TEXT)
    mostly = sites > MAX_SITE_SHARE * words
    doubts = text_doubts([line for b in blocks if not b.kind for line in b.text.split("\n")])
    return (*doubts, *([f"{sites} of {words} words may be the site's own text"] if mostly else []))


def _with_abstract(blocks: list[Block], tags: Tags) -> list[Block]:
    """The blocks and, where the page does not show the abstract, the tag that has it."""
    abstract = next((v for name in _ABSTRACT_TAGS for v in tags.get(name, []) if v), "")
    text = _letters(" ".join(block.text for block in blocks))
    if words_in(abstract) < MIN_ABSTRACT_WORDS or _letters(abstract)[:_TELLING_LETTERS] in text:
        return blocks
    first = next((i for i, block in enumerate(blocks) if block.is_heading), len(blocks))
    section = [Block("Abstract", is_heading=True), Block(abstract)]
    return [*blocks[:first], *section, *blocks[first:]]


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).lower()
