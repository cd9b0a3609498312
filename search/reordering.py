"""The first hits in order once more, by the sentences that answer. Pure.

Between documents the fused score leads and the best sentence helps. Inside one document it is
the other way round: every passage has the document's title, so that what is asked about is
settled, and which passage answers is what its best sentence tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SENTENCE_WEIGHT = 0.5
"""What the best sentence counts beside the fused score, between documents."""
FUSED_WEIGHT_INSIDE = 0.5
"""What the fused score counts beside the best sentence, inside one document."""


@dataclass(frozen=True)
class Candidate:
    """A row with its fused score and the strength of its best sentence, both from 0."""

    row: int
    doc_id: str
    fused: float
    sentence: float


def reorder(candidates: Sequence[Candidate]) -> list[tuple[int, float]]:
    """Rows with their score, best first; each document keeps its places in the ranking.

    >>> reorder([Candidate(1, "a", 1.0, 0.2), Candidate(2, "a", 0.9, 0.8)])
    [(2, 0.8667), (1, 0.7333)]
    """
    scored = sorted(candidates, key=lambda c: (-_score(c), c.row))
    inside = sorted(candidates, key=lambda c: (-c.sentence - FUSED_WEIGHT_INSIDE * c.fused, c.row))
    waiting: dict[str, list[int]] = {}
    for candidate in inside:
        waiting.setdefault(candidate.doc_id, []).append(candidate.row)
    return [(waiting[place.doc_id].pop(0), round(_score(place), 4)) for place in scored]


def without_sentence(fused: float) -> float:
    """The score of a hit so far down that its sentences were not encoded."""
    return round(fused / (1 + SENTENCE_WEIGHT), 4)


def _score(candidate: Candidate) -> float:
    strength = min(1.0, candidate.sentence)
    return (candidate.fused + SENTENCE_WEIGHT * strength) / (1 + SENTENCE_WEIGHT)
