"""The engines of FAISS, and the only file that imports it."""

import hashlib
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.engines import ENGINES

_MAX_LISTS = 65_536
_VECTORS_PER_LIST_TRAINED = 64
"""FAISS warns under 39 training vectors a list."""


class FaissEngine:
    """A FAISS index with our ids. Read it from many threads; nothing is changed after building."""

    def __init__(self, name: str, index: Any) -> None:
        self._probes = ENGINES[name].probes
        self._index = index

    @classmethod
    def build(cls, name: str, ids: NDArray[np.int64], vectors: Vectors) -> "FaissEngine":
        """Store (n, dim) vectors under n ids."""
        count, dim = vectors.shape
        # 4 √n lists, each with enough vectors to be worth its centroid.
        lists = max(
            1, min(_MAX_LISTS, int(4 * count**0.5), count // _VECTORS_PER_LIST_TRAINED or 1)
        )
        factory = ENGINES[name].factory.format(lists=lists)
        index = faiss.index_factory(dim, factory, faiss.METRIC_INNER_PRODUCT)
        if not index.is_trained and count:
            index.train(vectors)
        if count:
            index.add_with_ids(vectors, ids)
        return cls(name, index)

    @classmethod
    def load(cls, name: str, path: Path, sha256: str) -> "FaissEngine":
        """Read a saved engine; raises `ValueError` if it is not the file that was saved."""
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise ValueError(f"{path.name}: {error.strerror}") from error
        if hashlib.sha256(raw).hexdigest() != sha256:
            raise ValueError(f"{path.name} is not as it was written")
        try:
            return cls(name, faiss.deserialize_index(np.frombuffer(raw, dtype=np.uint8)))
        except (RuntimeError, KeyError) as error:
            raise ValueError(f"{path.name} holds no engine {name!r}") from error

    def search(
        self, query: Vectors, k: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest rows to a (1, dim) query as (id, score), best first."""
        k = min(k, len(self) if allowed is None else len(allowed))
        if k < 1:
            return []
        # Two threads make one query slower, and starve the other queries.
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(query, k, params=self._parameters(allowed))
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def save(self, path: Path) -> str:
        """Write the engine durably under `path`, whole or not at all; gives its SHA-256."""
        raw = faiss.serialize_index(self._index).tobytes()
        unfinished = path.with_name(path.name + ".unfinished")
        with unfinished.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        _sync_folder(path.parent)
        return hashlib.sha256(raw).hexdigest()

    def __len__(self) -> int:
        """How many vectors are stored."""
        return int(self._index.ntotal)

    @property
    def is_exact(self) -> bool:
        """Whether nothing is ever missed."""
        return not self._probes

    def ids(self) -> NDArray[np.int64]:
        """The ids of all stored vectors, in the order of storage."""
        if not self._in_lists():
            return np.asarray(faiss.vector_to_array(self._index.id_map), dtype=np.int64)
        lists = [self._list_ids(number) for number in range(self._index.nlist)]
        return np.concatenate(lists) if lists else np.empty(0, np.int64)

    def vectors_of(self, ids: Collection[int]) -> dict[int, Vectors]:
        """What the engine keeps of some vectors (dim,), as exactly as it keeps them.

        Ids that it does not hold are left out.
        """
        wanted = np.fromiter(ids, dtype=np.int64, count=len(ids))
        if not self._in_lists():
            held = self.ids()
            places = np.flatnonzero(np.isin(held, wanted))
            return {int(held[at]): self._index.index.reconstruct(int(at)) for at in places}
        found: dict[int, Vectors] = {}
        for number in range(self._index.nlist):
            held = self._list_ids(number)
            for at in np.flatnonzero(np.isin(held, wanted)):
                vector = np.empty(self._index.d, dtype=np.float32)
                self._index.reconstruct_from_offset(number, int(at), faiss.swig_ptr(vector))
                found[int(held[at])] = vector
        return found

    def _in_lists(self) -> bool:
        return isinstance(self._index, faiss.IndexIVF)

    def _list_ids(self, number: int) -> NDArray[np.int64]:
        lists = self._index.invlists
        size = lists.list_size(number)
        if not size:
            return np.empty(0, np.int64)
        held: NDArray[np.int64] = faiss.rev_swig_ptr(lists.get_ids(number), size).copy()
        return held

    def _parameters(self, allowed: Collection[int] | None) -> Any:
        selector = (
            None
            if allowed is None
            else faiss.IDSelectorBatch(np.fromiter(allowed, dtype=np.int64, count=len(allowed)))
        )
        if self._probes:
            # A filter leaves few vectors in each list: look into all of them.
            probes = self._index.nlist if selector is not None else self._probes
            return faiss.SearchParametersIVF(sel=selector, nprobe=probes)  # type: ignore[call-arg]
        return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
