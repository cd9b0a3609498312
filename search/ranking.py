"""How candidates become a ranking, in one value: what is switched off shows what it gives."""

from dataclasses import dataclass

from search.fusion import DENSE_WEIGHT


@dataclass(frozen=True)
class Ranking:
    """The ingredients of a ranking. The default is what every user gets.

    `dense_weight` is the dense leg's part of the fused score, from 0 (keywords alone) to 1
    (dense alone); `sentences` puts the first hits in order once more by their best sentence.
    """

    dense_weight: float = DENSE_WEIGHT
    sentences: bool = True


DEFAULT_RANKING = Ranking()
KEYWORDS_ALONE = Ranking(dense_weight=0.0, sentences=False)
DENSE_ALONE = Ranking(dense_weight=1.0, sentences=False)
