"""The vectors that are newer than a base: few, searched exactly, and renewed at each generation.

They lie in memory in half precision, as the catalog keeps them: half the memory of float32, and
nearly twice as fast.
"""

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.engines import Mask, Rows
from index.engines.faiss_engine import FaissEngine


class RecentVectors:
    """An exact engine over ascending `rows` (n,) and an (n, dim) matrix of unit rows."""

    def __init__(self, rows: Rows, matrix: NDArray[np.float16]) -> None:
        self._rows = rows
        self._engine = FaissEngine.of_halves(rows, matrix)

    def search(
        self, query: Vectors, k: int, allowed: Mask | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest rows to a (1, dim) query as (row, score), best first, ties by row."""
        return self._engine.search(query, k, allowed)

    def __len__(self) -> int:
        """How many vectors there are."""
        return len(self._rows)

    @property
    def rows(self) -> Rows:
        """The rows (n,), ascending."""
        return self._rows

    def missing(self, alive: Rows) -> Rows:
        """Those of the rows of a newer generation whose vectors are not here yet, ascending."""
        return np.setdiff1d(alive, self._rows)

    def renewed(self, alive: Rows, added: NDArray[np.float16]) -> "RecentVectors":
        """The vectors of a newer generation, `added` being those of `missing(alive)`.

        Rows only grow and never come back, so the added ones follow those that are kept.
        """
        kept = np.isin(self._rows, alive)
        rows = np.concatenate((self._rows[kept], self.missing(alive)))
        return RecentVectors(rows, np.concatenate((self._engine.halves()[kept], added)))

    def cosines_of(self, query: Vectors, rows: set[int]) -> dict[int, float]:
        """The cosines of some rows with a (1, dim) query; those that are not here are left out."""
        return self._engine.cosines_of(query, rows)

    def vectors_of(self, rows: set[int]) -> dict[int, Vectors]:
        """The vectors (dim,) of some rows; those that are not here are left out."""
        return self._engine.vectors_of(rows)
