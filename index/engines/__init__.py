"""Structures that find the nearest vectors. Adding one is one line in `ENGINES`.

`engine_for` chooses by size. Figures from ../shared/FINDINGS.md are of one query among so many
vectors of 384 dimensions on one core.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.encoders import Vectors


class VectorEngine(Protocol):
    """Finds the stored vectors nearest to a query.

    Vectors are float32 with rows of unit length; a score is the cosine, higher is better.
    """

    def search(
        self, query: Vectors, k: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest rows to a (1, dim) query as (id, score), best first.

        Fewer come back where fewer are stored, or among `allowed` ids where these are given.
        """

    def save(self, path: Path) -> str:
        """Write the engine durably under `path`, whole or not at all; gives its SHA-256."""

    def __len__(self) -> int:
        """How many vectors are stored."""


@dataclass(frozen=True)
class EngineSettings:
    """How an engine is built: FAISS's factory string, and up to how many vectors it is chosen.

    `{lists}` in the factory stands for the number of inverted lists; 0 probes means exact.
    """

    factory: str
    up_to: int
    probes: int


ENGINES: dict[str, EngineSettings] = {
    # Exact: nothing is missed, deletes and filters cost nothing extra; 8.8 ms at 100,000.
    "exact": EngineSettings("IDMap2,SQfp16", up_to=100_000, probes=0),
    # Inverted lists over 8-bit vectors: 1.2 to 8 ms at 1 million with recall@50 of .994.
    "inverted lists": EngineSettings("IVF{lists},SQ8", up_to=10**9, probes=64),
}


def engine_for(count: int) -> str:
    """The name of the engine for so many vectors."""
    return next(name for name, settings in ENGINES.items() if count <= settings.up_to)
