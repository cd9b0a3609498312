"""Structures that find the nearest vectors. Adding one is one line in `ENGINES`.

    faiss_engine.py   exact search and inverted lists, by FAISS
    fast_scan.py      all vectors in short codes, the best again as they are, by FAISS
    faiss_files.py    what these share: sample, files, mapping
    opening.py        which class builds and opens which engine
    probing.py        which inverted lists a filtered query looks into; pure
    tuning.py         how many lists a query needs, and the recall that this gives
    halves.py         vectors in half precision, in place
    places.py         at which place of the storage a row is; pure
    recent.py         the few vectors that are newer than a base, searched exactly
    layered.py        a base and what is newer as one engine, without what was removed

`engine_for` chooses by size; docs/decisions/0017 has the measurements behind it.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors

Mask = NDArray[np.bool_]
"""Which rows are allowed, by row number; rows beyond its end are not."""
Rows = NDArray[np.int64]
Batches = Callable[[], Iterator[tuple[Rows, Vectors]]]
"""Gives all vectors once, as (n,) rows and (n, dim) vectors at a time; may be called again."""


def is_allowed(allowed: Mask, row: int) -> bool:
    """Whether a mask lets a row through."""
    return row < len(allowed) and bool(allowed[row])


class VectorEngine(Protocol):
    """Finds the stored vectors nearest to a query.

    Vectors are float32 with rows of unit length; a score is the cosine, higher is better.
    """

    def search(
        self, query: Vectors, k: int, allowed: Mask | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest rows to a (1, dim) query as (row, score), best first, ties by row.

        Fewer come back where fewer are stored, or allowed.
        """

    def __len__(self) -> int:
        """How many vectors are stored."""

    @property
    def is_exact(self) -> bool:
        """Whether nothing is ever missed, and scores are those of the stored vectors."""

    @property
    def keeps_vectors(self) -> bool:
        """Whether `vectors_of` gives all that the catalog has, and scores are of the very vectors.

        Else a score is a little off, and whoever shows it takes it from the catalog.
        """

    def cosines_of(self, query: Vectors, ids: Collection[int]) -> dict[int, float]:
        """The cosines of some vectors with a (1, dim) query; rows not held are left out."""

    def vectors_of(self, ids: Collection[int]) -> dict[int, Vectors]:
        """What is kept of some vectors (dim,); rows that are not held are left out."""


@dataclass(frozen=True)
class EngineSettings:
    """How an engine is built: FAISS's factory string, and up to how many vectors it is chosen.

    `{lists}` in the factory stands for the number of inverted lists, `{parts}` for that of the
    parts of a code. `probes` lists are looked into, or codes looked at again, for a query, before
    `index.engines.tuning` raises that; 0 means exact.
    """

    factory: str
    up_to: int
    probes: int


ENGINES: dict[str, EngineSettings] = {
    # Exact over half precision, which is what the catalog keeps: nothing is missed, filters and
    # deletes cost nothing extra, it is built by copying. Its time grows with every vector.
    "exact": EngineSettings("IDMap,SQfp16", up_to=50_000, probes=0),
    # All vectors in short codes, the best again in half precision: no region is left out.
    "fast scan": EngineSettings("IDMap,PQ{parts}x4fs,Refine(SQfp16)", up_to=2_000_000, probes=1500),
    # Inverted lists over 8 bits a dimension: of many millions only a part is looked at. Unlike
    # graphs (HNSW) it keeps its recall under filters. Searching some thousand centroids takes
    # less than a millisecond, so that a structure over the centroids would not pay.
    "inverted lists": EngineSettings("IVF{lists},SQ8", up_to=10**9, probes=32),
}


def engine_for(count: int) -> str:
    """The name of the engine for so many vectors."""
    return next(name for name, settings in ENGINES.items() if count <= settings.up_to)
