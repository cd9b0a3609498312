"""Filters as the two legs take them: masks over rows, and conditions of the keyword engines."""

from index.facets import Between, Condition, OneOf
from index.keyword_engines.queries import DocumentFilter
from ingest.source_types import formats_of
from search.queries import NOT_STATED, Filters


def document_filter(filters: Filters) -> DocumentFilter:
    """A filter as the keyword engines take it: values as the catalog has them.

    >>> document_filter(Filters(languages=("EN",), sexes=("not stated",))).choices[1::3]
    (('language', ('en',)), ('sex', ('',)))
    """
    return DocumentFilter(
        year_from=filters.year_from,
        year_to=filters.year_to,
        document_types=_stored(filters.document_types),
        languages=_stored(filters.languages),
        formats=tuple(name for one in filters.source_types for name in formats_of(one)),
        section_kinds=_stored(filters.section_kinds),
        age_from=filters.age_from,
        age_to=filters.age_to,
        sexes=_stored(filters.sexes),
    )


def conditions(filters: Filters) -> dict[str, Condition]:
    """What is asked of each facet of `index.facets` by name; nothing of those that may be any."""
    stored = document_filter(filters)
    ranges: dict[str, Condition] = {
        facet: Between(low, high)
        for facet, low, high in stored.ranges
        if low is not None or high is not None
    }
    return ranges | {facet: OneOf(values) for facet, values in stored.choices if values}


def _stored(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Values as the catalog has them: "" for what is not stated."""
    return tuple("" if value == NOT_STATED else value.lower() for value in wanted)
