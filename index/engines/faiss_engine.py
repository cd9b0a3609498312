"""Engines of FAISS: exact, and inverted lists.

An engine is built in a stream of batches, saved to a file, and opened memory-mapped: opening reads
next to nothing, and processes share what they read. An opened engine is only read; adding to
a memory-mapped FAISS index would end the process.
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
from index.engines.halves import Halves, cosines_at
from index.engines.places import RowPlaces
from index.engines.probing import ListLayout, Lists, enough_seen, lists_holding

faiss: Any = wrapped_faiss
"""Without its types: they leave out what FAISS's Python layer adds to the wrapped classes."""

_MAX_LISTS = 8_192
"""Bounds what training costs: 8,192 lists are trained with 500 MB of vectors."""
_TRAINED_PER_LIST = 40
"""FAISS warns under 39 training vectors a list; more did not find more here."""


class FaissEngine:
    """A FAISS index by row numbers. Read it from many threads; after building nothing changes."""

    def __init__(self, name: str, index: Any, probes: int | None = None) -> None:
        self._name = name
        self._index = index
        self.probes = ENGINES[name].probes if probes is None else probes

    @classmethod
    def build(cls, name: str, count: int, dim: int, batches: Batches) -> "FaissEngine":
        """Store `count` vectors of `dim` numbers; at most a sample and a batch are in memory.

        Raises `ValueError` where the batches hold more or fewer vectors.
        """
        lists = _lists_for(count)
        factory = ENGINES[name].factory.format(lists=lists)
        index = faiss.index_factory(dim, factory, faiss.METRIC_INNER_PRODUCT)
        # A search may have set this thread to one.
        faiss.omp_set_num_threads(os.cpu_count() or 1)
        if not index.is_trained and count:
            index.train(sample(lists * _TRAINED_PER_LIST, count, dim, batches))
        fill(index, count, batches)
        return cls(name, index)

    @classmethod
    def of_halves(cls, rows: Rows, halves: NDArray[np.float16]) -> "FaissEngine":
        """An exact engine over an (n, dim) matrix, whose bytes are copied as they are."""
        index = faiss.IndexScalarQuantizer(
            halves.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        mapped = faiss.IndexIDMap(index)
        mapped.referenced_objects = [index]
        if len(rows):
            mapped.add_sa_codes(np.ascontiguousarray(halves).view(np.uint8), rows)
        return cls("exact", mapped)

    @classmethod
    def open(cls, name: str, path: Path, probes: int) -> "FaissEngine":
        """Open a saved engine memory-mapped; raises `ValueError` if it is not that engine.

        Whether each byte is as it was written is not looked at: that would read the whole file.
        """
        index = read_engine(name, path)
        if isinstance(index, faiss.IndexIVF) == (not ENGINES[name].probes):
            raise ValueError(f"{path.name} holds another engine than {name!r}")
        return cls(name, index, probes)

    def save(self, path: Path) -> None:
        """Write the engine to a file, and have it on the disk before coming back.

        Raises `OSError` where the disk is full or refuses.
        """
        write_engine(self._index, path)

    def with_probes(self, probes: int) -> "FaissEngine":
        """The same vectors, with so many lists looked into."""
        return FaissEngine(self._name, self._index, probes)

    def search(
        self, query: Vectors, k: int, allowed: Mask | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest rows to a (1, dim) query as (row, score), best first, ties by row."""
        k = min(k, len(self) if allowed is None else int(np.count_nonzero(allowed)))
        if k < 1 or not len(self):
            return []
        # Two threads make one query slower, and starve the other queries.
        faiss.omp_set_num_threads(1)
        # The selector points into these bytes: they are held until the search is over.
        bits = None if allowed is None else np.packbits(allowed, bitorder="little")
        selector = None if bits is None else faiss.IDSelectorBitmap(bits)
        if self.is_exact:
            scores, rows = self._index.search(
                query,
                k,
                params=faiss.SearchParameters(sel=selector),
            )
        else:
            scores, rows = self._search_lists(query, k, allowed, selector)
        held = rows[0] >= 0
        kept, best = rows[0][held], scores[0][held]
        order = np.lexsort((kept, -best))
        return list(zip(kept[order].tolist(), best[order].tolist(), strict=True))

    def __len__(self) -> int:
        """How many vectors are stored."""
        return int(self._index.ntotal)

    @property
    def is_exact(self) -> bool:
        """Whether nothing is ever missed, and scores are those of the stored vectors."""
        return not ENGINES[self._name].probes

    @property
    def keeps_vectors(self) -> bool:
        """Whether what is kept of a vector is all that the catalog has of it."""
        return self.is_exact

    @property
    def lists(self) -> int:
        """How many inverted lists there are; 0 where exact."""
        return 0 if self.is_exact else int(self._index.nlist)

    @property
    def most_probes(self) -> int:
        """How many lists could be looked into."""
        return self.lists

    def halves(self) -> NDArray[np.float16]:
        """The (n, dim) matrix of an engine that was made of halves, in the order of storage."""
        codes = faiss.vector_to_array(faiss.downcast_index(self._index.index).codes)
        matrix: NDArray[np.float16] = codes.view(np.float16).reshape(len(self), self._index.d)
        return matrix

    def ids(self) -> Rows:
        """The rows of all stored vectors, in the order of storage."""
        return self._layout.rows

    def vectors_of(self, ids: Collection[int]) -> dict[int, Vectors]:
        """What the engine keeps of some vectors (dim,), as exactly as it keeps them.

        Rows that it does not hold are left out.
        """
        wanted = np.fromiter(ids, dtype=np.int64, count=len(ids))
        if self.is_exact:
            rows, places = self._places.of(wanted)
            found = self._halves[places].astype(np.float32)
            return dict(zip(rows.tolist(), found, strict=True))
        rows, lists, places = self._layout.places_of(wanted)
        found = np.empty((len(rows), self._index.d), dtype=np.float32)
        for vector, number, place in zip(found, lists.tolist(), places.tolist(), strict=True):
            self._index.reconstruct_from_offset(number, place, faiss.swig_ptr(vector))
        return dict(zip(rows.tolist(), found, strict=True))

    def cosines_of(self, query: Vectors, ids: Collection[int]) -> dict[int, float]:
        """The cosines of some vectors with a (1, dim) query, as exactly as they are kept."""
        if not self.is_exact:
            return {row: float(kept @ query[0]) for row, kept in self.vectors_of(ids).items()}
        rows, places = self._places.of(np.fromiter(ids, dtype=np.int64, count=len(ids)))
        cosines = cosines_at(self._halves, places, query)
        return dict(zip(rows.tolist(), cosines.tolist(), strict=True))

    def _search_lists(
        self, query: Vectors, k: int, allowed: Mask | None, selector: Any
    ) -> tuple[Vectors, Rows]:
        nearness, order = self._index.quantizer.search(
            query, self.lists if allowed is not None else min(self.probes, self.lists)
        )
        if allowed is None:
            return self._search_these(query, k, order[0], nearness[0], selector)
        unfiltered = self.probes * len(self) / self.lists
        share = np.count_nonzero(allowed) / max(len(self), 1)
        enough = enough_seen(unfiltered, min(1.0, share))
        lists = lists_holding(enough, order[0], self._lists_by_row, allowed)
        by_list = np.empty(self.lists, dtype=np.float32)
        by_list[order[0]] = nearness[0]
        return self._search_these(query, k, lists, by_list[lists], selector)

    def _search_these(
        self, query: Vectors, k: int, lists: Lists, nearness: Vectors, selector: Any
    ) -> tuple[Vectors, Rows]:
        """Search some lists (n,) whose centroids have a cosine (n,) with the query.

        FAISS's own method for Python takes no selector; the one that it wraps does.
        """
        scores, rows = np.empty((1, k), np.float32), np.full((1, k), -1, np.int64)
        if len(lists):
            query, lists = np.ascontiguousarray(query, np.float32), np.ascontiguousarray(lists)
            nearness = np.ascontiguousarray(nearness, np.float32)
            pointers = [faiss.swig_ptr(array) for array in (lists, nearness, scores, rows)]
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=len(lists))
            self._index.search_preassigned_c(
                1, faiss.swig_ptr(query), k, *pointers, False, parameters
            )
        return scores, rows

    @cached_property
    def _lists_by_row(self) -> NDArray[np.int32]:
        return self._layout.lists_by_row()

    @cached_property
    def _places(self) -> RowPlaces:
        return RowPlaces(self.ids())

    @cached_property
    def _halves(self) -> Halves:
        return halves_in(faiss.downcast_index(self._index.index))

    @cached_property
    def _layout(self) -> ListLayout:
        if self.is_exact:
            rows = faiss.vector_to_array(self._index.id_map).astype(np.int64)
            return ListLayout(rows, np.array([0, len(rows)]))
        held = [_list_rows(self._index.invlists, number) for number in range(self.lists)]
        sizes = [len(rows) for rows in held]
        return ListLayout(np.concatenate(held), np.concatenate(([0], np.cumsum(sizes))))


def _list_rows(lists: Any, number: int) -> Rows:
    size = lists.list_size(number)
    if not size:
        return np.empty(0, np.int64)
    rows: Rows = faiss.rev_swig_ptr(lists.get_ids(number), size)
    return rows


def _lists_for(count: int) -> int:
    """4 √n lists, each with enough vectors to be worth its centroid."""
    return max(1, min(_MAX_LISTS, int(4 * count**0.5), count // _TRAINED_PER_LIST))
