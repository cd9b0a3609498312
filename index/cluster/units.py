"""Files to units: what one task of a cluster reads. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

LEAST_UNITS, LEAST_FILES = 32, 8
"""Few files make units of fewer files, so that no core is left without work at the end; but not of
so few that starting to read them takes longer than reading them."""


@dataclass(frozen=True)
class UnitLimits:
    """How much one task reads: so many files or bytes, whichever comes first.

    Starting a reading process takes as long as reading some files, hence not one file each; a unit
    that is lost with its machine is read again, hence not all of them.
    """

    files: int = 64
    bytes: int = 16_000_000


@dataclass(frozen=True)
class Unit:
    """Files that one task reads, in this order, and how many bytes they have."""

    paths: tuple[Path, ...]
    bytes: int


def limits_for(files: int) -> UnitLimits:
    """How much one task reads of so many files.

    >>> limits_for(300).files, limits_for(1_000_000).files
    (9, 64)
    """
    most = UnitLimits()
    return replace(most, files=min(most.files, max(LEAST_FILES, files // LEAST_UNITS)))


def group_files(sizes: Sequence[tuple[Path, int]], limits: UnitLimits) -> list[Unit]:
    """Files with their bytes as units, in the order given; one that exceeds a unit is one alone.

    The same files give the same units.

    >>> files = [(Path("a"), 5), (Path("archive"), 90), (Path("b"), 5), (Path("c"), 5)]
    >>> [[str(path) for path in unit.paths] for unit in group_files(files, UnitLimits(2, 50))]
    [['archive'], ['a', 'b'], ['c']]
    """
    # Big ones first: what starts last should not take longest.
    units = [Unit((path,), size) for path, size in sizes if size > limits.bytes]
    paths: list[Path] = []
    filled = 0
    for path, size in sizes:
        if size > limits.bytes:
            continue
        if paths and (len(paths) == limits.files or filled + size > limits.bytes):
            units.append(Unit(tuple(paths), filled))
            paths, filled = [], 0
        paths.append(path)
        filled += size
    return [*units, Unit(tuple(paths), filled)] if paths else units
