"""Cards: what a reader keeps of an index that a server serves, so that the server is asked little.

    cards.sqlite    tables of `index.schema`, by the same names, without texts and vectors:
                    documents, sources, generations, words and abbreviations; and
                        document_passages   how many passages each document has
                        passages            a view of these: document and ordinal
                        term_counts         in how many passages each term stands
                        phrase_counts       the same of abbreviations' long forms
                        term_totals         passages, and the terms of them all
    facets          the columns of `index.facets`, passages in the order of their documents

Cards are made of one published generation and never change. They travel as one zip file, which is
known by its SHA-256, and in pieces of text, as a server's records take it.
"""

import base64
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from index.engines import Rows
from index.facet_columns import ColumnBuilder, write_columns
from index.facets import FACETS, Facets
from index.file_hashes import file_sha256
from index.keyword_engines.scoring import Totals
from index.stores.term_counting import COUNTS_SCHEMA, count_terms

CARDS_VERSION = 1
"""Raised whenever cards are laid out otherwise: a reader of another version refuses them."""
OPENING_CHARACTERS = 200
"""Of a document that states no title: it is called by its first words."""
_TABLES_FILE, _FACETS_FILE = "cards.sqlite", "facets"
FILES = (_TABLES_FILE, _FACETS_FILE)
_COPIED = ("generations", "sources", "words", "abbreviations", "abbreviation_forms")
_AT_ONCE = 20_000
_PIECE_BYTES = 4 * 49_149
"""Of a piece: a multiple of 3, so that its text has no filling, and of what a row of text takes."""
_DOCUMENT_COLUMNS = (
    "number", "doc_id", "leader", "format", "part", "page_count", "unfinished", "metadata",
    "sections", "pages", "cases", "warnings", "text",
)  # fmt: skip
_DOCUMENTS = (
    "SELECT number, doc_id, leader, format, part, page_count, unfinished, metadata, '[]', '[]', "
    "cases, warnings, CASE WHEN coalesce(json_extract(metadata, '$.title'), '') = '' "
    f"THEN substr(text, 1, {OPENING_CHARACTERS}) ELSE '' END FROM documents ORDER BY number"
)
_ADDED_TABLES = """
CREATE TABLE document_passages (doc_id TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE ordinals (ordinal INTEGER PRIMARY KEY);
CREATE VIEW passages AS SELECT doc_id, ordinal FROM document_passages CROSS JOIN ordinals
    ON ordinal < passages;
"""


@dataclass(frozen=True)
class Cards:
    """Unpacked cards in a folder, of so many passages. May be shared between threads."""

    folder: Path
    passages: int

    @cached_property
    def facets(self) -> Facets:
        """What passages are filtered by; raises `ValueError` if the file is not whole."""
        return Facets.open(self.folder / _FACETS_FILE, self.passages - 1)

    @property
    def removed(self) -> Rows:
        """No passage (0,) of the facets is gone."""
        return np.empty(0, np.int64)

    def connect(self) -> sqlite3.Connection:
        """The tables, read-only; whoever asks closes the connection."""
        path = (self.folder / _TABLES_FILE).resolve()
        connection = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute(f"PRAGMA mmap_size = {2**40}")
        return connection


def write_cards(connection: sqlite3.Connection, folder: Path) -> None:
    """Write the cards of the generation that a catalog's reader sees into an empty folder.

    Rows are streamed. Raises `OSError` or `sqlite3.DatabaseError` where the disk refuses.
    """
    with closing(sqlite3.connect(folder / _TABLES_FILE, isolation_level=None)) as cards:
        cards.execute("PRAGMA journal_mode = OFF")
        cards.execute("PRAGMA synchronous = OFF")  # a file of a moment
        cards.execute("BEGIN")
        for statement in _schema_of(connection, "table"):
            cards.execute(statement)
        for statement in filter(str.strip, f"{_ADDED_TABLES}{COUNTS_SCHEMA}".split(";")):
            cards.execute(statement)
        _copy(connection, cards)
        _count_passages(connection, cards)
        count_terms(connection, cards)
        for statement in _schema_of(connection, "index"):
            cards.execute(statement)
        cards.execute("COMMIT")
        cards.execute("ANALYZE")
    _write_facets(connection, folder / _FACETS_FILE)


