"""What passages are filtered by, by row number, so that a filter is a mask in a millisecond.

The facets of a base are a file beside its vectors; those of later rows are read from the catalog.
Whether a row of the base has been removed since is not known here.
"""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np

from index.engines import Mask, Rows
from index.facet_columns import Column, ColumnBuilder, Value, read_columns, write_columns
from index.keyword_engines.queries import DocumentFilter

FACETS: dict[str, str] = {
    "year": "documents.year",
    "document_type": "documents.document_type",
    "language": "documents.language",
    "format": "documents.format",
    "section_kind": "passages.kind",
    "age": "CAST(passages.age_years AS INTEGER)",
    "sex": "passages.sex",
    "opens": "passages.ordinal = 0",
}
"""Facet and where it is in the catalog, in SQL; adding one is one line.

An age is in completed years, as people count them: of a child of nine months it is 0. `opens` is 1
in the first row of a document and nothing is filtered by it: rows of one document follow one
another, so that it tells documents apart (`search.facet_counts`).
"""

_AT_ONCE = 20_000


@dataclass(frozen=True)
class Between:
    """A number from `low` to `high`, both included; None is no bound. No value is not between."""

    low: int | None = None
    high: int | None = None

    def accepts(self, value: Value) -> bool:
        """Whether a value lies between the bounds."""
        if isinstance(value, str):
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class OneOf:
    """One of some texts; "" is the document that does not state it."""

    values: Collection[str]

    def accepts(self, value: Value) -> bool:
        """Whether a value is one of these."""
        return value in self.values


Condition = Between | OneOf


def conditions_of(documents: DocumentFilter) -> dict[str, Condition]:
    """What a filter asks of each facet by name; nothing of those that may be any."""
    ranges: dict[str, Condition] = {
        facet: Between(low, high)
        for facet, low, high in documents.ranges
        if low is not None or high is not None
    }
    return ranges | {facet: OneOf(values) for facet, values in documents.choices if values}


class Facets:
    """The facets of all rows of one generation: of its base, and of the rows after it."""

    def __init__(self, base: Mapping[str, Column], recent: Mapping[str, Column]) -> None:
        self._base = base
        self._recent = recent
        self._rows_in_base = _length(base)

    @classmethod
    def open(cls, path: Path, last_row: int) -> "Facets":
        """Map the facets of a base; raises `ValueError` if the file is not that of `last_row`."""
        base = read_columns(path)
        if set(base) != set(FACETS):
            raise ValueError(f"{path.name} has other facets than {', '.join(FACETS)}")
        if {len(column.codes) for column in base.values()} != {last_row + 1}:
            raise ValueError(f"{path.name} does not end at row {last_row}")
        none = np.zeros(0, dtype=np.uint8)
        return cls(base, {name: Column(none, ()) for name in FACETS})

    def renewed(self, connection: sqlite3.Connection, alive: Rows) -> "Facets":
        """The facets with the recent rows of a newer generation, `alive` ascending.

        Only rows that are newer than those known already are read.
        """
        first = self._rows_in_base
        known = _length(self._recent)
        last_row = int(alive[-1]) if len(alive) else first - 1
        kept = np.zeros(known, dtype=np.bool_)
        kept[alive[alive < first + known] - first] = True
        builders = {name: ColumnBuilder(first) for name in FACETS}
        for name, builder in builders.items():
            builder.take_over(self._recent[name], kept)
        _read_rows(connection, builders, first + known, last_row)
        return Facets(self._base, {n: b.column(last_row) for n, b in builders.items()})

    @property
    def layers(self) -> tuple[Mapping[str, Column], Mapping[str, Column]]:
        """The columns of the base, and those of the rows after it."""
        return self._base, self._recent

    def mask(self, conditions: Mapping[str, Condition]) -> Mask | None:
        """The rows that satisfy all conditions, by facet; None if there is no condition."""
        masks = [
            np.concatenate(
                [layer[name].mask(condition.accepts) for layer in (self._base, self._recent)]
            )
            for name, condition in conditions.items()
        ]
        # Not by numpy's reduce, which would copy them all once more.
        return reduce(np.logical_and, masks) if masks else None


def write_facets(connection: sqlite3.Connection, path: Path, last_row: int) -> None:
    """Write the facets of the passages up to `last_row`; raises `OSError` if the disk refuses."""
    builders = {name: ColumnBuilder(0) for name in FACETS}
    _read_rows(connection, builders, 0, last_row)
    write_columns(path, {name: builder.column(last_row) for name, builder in builders.items()})


def _read_rows(
    connection: sqlite3.Connection,
    builders: Mapping[str, ColumnBuilder],
    first_row: int,
    last_row: int,
) -> None:
    cursor = connection.execute(
        f"SELECT row, {', '.join(FACETS[name] for name in builders)} "
        "FROM passages JOIN documents USING (doc_id) WHERE row BETWEEN ? AND ? ORDER BY row",
        (first_row, last_row),
    )
    while batch := cursor.fetchmany(_AT_ONCE):
        rows, *columns = zip(*batch, strict=True)
        for builder, values in zip(builders.values(), columns, strict=True):
            builder.add(rows, values)


def _length(columns: Mapping[str, Column]) -> int:
    return len(next(iter(columns.values())).codes)
