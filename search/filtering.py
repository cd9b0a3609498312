"""Filters as a store takes them."""

from index.keyword_engines.queries import DocumentFilter
from ingest.source_types import formats_of
from search.queries import NOT_STATED, Filters


def document_filter(filters: Filters) -> DocumentFilter:
    """A filter as stores take it: values as the catalog has them.

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


def _stored(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Values as the catalog has them: "" for what is not stated."""
    return tuple("" if value == NOT_STATED else value.lower() for value in wanted)
