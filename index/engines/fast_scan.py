"""All vectors looked at in short codes, the best of them again as they are. FAISS's fast scan.

A code has four bits for every three numbers of a vector, and the distances to all codes are summed
in registers (André, Kermarrec and Le Scouarnec 2015, https://doi.org/10.14778/2856318.2856324): all
of a million vectors are looked at in less time than inverted lists take for a few hundred thousand
at full length, and no region is left out. Such codes cannot have vectors taken out, which a base
never does. Beside the codes stand the vectors in half precision, as the catalog has them, so that
a score is the vector's own and nobody has to read it from the catalog.
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
from index.engines.faiss_files import fill, halves_in, read_engine, sample, write_engine
from index.engines.halves import cosines_at
from index.engines.places import RowPlaces

faiss: Any = wrapped_faiss
"""Without its types: they leave out what FAISS's Python layer adds to the wrapped classes."""

TRAINED = 65_536
"""Vectors that the codes are made for: more did not find more here."""
LEAST_TRAINED = 624
"""FAISS wants 39 for each of the 16 values of a code; fewer are repeated."""
EXACT_SHARE = 0.02
"""Up to such a share of allowed rows only these are looked at, all of them at full length: among a
million that takes 5 ms for a two-hundredth, 12 for a fiftieth and 19 for a twentieth."""
TIMES_WANTED = 4
"""At least so many times as many codes are looked at again as rows are wanted."""
MOST_AGAIN = 20_000
"""Codes that are looked at again at most, some milliseconds."""
FEWER_AMONG_FEW = 0.25
"""Where less than half is allowed, fewer codes are looked at again, by this power of the share: the
nearest of few lie farther apart. Of a twentieth of a million, 800 find .996 of the nearest 50."""
ENOUGH = 0.8
"""Of the codes wanted, the share that must be of allowed rows: filters that have nothing to do with
the question leave about all of them; where there are fewer, the allowed lie elsewhere."""
_NUMBERS_OF_A_PART = 3
"""With two the scan takes twice the time; with four three times as many must be looked at again."""


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
        if allowed is not None:
            places = self._allowed_places(query, k, allowed)
        elif self._again(k) < len(self):
            return self._nearest(query, k)
        else:
            places = np.arange(len(self))
        scores, rows = self._scores(query, places), self._rows[places]
        best = np.lexsort((rows, -scores))[:k]
        return list(zip(rows[best].tolist(), scores[best].tolist(), strict=True))

    def _nearest(self, query: Vectors, k: int) -> list[tuple[int, float]]:
        """The nearest of all, looked at again by FAISS itself: in half of numpy's time."""
        again = faiss.IndexRefineSearchParameters(k_factor=self._again(k) / k)
        scores, places = self._scan.search(query, k, params=again)
        rows, kept = self._rows[places[0]], scores[0]
        best = np.lexsort((rows, -kept))
        return list(zip(rows[best].tolist(), kept[best].tolist(), strict=True))

    def _again(self, k: int) -> int:
        return max(TIMES_WANTED * k, self.probes)

    def _allowed_places(self, query: Vectors, k: int, allowed: Mask) -> Rows:
        """The places of allowed vectors that may be nearest.

        Where far fewer of the best codes are allowed than of all, the allowed lie elsewhere, and
        all of them are looked at.
        """
        count = min(int(np.count_nonzero(allowed)), len(self))
        share = count / len(self)
        fewer = min(1.0, (2 * share) ** FEWER_AMONG_FEW)
        wanted = max(TIMES_WANTED * k, int(self.probes * fewer))
        if share > EXACT_SHARE:
            places = self.nearest_codes(query, int(wanted / share))
            places = places[_allowed_of(allowed, self._rows[places])]
            if len(places) >= min(int(wanted * ENOUGH), count):
                return places
        return self._nearest_allowed(query, k, _allowed_of(allowed, self._rows))

    def nearest_codes(self, query: Vectors, wanted: int) -> Rows:
        """The places, in the order of storage, of the codes nearest to a (1, dim) query."""
        if wanted >= len(self):
            return np.arange(len(self))
        places: Rows = self._codes.search(query, wanted)[1][0]
        return places[places >= 0]

    def _nearest_allowed(self, query: Vectors, k: int, allowed: Mask) -> Rows:
        """The nearest of the vectors whose places are allowed."""
        k = min(k, int(np.count_nonzero(allowed)))
        if not k:
            return np.empty(0, np.int64)
        # The selector points into these bytes: they are held until the search is over.
        bits = np.packbits(allowed, bitorder="little")
        parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        places: Rows = self._long.search(query, k, params=parameters)[1][0]
        return places[places >= 0]

    def _scores(self, query: Vectors, places: Rows) -> Vectors:
        """The cosines (n,) of the vectors at some places."""
        return cosines_at(self._halves, places, query)

    def __len__(self) -> int:
        """How many vectors are stored."""
        return int(self._index.ntotal)

    @property
    def is_exact(self) -> bool:
        """Whether nothing is ever missed: a near vector may have a code that is not."""
        return False

    @property
    def keeps_vectors(self) -> bool:
        """Whether what is kept of a vector is all that the catalog has of it."""
        return True

    @property
    def most_probes(self) -> int:
        """How many codes may be looked at again."""
        return min(len(self), MOST_AGAIN)

    def ids(self) -> Rows:
        """The rows of all stored vectors, in the order of storage."""
        return self._rows

    def vectors_of(self, ids: Collection[int]) -> dict[int, Vectors]:
        """The vectors (dim,) of some rows; rows that it does not hold are left out."""
        wanted = np.fromiter(ids, dtype=np.int64, count=len(ids))
        rows, places = self._places.of(wanted)
        return dict(zip(rows.tolist(), self._halves[places].astype(np.float32), strict=True))

    def cosines_of(self, query: Vectors, ids: Collection[int]) -> dict[int, float]:
        """The cosines of some vectors with a (1, dim) query; rows not held are left out."""
        rows, places = self._places.of(np.fromiter(ids, dtype=np.int64, count=len(ids)))
        return dict(zip(rows.tolist(), self._scores(query, places).tolist(), strict=True))

    @cached_property
    def _rows(self) -> Rows:
        rows: NDArray[np.int64] = faiss.vector_to_array(self._index.id_map).astype(np.int64)
        return rows

    @cached_property
    def _places(self) -> RowPlaces:
        return RowPlaces(self._rows)

    @cached_property
    def _halves(self) -> NDArray[np.float16]:
        """The (n, dim) vectors in the order of storage: no copy, but the file itself."""
        return halves_in(self._long)


def _allowed_of(allowed: Mask, rows: Rows) -> Mask:
    """Which of some rows (n,) are allowed; those beyond the mask's end are not."""
    known = rows < len(allowed)
    if known.all():
        return allowed[rows]
    found: Mask = np.zeros(len(rows), dtype=np.bool_)
    found[known] = allowed[rows[known]]
    return found


def _parts(dim: int) -> int:
    """Into how many parts a vector is cut: of three numbers each, where that comes out even."""
    most = max(1, dim // _NUMBERS_OF_A_PART)
    return next(parts for parts in range(most, 0, -1) if dim % parts == 0)
