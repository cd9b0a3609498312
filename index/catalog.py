"""The catalog: one SQLite file that is the one truth of an index.

Documents, their sources, passages, keyword terms, words and abbreviations (`index.vocabulary`),
vectors by content hash and model, and the manifests of published generations. A passage's text is
not stored twice: it is cut out of its document, so the two cannot disagree; columns that are
filtered by are computed from the metadata.
`leader` names the group of near-duplicates that a document belongs to. Readers see one
generation, because all that belongs to it is committed in one transaction (SQLite's write-ahead
log, https://sqlite.org/wal.html).
"""

import os
import sqlite3
from pathlib import Path

from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexUnwritableError,
    IndexVersionError,
    NotAnIndexError,
)
from index.manifest import Manifest
from index.vocabulary import VOCABULARY_SCHEMA

CATALOG_NAME = "catalog.sqlite"
CATALOG_VERSION = 4
_APPLICATION_ID = 0x43534542  # "CSEB": marks the file as Casebook's for `file` and for us
_BUSY_MS = 30_000

_VECTORS_SCHEMA = """
CREATE TABLE vectors (
    vector_hash TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (vector_hash, fingerprint)
) WITHOUT ROWID;
"""
_DOCUMENTS_SCHEMA = f"""
CREATE TABLE generations (
    generation INTEGER PRIMARY KEY,
    manifest TEXT NOT NULL
);
CREATE TABLE documents (
    doc_id TEXT PRIMARY KEY,
    format TEXT NOT NULL,
    metadata TEXT NOT NULL,
    text TEXT NOT NULL,
    sections TEXT NOT NULL,
    pages TEXT NOT NULL,
    cases TEXT NOT NULL,
    part TEXT NOT NULL,
    page_count INTEGER NOT NULL,
    unfinished INTEGER NOT NULL,
    warnings TEXT NOT NULL,
    signature BLOB,
    leader TEXT,
    year INTEGER AS (json_extract(metadata, '$.year')),
    document_type TEXT AS (json_extract(metadata, '$.document_type')),
    language TEXT AS (json_extract(metadata, '$.language'))
);
CREATE INDEX documents_by_leader ON documents (doc_id, leader) WHERE leader IS NOT NULL;
CREATE TABLE site_paragraphs (
    doc_id TEXT PRIMARY KEY REFERENCES documents (doc_id) ON DELETE CASCADE,
    site TEXT NOT NULL,
    hashes TEXT NOT NULL,
    marked TEXT NOT NULL
);
CREATE TABLE sources (
    path TEXT NOT NULL,
    part TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    doc_id TEXT NOT NULL REFERENCES documents (doc_id),
    PRIMARY KEY (path, part)
);
CREATE INDEX sources_by_document ON sources (doc_id);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    doc_id TEXT NOT NULL REFERENCES documents (doc_id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    section TEXT NOT NULL,
    kind TEXT NOT NULL,
    page INTEGER,
    last_page INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    page_name TEXT NOT NULL,
    last_page_name TEXT NOT NULL,
    case_number INTEGER,
    recognised INTEGER NOT NULL,
    vector_hash TEXT NOT NULL,
    UNIQUE (doc_id, ordinal)
);
CREATE VIRTUAL TABLE keywords USING fts5 (
    title, heading, body, tokenize = "ascii tokenchars '_'"
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (keywords, row);
{VOCABULARY_SCHEMA}"""
_TABLES = (
    "words",
    "abbreviations",
    "vocabulary",
    "keywords",
    "site_paragraphs",
    "sources",
    "passages",
    "documents",
    "generations",
)


def catalog_path(folder: Path) -> Path:
    """The catalog of an index folder."""
    return folder / CATALOG_NAME


