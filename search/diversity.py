"""One hit for what says the same: neighbouring passages, and near-duplicate documents. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.stores import Placement


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
