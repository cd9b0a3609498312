"""Finds what a website says on many of its pages, and marks it in each of them. Pure.

Pages are read one by one, but only a second page shows that a paragraph is the site's. So each
document gives short hashes of its paragraphs, whoever reads them all counts them by site, and
each document is marked afterwards:

    counts = Counter(h for d in documents_of_one_site for h in paragraph_hashes(d))
    marked = mark_site_text(document, repeated(counts, len(documents_of_one_site)))

Only web pages are looked at. "Written informed consent was obtained" stands in thousands of
articles of one publisher and is each article's own: what has a DOI or PubMed id has no site here.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import PurePath
from urllib.parse import urlsplit

from ingest.blocks import PARAGRAPH_BREAK
from ingest.cleaning import words_in
from ingest.documents import Document, Section
from ingest.sections import ABSTRACT, BACK_MATTER, CONSENT, KEYWORDS, REFERENCES, SITE_TEXT, SOURCE

MIN_DOCUMENTS = 3
"""Two pages of a site can be two versions of one page."""
MIN_SHARE = 0.2
"""A paragraph on fewer of a site's pages can be an explanation that a few of them share."""
SHORT_WORDS = 12
MIN_SHORT_SHARE = 0.5
"""Lines under `SHORT_WORDS` ("Pain on climbing stairs") recur on pages of like content; those of
the site stand on most pages."""
MIN_WORDS = 3
"""Fewer words ("Step 1", "No tear") are too common to be anybody's."""
MAX_MARKED_SHARE = 0.6
"""A document of which more would be marked is a copy of others, not full of its site's text."""
HASH_DIGITS = 12
"""Hexadecimal digits: among the 10^5 paragraphs of a large site a clash has odds of 1 in 50,000."""

_SHORT, _LONG = "s", "l"
_WEB_FORMATS = frozenset({"html"})
_SAVED_FORMATS = frozenset({"text", "markdown"})
_OWN_KINDS = frozenset({REFERENCES, SOURCE, BACK_MATTER, CONSENT, ABSTRACT, KEYWORDS, SITE_TEXT})
_NAMED = frozenset({"meta tag og:site_name", "meta tag application-name"})


def site_of(document: Document) -> str:
    """The site that a web page is of: its host, else the name that it gives, else its folder.

    "" for what is no web page, and for articles: theirs is the text of articles.
    """
    metadata = document.metadata
    host = host_of(metadata.url)
    if metadata.doi or metadata.pmid or metadata.pmcid:
        return ""
    if document.format in _WEB_FORMATS:
        name = metadata.journal if metadata.origin_of("journal") in _NAMED else ""
        return host or name or str(PurePath(document.source).parent)
    return host if document.format in _SAVED_FORMATS else ""


def host_of(address: str) -> str:
    """The host of a web address without its "www."; "" for what is none.

    >>> host_of("https://www.river.example/a"), host_of("river.html"), host_of("http://[")
    ('river.example', '', '')
    """
    if not address.startswith(("http://", "https://")):
        return ""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that are no IPv6 address
        return ""


def paragraph_hashes(document: Document) -> frozenset[str]:
    """A short hash of each paragraph that could be its site's; none for documents of no site."""
    if not site_of(document):
        return frozenset()
    text = document.text
    return frozenset(
        digest
        for section in document.sections
        for start, end in _paragraphs(text, section)
        if (digest := _hash(text[start:end]))
    )


def repeated(counts: Mapping[str, int], documents: int) -> frozenset[str]:
    """The hashes that recur on enough of a site's `documents` to be the site's own words.

    >>> sorted(repeated({"l1": 3, "l2": 2, "s1": 3}, documents=10))
    ['l1']
    """
    return frozenset(
        digest
        for digest, count in counts.items()
        if count >= MIN_DOCUMENTS
        and count >= documents * (MIN_SHORT_SHARE if digest[0] == _SHORT else MIN_SHARE)
    )


def mark_site_text(document: Document, repeated: Collection[str]) -> Document:
    """The document with its site's paragraphs as sections of their own; its text stays as it is."""
    if not repeated or not site_of(document):
        return document
    sections = tuple(
        part for section in document.sections for part in _cut(document.text, section, repeated)
    )
    marked = _words(document, sections, SITE_TEXT) - _words(document, document.sections, SITE_TEXT)
    if marked > MAX_MARKED_SHARE * words_in(document.text):
        return document
    return replace(document, sections=sections) if marked else document


def _cut(text: str, section: Section, repeated: Collection[str]) -> Iterator[Section]:
    """A section parted where its own words and those of the site meet."""

    def is_sites(span: tuple[int, int]) -> bool:
        return _hash(text[span[0] : span[1]]) in repeated

    spans = list(_paragraphs(text, section))
    if not any(map(is_sites, spans)):
        yield section
        return
    for sites, group in groupby(spans, is_sites):
        together = list(group)
        kind = SITE_TEXT if sites else section.kind
        yield replace(section, kind=kind, start=together[0][0], end=together[-1][1])


def _paragraphs(text: str, section: Section) -> Iterator[tuple[int, int]]:
    """Where each paragraph of a section stands; none of a section that is an article's own."""
    if section.kind in _OWN_KINDS:
        return
    start = section.start
    while start <= section.end:
        found = text.find(PARAGRAPH_BREAK, start, section.end)
        end = section.end if found < 0 else found
        if start < end:
            yield start, end
        start = end + len(PARAGRAPH_BREAK)


def _hash(paragraph: str) -> str:
    """A hash of the letters and digits, its first letter telling short from long; "" for scraps."""
    words = "".join(c if c.isalnum() else " " for c in paragraph.lower()).split()
    if len(words) < MIN_WORDS:
        return ""
    length = _SHORT if len(words) < SHORT_WORDS else _LONG
    return length + hashlib.sha256(" ".join(words).encode()).hexdigest()[:HASH_DIGITS]


def _words(document: Document, sections: Collection[Section], kind: str) -> int:
    texts = (document.text[one.start : one.end] for one in sections if one.kind == kind)
    return sum(map(words_in, texts))
