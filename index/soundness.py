"""Whether what a build finds in a folder can be kept, and what of it must be made anew."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from index.base import is_intact
from index.encoders import Encoder
from index.layers import open_base
from index.manifest import Manifest
from index.proof import count_problem
from index.reading import unsound_vectors


def catalog_whole(connection: sqlite3.Connection, manifest: Manifest) -> bool:
    """Whether the catalog holds as many rows as its manifest says, each passage with a vector.

    Vectors of another length than the encoder's cannot be used.
    """
    if count_problem(connection, manifest):
        return False
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passage_terms), "
        "(SELECT count(*) FROM passages JOIN vectors ON vectors.id = vector_id "
        "WHERE fingerprint = ? AND length(vector) = ?)",
        (manifest.settings.fingerprint, 2 * manifest.dim),
    ).fetchone()
    return tuple(counts) == (manifest.documents, manifest.passages, manifest.passages)


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
