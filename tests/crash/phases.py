"""How far a writer is, seen from outside: by the stage that it names and the files that it makes.

What is in the folder tells how far publishing is. It stays as it is when the writer is dead, so
the phase that a kill hit is read after it.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from index.catalog import catalog_path
from tests.crash.writing import stage

STARTING = "starting"
BASE_FILES = "writing the base's files"
RENAMED = "base renamed, nothing committed"
COMMITTED = "committed, cleaning up"


@dataclass(frozen=True)
class Watch:
    """An index folder before a writer begins, to tell what is new in it."""

    folder: Path
    stages: Path
    generation: int
    names: frozenset[str]

    @classmethod
    def begin(cls, folder: Path, stages: Path) -> "Watch":
        """Look at the folder, in which nothing is written now."""
        stages.unlink(missing_ok=True)
        names = frozenset(path.name for path in _entries(folder))
        return cls(folder, stages, published(folder), names)

    def phase(self) -> str:
        """Where the writer is, or where it was killed."""
        named = stage(self.stages)
        if named and published(self.folder) > self.generation:
            return COMMITTED
        new = [path.name for path in _entries(self.folder) if path.name not in self.names]
        bases = [name for name in new if name.startswith("base-")]
        if any(name.endswith(".unfinished") for name in bases):
            return BASE_FILES
        return RENAMED if bases else named or STARTING


def published(folder: Path) -> int:
    """The number of the generation that a reader would be given, 0 for none.

    Not asked of the product, so that it cannot be wrong together with it.
    """
    try:
        connection = sqlite3.connect(f"file:{catalog_path(folder)}?mode=ro", uri=True)
    except sqlite3.OperationalError:
        return 0
    try:
        found = connection.execute("SELECT max(generation) FROM generations").fetchone()
        return int(found[0] or 0)
    except sqlite3.OperationalError:
        return 0  # not made yet
    finally:
        connection.close()


def vector_hashes(folder: Path) -> frozenset[str]:
    """The names of all vectors that have been committed."""
    try:
        connection = sqlite3.connect(f"file:{catalog_path(folder)}?mode=ro", uri=True, timeout=30)
    except sqlite3.OperationalError:
        return frozenset()
    try:
        return frozenset(h for (h,) in connection.execute("SELECT vector_hash FROM vectors"))
    except sqlite3.OperationalError:
        return frozenset()
    finally:
        connection.close()


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
