"""Which inverted lists a filtered query looks into. Pure.

Without a filter a query looks into the lists nearest to it, so many that enough vectors are seen.
A filter hides vectors, perhaps all those of the nearest lists: so a filtered query goes on to
further lists until it has seen enough vectors that are *allowed*. Where hardly more are allowed,
it sees them all, which is exact.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.engines import Mask, Rows

Lists = NDArray[np.int64]
"""Numbers of inverted lists."""

_COUNTED = 65_536
"""Allowed rows that are counted by list; of more, every so-manieth stands for the others."""
_DOUBT = 4.0
_FEWER = 0.3
"""Fitted by hand at 1 million vectors, for filters that let through rows at random, or those of
another region than the query's: see `docs/decisions/0017`."""

_ALWAYS_SEEN = 10_000
"""So many vectors are compared in a millisecond or two: it is not worth to see fewer."""


@dataclass(frozen=True)
class ListLayout:
    """Which rows are in which list: those of list n are rows[starts[n]:starts[n + 1]]."""

    rows: Rows
    starts: NDArray[np.int64]

    def lists_by_row(self) -> NDArray[np.int32]:
        """The list of each row number; for rows that are not held, the number after the last."""
        lists = len(self.starts) - 1
        by_row = np.full(int(self.rows.max(initial=-1)) + 1, lists, dtype=np.int32)
        by_row[self.rows] = np.repeat(np.arange(lists, dtype=np.int32), np.diff(self.starts))
        return by_row

    def places_of(self, wanted: Rows) -> tuple[Rows, Lists, NDArray[np.int64]]:
        """Those of the wanted rows that are held, their lists, and their places in these."""
        found = np.flatnonzero(np.isin(self.rows, wanted))
        lists = np.searchsorted(self.starts, found, side="right") - 1
        return self.rows[found], lists, found - self.starts[lists]


def enough_seen(unfiltered: float, share: float) -> int:
    """How many allowed vectors to see where so many are seen unfiltered and a share is allowed.

    What is nearest among few is farther away, and stands out more: few are enough. A filter that
    hides about half leaves the most in doubt.

    >>> [enough_seen(60_000, share) for share in (0.0, 0.5, 1.0)]
    [18000, 99000, 60000]
    """
    times = _FEWER + (1 - _FEWER) * share + _DOUBT * share * (1 - share)
    return max(_ALWAYS_SEEN, int(unfiltered * times))


def lists_holding(
    enough: int, order: Lists, lists_by_row: NDArray[np.int32], allowed: Mask
) -> Lists:
    """The first lists of an order that together hold enough allowed rows.

    >>> allowed = np.array([False, True, True, False, True])
    >>> lists_holding(2, np.array([1, 0, 2]), np.array([3, 0, 2, 1, 0]), allowed).tolist()
    [0]
    """
    every = max(1, int(np.count_nonzero(allowed)) // _COUNTED)
    counted = np.flatnonzero(allowed[: len(lists_by_row) : every]) * every
    counts = every * np.bincount(lists_by_row[counted], minlength=len(order) + 1)[order]
    first = order[: int(np.searchsorted(np.cumsum(counts), enough)) + 1]
    # What is only estimated at none may be some.
    return first if every > 1 else first[counts[: len(first)] > 0]
