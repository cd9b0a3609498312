"""Finds DOI, PubMed ids, year, licence and citations where a text states them. Pure."""

import re

from ingest.documents import Metadata
from ingest.sentences import sentence_spans

# Crossref's advice, https://www.crossref.org/blog/dois-and-matching-regular-expressions/
# "<" belongs to old DOIs ("<1::AID-…"), but what begins a tag does not.
_DOI = re.compile(r"10\.\d{4,9}/(?:(?!</?[A-Z])[-._;()/:<>A-Z0-9])+", re.IGNORECASE)
_LABELLED_DOI = re.compile(r"(?:doi\s*[:=]?\s*|doi\.org/)(10\.\d{4,9}/\S+)", re.IGNORECASE)
# What a web address adds to a DOI, and hyphens that a printer has put for "-".
_DOI_ADDITION = re.compile(r"(?:/(?:abstract|full|fulltext|pdf|epdf|html))+$|\.pdf$", re.IGNORECASE)
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–−", "-"))
_PMCID = re.compile(r"\bPMC\s?ID\s*[:=]?\s*(?:PMC)?(\d{5,9})\b|\bPMC(\d{5,9})\b")
_PMID = re.compile(r"\bPMID\s*[:=]?\s*(\d{4,9})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_PUBLISHED = (
    re.compile(r"\b((?:19|20)\d\d)[,;]\s*\d+\s*(?:\([\w ]+\))?\s*[:(]"),  # "Trials 2015, 16:2"
    re.compile(r"\(((?:19|20)\d\d)\),?\s*\d+\s*(?:\([\w ]+\))?\s*[:,]\s*\w?\d"),  # "(2015) 16:38"
    re.compile(
        r"\bpublished\b(?:\s+online)?\W{1,3}[\w ,]{0,20}?\b((?:19|20)\d\d)\b", re.IGNORECASE
    ),
    re.compile(
        r"(?:©|\(c\)|copyright|the author\(s\))[\s:©,]*(?:(?:by )?the authors?(?:\(s\))?,?\s*)?"
        r"((?:19|20)\d\d)\b",
        re.IGNORECASE,
    ),
)
_RETOLD = re.compile(r"^Retold from:\s+(\S.*)$", re.MULTILINE)
_LICENCE = re.compile(r"\s*\([^()]*licence[^()]*\)")
_AMA = re.compile(
    r"(?P<authors>[A-Z][\w'’-]+ [A-Z]{1,3}(?:, [A-Z][\w'’-]+ [A-Z]{1,3})*)(?:, et al)?\. "
    r"(?P<title>[A-Z][^\n]{10,300}?)(?P<abstract> \[abstract\])?\. "
    r"(?P<journal>[A-Z][^.\n;]{1,80})\. (?P<year>(?:19|20)\d\d);"
    r"(?:[^\n]*?(?P<url>https?://\S+[\w/]))?",
    re.MULTILINE,
)


def find_doi(text: str) -> str:
    """The first DOI, one that is labelled as such before one that is not; "" if there is none.

    >>> find_doi("See doi:10.1186/1745-6215-16-2.")
    '10.1186/1745-6215-16-2'
    """
    plain = text.translate(_HYPHENS)
    labelled = _LABELLED_DOI.search(plain)
    match = _DOI.match(labelled[1]) if labelled else _DOI.search(plain)
    return _bare_doi(match[0]) if match else ""


def _bare_doi(found: str) -> str:
    """A DOI without the punctuation of its sentence; brackets that it opens are its own."""
    doi = found.rstrip(".,;:>")
    while doi.endswith(")") and doi.count("(") < doi.count(")"):
        doi = doi[:-1].rstrip(".,;:>")
    return _DOI_ADDITION.sub("", doi).lower()


def find_pmid(text: str) -> str:
    """The first PubMed id that is labelled as such; "" if there is none."""
    match = _PMID.search(text)
    return match[1] if match else ""


def find_pmcid(text: str) -> str:
    """The first PubMed Central id, with its letters; "" if there is none.

    >>> find_pmcid("PMCID: 4521097")
    'PMC4521097'
    """
    match = _PMCID.search(text)
    return f"PMC{match[1] or match[2]}" if match else ""


def find_year(text: str) -> int | None:
    """The first number that can be a year of publication.

    >>> find_year("2012-11-19")
    2012
    """
    match = _YEAR.search(text)
    return int(match[1]) if match else None


def find_published_year(text: str) -> int | None:
    """The year in a journal reference, a "Published" line or a copyright line, in that order."""
    for pattern in _PUBLISHED:
        match = pattern.search(text)
        if match:
            return int(match[1])
    return None


def find_retold_from(text: str) -> str:
    """What a text that says "Retold from: …" retells; "" for a text that is nobody else's.

    >>> find_retold_from("Retold from: Cases Journal, 2008 (licence: CC BY). In our own words.")
    'Cases Journal, 2008'
    """
    match = _RETOLD.search(text)
    if match is None:
        return ""
    start, end = sentence_spans(match[1])[0]
    return _LICENCE.sub("", match[1][start:end]).rstrip(". ")


def find_ama_citation(text: str) -> Metadata | None:
    """What a document that says how to cite it ("To cite this … in AMA style") states."""
    at = text.find("To cite this")
    match = _AMA.search(text, at) if at >= 0 else None
    if match is None:
        return None
    return Metadata(
        title=match["title"],
        authors=tuple(match["authors"].split(", ")),
        year=int(match["year"]),
        journal=match["journal"],
        doi=find_doi(match[0]),
        url=match["url"] or "",
        document_type="abstract" if match["abstract"] else "",
    )
