"""The first hits in order once more, by the sentences that answer. Pure.

Between documents the fused score leads and the best sentence helps. Inside one document it is
the other way round: every passage has the document's title, so that what is asked about is
settled, and which passage answers is what its best sentence tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sections import BACK_MATTER, KEYWORDS, SITE_TEXT

SENTENCE_WEIGHT = 0.5
"""What the best sentence counts beside the fused score, between documents."""
FUSED_WEIGHT_INSIDE = 0.5
"""What the fused score counts beside the best sentence, inside one document."""


SELDOM_ANSWERS = {BACK_MATTER: 0.6, KEYWORDS: 0.6, SITE_TEXT: 0.5}
"""Section kinds that name the topic without telling of it, and what is left of their scores."""


@dataclass(frozen=True)
class Candidate:
    """A row with its fused score and the strength of its best sentence, both from 0."""

    row: int
    doc_id: str
    fused: float
    sentence: float
    kind: str = ""

    @property
    def share(self) -> float:
        """What is left of both scores for a passage of this kind of section."""
        return SELDOM_ANSWERS.get(self.kind, 1.0)


def reorder(candidates: Sequence[Candidate]) -> list[tuple[int, float]]:
    """Rows with their score, best first; each document keeps its places in the ranking.

    >>> reorder([Candidate(1, "a", 1.0, 0.2), Candidate(2, "a", 0.9, 0.8)])
    [(2, 0.8667), (1, 0.7333)]
    """
    scored = sorted(candidates, key=lambda c: (-_score(c), c.row))
    inside = sorted(
        candidates,
        key=lambda c: (-c.share * (c.sentence + FUSED_WEIGHT_INSIDE * c.fused), c.row),
    )
    waiting: dict[str, list[int]] = {}
    for candidate in inside:
        waiting.setdefault(candidate.doc_id, []).append(candidate.row)
    return [(waiting[place.doc_id].pop(0), round(_score(place), 4)) for place in scored]


def without_sentence(fused: float, lowest: float) -> float:
    """The score of a hit so far down that its sentences were not encoded.

    It is never above the `lowest` of those that were: the order does not hang on how many are
    asked for.
    """
    return min(lowest, round(fused / (1 + SENTENCE_WEIGHT), 4))


def _score(candidate: Candidate) -> float:
    strength = min(1.0, candidate.sentence)
    score = (candidate.fused + SENTENCE_WEIGHT * strength) / (1 + SENTENCE_WEIGHT)
    return candidate.share * score