def pack(folder: Path, path: Path) -> str:
    """Write what `write_cards` wrote to one zip file; its SHA-256."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FILES:
            archive.write(folder / name, name)
    return file_sha256(path)


def unpack(path: Path, folder: Path) -> None:
    """Unpack a file of `pack` into an empty folder; raises `ValueError` if it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in FILES:  # and no other, whatever it holds
                archive.extract(name, folder)
    except (zipfile.BadZipFile, KeyError) as error:
        raise ValueError("these are no cards") from error


def pieces(path: Path) -> Iterator[str]:
    """The bytes of a file as texts of ASCII."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            yield base64.b64encode(piece).decode("ascii")


def join_pieces(texts: Iterable[str], path: Path) -> str:
    """Write texts of `pieces` to a file; its SHA-256. Raises `ValueError` for other texts."""
    with path.open("wb") as file:
        for text in texts:
            file.write(base64.b64decode(text, validate=True))
    return file_sha256(path)


class CardTerms:
    """How common terms are, by the tables of cards; fulfils `index.stores.TermCounts`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def counts(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each term stands."""
        wanted = list(terms)
        found = self._connection.execute(
            "SELECT term, passages FROM json_each(?) CROSS JOIN term_counts ON term = value",
            (json.dumps(wanted),),
        )
        return dict.fromkeys(wanted, 0) | dict(found.fetchall())

    def phrase_count(self, phrase: tuple[str, ...]) -> int | None:
        """In how many passages a phrase stands; None for one that nobody counted."""
        found = self._connection.execute(
            "SELECT passages FROM phrase_counts WHERE phrase = ?", (" ".join(phrase),)
        ).fetchone()
        return int(found[0]) if found else None

    def totals(self) -> Totals:
        """How much text there is."""
        return Totals(
            *self._connection.execute("SELECT passages, terms FROM term_totals").fetchone()
        )


def _schema_of(connection: sqlite3.Connection, kind: str) -> list[str]:
    """The catalog's own statements for the tables that are copied, or for their indexes."""
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL "
        "AND tbl_name IN (SELECT value FROM json_each(?))",
        (kind, json.dumps(["documents", *_COPIED])),
    )
    return [statement for (statement,) in rows]


def _copy(connection: sqlite3.Connection, cards: sqlite3.Connection) -> None:
    for table in _COPIED:
        rows = connection.execute(f"SELECT * FROM {table}")
        marks = ",".join("?" * len(rows.description))
        cards.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    marks = ",".join("?" * len(_DOCUMENT_COLUMNS))
    cards.executemany(
        f"INSERT INTO documents ({', '.join(_DOCUMENT_COLUMNS)}) VALUES ({marks})",
        connection.execute(_DOCUMENTS),
    )


def _count_passages(connection: sqlite3.Connection, cards: sqlite3.Connection) -> None:
    cards.executemany(
        "INSERT INTO document_passages VALUES (?, ?)",
        connection.execute("SELECT doc_id, count(*) FROM passages GROUP BY doc_id ORDER BY doc_id"),
    )
    (most,) = cards.execute("SELECT coalesce(max(passages), 0) FROM document_passages").fetchone()
    cards.executemany("INSERT INTO ordinals VALUES (?)", ((n,) for n in range(most)))


def _write_facets(connection: sqlite3.Connection, path: Path) -> None:
    """Rows that are gone leave no gap: passages are numbered anew."""
    builders = {name: ColumnBuilder(0) for name in FACETS}
    rows = connection.execute(
        f"SELECT {', '.join(FACETS.values())} FROM passages JOIN documents USING (doc_id) "
        "ORDER BY row"
    )
    written = 0
    while batch := rows.fetchmany(_AT_ONCE):
        places = range(written, written + len(batch))
        for builder, values in zip(builders.values(), zip(*batch, strict=True), strict=True):
            builder.add(places, values)
        written += len(batch)
    write_columns(path, {name: one.column(written - 1) for name, one in builders.items()})
