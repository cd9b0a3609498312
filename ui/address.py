"""Filters as parameters of the page's address, and back; links to a result. Pure.

An address may be typed, shortened or written by somebody who means ill: only whole numbers, and
values that the index knows, are taken from it; all else in it means nothing.

The question is in no address, unless the person asks for a link with it (`link`). A page without
scripts of its own cannot read what stands behind "#", so it is a parameter like the others, and
the page takes it out of the address as soon as it has read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from search.errors import FilterError
from search.queries import Filters

QUESTION = "question"
MAX_QUESTION = 4_000
"""Characters of a link with a question: proxies and mail programs cut longer addresses."""
RANGES = (
    (("year_from", "year-from"), ("year_to", "year-to")),
    (("age_from", "age-from"), ("age_to", "age-to")),
)
"""The two ends of a range: field of `Filters`, and its parameter."""
CHOICES: dict[str, tuple[str, str]] = {
    "document_types": ("document_type", "type"),
    "section_kinds": ("section_kind", "section"),
    "sexes": ("sex", "sex"),
    "languages": ("language", "language"),
    "source_types": ("source_type", "source"),
}
"""Field of `Filters` to what `facet_counts` calls it, and to its parameter."""
_MAX_DIGITS = 4

Parameters = Mapping[str, Sequence[str]]


def to_parameters(filters: Filters) -> dict[str, list[str]]:
    """What is set, by parameter; nothing where nothing is.

    >>> to_parameters(Filters(2015, document_types=("case report", "review")))
    {'year-from': ['2015'], 'type': ['case report', 'review']}
    """
    numbers = {
        name: [str(number)]
        for ends in RANGES
        for field, name in ends
        if (number := getattr(filters, field)) is not None
    }
    texts = {
        name: list(values)
        for field, (_, name) in CHOICES.items()
        if (values := getattr(filters, field))
    }
    return numbers | texts


def from_parameters(parameters: Parameters, known: Mapping[str, Mapping[str, int]]) -> Filters:
    """The filters of an address; `known` are the values of each facet of the index.

    >>> known = {"document_type": {"review": 3}}
    >>> from_parameters({"type": ["review", "x"], "year-to": ["soon"]}, known).document_types
    ('review',)
    """
    read: dict[str, Any] = {}
    for field, (facet, name) in CHOICES.items():
        wanted = dict.fromkeys(parameters.get(name, ()))
        read[field] = tuple(value for value in wanted if value in known.get(facet, {}))
    for ends in RANGES:
        read |= _range({field: _number(parameters.get(name, ())) for field, name in ends})
    return replace(Filters(), **read)


def link(page: str, filters: Filters, question: str) -> str:
    """The address that shows the same again: `page` without its own parameters, filters, question.

    >>> link("http://127.0.0.1:8501/?type=x", Filters(2015), "torn biceps")
    'http://127.0.0.1:8501/?year-from=2015&question=torn%20biceps'
    """
    parts = urlsplit(page)
    parameters = {**to_parameters(filters), QUESTION: [question]}
    return urlunsplit(
        (
            parts.scheme,
            parts.netloc,
            parts.path or "/",
            urlencode(parameters, doseq=True, quote_via=quote),
            "",
        )
    )


def _number(values: Sequence[str]) -> int | None:
    text = values[0] if len(values) == 1 else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else None


def _range(ends: dict[str, Any]) -> dict[str, Any]:
    """Both ends, or neither where nothing could lie between them."""
    try:
        replace(Filters(), **ends)
    except FilterError:
        return {}
    return ends
