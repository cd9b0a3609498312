"""Whether what a build finds in a folder can be kept, and what of it must be made anew."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from index.base import is_intact
from index.encoders import Encoder
from index.layers import open_base
from index.manifest import Manifest
from index.reading import unsound_vectors


def catalog_whole(connection: sqlite3.Connection, manifest: Manifest) -> bool:
    """Whether the catalog holds as many rows as its manifest says, each passage with a vector.

    Vectors of another length than the encoder's cannot be used.
    """
    base = manifest.base
    in_base = base.keyword_engine != "fts5"
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages), "
        "(SELECT count(*) FROM passage_terms), (SELECT count(*) FROM passages JOIN vectors "
        "ON vectors.id = vector_id WHERE fingerprint = ? AND length(vector) = ?), "
        "(SELECT count(*) FROM passages WHERE row > ?), (SELECT count(*) FROM keywords_docsize), "
        "(SELECT count(*) FROM removed_rows)",
        (manifest.settings.fingerprint, 2 * manifest.dim, base.last_row if in_base else -1),
    ).fetchone()
    documents, passages, terms, vectors, in_catalog, keywords, removed = counts
    recent = connection.execute(
        "SELECT count(*) FROM passages WHERE row > ?", (base.last_row,)
    ).fetchone()[0]
    return (
        (documents, passages) == (manifest.documents, manifest.passages)
        and passages == terms == vectors == base.passages - removed + recent
        and keywords == in_catalog
    )


def forget_unsound_vectors(
    connection: sqlite3.Connection, folder: Path, before: Manifest | None, encoder: Encoder
) -> None:
    """Drop the vectors that the encoder cannot have given, or that the base has otherwise.

    They can only be made anew; passages that name them are about to be stored anew too.
    """
    names = [name for name, _ in unsound_vectors(connection, encoder.fingerprint, encoder.dim)]
    if before is not None and before.settings.fingerprint == encoder.fingerprint:
        names += _disputed_vectors(connection, folder, before)
    _forget(connection, encoder.fingerprint, names)


def forget_misshapen_vectors(connection: sqlite3.Connection, manifest: Manifest) -> None:
    """Drop vectors of another length than the encoder's."""
    fingerprint = manifest.settings.fingerprint
    found = connection.execute(
        "SELECT vector_hash FROM vectors WHERE fingerprint = ? AND length(vector) != ?",
        (fingerprint, 2 * manifest.dim),
    )
    _forget(connection, fingerprint, [name for (name,) in found])


def _forget(connection: sqlite3.Connection, fingerprint: str, names: Iterable[str]) -> None:
    """Drop vectors, although passages name them: these are about to be stored anew."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "DELETE FROM vectors WHERE fingerprint = ? AND vector_hash = ?",
        [(fingerprint, name) for name in names],
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA foreign_keys = ON")


def _disputed_vectors(
    connection: sqlite3.Connection, folder: Path, manifest: Manifest
) -> list[str]:
    """The hashes of vectors that differ from an intact base that keeps all their bits."""
    from index.checks.vector_checks import disputed_rows

    if not is_intact(folder, manifest.base):
        return []
    try:
        settings = manifest.settings
        engine = open_base(folder, manifest.base, settings.fingerprint, manifest.dim).vectors
    except (ValueError, KeyError):  # a manifest that does not fit its base
        return []
    if not engine.is_exact:
        return []
    hashes = dict(
        connection.execute(
            "SELECT row, vector_hash FROM passages JOIN vectors ON vectors.id = vector_id "
            "WHERE row <= ?",
            (manifest.base.last_row,),
        )
    )
    return [hashes[row] for row in disputed_rows(connection, manifest, engine, list(hashes))]
