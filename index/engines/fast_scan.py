"""All vectors looked at in short codes, the best of them again in longer ones. FAISS's fast scan.

A code has four bits for every two numbers of a vector, and the distances to all codes are summed
in registers (André, Kermarrec and Le Scouarnec 2015, https://doi.org/10.14778/2856318.2856324): all
of a million vectors are looked at in less time than inverted lists take for a few hundred thousand
at full length, and no region is left out. Such codes cannot have vectors taken out, which a base
never does.
"""

import os
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss as wrapped_faiss
import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.engines import ENGINES, Batches, Mask, Rows
from index.engines.faiss_files import fill, read_engine, sample, write_engine

faiss: Any = wrapped_faiss
"""Without its types: they leave out what FAISS's Python layer adds to the wrapped classes."""

TRAINED = 65_536
"""Vectors that the codes are made for: more did not find more here."""
LEAST_TRAINED = 624
"""FAISS wants 39 for each of the 16 values of a code; fewer are repeated."""
EXACT_SHARE = 0.1
"""Up to such a share of allowed rows only these are looked at, all of them at full length."""
TIMES_WANTED = 4
"""At least so many times as many codes are looked at again as rows are wanted."""
MOST_AGAIN = 20_000
"""Codes that are looked at again at most, some milliseconds."""


class FastScanEngine:
    """Vectors by row numbers. Read it from many threads; after building nothing changes.

    `probes` is how many of the best codes are looked at again.
    """

    def __init__(self, name: str, index: Any, probes: int | None = None) -> None:
        self._name = name
        self._index = index
        self._scan = faiss.downcast_index(index.index)
        self._codes = faiss.downcast_index(self._scan.base_index)
        self._long = faiss.downcast_index(self._scan.refine_index)
        self.probes = ENGINES[name].probes if probes is None else probes

    @classmethod
    def build(cls, name: str, count: int, dim: int, batches: Batches) -> "FastScanEngine":
        """Store `count` vectors of `dim` numbers; at most a sample and a batch are in memory.

        Raises `ValueError` where the batches hold more or fewer vectors.
        """
        factory = ENGINES[name].factory.format(parts=_parts(dim))
        index = faiss.index_factory(dim, factory, faiss.METRIC_INNER_PRODUCT)
        # A search may have set this thread to one.
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        chosen = sample(TRAINED, count, dim, batches)
        index.train(np.resize(chosen, (max(len(chosen), LEAST_TRAINED), dim)))
        fill(index, count, batches)
        return cls(name, index)

    @classmethod
    def open(cls, name: str, path: Path, probes: int) -> "FastScanEngine":
        """Open a saved engine memory-mapped; raises `ValueError` if it is not that engine.

        Whether each byte is as it was written is not looked at: that would read the whole file.
        """
        index = read_engine(name, path)
        inner = faiss.downcast_index(index.index) if isinstance(index, faiss.IndexIDMap) else None
        if not isinstance(inner, faiss.IndexRefine):
            raise ValueError(f"{path.name} holds another engine than {name!r}")
        return cls(name, index, probes)

    def save(self, path: Path) -> None:
        """Write the engine to a file, and have it on the disk before coming back.

        Raises `OSError` where the disk is full or refuses.
        """
        write_engine(self._index, path)

    def with_probes(self, probes: int) -> "FastScanEngine":
        """The same vectors, with so many codes looked at again."""
        return FastScanEngine(self._name, self._index, probes)

    def search(
        self, query: Vectors, k: int, allowed: Mask | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest rows to a (1, dim) query as (row, score), best first, ties by row."""
        if k < 1 or not len(self):
            return []
        # Two threads make one query slower, and starve the other queries.
        faiss.omp_set_num_threads(1)
        query = np.ascontiguousarray(query, np.float32)
        if allowed is None:
            places = self.nearest_codes(query, self._again(k))
        else:
            places = self._allowed_places(query, k, self._by_place(allowed))
        return self._looked_at(query, places, k)

    def _again(self, k: int) -> int:
        return max(TIMES_WANTED * k, self.probes)

    def _allowed_places(self, query: Vectors, k: int, allowed: Mask) -> Rows:
        """The places of allowed vectors that may be nearest.

        Where far fewer of the best codes are allowed than of all, the allowed lie elsewhere, and
        all of them are looked at.
        """
        count = int(np.count_nonzero(allowed))
        share = count / len(self)
        wanted = self._again(k)
        if share > EXACT_SHARE:
            places = self.nearest_codes(query, int(wanted / share))
            places = places[allowed[places]]
            if len(places) >= min(wanted // 2, count):
                return places
        return self._nearest_allowed(query, min(k, count), allowed)

    def nearest_codes(self, query: Vectors, wanted: int) -> Rows:
        """The places, in the order of storage, of the codes nearest to a (1, dim) query."""
        if wanted >= len(self):
            return np.arange(len(self))
        places: Rows = self._codes.search(query, wanted)[1][0]
        return places[places >= 0]

    def _nearest_allowed(self, query: Vectors, k: int, allowed: Mask) -> Rows:
        if not k:
            return np.empty(0, np.int64)
        # The selector points into these bytes: they are held until the search is over.
        bits = np.packbits(allowed, bitorder="little")
        parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        places: Rows = self._long.search(query, k, params=parameters)[1][0]
        return places[places >= 0]

    def _looked_at(self, query: Vectors, places: Rows, k: int) -> list[tuple[int, float]]:
        """The best of some places by their long codes."""
        if not len(places):
            return []
        scores = self._long.reconstruct_batch(places) @ query[0]
        rows = self._rows[places]
        best = np.lexsort((rows, -scores))[:k]
        return list(zip(rows[best].tolist(), scores[best].tolist(), strict=True))

    def __len__(self) -> int:
        """How many vectors are stored."""
        return int(self._index.ntotal)

    @property
    def is_exact(self) -> bool:
        """Whether nothing is ever missed: codes are shorter than vectors."""
        return False

    @property
    def most_probes(self) -> int:
        """How many codes may be looked at again."""
        return min(len(self), MOST_AGAIN)

    def ids(self) -> Rows:
        """The rows of all stored vectors, in the order of storage."""
        return self._rows

    def vectors_of(self, ids: Collection[int]) -> dict[int, Vectors]:
        """What the engine keeps of some vectors (dim,), in eight bits a number.

        Rows that it does not hold are left out.
        """
        wanted = np.fromiter(ids, dtype=np.int64, count=len(ids))
        places = np.flatnonzero(np.isin(self._rows, wanted))
        if not len(places):
            return {}
        vectors = self._long.reconstruct_batch(places)
        return dict(zip(self._rows[places].tolist(), vectors, strict=True))

    def _by_place(self, allowed: Mask) -> Mask:
        """A mask by row as one by place; rows beyond its end are not allowed."""
        known = self._rows < len(allowed)
        found: Mask = np.zeros(len(self), dtype=np.bool_)
        found[known] = allowed[self._rows[known]]
        return found

    @cached_property
    def _rows(self) -> Rows:
        rows: NDArray[np.int64] = faiss.vector_to_array(self._index.id_map).astype(np.int64)
        return rows


def _parts(dim: int) -> int:
    """Into how many parts a vector is cut: of two numbers each, where that comes out even."""
    return next(parts for parts in range(max(1, dim // 2), 0, -1) if dim % parts == 0)
