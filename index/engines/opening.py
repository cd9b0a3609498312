"""Builds and opens the engine of a name. Adding a kind of engine is one line in `KINDS`."""

from pathlib import Path

from index.engines import ENGINES, Batches
from index.engines.base_engine import BaseEngine
from index.engines.faiss_engine import FaissEngine
from index.engines.fast_scan import FastScanEngine

KINDS: dict[str, type[FaissEngine] | type[FastScanEngine]] = {
    "exact": FaissEngine,
    "fast scan": FastScanEngine,
    "inverted lists": FaissEngine,
}


def build_engine(name: str, count: int, dim: int, batches: Batches) -> BaseEngine:
    """Store `count` vectors of `dim` numbers; ValueError where the batches hold another number."""
    return KINDS[name].build(name, count, dim, batches)


def open_engine(name: str, path: Path, probes: int) -> BaseEngine:
    """Open a saved engine memory-mapped; ValueError if the file holds another, or none."""
    if name not in ENGINES:
        raise ValueError(f"an engine {name!r} is not known")
    return KINDS[name].open(name, path, probes)
