"""Whether the catalog is a sound database, and its tables and manifest belong together."""

import sqlite3

import numpy as np

from index.catalog import CATALOG_NAME, catalog_path
from index.checks import OpenedIndex, Tally
from index.checks.opened_base import BASE_NAME
from index.engines import ENGINES
from index.keyword_engines import KEYWORD_ENGINES
from index.keywords import ANALYZER_VERSION
from index.near_duplicates import BAND, PERMUTATIONS, bands
from ingest.corpus import doc_id_of
from ingest.documents import READING_VERSION

_WHOLLY_CHECKED_BYTES = 2 * 1024**3
"""Up to here rows are held against every index of the database, which jumps about in the file;
a larger catalog has its pages checked in order and its rows not (SQLite's quick_check)."""
_OURS = (CATALOG_NAME, f"{CATALOG_NAME}-wal", f"{CATALOG_NAME}-shm", "writer.lock", "writer.json")
_DERIVED = ("base-", "vectors-", "writer.")
"""What files of other generations are called, and those of older versions of Casebook."""


def check_database(opened: OpenedIndex, tally: Tally) -> None:
    """SQLite's own check of every page of the catalog file."""
    small = catalog_path(opened.folder).stat().st_size <= _WHOLLY_CHECKED_BYTES
    pragma = "integrity_check" if small else "quick_check"
    tally.checked = opened.connection.execute("PRAGMA page_count").fetchone()[0]
    for (line,) in opened.connection.execute(f"PRAGMA {pragma}(20)"):
        if line != "ok":
            tally.wrong(" ".join(line.split()))


def check_manifest(opened: OpenedIndex, tally: Tally) -> None:
    """The manifest's counts and names against what is there; other versions are only noted."""
    manifest = opened.manifest
    (numbered,) = opened.connection.execute("SELECT max(generation) FROM generations").fetchone()
    stated_and_found = (
        ("documents", manifest.documents, opened.document_count),
        ("passages", manifest.passages, len(opened.rows)),
        ("generation", manifest.generation, numbered),
    )
    tally.checked = len(stated_and_found) + 3
    for name, stated, found in stated_and_found:
        if stated != found:
            tally.wrong(f"{name}: the manifest says {stated}, the index has {found}")
    base = manifest.base
    if base.vector_engine not in ENGINES:
        tally.wrong(f"no vector engine is called {base.vector_engine!r}")
    if base.keyword_engine not in KEYWORD_ENGINES:
        tally.wrong(f"no keyword engine is called {base.keyword_engine!r}")
    if not BASE_NAME.fullmatch(base.folder):
        tally.wrong(f"no base is called {base.folder!r}")
    settings = manifest.settings
    for name, built_with, ours in (
        ("reading", settings.reading_version, READING_VERSION),
        ("analyzer", settings.analyzer_version, ANALYZER_VERSION),
    ):
        if built_with != ours:
            tally.notes.append(f"{name} version {built_with}, the next build makes it {ours}")


def check_references(opened: OpenedIndex, tally: Tally) -> None:
    """Every source and passage has its document, every document a source of the same bytes."""
    connection = opened.connection
    for table, row, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        if parent == "vectors":
            continue  # named with its passage by another check
        place = "" if row is None else f" (row {row})"
        tally.wrong(f"{_named(connection, table, row)} in {table}{place} has no document")
    for (doc_id,) in connection.execute(
        "SELECT doc_id FROM documents WHERE doc_id NOT IN (SELECT doc_id FROM sources)"
    ):
        tally.wrong(f"document {doc_id} has no source")
    for path, file_hash, doc_id in connection.execute(
        "SELECT path, file_hash, doc_id FROM sources WHERE part = ''"
    ):
        if doc_id_of(file_hash) != doc_id:
            tally.wrong(f"{path} is listed with another document's bytes")
    (sources,) = connection.execute("SELECT count(*) FROM sources").fetchone()
    tally.checked = opened.document_count + sources


def _named(connection: sqlite3.Connection, table: str, row: int | None) -> str:
    if table != "sources" or row is None:
        return "a row"
    return str(connection.execute("SELECT path FROM sources WHERE rowid = ?", (row,)).fetchone()[0])


def check_near_duplicates(opened: OpenedIndex, tally: Tally) -> None:
    """A group of near-duplicates has two members or more, of which its leader is one."""
    connection = opened.connection
    groups = connection.execute(
        "SELECT members.leader, count(*), (SELECT leader FROM documents WHERE doc_id = "
        "members.leader) FROM documents AS members WHERE leader IS NOT NULL GROUP BY 1"
    )
    for leader, members, leaders_own in groups:
        tally.checked += 1
        if leaders_own != leader:
            tally.wrong(f"the leader {leader} of {members} documents is not one of them")
        elif members < 2:
            tally.wrong(f"{opened.name_of(leader)} is alone in its group")


def check_signatures(opened: OpenedIndex, tally: Tally) -> None:
    """Documents that may be alike are looked up by the bands of their signatures: all are there."""
    connection = opened.connection
    for (doc_id,) in connection.execute(
        "SELECT doc_id FROM documents WHERE signature IS NOT NULL AND length(signature) != ?",
        (4 * PERMUTATIONS,),
    ):
        tally.wrong(f"{opened.name_of(doc_id)}: its signature has another length")
    signed, listed = connection.execute(
        "SELECT (SELECT count(signature) FROM documents), (SELECT count(*) FROM signature_bands)"
    ).fetchone()
    if listed != signed * (PERMUTATIONS // BAND):
        tally.wrong(f"{listed:,} bands are listed for {signed:,} signatures")
    sampled = opened.sampled_numbers()
    for number in sampled:
        if problem := _unlisted(connection, number):
            tally.wrong(problem)
    tally.looked_at(len(sampled), opened.document_count)


def _unlisted(connection: sqlite3.Connection, number: int) -> str:
    """What is wrong with the bands of a document, "" for nothing."""
    doc_id, blob = connection.execute(
        "SELECT doc_id, signature FROM documents WHERE number = ?", (number,)
    ).fetchone()
    if blob is None or len(blob) != 4 * PERMUTATIONS:
        return ""
    for band in bands(np.frombuffer(blob, np.uint32)[None])[0].tolist():
        if not connection.execute(
            "SELECT 1 FROM signature_bands WHERE band = ? AND number = ?", (band, number)
        ).fetchone():
            return f"document {doc_id} is not listed in band {band}"
    return ""


def note_leftovers(opened: OpenedIndex, tally: Tally) -> None:
    """Files that this generation does not need; none of them does harm."""
    for path in sorted(opened.folder.iterdir()):
        tally.checked += 1
        if path.name in (*_OURS, opened.manifest.base.folder):
            continue
        if path.name.startswith(_DERIVED):
            kind = "unfinished" if path.name.endswith(".unfinished") else "of another generation"
        else:
            kind = "not ours"
        tally.notes.append(f"{path.name} is {kind}, harmless")
