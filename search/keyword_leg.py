"""The keyword side of a search: BM25 by an engine of `index.keyword_engines`, from 0 to 1."""

from index.engines import Mask
from index.keyword_engines import KeywordEngine
from index.keyword_engines.queries import (
    ANY_DOCUMENT,
    TITLE_WEIGHT,
    DocumentFilter,
    KeywordQuery,
)
from index.keyword_engines.scoring import K1
from search.wanted_terms import WantedTerms

MOST_OF_A_TERM = K1 + 1
"""What one term can score at most for each unit of its rarity."""


def keyword_shares(
    keywords: KeywordEngine,
    wanted: WantedTerms,
    k: int,
    documents: DocumentFilter = ANY_DOCUMENT,
    title_weight: float = TITLE_WEIGHT,
    allowed: Mask | None = None,
) -> dict[int, float]:
    """The `k` best rows by BM25, each with its share of the most that it could score, 0 to 1.

    `allowed` are the rows of `documents`, where they are known.
    """
    if not wanted.rarity:  # a question in letters that the analyzer has no terms for
        return {}
    query = KeywordQuery(tuple(wanted.rarity), wanted.alternatives, title_weight)
    most = MOST_OF_A_TERM * wanted.total
    found = keywords.search(query, k, documents, allowed)
    return {row: min(1.0, score / most) for row, score in found.items()}
