"""What `python -m index verify` looks at; `index.verification` has the table of all checks.

A check reads an opened index and writes into a tally what it looked at and what is wrong. All
read one snapshot, row by row, so that memory stays bounded; what would take long is looked at
on a sample, and the tally says so.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from pathlib import Path

import numpy as np

from index.checks.opened_base import UsableBase
from index.engines import Rows
from index.manifest import Manifest
from index.reading import stored_document
from ingest.documents import Document

SAMPLED_PASSAGES = 1_000
"""Passages whose terms and vectors are compared: one bad in 300 is met with p = .96."""
SAMPLED_DOCUMENTS = 300
"""Documents whose words and abbreviations are found anew, some milliseconds each."""
EXAMPLES = 5
UNUSABLE = "not checked: the file cannot be used"
_SEED = 20261122
"""The same sample each time, so that what was mended can be seen to be mended."""


class Mend(IntEnum):
    """What mends an index, from the least to the most."""

    NOTHING = 0
    BUILD = 1
    AFRESH = 2
    ELSEWHERE = 3


@dataclass
class Tally:
    """What one check looked at and found; `out_of` is 0 where everything was looked at."""

    checked: int = 0
    out_of: int = 0
    damaged: int = 0
    examples: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, example: str, count: int = 1) -> None:
        """Count a damage, and keep it as an example unless there are enough."""
        self.damaged += count
        if len(self.examples) < EXAMPLES:
            self.examples.append(" ".join(example.split()))

    def looked_at(self, checked: int, there: int) -> None:
        """Say how many of those that are there were looked at."""
        self.checked = checked
        self.out_of = there if checked < there else 0


@dataclass(frozen=True)
class OpenedIndex:
    """One published generation in one read transaction, and its base."""

    folder: Path
    connection: sqlite3.Connection
    manifest: Manifest
    base: UsableBase

    @property
    def last_row(self) -> int:
        """The last row that the base covers."""
        return self.manifest.base.last_row

    @cached_property
    def rows(self) -> Rows:
        """The row numbers of all passages, ascending."""
        return self._numbers("SELECT row FROM passages ORDER BY row")

    @cached_property
    def rows_in_base(self) -> Rows:
        """Those of the rows that the base covers."""
        return self.rows[self.rows <= self.last_row]

    @cached_property
    def recent_rows(self) -> Rows:
        """Those of the rows that came after the base."""
        return self.rows[self.rows > self.last_row]

    @cached_property
    def removed_rows(self) -> Rows:
        """Rows of the base that have been removed since, ascending."""
        return self._numbers("SELECT row FROM removed_rows ORDER BY row")

    @cached_property
    def sampled_rows(self) -> list[int]:
        """Passages to look at where all would take long, ascending."""
        return sample(self.rows, SAMPLED_PASSAGES)

    @cached_property
    def document_count(self) -> int:
        """How many documents are stored."""
        return int(self.connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def sampled_documents(self) -> Iterator[Document]:
        """Up to `SAMPLED_DOCUMENTS` of them, from all over the catalog."""
        for number in self.sampled_numbers():
            (doc_id,) = self.connection.execute(
                "SELECT doc_id FROM documents WHERE number = ?", (number,)
            ).fetchone()
            yield stored_document(self.connection, doc_id)

    def sampled_numbers(self) -> list[int]:
        """The numbers of these documents."""
        numbers = self._numbers("SELECT number FROM documents ORDER BY number")
        return sample(numbers, SAMPLED_DOCUMENTS)

    def name_of(self, doc_id: str) -> str:
        """A document as people know it: a file that it was read from."""
        row = self.connection.execute(
            "SELECT path, part FROM sources WHERE doc_id = ? ORDER BY 1, 2", (doc_id,)
        ).fetchone()
        if row is None:
            return f"document {doc_id}"
        return f"{row[0]} ({row[1]})" if row[1] else str(row[0])

    def name_of_row(self, row: int) -> str:
        """A passage as people can find it."""
        found = self.connection.execute(
            "SELECT doc_id, ordinal FROM passages WHERE row = ?", (row,)
        ).fetchone()
        if found is None:
            return f"row {row}, which is no passage"
        return f"passage {found[1]} of {self.name_of(found[0])}"

    def _numbers(self, query: str) -> Rows:
        return np.fromiter((n for (n,) in self.connection.execute(query)), dtype=np.int64)


def sample(numbers: Rows, most: int) -> list[int]:
    """At most so many of the numbers, ascending."""
    if len(numbers) <= most:
        return [int(number) for number in numbers]
    chosen = np.random.default_rng(_SEED).choice(numbers, most, replace=False)
    return [int(number) for number in np.sort(chosen)]
