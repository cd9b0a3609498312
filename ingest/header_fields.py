"""Reads the "Key: value" lines that a document begins with. Pure.

    Title: Chronic calf pain
    Year: 2021

Only the keys in `FIELDS` count, so that a text which begins with "Case: …" loses nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents import Metadata
from ingest.identifiers import find_doi, find_year

FIELDS = {
    "title": "title",
    "author": "authors",
    "authors": "authors",
    "year": "year",
    "date": "year",
    "journal": "journal",
    "doi": "doi",
    "pmid": "pmid",
    "source": "url",
    "url": "url",
    "link": "url",
    "type": "document_type",
}
_FIELD = re.compile(r"^\s*([A-Za-z]+)\s*:\s*(\S.*?)\s*$")
_BETWEEN_AUTHORS = re.compile(r"\s*(?:,|;|\band\b)\s*")


def take_header_fields(lines: Sequence[str], at_least: int = 1) -> tuple[Metadata, int]:
    """What the leading field lines state, and how many lines they take.

    With fewer than `at_least` fields they are text ("Date: 3 May, she fell."), unless one is the
    title: no sentence begins so.

    >>> take_header_fields(["Year: 2021", "", "A man fell."])[1]
    1
    """
    metadata = Metadata()
    taken = fields = 0
    for number, line in enumerate(lines):
        match = _FIELD.match(line)
        if match is None or match[1].lower() not in FIELDS:
            if line.strip():
                break
            continue
        metadata = _with_field(metadata, FIELDS[match[1].lower()], match[2].strip("\"'"))
        taken, fields = number + 1, fields + 1
    return (metadata, taken) if fields >= at_least or metadata.title else (Metadata(), 0)


def first_stated(*sources: Metadata) -> Metadata:
    """For each field the first source that states it."""
    merged = Metadata()
    for source in reversed(sources):
        merged = Metadata(
            title=source.title or merged.title,
            authors=source.authors or merged.authors,
            year=source.year or merged.year,
            journal=source.journal or merged.journal,
            doi=source.doi or merged.doi,
            pmid=source.pmid or merged.pmid,
            url=source.url or merged.url,
            document_type=source.document_type or merged.document_type,
        )
    return merged


def _with_field(metadata: Metadata, field: str, value: str) -> Metadata:
    match field:
        case "title":
            return replace(metadata, title=value)
        case "authors":
            names = tuple(name for name in _BETWEEN_AUTHORS.split(value) if name)
            return replace(metadata, authors=names)
        case "year":
            return replace(metadata, year=find_year(value))
        case "journal":
            return replace(metadata, journal=value)
        case "doi":
            return replace(metadata, doi=find_doi(value))
        case "pmid":
            return replace(metadata, pmid="".join(c for c in value if c.isdigit()))
        case "url":
            return replace(metadata, url=value)
        case _:
            return replace(metadata, document_type=value.lower())
