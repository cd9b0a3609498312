"""Two rankings to one ranking. Pure.

Both legs score on scales with fixed ends, whatever else is found: a cosine from 0 to 1, and the
share of the most that a query's words can score by BM25. So a weighted sum compares evidence and
not places: a leg that finds little has little to say. Convex combinations with such theoretical
bounds do better than ranks alone (Bruch, Gai and Ingber, ACM TOIS 42, 2023,
https://doi.org/10.1145/3596512).
"""

from collections.abc import Mapping


def fuse(
    cosines: Mapping[int, float], shares: Mapping[int, float], weight: float
) -> list[tuple[int, float]]:
    """Passage rows with their fused score from 0 to 1, best first; ties in order of row.

    A row that one leg did not find counts nothing there; so does a negative cosine. A leg of no
    weight proposes nothing.

    >>> fuse({1: 0.8, 2: 0.4}, {2: 0.6}, weight=0.5)
    [(2, 0.5), (1, 0.4)]
    """
    cosines = cosines if weight > 0 else {}
    shares = shares if weight < 1 else {}
    scores = {
        row: weight * max(cosines.get(row, 0.0), 0.0) + (1 - weight) * shares.get(row, 0.0)
        for row in cosines.keys() | shares.keys()
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
