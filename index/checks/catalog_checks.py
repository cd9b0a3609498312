"""Whether the catalog is a sound database, and its tables and manifest belong together."""

import sqlite3

from index.catalog import CATALOG_NAME, catalog_path
from index.checks import OpenedIndex, Tally
from index.engines import ENGINES
from index.keywords import ANALYZER_VERSION
from index.near_duplicates import PERMUTATIONS
from ingest.corpus import doc_id_of
from ingest.documents import READING_VERSION

_WHOLLY_CHECKED_BYTES = 2 * 1024**3
"""Up to here rows are held against every index of the database, which jumps about in the file;
a larger catalog has its pages checked in order and its rows not (SQLite's quick_check)."""
_OURS = (CATALOG_NAME, f"{CATALOG_NAME}-wal", f"{CATALOG_NAME}-shm", "writer.lock", "writer.txt")


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
        ("vectors file", manifest.vectors_file, f"vectors-{numbered}.faiss"),
    )
    tally.checked = len(stated_and_found) + 1
    for name, stated, found in stated_and_found:
        if stated != found:
            tally.wrong(f"{name}: the manifest says {stated}, the index has {found}")
    if manifest.engine not in ENGINES:
        tally.wrong(f"no engine is called {manifest.engine!r}")
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
    for table, row, _parent, _number in connection.execute("PRAGMA foreign_key_check"):
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
    for (doc_id,) in connection.execute(
        "SELECT doc_id FROM documents WHERE signature IS NOT NULL AND length(signature) != ?",
        (4 * PERMUTATIONS,),
    ):
        tally.wrong(f"{opened.name_of(doc_id)}: its signature has another length")


def note_leftovers(opened: OpenedIndex, tally: Tally) -> None:
    """Files that this generation does not need; none of them does harm."""
    for path in sorted(opened.folder.iterdir()):
        tally.checked += 1
        if path.name in (*_OURS, opened.manifest.vectors_file):
            continue
        if path.name.startswith("vectors-"):
            kind = "unfinished" if path.name.endswith(".unfinished") else "of another generation"
        else:
            kind = "not ours"
        tally.notes.append(f"{path.name} is {kind}, harmless")
