"""The meta tags of a page: Highwire's, PRISM's, Dublin Core's and Open Graph's.

Highwire's are made for indexing and are believed first:
https://scholar.google.com/intl/en/scholar/inclusion.html
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from lxml.html import HtmlElement

from ingest.bylines import split_names
from ingest.documents import Metadata, first_stated, read_in
from ingest.formats.html.title import bare_title
from ingest.identifiers import find_doi, find_year
from ingest.licences import find_licence

Tags = dict[str, list[str]]
"""Name of a meta tag, lower case, to its contents."""

_LANGUAGES = {
    "english": "en", "eng": "en", "german": "de", "deu": "de", "ger": "de", "french": "fr",
    "fra": "fr", "fre": "fr", "spanish": "es", "spa": "es", "italian": "it", "ita": "it",
    "portuguese": "pt", "por": "pt", "dutch": "nl", "chinese": "zh", "japanese": "ja",
}  # fmt: skip
_TYPES = {"research article": "article", "research": "article", "original article": "article"}
_NO_TYPE = frozenset(["text", "website", "image", "article", "other", "en"])
_PMCID = re.compile(r"\bPMC\d{4,9}\b", re.IGNORECASE)
_PMID = re.compile(r"(?:^|pmid[/:\s]*|pubmed\.ncbi\.nlm\.nih\.gov/|/pubmed/)(\d{4,9})/?$", re.I)
_NO_PAGE = re.compile(r"(?:n/?a|no|0|-|\s)*(?:-(?:n/?a|no|0|-|\s)*)?", re.IGNORECASE)
_NOBODY = re.compile(r"(?:admin|administrator|editor|webmaster|https?:.*|@.*)\Z", re.IGNORECASE)


def meta_tags(page: HtmlElement) -> Tags:
    """The contents of the page's meta tags by name; several of one name stay in order."""
    tags: Tags = {}
    for tag in page.iter("meta"):
        names = {tag.get(key) or "" for key in ("name", "property", "itemprop", "http-equiv")}
        content = " ".join((tag.get("content") or "").split())
        for name in sorted(names - {""}):
            tags.setdefault(name.lower(), []).append(content)
    return tags


def _title(values: Sequence[str]) -> str:
    return bare_title(values[0])


def authors_in(values: Sequence[str]) -> tuple[str, ...]:
    """One name in each tag, or all in one, parted by semicolons or commas."""
    names: list[str] = []
    for value in values:
        parts = [part.split() for part in value.split(",")]
        is_list = len(parts) > 2 or (len(parts) == 2 and min(map(len, parts)) > 1)
        several = len(values) == 1 and is_list and ";" not in value
        names += split_names(value if several else f"{value};")
    return tuple(name for name in names if is_person(name))


def is_person(name: str) -> bool:
    """Whether an author's name is none of a site's software ("admin") and no address."""
    return not _NOBODY.match(name)


def year_in(values: Sequence[str]) -> int | None:
    """The first year in the contents of tags."""
    return next((year for value in values if (year := find_year(value))), None)


def _doi(values: Sequence[str]) -> str:
    return next((doi for value in values if (doi := find_doi(unquote(value)))), "")


def pmid_in(values: Sequence[str]) -> str:
    """The first PubMed id: alone, after "pmid", or at the end of an address of PubMed."""
    return next((match[1] for value in values if (match := _PMID.search(value.strip()))), "")


def pmcid_in(values: Sequence[str]) -> str:
    """The first PubMed Central id."""
    return next((match[0].upper() for value in values if (match := _PMCID.search(value))), "")


def text_in(values: Sequence[str]) -> str:
    """The first content as plain text."""
    return bare_title(values[0])


def _pages(values: Sequence[str]) -> str:
    """First and last page; "" for what stands for none, as "n/a-n/a"."""
    pages = "-".join(dict.fromkeys(values))
    return "" if _NO_PAGE.fullmatch(pages) else pages


def _journal(values: Sequence[str]) -> str:
    """A journal's name; "Trials 2015 16:2" is a place in one."""
    return next((bare_title(value) for value in values if not re.search(r"\d{4}", value)), "")


def licence_in(values: Sequence[str]) -> str:
    """The first licence that is named."""
    return next((licence for value in values if (licence := find_licence(value))), "")


def language_code(values: Sequence[str]) -> str:
    """The ISO 639-1 code of a language that is given as a name or a longer code."""
    code = values[0].strip().lower()
    code = _LANGUAGES.get(code, re.split(r"[-_,;\s]", code)[0])
    return code if re.fullmatch(r"[a-z]{2}", code) else ""


def _kind(values: Sequence[str]) -> str:
    kinds = (" ".join(value.lower().replace("_", " ").split()) for value in values)
    return next((_TYPES.get(kind, kind) for kind in kinds if kind and kind not in _NO_TYPE), "")


_FIELDS: tuple[tuple[str, Callable[[Sequence[str]], Any], str], ...] = (
    ("title", _title, "citation_title prism.title dc.title dcterms.title bepress_citation_title"),
    (
        "authors",
        authors_in,
        "citation_author citation_authors dc.creator dcterms.creator dc.contributor"
        " bepress_citation_author",
    ),
    (
        "year",
        year_in,
        "citation_publication_date citation_cover_date citation_date citation_year"
        " prism.publicationdate prism.coverdate dc.date dcterms.issued dc.date.issued"
        " dcterms.date citation_online_date",
    ),
    (
        "journal",
        _journal,
        "citation_journal_title prism.publicationname dc.source dcterms.ispartof"
        " citation_conference_title citation_inbook_title",
    ),
    ("volume", text_in, "citation_volume prism.volume"),
    ("page_range", _pages, "citation_pages"),
    (
        "doi",
        _doi,
        "citation_doi prism.doi dc.identifier.doi dc.identifier dcterms.identifier doi"
        " publication_doi bepress_citation_doi",
    ),
    ("pmid", pmid_in, "citation_pmid dc.identifier ncbi_article_id"),
    ("pmcid", pmcid_in, "citation_pmcid ncbi_pcid dc.identifier"),
    ("language", language_code, "citation_language dc.language dcterms.language"),
    ("document_type", _kind, "citation_article_type dc.type dcterms.type prism.section"),
)
"""Field, how its tags are read, and the tags in the order in which they are believed."""
RIGHTS = "citation_license dc.rights dcterms.rights dcterms.license dc.rights.uri".split()


def from_tags(tags: Tags) -> Metadata:
    """What the tags made for indexing state, each value with its tag."""
    found = [stated_in_tags(tags, field, read, names.split()) for field, read, names in _FIELDS]
    return first_stated(*found, _first_and_last_page(tags))


def stated_in_tags(
    tags: Tags, field: str, read: Callable[[Sequence[str]], Any], names: Iterable[str]
) -> Metadata:
    """One field from the first of the named tags that states it."""
    for name in names:
        values = [value for value in tags.get(name, []) if value]
        if values and (value := read(values)):
            fields: dict[str, Any] = {field: value}
            return read_in(f"meta tag {name}", Metadata(**fields))
    return Metadata()


def _first_and_last_page(tags: Tags) -> Metadata:
    for first, last in (
        ("citation_firstpage", "citation_lastpage"),
        ("prism.startingpage", "prism.endingpage"),
    ):
        pages = [tags[name][0] for name in (first, last) if tags.get(name, [""])[0]]
        if _pages(pages):
            return read_in(f"meta tag {first}", Metadata(page_range=_pages(pages)))
    return Metadata()
