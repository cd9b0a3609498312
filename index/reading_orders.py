"""How each file of a build is to be read: what is wanted of it, and what is staged already."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from index import staging
from index.location import UPLOADS_FOLDER
from index.sources import StoredSource
from ingest.documents import READING_VERSION
from ingest.files import SourceFile
from ingest.reading_order import ReadingOrder
from ingest.selection import EVERYTHING, Selection


@dataclass(frozen=True)
class ReadingOrders:
    """Makes the orders for the files of a build into the index folder `folder`.

    A selection is for collections. What people uploaded one by one they want, whatever it is.
    """

    connection: sqlite3.Connection
    folder: Path
    selection: Selection = EVERYTHING
    known: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Parts that the catalog has, by the hash of their file."""

    def knowing(
        self, sources: Iterable[StoredSource], file_hashes: Collection[str]
    ) -> "ReadingOrders":
        """The same, where these parts of the files with these hashes are in the catalog."""
        known: dict[str, set[str]] = {}
        for source in sources:
            if source.file_hash in file_hashes:
                known.setdefault(source.file_hash, set()).add(source.part)
        return replace(self, known=known)

    def __call__(self, file: SourceFile) -> ReadingOrder:
        """The order for a file: parts that are known or staged are not read again."""
        staged = staging.staged_parts(self.connection, file.file_hash)
        is_upload = file.path.is_relative_to(self.folder.resolve() / UPLOADS_FOLDER)
        return ReadingOrder(
            selection=EVERYTHING if is_upload else self.selection,
            known_parts=staged | frozenset(self.known.get(file.file_hash, ())),
            file_hash=file.file_hash,
        )

    @property
    def read_as(self) -> str:
        """Names what a file is read into: by this version of the readers, with this selection."""
        read_as = str(READING_VERSION)
        return read_as if self.selection.is_everything else f"{read_as} {self.selection}"
