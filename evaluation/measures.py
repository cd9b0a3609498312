"""Measures of a ranking, by TREC's definitions. Pure.

A ranking is a list of document ids, best first, each once; relevance below 0, 0 and unjudged are
the same. Source: trec_eval, https://github.com/usnistgov/trec_eval; nDCG by Järvelin and
Kekäläinen, ACM TOIS 20, 2002, with the gain that trec_eval uses (the relevance itself).
"""

import math
from collections.abc import Mapping, Sequence

Relevance = Mapping[str, int]


def ndcg(ranking: Sequence[str], relevance: Relevance, k: int) -> float:
    """Discounted gain of the first k over that of an ideal ranking.

    >>> round(ndcg(["b", "a"], {"a": 1}, 10), 4)
    0.6309
    """
    gains = [max(0, relevance.get(document, 0)) for document in ranking[:k]]
    ideal = sorted((grade for grade in relevance.values() if grade > 0), reverse=True)[:k]
    return _discounted(gains) / _discounted(ideal) if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], relevance: Relevance, k: int) -> float:
    """One over the rank of the first relevant document among the first k, else 0."""
    for rank, document in enumerate(ranking[:k], 1):
        if relevance.get(document, 0) > 0:
            return 1 / rank
    return 0.0


def recall(ranking: Sequence[str], relevance: Relevance, k: int) -> float:
    """The share of all relevant documents that stand among the first k."""
    relevant = {document for document, grade in relevance.items() if grade > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def success(ranking: Sequence[str], relevance: Relevance, k: int, least: int = 1) -> float:
    """1 if any document of relevance `least` or more stands among the first k, else 0.

    >>> success(["a", "b"], {"a": 1, "b": 3}, 1, least=2)
    0.0
    """
    return float(any(relevance.get(document, 0) >= least for document in ranking[:k]))


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
