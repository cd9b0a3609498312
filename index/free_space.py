"""Room on the disk: what is free, and a refusal where it is certain that a build cannot fit."""

import os
import shutil
from pathlib import Path

from index.errors import IndexUnwritableError

CATALOG_BYTES_PER_DIM = 2
"""The catalog keeps half floats."""
ENGINE_BYTES_PER_DIM = 1
"""The least that an engine keeps of a vector: one byte for each column."""


def free_bytes(folder: Path) -> int | None:
    """What the caller may still write under a folder, made or not; None if it cannot be told."""
    for place in (folder, *folder.absolute().parents):
        try:
            return shutil.disk_usage(place).free
        except FileNotFoundError:
            continue
        except OSError:
            return None
    return None


def least_bytes(new_passages: int, all_passages: int, dim: int) -> int:
    """What vectors alone will take: of new passages in the catalog, of all in the next engine.

    A bound from below. Texts and keywords come on top, in a share that differs between corpora:
    an estimate of them would refuse builds that fit.

    >>> least_bytes(new_passages=1_000, all_passages=10_000, dim=384)
    4608000
    """
    return dim * (new_passages * CATALOG_BYTES_PER_DIM + all_passages * ENGINE_BYTES_PER_DIM)


def refuse_too_little(folder: Path, needed: int) -> None:
    """Raise `IndexUnwritableError` if `needed` bytes are not free: better now than after hours."""
    free = free_bytes(folder)
    if free is not None and free < needed:
        raise IndexUnwritableError(
            folder,
            f"the disk has too little room: at least {in_words(needed)} needed, "
            f"{in_words(free)} free",
            IndexUnwritableError.FREE_SPACE,
        )


def room_in_words(folder: Path) -> str:
    """What is free under a folder, and where temporary files go if less is free there."""
    free = free_bytes(folder)
    if free is None:
        return "nobody can tell how much is free"
    scratch = _scratch_folder()
    free_scratch = free_bytes(scratch)
    if free_scratch is not None and free_scratch < free:
        return f"{in_words(free)} free, {in_words(free_scratch)} in {scratch}"
    return f"{in_words(free)} free"


def _scratch_folder() -> Path:
    """Where SQLite sorts what is too large for memory, https://sqlite.org/tempfiles.html."""
    named = [os.environ.get(name, "") for name in ("SQLITE_TMPDIR", "TMPDIR", "TEMP")]
    places = [Path(name) for name in (*named, "/var/tmp", "/usr/tmp", "/tmp") if name]
    return next((place for place in places if place.is_dir()), Path())


def in_words(count: int) -> str:
    """A number of bytes for people.

    >>> in_words(340), in_words(2_500_000), in_words(7_040_000_000)
    ('340 bytes', '2.5 MB', '7.0 GB')
    """
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"
