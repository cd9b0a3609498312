"""Both legs over one generation, and their one ranking of passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.encoders import Vectors
from index.keyword_engines.queries import TITLE_WEIGHT
from search.diversity import Kept, Placement, keep_all, keep_diverse
from search.filtering import document_filter
from search.fusion import fuse
from search.generation import Generation
from search.keyword_leg import keyword_shares
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
    """Search with both legs and fuse what they find."""
    cosines, shares = leg_scores(generation, asked, filters, ranking, k)
    fused = fuse(cosines, shares, ranking.weight_for(asked.kind))[: max(CANDIDATES, k)]
    placements = generation.placements([row for row, _ in fused])
    fused = weighed_by_section(fused, {row: place.kind for row, place in placements.items()})
    kept = keep_diverse(fused, placements) if ranking.diversity else keep_all(fused)
    return RankedPassages(kept, {row: cosines[row] for row in placements}, placements)


def leg_scores(
    generation: Generation, asked: UnderstoodQuery, filters: Filters, ranking: Ranking, k: int
) -> tuple[dict[int, float], dict[int, float]]:
    """Candidate rows with their cosine, all of them, and those that have the words, their share."""
    allowed = generation.allowed_rows(filters)
    depth = max(CANDIDATES, k)
    cosines = dict(generation.engine.search(asked.vector, depth, allowed))
    if not generation.engine.keeps_vectors:
        # What such an index keeps of a vector proposes it; its score is the vector's own.
        cosines = generation.cosines(list(cosines), asked.vector)
    title_weight = TITLE_WEIGHT if ranking.title_boost else 0.0
    shares = keyword_shares(
        generation.keywords, asked.wanted, depth, document_filter(filters), title_weight, allowed
    )
    cosines |= _cosines(generation, [row for row in shares if row not in cosines], asked.vector)
    return cosines, shares


def _cosines(generation: Generation, rows: Sequence[int], query: Vectors) -> dict[int, float]:
    """Cosines of some rows with a (1, dim) query: of the engine's vectors where it has them."""
    if not generation.engine.keeps_vectors:
        return generation.cosines(rows, query)
    return generation.engine.cosines_of(query, rows)
