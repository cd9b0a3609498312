"""How sure a figure is: intervals of 95 % for paired differences and for shares. Pure.

Differences have a percentile bootstrap over queries (Efron 1979; for retrieval Sakai, SIGIR 2006,
https://doi.org/10.1145/1148170.1148261), with a fixed seed so that a comparison can be repeated.
Shares have Wilson's score interval (J. Am. Stat. Assoc. 22, 1927,
https://doi.org/10.1080/01621459.1927.10502953), which holds for few queries and for 0 and 1 too.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
_SEED = 20_261_122
_PICKS_AT_ONCE = 4_000_000
"""Numbers drawn at a time: 64 MB however many queries there are."""
_Z = 1.959963984540054
"""The normal quantile that leaves 2.5 % on either side."""


@dataclass(frozen=True)
class Difference:
    """Mean of second minus first for one measure, with the bounds of its 95 % interval."""

    measure: str
    first: float
    second: float
    difference: float
    low: float
    high: float
    better: int
    worse: int

    @property
    def certain(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0

    def cell(self) -> str:
        """For a table: '+0.056 [+0.031, +0.080]'."""
        return f"{self.difference:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"


@dataclass(frozen=True)
class Share:
    """So many of a whole, with the bounds of the share's 95 % interval; 0 to 1 where whole is 0."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share from 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    def cell(self) -> str:
        """For a table: '0.950 [0.764, 0.991]'."""
        if self.value is None:
            return "–"
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return {**asdict(self), "value": self.value}


def difference(measure: str, first: Sequence[float], second: Sequence[float]) -> Difference:
    """The paired difference of one measure over the same queries, at least one."""
    deltas = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    low, high = np.percentile(_resampled_means(deltas), [2.5, 97.5])
    return Difference(
        measure=measure,
        first=float(np.mean(first)),
        second=float(np.mean(second)),
        difference=float(deltas.mean()),
        low=float(low),
        high=float(high),
        better=int((deltas > 0).sum()),
        worse=int((deltas < 0).sum()),
    )


def share(part: int, whole: int) -> Share:
    """A share with Wilson's interval.

    >>> share(19, 20).cell()
    '0.950 [0.764, 0.991]'
    """
    if not whole:
        return Share(0, 0, 0.0, 1.0)
    observed, spread = part / whole, _Z**2 / whole
    middle = (observed + spread / 2) / (1 + spread)
    reach = _Z * sqrt(observed * (1 - observed) / whole + spread / (4 * whole)) / (1 + spread)
    return Share(part, whole, max(0.0, middle - reach), min(1.0, middle + reach))


def _resampled_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The means of `RESAMPLES` samples drawn with replacement, each as large as the whole."""
    chance = np.random.default_rng(_SEED)
    at_once = max(1, _PICKS_AT_ONCE // len(values))
    means = []
    for start in range(0, RESAMPLES, at_once):
        draws = min(at_once, RESAMPLES - start)
        picks = chance.integers(0, len(values), (draws, len(values)))
        means.append(values[picks].mean(axis=1))
    return np.concatenate(means)
