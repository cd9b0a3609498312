"""Reads the "Key: value" lines that a document begins with. Pure.

    Title: Chronic calf pain
    Year: 2021

Only the keys in `FIELDS` count, so that a text which begins with "Case: …" loses nothing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ingest.bylines import split_names
from ingest.cleaning import clean
from ingest.documents import Metadata, first_stated, read_in
from ingest.identifiers import find_doi, find_year

FIELDS: dict[str, str] = {
    "title": "title",
    "article title": "title",
    "author": "authors",
    "authors": "authors",
    "by": "authors",
    "year": "year",
    "date": "year",
    "published": "year",
    "publication date": "year",
    "journal": "journal",
    "volume": "volume",
    "pages": "page_range",
    "page": "page_range",
    "page range": "page_range",
    "doi": "doi",
    "article doi": "doi",
    "pmid": "pmid",
    "pubmed id": "pmid",
    "pmcid": "pmcid",
    "source": "url",
    "url": "url",
    "link": "url",
    "licence": "licence",
    "license": "licence",
    "language": "language",
    "lang": "language",
    "type": "document_type",
    "document type": "document_type",
    "article type": "document_type",
    "publication type": "document_type",
    "level of evidence": "evidence_level",
    "evidence level": "evidence_level",
    "disclosure": "disclosures",
    "disclosures": "disclosures",
    "conflict of interest": "disclosures",
    "conflicts of interest": "disclosures",
    "competing interests": "disclosures",
}
"""What a key, in small letters, states."""
_UNMISTAKABLE = frozenset({"title", "authors", "doi", "pmid", "pmcid", "journal"})
"""No sentence begins with these, so one of them alone is no text."""
_FIELD = re.compile(r"^\s*([A-Za-z][A-Za-z _-]{0,30}?)\s*:\s*(\S.*?)\s*$")
_LANGUAGES = {
    **{"english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr"},
    **{"spanish": "es", "español": "es", "italian": "it", "italiano": "it", "dutch": "nl"},
    **{"portuguese": "pt", "português": "pt", "polish": "pl", "turkish": "tr", "russian": "ru"},
    **{"chinese": "zh", "japanese": "ja", "korean": "ko", "swedish": "sv", "danish": "da"},
}


def take_header_fields(lines: Sequence[str], at_least: int = 1) -> tuple[Metadata, int]:
    """What the leading field lines state, and how many lines they take.

    With fewer than `at_least` fields they are text ("Date: 3 May, she fell."), unless one of them
    begins as no sentence does.

    >>> take_header_fields(["Year: 2021", "", "A man fell."])[1]
    1
    """
    stated: list[Metadata] = []
    taken = 0
    for number, line in enumerate(lines):
        match = _FIELD.match(line)
        if match is None or _field(match[1]) is None:
            if line.strip():
                break
            continue
        stated.append(field_metadata(match[1], match[2].strip("\"'")))
        taken = number + 1
    metadata = first_stated(*stated)
    is_sure = any(getattr(metadata, field) for field in _UNMISTAKABLE)
    return (metadata, taken) if len(stated) >= at_least or is_sure else (Metadata(), 0)


def fields_metadata(fields: Mapping[str, str]) -> Metadata:
    """What keys with their values state; keys that are not in `FIELDS` state nothing."""
    return first_stated(*(field_metadata(key, value) for key, value in fields.items()))


def field_metadata(key: str, value: str) -> Metadata:
    """What one field states, with the field as its origin.

    >>> field_metadata("Licence", "CC BY 4.0").origin_of("licence")
    'header field Licence'
    """
    return read_in(f"header field {key}", _with_field(_field(key) or "", clean(value)))


def _field(key: str) -> str | None:
    return FIELDS.get(re.sub(r"[\s_-]+", " ", key).lower())


def _with_field(field: str, value: str) -> Metadata:
    return Metadata(**{field: _READ.get(field, str)(value)}) if field else Metadata()


def _pmcid(value: str) -> str:
    digits = re.search(r"\d{4,9}", value)
    return f"PMC{digits[0]}" if digits else ""


def _language(value: str) -> str:
    """ISO 639-1 of a language's name or of a tag such as "en-GB"; "" for what is neither."""
    wording = value.strip().lower()
    tag = re.fullmatch(r"([a-z]{2})(?:[-_][a-z0-9]+)*", wording)
    return tag[1] if tag else _LANGUAGES.get(wording, "")


_READ: dict[str, Callable[[str], Any]] = {
    "authors": split_names,
    "year": find_year,
    "page_range": lambda value: re.sub(r"^pp?\.\s*", "", value),
    "doi": find_doi,
    "pmid": lambda value: "".join(c for c in value if c in "0123456789"),
    "pmcid": _pmcid,
    "language": _language,
    "document_type": str.lower,
}
"""How the value of a field is read; others are as they stand."""
