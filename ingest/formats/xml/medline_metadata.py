"""What a PubMed record states about its article, each value with the element that states it."""

import re
from collections.abc import Iterator

from lxml import etree

from ingest.documents import Metadata, first_stated, read_in
from ingest.formats.xml.jats_types import notice, type_in_words
from ingest.formats.xml.languages import two_letter_code
from ingest.formats.xml.tree import attribute, inline_text

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ARTICLE_NUMBER = re.compile(r"[A-Za-z]?\d{1,12}")
_UNNAMED = re.compile(r"^\[?(not available|untitled)\]?\.?$", re.IGNORECASE)
_EVIDENCE = re.compile(r"\b(?:level|class) of evidence\b|\bevidence level\b", re.IGNORECASE)
_ORDINARY = frozenset(["journal article", "english abstract"])


def read_metadata(record: etree._Element) -> Metadata:
    """The metadata of a record; what it says only of the book or journal comes last."""
    title = _title(record)
    types = [inline_text(node) for node in record.iter("PublicationType")]
    kind = type_in_words(types) or _other_type(types)
    ties = [attribute(node, "RefType") for node in record.iter("CommentsCorrections")]
    if any(name.lower() == "retracted publication" for name in types):
        ties.append("RetractionIn")
    return first_stated(
        read_in("PubMed ArticleTitle", Metadata(title=title)),
        read_in("PubMed AuthorList", Metadata(authors=tuple(_authors(record)))),
        _published(record),
        *_identifiers(record),
        _journal(record),
        read_in("PubMed Volume", Metadata(volume=_first(record, "Volume"))),
        _pages(record),
        read_in("PubMed Language", Metadata(language=two_letter_code(_first(record, "Language")))),
        read_in("PubMed PublicationType", Metadata(document_type=kind)),
        read_in("PubMed CommentsCorrections", Metadata(notice=notice(kind, ties, ""))),
        read_in("PubMed ArticleTitle", Metadata(notice=notice(kind, [], title))),
        read_in("PubMed CoiStatement", Metadata(disclosures=_first(record, "CoiStatement"))),
        read_in("PubMed AbstractText", Metadata(evidence_level=_evidence(record))),
    )


def _first(record: etree._Element, name: str) -> str:
    """The text of the first element of this name that has any."""
    return next((text for node in record.iter(name) if (text := inline_text(node))), "")


def _title(record: etree._Element) -> str:
    """The title without the stop that PubMed puts after each; brackets mark a translation."""
    for name in ("ArticleTitle", "VernacularTitle", "BookTitle"):
        title = _first(record, name)
        if title and not _UNNAMED.match(title):
            return title if title.endswith("...") else title.removesuffix(".")
    return ""


def _authors(record: etree._Element) -> Iterator[str]:
    """The article's own authors; a book's where the record names no others, and no editors."""
    lists = [
        group
        for group in record.iter("AuthorList")
        if attribute(group, "Type").lower() in ("", "authors")
    ]
    inside = [group for group in lists if next(group.iterancestors("Book"), None) is None]
    for author in [author for group in (inside or lists)[:1] for author in group]:
        if attribute(author, "ValidYN") == "N":
            continue
        given = _first(author, "ForeName") or _first(author, "Initials")
        parts = [given, _first(author, "LastName"), _first(author, "Suffix")]
        name = " ".join(part for part in parts if part) or _first(author, "CollectiveName")
        if name:
            yield name


def _published(record: etree._Element) -> Metadata:
    """The earliest year of issue or electronic publication ("2001 Spring" is one too)."""
    years = [
        (int(year[0]), name)
        for name in ("PubDate", "ArticleDate")
        for node in record.iter(name)
        if (year := _YEAR.search(inline_text(node.find("Year")) or inline_text(node)))
    ]
    if not years:
        return Metadata()
    first, name = min(years)
    return read_in(f"PubMed {name}", Metadata(year=first))


def _identifiers(record: etree._Element) -> Iterator[Metadata]:
    for citation in record.iter("MedlineCitation", "BookDocument"):
        yield read_in("PubMed PMID", Metadata(pmid=inline_text(citation.find("PMID"))))
    for node in record.iter("ArticleId", "ELocationID"):
        kind = attribute(node, "IdType") or attribute(node, "EIdType")
        value, place = inline_text(node), f"PubMed {node.tag} {kind}"
        if kind == "doi":
            found = _DOI.search(value)
            yield read_in(place, Metadata(doi=found[0].lower() if found else ""))
        elif kind == "pmc" and any(map(str.isdigit, value)):
            yield read_in(place, Metadata(pmcid="PMC" + "".join(filter(str.isdigit, value))))


def _journal(record: etree._Element) -> Metadata:
    for name in ("Title", "ISOAbbreviation", "MedlineTA", "BookTitle"):
        if _first(record, name):
            return read_in(f"PubMed {name}", Metadata(journal=_first(record, name)))
    return Metadata()


def _pages(record: etree._Element) -> Metadata:
    """The pages, else an article number among the electronic places."""
    start, end = _first(record, "StartPage"), _first(record, "EndPage")
    pages = _first(record, "MedlinePgn") or (f"{start}-{end}" if end and end != start else start)
    if pages:
        return read_in("PubMed Pagination", Metadata(page_range=pages))
    places = (
        inline_text(node) for node in record.iter("ELocationID") if node.get("EIdType") == "pii"
    )
    number = next((place for place in places if _ARTICLE_NUMBER.fullmatch(place)), "")
    return read_in("PubMed ELocationID pii", Metadata(page_range=number))


def _other_type(types: list[str]) -> str:
    """Ordinary articles, and in its own words a type that has no other."""
    names = [name.lower() for name in types]
    if not names or any(name in _ORDINARY for name in names):
        return "article" if names else ""
    return names[0]


def _evidence(record: etree._Element) -> str:
    """What an abstract says under the label "Level of evidence"."""
    for part in record.iter("AbstractText"):
        if _EVIDENCE.search(attribute(part, "Label")):
            return inline_text(part).rstrip(".")
    return ""
