"""One hit for what says the same: neighbouring passages, and near-duplicate documents. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Placement:
    """Where a passage stands: its document, its place and section there, and the document's group.

    `kind` is the section's kind.
    `leader` is the same for all near-duplicates of a document, "" for a document alone.
    """

    doc_id: str
    ordinal: int
    section: str
    kind: str
    leader: str

    @property
    def group(self) -> str:
        """What is the same for all near-duplicates of the document."""
        return self.leader or self.doc_id

    @property
    def key(self) -> tuple[str, str, int]:
        """What names the place."""
        return self.doc_id, self.section, self.ordinal

    @property
    def says_the_same(self) -> set[tuple[str, str, int]]:
        """The keys of this place and its neighbours in the section: of them one is shown."""
        return {(self.doc_id, self.section, self.ordinal + step) for step in (-1, 0, 1)}


@dataclass(frozen=True)
class Kept:
    """A row that is shown, with its score and the near-duplicates that it stands for."""

    row: int
    score: float
    twins: tuple[str, ...]


def keep_diverse(
    ranking: Iterable[tuple[int, float]], placements: Mapping[int, Placement]
) -> list[Kept]:
    """The rows of a ranking, best first, without those that say what a better one says.

    A passage is left out next to a better one of its section, and where a better one comes from
    a near-duplicate of its document: then the document is named as a twin there.
    """
    kept: list[tuple[int, float]] = []
    said: dict[tuple[str, str], set[int]] = {}
    shown: dict[str, str] = {}
    twins: dict[str, dict[str, None]] = {}
    for row, score in ranking:
        place = placements[row]
        group, ordinal = place.group, place.ordinal
        if shown.setdefault(group, place.doc_id) != place.doc_id:
            twins.setdefault(group, {})[place.doc_id] = None
            continue
        in_section = said.setdefault((place.doc_id, place.section), set())
        if ordinal not in in_section:
            in_section.update((ordinal - 1, ordinal, ordinal + 1))
            kept.append((row, score))
    return _with_twins(kept, placements, twins)


def keep_all(ranking: Iterable[tuple[int, float]]) -> list[Kept]:
    """Every row of a ranking by itself."""
    return [Kept(row, score, ()) for row, score in ranking]


def _with_twins(
    kept: Sequence[tuple[int, float]],
    placements: Mapping[int, Placement],
    twins: Mapping[str, Mapping[str, None]],
) -> list[Kept]:
    """Twins are named once, at the first hit of their group."""
    named: set[str] = set()
    found = []
    for row, score in kept:
        group = placements[row].group
        found.append(Kept(row, score, () if group in named else tuple(twins.get(group, ()))))
        named.add(group)
    return found
