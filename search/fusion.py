"""Rankings to one ranking. Pure.

Scores are put on one scale before they are added: each list is divided by its best. A weighted
sum of normalised scores does better than ranks alone where one leg is clearly better for a kind
of query (Bruch, Gai and Ingber, ACM TOIS 42, 2023, https://doi.org/10.1145/3596512).
"""

from collections.abc import Mapping

DENSE_WEIGHT = 0.6
"""The dense ranking's part of the sum; keywords have the rest (docs/decisions/0004)."""


def fuse(
    dense: Mapping[int, float], keywords: Mapping[int, float], weight: float = DENSE_WEIGHT
) -> list[tuple[int, float]]:
    """Passage rows with their fused score from 0 to 1, best first; ties in order of row.

    A row that one leg did not find counts nothing there; so does a negative cosine.

    >>> fuse({1: 0.8, 2: 0.4}, {2: 6.0}, weight=0.5)
    [(2, 0.75), (1, 0.5)]
    """
    scores: dict[int, float] = {}
    for leg, share in ((dense, weight), (keywords, 1 - weight)):
        best = max(leg.values(), default=0.0)
        for row, score in leg.items():
            part = max(score, 0.0) / best if best > 0 else 0.0
            scores[row] = scores.get(row, 0.0) + share * part
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
