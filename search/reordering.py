"""Which passages of a document are shown: those that tell, and first the one that answers. Pure.

Between documents the fused score decides. Inside one document the best sentence does: every
passage has the document's title, so that what is asked about is settled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.stores import Placement
from ingest.sections import BACK_MATTER, KEYWORDS, SITE_TEXT

SELDOM_ANSWERS = {BACK_MATTER: 0.6, KEYWORDS: 0.6, SITE_TEXT: 0.5}
"""Section kinds that name the topic without telling of it, and what is left of their scores."""
COSINE_WEIGHT_INSIDE = 3.0
"""What the cosine counts beside the strength of the best sentence, inside one document. Of the
judged first hits the marked sentence answers as often with 1, 2 or 3, less often with 5; in long
documents the passage that was found should not be left lightly."""


@dataclass(frozen=True)
class Candidate:
    """A passage in its place, with its cosine and the strength of its best sentence."""

    row: int
    place: Placement
    cosine: float
    sentence: float

    @property
    def answers(self) -> float:
        """How well this passage answers, beside others of its document."""
        share = SELDOM_ANSWERS.get(self.place.kind, 1.0)
        return share * (self.sentence + COSINE_WEIGHT_INSIDE * self.cosine)


def weighed_by_section(
    ranking: Iterable[tuple[int, float]], kinds: Mapping[int, str]
) -> list[tuple[int, float]]:
    """A ranking in which passages that seldom answer lost their part of the score.

    >>> weighed_by_section([(1, 0.8), (2, 0.5)], {1: "site text", 2: "discussion"})
    [(2, 0.5), (1, 0.4)]
    """
    weighed = [(row, score * SELDOM_ANSWERS.get(kinds[row], 1.0)) for row, score in ranking]
    return sorted(weighed, key=lambda item: (-item[1], item[0]))


def answering_first(places: Sequence[Candidate], others: Sequence[Candidate]) -> list[int | None]:
    """The row for each place: at a document's first place the passage of it that answers best.

    `others` are passages of the same documents that are not among the places. A passage next to
    the chosen one in its section is not shown beside it; then a place may stay empty (None).
    """
    chosen: dict[str, Candidate] = {}
    for one in (*places, *others):
        before = chosen.setdefault(one.place.doc_id, one)
        if (-one.answers, one.row) < (-before.answers, before.row):
            chosen[one.place.doc_id] = one
    waiting: dict[str, list[int]] = {name: [best.row] for name, best in chosen.items()}
    for one in places:
        if one.place.key not in chosen[one.place.doc_id].place.says_the_same:
            waiting[one.place.doc_id].append(one.row)
    rows = (waiting[one.place.doc_id] for one in places)
    return [left.pop(0) if left else None for left in rows]
