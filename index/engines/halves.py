"""Vectors in half precision, compared where they lie. Pure."""

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.engines.places import Places

Halves = NDArray[np.float16]
_AT_ONCE = 512
"""Vectors; of more the memory is asked of the system anew each time, which takes longer."""


def cosines_at(halves: Halves, places: Places, query: Vectors) -> Vectors:
    """The cosines (n,) of the vectors at some places with a (1, dim) query."""
    cosines = np.empty(len(places), np.float32)
    for start in range(0, len(places), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        # Not by `@`: for so many numbers BLAS would wake its threads.
        cosines[part] = np.einsum("ij,j->i", halves[places[part]].astype(np.float32), query[0])
    return cosines
