"""A base and what is newer, as one engine: what was removed since is masked out.

A generation that changes one document so writes a few rows of the catalog and no vector file.
"""

from collections.abc import Collection

import numpy as np

from index.encoders import Vectors
from index.engines import Mask, Rows
from index.engines.base_engine import BaseEngine
from index.engines.recent import RecentVectors


class LayeredEngine:
    """All vectors of one generation.

    `base` holds rows up to `last_row`, of which the `removed` ones (n,) have been deleted since;
    `recent` has the rows after it. Reading it from many threads is safe.
    """

    def __init__(
        self, base: BaseEngine, recent: RecentVectors, removed: Rows, last_row: int
    ) -> None:
        self._base = base
        self._recent = recent
        self._removed = removed
        self._kept: Mask | None = None
        if len(removed):
            self._kept = np.ones(last_row + 1, dtype=np.bool_)
            self._kept[removed] = False

    def search(
        self, query: Vectors, k: int, allowed: Mask | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest rows to a (1, dim) query as (row, score), best first, ties by row."""
        found = self._base.search(query, k, self._in_base(allowed))
        if not len(self._recent):
            return found
        found = found + self._recent.search(query, k, allowed)
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:k]

    def __len__(self) -> int:
        """How many vectors can be found."""
        return len(self._base) - len(self._removed) + len(self._recent)

    @property
    def is_exact(self) -> bool:
        """Whether nothing is ever missed, and all scores are those of the stored vectors."""
        return self._base.is_exact

    @property
    def keeps_vectors(self) -> bool:
        """Whether what is kept of a vector is all that the catalog has of it."""
        return self._base.keeps_vectors

    def ids(self) -> Rows:
        """The rows of all vectors that can be found; those of the base first."""
        held = self._base.ids()
        if len(self._removed):
            held = held[~np.isin(held, self._removed)]
        return np.concatenate((held, self._recent.rows))

    def vectors_of(self, ids: Collection[int]) -> dict[int, Vectors]:
        """What is kept of some vectors (dim,); rows that cannot be found are left out."""
        wanted = self._still_there(ids)
        return self._base.vectors_of(wanted) | self._recent.vectors_of(wanted)

    def cosines_of(self, query: Vectors, ids: Collection[int]) -> dict[int, float]:
        """The cosines of some vectors with a (1, dim) query, of those that can be found."""
        wanted = self._still_there(ids)
        found = self._base.cosines_of(query, wanted)
        if len(found) < len(wanted):
            found |= self._recent.cosines_of(query, wanted - found.keys())
        return found

    def _still_there(self, ids: Collection[int]) -> set[int]:
        wanted = set(ids)
        if len(self._removed):
            wanted.difference_update(self._removed[np.isin(self._removed, list(wanted))].tolist())
        return wanted

    def _in_base(self, allowed: Mask | None) -> Mask | None:
        if allowed is None or self._kept is None:
            return self._kept if allowed is None else allowed
        shared = min(len(allowed), len(self._kept))
        both: Mask = allowed[:shared] & self._kept[:shared]
        return both