def prepare_folder(folder: Path) -> None:
    """Make the folder, or make sure that it is an index or empty."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_other_folders(folder)
    except OSError as error:
        raise IndexUnwritableError(folder, error.strerror or str(error)) from error


def open_for_writing(folder: Path) -> sqlite3.Connection:
    """Open a catalog, made if there is none; the caller holds the lock of a prepared folder."""
    try:
        connection = sqlite3.connect(
            catalog_path(folder), timeout=_BUSY_MS / 1000, isolation_level=None
        )
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if connection.execute("PRAGMA application_id").fetchone()[0] == 0:
            _create(connection)
        _renew_if_older(connection)
    except (OSError, sqlite3.OperationalError) as error:
        raise IndexUnwritableError(
            folder, getattr(error, "strerror", None) or str(error)
        ) from error
    except sqlite3.DatabaseError as error:
        raise NotAnIndexError(folder, f"{CATALOG_NAME}: {error}") from error
    _check_version(connection, folder)
    return connection


def open_for_reading(folder: Path) -> sqlite3.Connection:
    """Open an existing catalog read-only."""
    path = catalog_path(folder)
    try:
        present = path.is_file()
    except OSError as error:
        raise NotAnIndexError(folder, error.strerror or str(error)) from error
    if not present:
        if folder.exists() and not folder.is_dir():
            raise NotAnIndexError(folder, "a file, not a folder")
        if folder.is_dir() and _foreign_files(folder):
            raise NotAnIndexError(folder, f"it holds other files and no {CATALOG_NAME}")
        raise IndexMissingError(folder)
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?{_read_mode(path)}",
            uri=True,
            timeout=_BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
        _check_version(connection, folder)
    except sqlite3.DatabaseError as error:
        raise NotAnIndexError(folder, f"{CATALOG_NAME}: {error}") from error
    return connection


def _read_mode(path: Path) -> str:
    """Read-only; and where nobody here can write, without the shared memory that a log needs."""
    log = path.with_name(path.name + "-wal")
    logged = log.exists() and log.stat().st_size > 0
    return "mode=ro" if logged or os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"


def latest_manifest(connection: sqlite3.Connection, folder: Path) -> Manifest | None:
    """The manifest of the published generation; None if none has been published yet."""
    try:
        row = connection.execute(
            "SELECT manifest FROM generations ORDER BY generation DESC LIMIT 1"
        ).fetchone()
        return Manifest.from_json(row[0]) if row else None
    except (sqlite3.DatabaseError, KeyError, TypeError, ValueError) as error:
        raise IndexDamagedError(folder, f"its manifest cannot be read ({error})") from error


def forget_generations(connection: sqlite3.Connection) -> None:
    """Unpublish everything: the next generation is the first."""
    connection.execute("DELETE FROM generations")


def _create(connection: sqlite3.Connection) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables:
        raise sqlite3.DatabaseError("a database of another program")
    connection.executescript(
        f"BEGIN IMMEDIATE; {_VECTORS_SCHEMA} {_DOCUMENTS_SCHEMA} "
        f"PRAGMA application_id = {_APPLICATION_ID}; "
        f"PRAGMA user_version = {CATALOG_VERSION}; COMMIT;"
    )


def _renew_if_older(connection: sqlite3.Connection) -> None:
    """Lay out a catalog of an older version anew: only its vectors stay, for the build that comes.

    This program could not have served what is lost, and a build reads all documents again.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != _APPLICATION_ID or version >= CATALOG_VERSION:
        return
    connection.executescript(
        "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE; "
        + "".join(f"DROP TABLE IF EXISTS {table}; " for table in _TABLES)
        + f"{_DOCUMENTS_SCHEMA} PRAGMA user_version = {CATALOG_VERSION}; "
        + "COMMIT; PRAGMA foreign_keys = ON;"
    )


def _check_version(connection: sqlite3.Connection, folder: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != _APPLICATION_ID:
        connection.close()
        raise NotAnIndexError(folder, f"{CATALOG_NAME} belongs to another program")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != CATALOG_VERSION:
        connection.close()
        raise IndexVersionError(folder, version, CATALOG_VERSION)


def _refuse_other_folders(folder: Path) -> None:
    if not catalog_path(folder).exists() and _foreign_files(folder):
        raise NotAnIndexError(folder, f"it holds other files and no {CATALOG_NAME}")


def _foreign_files(folder: Path) -> bool:
    """Whether a folder without a catalog holds anything that a build does not leave there."""
    ours = ("writer.", "vectors-", CATALOG_NAME)
    return any(not entry.name.startswith((*ours, ".")) for entry in folder.iterdir())
