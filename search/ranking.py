"""How candidates become a ranking, in one value: what is switched off shows what it gives."""

from dataclasses import dataclass

from search.leg_weights import DENSE_WEIGHTS, ONE_WEIGHT
from search.query_kinds import QueryKind


@dataclass(frozen=True)
class Ranking:
    """The ingredients of a ranking. The default is what every user gets.

    `dense_weight` is the dense leg's part of the fused score, from 0 (keywords alone) to 1
    (dense alone); None takes it by the kind of query. The switches: `kind_weights` (else one
    weight for all kinds), `vocabulary` (abbreviations, spelling, synonyms), `parts` (a long query
    is read in parts, else cut at the encoder's limit), `title_boost` (words of the title count),
    `diversity` (one hit for neighbouring passages and for near-duplicates), `sentences` (the
    passage of a document that answers comes first).
    """

    dense_weight: float | None = None
    kind_weights: bool = True
    vocabulary: bool = True
    parts: bool = True
    title_boost: bool = True
    diversity: bool = True
    sentences: bool = True

    def weight_for(self, kind: QueryKind) -> float:
        """The dense leg's part for a kind of query."""
        if self.dense_weight is not None:
            return self.dense_weight
        return DENSE_WEIGHTS[kind] if self.kind_weights else ONE_WEIGHT


DEFAULT_RANKING = Ranking()
KEYWORDS_ALONE = Ranking(dense_weight=0.0, sentences=False)
DENSE_ALONE = Ranking(dense_weight=1.0, sentences=False)
