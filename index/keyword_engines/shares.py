"""What a keyword engine finds, on a scale with fixed ends: BM25 as a share from 0 to 1."""

from index.engines import Mask
from index.keyword_engines import KeywordEngine
from index.keyword_engines.queries import ANY_DOCUMENT, DocumentFilter, KeywordQuery
from index.keyword_engines.scoring import K1

MOST_OF_A_TERM = K1 + 1
"""What one term can score at most for each unit of its rarity."""


def keyword_shares(
    keywords: KeywordEngine,
    query: KeywordQuery,
    most: float,
    k: int,
    documents: DocumentFilter = ANY_DOCUMENT,
    allowed: Mask | None = None,
) -> dict[int, float]:
    """The `k` best rows by BM25, each with its share of the `most` that it could score, 0 to 1.

    `allowed` are the rows of `documents`, where they are known.
    """
    if not query.terms:  # a question in letters that the analyzer has no terms for
        return {}
    found = keywords.search(query, k, documents, allowed)
    return {row: share_of(score, most) for row, score in found.items()}


def share_of(score: float, most: float) -> float:
    """A score by BM25 as a share of the most that it could be.

    >>> share_of(3.0, 12.0)
    0.25
    """
    return min(1.0, score / most)
