"""What both legs find for every query of a dataset, through the same code as a user's search."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.quality import OpenedDataset
from index.encoders import Encoder
from index.fusion import fuse
from index.manifest import Calibration
from index.progress import Progress
from index.stores.embedded_generation import EmbeddedGeneration, EmbeddedGenerations
from search.candidates import CANDIDATES, store_query
from search.queries import Filters
from search.query_kinds import QueryKind
from search.ranking import DEFAULT_RANKING
from search.understanding import understand


@dataclass(frozen=True)
class FoundByLegs:
    """One query: its candidate rows with cosine and share, and the documents of these rows.

    `terms` and `unknown` are what `search.relevance.Evidence` asks for.
    """

    query: str
    kind: QueryKind
    cosines: Mapping[int, float]
    shares: Mapping[int, float]
    documents: Mapping[int, str]
    terms: int
    unknown: float
    calibration: Calibration

    def ranking(self, weight: float) -> list[str]:
        """The dataset's documents as they are ranked by this weight, each at its best passage."""
        ranked = fuse(self.cosines, self.shares, weight)
        return list(dict.fromkeys(self.documents[row] for row, _ in ranked))

    def best(self, weight: float) -> float:
        """The fused score of the best passage."""
        ranked = fuse(self.cosines, self.shares, weight)
        return ranked[0][1] if ranked else 0.0


def found_by_legs(
    opened: OpenedDataset, index: Path, encoder: Encoder, progress: Progress
) -> Iterator[FoundByLegs]:
    """Every query of a dataset, in order."""
    queries = opened.dataset.queries
    with EmbeddedGenerations(index).current() as generation:
        for done, (query, text) in enumerate(queries.items()):
            progress("Asking both legs", done, len(queries))
            yield _found(opened, generation, encoder, query, text)


def _found(
    opened: OpenedDataset, generation: EmbeddedGeneration, encoder: Encoder, query: str, text: str
) -> FoundByLegs:
    asked = understand(text, DEFAULT_RANKING, generation, encoder)
    query_for = store_query(asked, Filters(), DEFAULT_RANKING, CANDIDATES)
    cosines, shares = generation.legs(query_for)
    places = generation.placements(list(cosines))
    return FoundByLegs(
        query=query,
        kind=asked.kind,
        cosines=cosines,
        shares=shares,
        documents={row: opened.ids[place.doc_id][0] for row, place in places.items()},
        terms=len(asked.wanted.rarity),
        unknown=asked.wanted.unknown_share,
        calibration=generation.manifest.calibration,
    )
