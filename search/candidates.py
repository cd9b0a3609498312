"""What a store finds, as one ranking of passages without what says the same twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.keyword_engines.queries import TITLE_WEIGHT
from index.stores import Generation, Placement, StoreQuery
from search.diversity import Kept, keep_all, keep_diverse
from search.filtering import document_filter
from search.queries import Filters
from search.ranking import Ranking
from search.reordering import weighed_by_section
from search.understanding import UnderstoodQuery

CANDIDATES = 200
"""Passages that each leg proposes, and the best of both that are looked at more closely; a hit
comes from one of them."""


@dataclass(frozen=True)
class RankedPassages:
    """Rows in order, best first, with the cosine and the place of every candidate."""

    kept: list[Kept]
    cosines: Mapping[int, float]
    placements: Mapping[int, Placement]


def ranked_passages(
    generation: Generation, asked: UnderstoodQuery, filters: Filters, ranking: Ranking, k: int
) -> RankedPassages:
    """Search, and rank what is found."""
    found = generation.search(store_query(asked, filters, ranking, k))
    places = {one.row: one.place for one in found}
    fused = weighed_by_section(
        [(one.row, one.score) for one in found], {row: place.kind for row, place in places.items()}
    )
    kept = keep_diverse(fused, places) if ranking.diversity else keep_all(fused)
    return RankedPassages(kept, {one.row: one.cosine for one in found}, places)


def store_query(asked: UnderstoodQuery, filters: Filters, ranking: Ranking, k: int) -> StoreQuery:
    """What a store is asked for an understood query, of which `k` hits are wanted."""
    return StoreQuery(
        vector=asked.vector,
        keywords=asked.wanted.query(TITLE_WEIGHT if ranking.title_boost else 0.0),
        most_by_words=asked.wanted.most,
        dense_weight=ranking.weight_for(asked.kind),
        k=max(CANDIDATES, k),
        documents=document_filter(filters),
    )
