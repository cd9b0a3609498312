"""python -m tests.cluster_build DOCUMENTS INDEX ADDRESS: a build on Ray, to be killed."""

import sys
from pathlib import Path

from index.build import build_index
from index.cluster.pieces import PieceLimits
from index.cluster.reader import ClusterReader
from index.cluster.units import UnitLimits
from index.cluster.workers import Choose
from index.options import BuildOptions
from index.progress import Progress, no_progress
from index.report import BuildReport
from tests.cluster_parts import choose_slow
from tests.conftest import hashing_choice

UNITS, PIECES = UnitLimits(files=4), PieceLimits(documents=2)
"""Small ones, so that a few documents make many shards."""


def build_on_ray(
    documents: Path,
    index: Path,
    address: str,
    choose: Choose = choose_slow,
    progress: Progress = no_progress,
    rehearsed: bool = False,
) -> BuildReport:
    """Build with the hashing encoder, in many small shards."""
    reader = ClusterReader(index, address, choose, UNITS, PIECES)
    options = BuildOptions(reader=reader, rehearsed=rehearsed)
    return build_index([documents], index, hashing_choice(), progress, options)


if __name__ == "__main__":
    build_on_ray(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
