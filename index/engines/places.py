"""At which place of the storage a row is: places by row, for any order of rows. Pure."""

import numpy as np
from numpy.typing import NDArray

from index.engines import Rows

Places = NDArray[np.int64]


class RowPlaces:
    """The places of `rows` (n,), each of which is there once."""

    def __init__(self, rows: Rows) -> None:
        self._rows, self._order = rows, None
        if np.any(rows[1:] < rows[:-1]):  # a base is written in the order of its rows
            self._order = np.argsort(rows)
            self._rows = rows[self._order]

    def of(self, wanted: Rows) -> tuple[Rows, Places]:
        """Those of the wanted rows that are held, and their places.

        >>> RowPlaces(np.array([9, 4, 7])).of(np.array([4, 5, 9]))
        (array([4, 9]), array([1, 0]))
        """
        found = np.searchsorted(self._rows, wanted)
        held = found < len(self._rows)
        held[held] = self._rows[found[held]] == wanted[held]
        places = found[held]
        return wanted[held], places if self._order is None else self._order[places]
