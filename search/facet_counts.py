"""How many documents each choice of a filter would leave, so that no choice leads to nothing.

Counted over the columns of `index.facets`, without a look at the catalog. Rows of one document
follow one another, and its first row says so: that numbers the documents.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.engines import Mask, Rows
from index.facet_columns import Column
from index.facets import Condition, Facets, conditions_of
from ingest.source_types import source_type_of
from search.filtering import document_filter
from search.queries import NOT_STATED, Filters

FacetCounts = dict[str, dict[str, int]]
"""Facet, then value, then documents; the most common value first."""
COUNTED: dict[str, tuple[str, Callable[[str], str]]] = {
    "document_type": ("document_type", str),
    "section_kind": ("section_kind", str),
    "sex": ("sex", str),
    "language": ("language", str),
    "source_type": ("format", source_type_of),
}
"""What is counted: its name for people, the facet of `index.facets`, and the words for a value."""
KEPT_COUNTS = 100
"""Counts of as many filters are remembered: people go back and forth between a few."""


class DocumentCounter:
    """Counts the documents of one generation; made once for it, then some milliseconds a count.

    `removed` are the rows (n,) of the base that are no longer there.
    """

    def __init__(self, facets: Facets, removed: Rows) -> None:
        self._facets = facets
        self._base, self._recent = (_Layer(columns) for columns in facets.layers)
        self._base.alive[removed] = False
        self._counted: dict[Filters, FacetCounts] = {}
        self._lock = Lock()

    def count(self, filters: Filters) -> FacetCounts:
        """For each facet the documents of each value, all filters but its own being as they are.

        Texts that are not stated count as "not stated"; values that would leave nothing are out.
        """
        with self._lock:
            kept = self._counted.get(filters)
            if kept is None:
                if len(self._counted) == KEPT_COUNTS:
                    self._counted.pop(next(iter(self._counted)))
                kept = self._counted[filters] = self._count(filters)
            return {name: dict(counts) for name, counts in kept.items()}

    def _count(self, filters: Filters) -> FacetCounts:
        asked = conditions_of(document_filter(filters))
        left: dict[str, tuple[Rows, Rows]] = {}
        counts = {}
        for name, (facet, words) in COUNTED.items():
            own = facet if facet in asked else ""
            if own not in left:
                left[own] = self._rows_left({n: c for n, c in asked.items() if n != own})
            found = Counter[str]()
            for layer, rows in zip((self._base, self._recent), left[own], strict=True):
                for value, documents in layer.documents_by_value(facet, rows):
                    found[words(value) or NOT_STATED] += documents
            counts[name] = dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
        return counts

    def _rows_left(self, asked: Mapping[str, Condition]) -> tuple[Rows, Rows]:
        """The rows of the base and of what came since that satisfy all conditions.

        Counted from 0 in each.
        """
        mask = self._facets.mask(asked)
        size = len(self._base.alive)
        if mask is None:
            return np.flatnonzero(self._base.alive), np.flatnonzero(self._recent.alive)
        return (
            np.flatnonzero(self._base.alive & mask[:size]),
            np.flatnonzero(self._recent.alive & mask[size:]),
        )


class _Layer:
    """The columns of a base or of the rows after it, with the number of each row's document."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        opens = columns["opens"]
        self._columns = columns
        self.alive: Mask = opens.codes != 0
        self._documents: NDArray[np.int32] = np.cumsum(
            opens.mask(lambda value: value == 1), dtype=np.int32
        )

    def documents_by_value(self, facet: str, rows: Rows) -> list[tuple[str, int]]:
        """The values that any of the rows (n,) have, each with how many documents have it there.

        A value that is not stated is "".
        """
        if not len(rows):
            return []
        column = self._columns[facet]
        has = np.zeros((self._documents[-1] + 1, len(column.values) + 1), dtype=np.bool_)
        has[self._documents[rows], column.codes[rows]] = True
        return [
            (str(value), int(documents))
            for value, documents in zip(("", *column.values), has.sum(axis=0), strict=True)
            if documents
        ]
