"""A base and what came since, opened together: what one generation is searched with.

    vectors    the base's engine, and the recent rows in memory, without what was removed
    facets     the base's columns, and those of the recent rows
    keywords   the base's files where it has any, and the catalog's own keyword index

A base is opened once and kept while generations name it; of a newer generation only the rows
that came since are read.
"""

import sqlite3
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from index.base import FACETS_FILE, KEYWORDS_FOLDER, VECTORS_FILE, damage_to
from index.engines import Rows
from index.engines.base_engine import BaseEngine
from index.engines.layered import LayeredEngine
from index.engines.recent import RecentVectors
from index.facets import Facets
from index.keyword_engines import KEYWORD_ENGINES, KeywordEngine, open_keywords
from index.keyword_engines.tantivy_engine import TantivyBase
from index.manifest import Base
from index.vector_store import halves_of


@dataclass(frozen=True)
class OpenedBase:
    """The files of one base, mapped into memory."""

    base: Base
    fingerprint: str
    dim: int
    vectors: BaseEngine
    facets: Facets
    keywords: TantivyBase | None


@dataclass(frozen=True)
class Layers:
    """What one generation is searched with; serves the snapshot that it was opened in."""

    opened: OpenedBase
    recent: RecentVectors
    removed: Rows
    facets: Facets

    @cached_property
    def engine(self) -> LayeredEngine:
        """The vectors of all passages."""
        return LayeredEngine(
            self.opened.vectors, self.recent, self.removed, self.opened.base.last_row
        )

    def keywords(self, connection: sqlite3.Connection) -> KeywordEngine:
        """The words of all passages; `connection` is in the snapshot."""
        return open_keywords(connection, self.opened.keywords)


def open_base(
    folder: Path, base: Base, fingerprint: str, dim: int, trusted: bool = False
) -> OpenedBase:
    """Open a base; raises ValueError if a file of it is not as it was written.

    Where it is `trusted` its bytes are not all read.
    """
    from index.engines.opening import open_engine

    if not trusted and (damage := damage_to(folder, base)):
        raise ValueError(damage)
    files = folder / base.folder
    if base.keyword_engine not in KEYWORD_ENGINES:
        raise ValueError(f"a keyword engine {base.keyword_engine!r} is not known")
    in_base = KEYWORD_ENGINES[base.keyword_engine].in_base
    try:
        return OpenedBase(
            base,
            fingerprint,
            dim,
            open_engine(base.vector_engine, files / VECTORS_FILE, base.probes),
            Facets.open(files / FACETS_FILE, base.last_row),
            TantivyBase.open(files / KEYWORDS_FOLDER) if in_base else None,
        )
    except OSError as error:  # it went between the look at its bytes and its opening
        raise ValueError(f"{base.folder}: {error.strerror}") from error


def layers_of(
    connection: sqlite3.Connection, opened: OpenedBase, before: Layers | None = None
) -> Layers:
    """A generation's layers over its base; `before` are those of an earlier one, if any.

    Raises `sqlite3.DataError` where a recent passage has no vector.
    """
    alive = _numbers(
        connection, "SELECT row FROM passages WHERE row > ? ORDER BY row", opened.base.last_row
    )
    if before is not None and before.opened is opened:
        recent, facets = before.recent, before.facets
    else:
        none = np.empty(0, np.int64)
        recent = RecentVectors(none, np.empty((0, opened.dim), np.float16))
        facets = opened.facets
    added = halves_of(connection, recent.missing(alive), opened.fingerprint, opened.dim)
    return Layers(
        opened,
        recent.renewed(alive, added),
        _numbers(connection, "SELECT row FROM removed_rows ORDER BY row"),
        facets.renewed(connection, alive),
    )


def _numbers(connection: sqlite3.Connection, query: str, *values: int) -> Rows:
    return np.fromiter((n for (n,) in connection.execute(query, values)), dtype=np.int64)
