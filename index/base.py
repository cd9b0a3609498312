"""The base: what is derived from the catalog and too slow to make anew at every change.

A folder of the index folder that is written whole, named by the manifest that commits with the
rows it was made of, and never changed: readers map it into memory. Passages that came later are
searched in the catalog itself, those that went are noted in `removed_rows`; when they are many, a
publication writes the next base. Written as LSM trees are merged (O'Neil et al. 1996,
https://doi.org/10.1007/s002360050048), with two levels.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.engines import engine_for
from index.facets import write_facets
from index.file_hashes import file_sha256
from index.keyword_engines import KEYWORD_ENGINES, keyword_engine_for
from index.manifest import Base, BaseFile
from index.progress import Progress
from index.vector_store import passage_vectors
from index.writing import forget_keywords, index_all_keywords

SMALL = 20_000
"""Passages up to which a base is made anew at each publication: it takes less than a second."""
LEAST_CHANGED, SHARE_CHANGED, MOST_CHANGED = 5_000, 0.05, 50_000
"""Rows added and removed since the base was written from which the next one is due: a share of
the base, but no fewer than are searched in the catalog in some milliseconds, and no more than
keywords are found among as fast as in the base."""
KEPT_BASES = 2
"""The one that is published, and the one that a running search may still open."""
VECTORS_FILE, FACETS_FILE, KEYWORDS_FOLDER = "vectors.faiss", "facets.bin", "keywords"
_PREFIX, _UNFINISHED = "base-", ".unfinished"
_HASHED_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class MergePolicy:
    """When a publication writes a new base."""

    small: int = SMALL
    least: int = LEAST_CHANGED
    share: float = SHARE_CHANGED
    most: int = MOST_CHANGED

    def is_due(self, base: Base, added: int, removed: int) -> bool:
        """Whether so many rows added and removed since the base are too many.

        >>> base = Base("base-1", 100_000, 100_000, "exact", 0, 1.0, "fts5", ())
        >>> MergePolicy().is_due(base, 3_000, 2_000), MergePolicy().is_due(base, 3_000, 2_001)
        (False, True)
        """
        if base.passages + added <= self.small:
            return added + removed > 0
        return added + removed > min(self.most, max(self.least, self.share * base.passages))


def changed_since(connection: sqlite3.Connection, base: Base) -> tuple[int, int]:
    """Rows added and removed since a base was written."""
    added, removed = connection.execute(
        "SELECT (SELECT count(*) FROM passages WHERE row > ?), (SELECT count(*) FROM removed_rows)",
        (base.last_row,),
    ).fetchone()
    return added, removed


def write_base(
    connection: sqlite3.Connection,
    folder: Path,
    generation: int,
    fingerprint: str,
    dim: int,
    progress: Progress,
) -> Base:
    """Write the base of a generation from the catalog; the rows removed are forgotten.

    Runs inside the transaction that publishes it. KeyError where a passage has no vector.
    """
    name = f"{_PREFIX}{generation}"
    unfinished = folder / f"{name}{_UNFINISHED}"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    last_row, count = connection.execute(
        "SELECT coalesce(max(row), 0), count(*) FROM passages"
    ).fetchone()
    progress("Writing vectors", 0, count)
    vectors = _write_vectors(connection, unfinished, fingerprint, dim, count)
    write_facets(connection, unfinished / FACETS_FILE, last_row)
    progress("Writing keywords", 0, count)
    keyword_engine = keyword_engine_for(count)
    _write_keywords(connection, unfinished / KEYWORDS_FOLDER, keyword_engine)
    connection.execute("DELETE FROM removed_rows")
    files = tuple(_base_files(unfinished))
    _replace(unfinished, folder / name)
    return Base(
        folder=name,
        last_row=last_row,
        passages=count,
        vector_engine=vectors.name,
        probes=vectors.probes,
        recall=vectors.recall,
        keyword_engine=keyword_engine,
        files=files,
    )


@dataclass(frozen=True)
class _WrittenVectors:
    name: str
    probes: int
    recall: float


def _write_vectors(
    connection: sqlite3.Connection, folder: Path, fingerprint: str, dim: int, count: int
) -> _WrittenVectors:
    from index.engines.opening import build_engine
    from index.engines.tuning import tune

    name = engine_for(count)
    batches = passage_vectors(connection, fingerprint, dim)
    engine = build_engine(name, count, dim, batches)
    tuning = tune(engine, batches)
    engine.save(folder / VECTORS_FILE)
    return _WrittenVectors(name, tuning.probes, tuning.recall)


def _write_keywords(connection: sqlite3.Connection, folder: Path, engine: str) -> None:
    """Put all keywords into the base's files and none into the catalog's index, or all there."""
    if KEYWORD_ENGINES[engine].in_base:
        from index.keyword_engines.tantivy_engine import write_keywords

        write_keywords(connection, folder)
        forget_keywords(connection)
    elif not _holds_all(connection):
        index_all_keywords(connection)


def _holds_all(connection: sqlite3.Connection) -> bool:
    """Whether the catalog's keyword index has every passage."""
    indexed, terms = connection.execute(
        "SELECT (SELECT count(*) FROM keywords_docsize), (SELECT count(*) FROM passage_terms)"
    ).fetchone()
    return bool(indexed == terms)


def is_intact(folder: Path, base: Base) -> bool:
    """Whether all files of a base are as they were written."""
    return not damage_to(folder, base)


def damage_to(folder: Path, base: Base) -> str:
    """What is wrong with the files of a base, "" for nothing."""
    for file in base.files:
        path = folder / base.folder / file.name
        try:
            if path.stat().st_size != file.bytes or file_sha256(path) != file.sha256:
                return f"{base.folder}/{file.name} is not as it was written"
        except OSError as error:
            return f"{base.folder}/{file.name}: {error.strerror}"
    return ""


def remove_other_bases(folder: Path, kept: Iterable[str]) -> None:
    """Remove bases that no kept generation names, and what a killed build left."""
    names = set(kept)
    for path in [*folder.glob(f"{_PREFIX}*"), *folder.glob("vectors-*")]:
        if path.name not in names:
            # A reader on Windows may still hold it; the next build removes it then.
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()


def _base_files(folder: Path) -> list[BaseFile]:
    """Make all files of a folder durable; gives them with their checksums."""
    files = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            os.fsync(file.fileno())
        name = path.relative_to(folder).as_posix()
        files.append(BaseFile(name, path.stat().st_size, file_sha256(path)))
    for inside in [*(path for path in folder.rglob("*") if path.is_dir()), folder]:
        _sync_folder(inside)
    return files


def _replace(unfinished: Path, final: Path) -> None:
    """Give a finished folder its name; a killed build of the same generation may have left one."""
    shutil.rmtree(final, ignore_errors=True)
    unfinished.rename(final)
    _sync_folder(final.parent)


def _sync_folder(folder: Path) -> None:
    """Make names survive a power cut, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
