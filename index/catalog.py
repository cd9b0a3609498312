"""The catalog: one SQLite file that is the one truth of an index.

Documents, their sources, passages, keyword terms, words and abbreviations (`index.vocabulary`),
vectors by content hash and model, and the manifests of published generations (`index.schema`).
Readers see one generation, because all that belongs to it is committed in one transaction
(SQLite's write-ahead log, https://sqlite.org/wal.html).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexVersionError,
    NotAnIndexError,
)
from index.location import UPLOADS_FOLDER
from index.manifest import Manifest
from index.read_modes import CatalogReader, connect_for_reading
from index.schema import DOCUMENTS_SCHEMA, TABLES, VECTORS_SCHEMA
from index.sqlite_features import check_sqlite
from index.storage_errors import storage_errors

CATALOG_NAME = "catalog.sqlite"
CATALOG_VERSION = 6
_APPLICATION_ID = 0x43534542  # "CSEB": marks the file as Casebook's for `file` and for us
_BUSY_MS = 30_000
_WRITER_CACHE_KIB = 256 * 1024
"""Indexes of text are filled in no order: without room for their inner pages each row costs a
read and a write."""
_MAPPED_BYTES = 2**40
"""Read as memory rather than by calls, where the system allows it."""


def catalog_path(folder: Path) -> Path:
    """The catalog of an index folder."""
    return folder / CATALOG_NAME


def prepare_folder(folder: Path) -> None:
    """Make the folder, or make sure that it is an index or empty."""
    with storage_errors(folder, writing=True):
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_other_folders(folder)


def open_for_writing(folder: Path) -> sqlite3.Connection:
    """Open a catalog, made if there is none; the caller holds the lock of a prepared folder."""
    with storage_errors(folder, writing=True):
        connection = sqlite3.connect(
            catalog_path(folder), timeout=_BUSY_MS / 1000, isolation_level=None
        )
        check_sqlite(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}")
        connection.execute("PRAGMA foreign_keys = ON")
        if connection.execute("PRAGMA application_id").fetchone()[0] == 0:
            _create(connection, folder)
        _renew_if_older(connection)
    _check_version(connection, folder)
    return connection


def open_for_reading(folder: Path) -> CatalogReader:
    """Open an existing catalog read-only."""
    path = catalog_path(folder)
    with storage_errors(folder, writing=False):
        if not path.is_file():
            if folder.exists() and not folder.is_dir():
                raise NotAnIndexError(folder, "a file, not a folder")
            if folder.is_dir() and _foreign_files(folder):
                raise NotAnIndexError(folder, f"it holds other files and no {CATALOG_NAME}")
            raise IndexMissingError(folder)
        connection = connect_for_reading(path, _BUSY_MS / 1000)
        connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        _check_version(connection, folder)
    return connection


@contextmanager
def published(folder: Path) -> Iterator[tuple[CatalogReader, Manifest]]:
    """One read transaction on the published generation, and its manifest.

    Raises a `CatalogError` if there is none, also for what turns out damaged while it is read.
    """
    with closing(open_for_reading(folder)) as connection, storage_errors(folder, writing=False):
        connection.execute("BEGIN")
        manifest = latest_manifest(connection, folder)
        if manifest is None:
            raise IndexMissingError(folder)
        yield connection, manifest
        connection.check_unchanged()


def latest_manifest(connection: sqlite3.Connection, folder: Path) -> Manifest | None:
    """The manifest of the published generation; None if none has been published yet."""
    try:
        row = connection.execute(
            "SELECT manifest FROM generations ORDER BY generation DESC LIMIT 1"
        ).fetchone()
        return Manifest.from_json(row[0]) if row else None
    except (sqlite3.DatabaseError, KeyError, TypeError, ValueError) as error:
        raise IndexDamagedError(folder, f"its manifest cannot be read ({error})") from error


def is_superseded(folder: Path, manifest: Manifest) -> bool:
    """Whether another generation has been published since."""
    with published(folder) as (_, newest):
        return newest != manifest


def published_before(
    connection: sqlite3.Connection, folder: Path
) -> tuple[Manifest, Manifest | None]:
    """The manifest of the published generation, and that of the one before if it is kept."""
    now = latest_manifest(connection, folder)
    if now is None:
        raise IndexMissingError(folder)
    row = connection.execute(
        "SELECT manifest FROM generations WHERE generation < ? ORDER BY 1 DESC LIMIT 1",
        (now.generation,),
    ).fetchone()
    return now, Manifest.from_json(row[0]) if row else None


def forget_generations(connection: sqlite3.Connection) -> None:
    """Unpublish everything: the next generation is the first."""
    connection.execute("DELETE FROM generations")


def _create(connection: sqlite3.Connection, folder: Path) -> None:
    if _has_tables(connection):
        raise NotAnIndexError(folder, f"{CATALOG_NAME} belongs to another program")
    connection.executescript(
        f"BEGIN IMMEDIATE; {VECTORS_SCHEMA} {DOCUMENTS_SCHEMA} "
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
        + "".join(f"DROP TABLE IF EXISTS {table}; " for table in TABLES)
        + "DROP TABLE IF EXISTS question_vectors; ALTER TABLE vectors RENAME TO older_vectors; "
        + f"{VECTORS_SCHEMA} {DOCUMENTS_SCHEMA} "
        + "INSERT INTO vectors (vector_hash, fingerprint, vector) "
        + "SELECT vector_hash, fingerprint, vector FROM older_vectors; DROP TABLE older_vectors; "
        + f"PRAGMA user_version = {CATALOG_VERSION}; COMMIT; PRAGMA foreign_keys = ON;"
    )


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def _check_version(connection: sqlite3.Connection, folder: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != _APPLICATION_ID:
        empty = application == 0 and not _has_tables(connection)
        connection.close()
        # Empty is what a build leaves that was killed before it had laid out its tables.
        if empty:
            raise IndexMissingError(folder)
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
    ours = ("writer.", "base-", "vectors-", UPLOADS_FOLDER, CATALOG_NAME)
    return any(not entry.name.startswith((*ours, ".")) for entry in folder.iterdir())
