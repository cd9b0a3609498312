"""Ranked passages to hits: of the first documents the passage that answers, its sentence marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.reading import StoredPassage
from index.stores import Generation, Placement
from ingest.source_types import source_type_of
from search.candidates import RankedPassages
from search.citations import ama_citation
from search.diversity import Kept
from search.filtering import document_filter
from search.hits import Hit, Twin
from search.queries import ANY, Filters
from search.ranking import Ranking
from search.relevance import Evidence, above_unrelated, strength_of
from search.reordering import Candidate, answering_first
from search.snippets import MarkedSentence, mark_sentences
from search.understanding import UnderstoodQuery

REREAD = 20
"""Hits among which the passages of one document may change places."""
DOCUMENTS_READ = 3
"""Documents whose other passages are read too: the one that answers need not be the one that is
most like the question. People read the first hits."""
REACH = 6
"""Passages before and after a hit that are read: more of a book would cost time."""
MAX_TITLE_WORDS = 14


@dataclass(frozen=True)
class _Read:
    """Passages with their texts and marked sentences, by row."""

    stored: Mapping[int, StoredPassage]
    marked: Mapping[int, MarkedSentence]
    cosines: Mapping[int, float]
    placements: Mapping[int, Placement]

    def candidate(self, row: int) -> Candidate:
        return Candidate(row, self.placements[row], self.cosines[row], self.marked[row].strength)


def make_hits(
    generation: Generation,
    ranked: RankedPassages,
    question: str,
    asked: UnderstoodQuery,
    ranking: Ranking,
    k: int,
    filters: Filters = ANY,
) -> tuple[Hit, ...]:
    """At most `k` hits, best first, all of them let through by the filters of the ranking.

    The first ones are the same for every `k` up to `search.candidates.CANDIDATES`; for more the
    legs look deeper, and a passage may be found by both that was found by one.
    """
    first = ranked.kept[:REREAD]
    others = _rows_beside(generation, first, ranked, filters) if ranking.sentences else []
    read = _read(generation, [*(one.row for one in first), *others], ranked, question, asked)
    rows: list[int | None] = [one.row for one in first]
    if ranking.sentences:
        places = [read.candidate(one.row) for one in first]
        rows = answering_first(places, [read.candidate(row) for row in others])
    shown = [(one, row, read) for one, row in zip(first, rows, strict=True) if row is not None]
    if k > len(shown):
        taken = [read.placements[row] for _, row, _ in shown if row in others]
        later = _later(ranked, taken)[: k - len(shown)]
        more = _read(generation, [one.row for one in later], ranked, question, asked)
        shown += [(one, one.row, more) for one in later]
    return tuple(
        _hit(generation, rank, one, row, read, _probability(generation, one.score, asked, ranking))
        for rank, (one, row, read) in enumerate(shown[:k], 1)
    )


def _later(ranked: RankedPassages, taken: Sequence[Placement]) -> list[Kept]:
    """The places after the first ones, without what the passages taken from beside them say."""
    said = {key for place in taken for key in place.says_the_same}
    return [one for one in ranked.kept[REREAD:] if ranked.placements[one.row].key not in said]


def _rows_beside(
    generation: Generation, kept: Sequence[Kept], ranked: RankedPassages, filters: Filters
) -> list[int]:
    """Rows around the first hits of the first documents that may be hits and are none yet."""
    first: dict[str, Placement] = {}
    for one in kept:
        place = ranked.placements[one.row]
        first.setdefault(place.doc_id, place)
    hits = {one.row for one in kept}
    around = [
        row
        for place in list(first.values())[:DOCUMENTS_READ]
        for row in generation.around(place, REACH)
        if row not in hits
    ]
    return generation.allowed(around, document_filter(filters))


def _read(
    generation: Generation,
    rows: Sequence[int],
    ranked: RankedPassages,
    question: str,
    asked: UnderstoodQuery,
) -> _Read:
    stored = generation.passages(rows)
    marked = mark_sentences(
        [stored[row].passage for row in rows],
        question,
        asked.wanted.told_by,
        {stored[row].passage.doc_id for row in rows if not stored[row].case_count},
    )
    missing = [row for row in rows if row not in ranked.cosines]
    return _Read(
        stored=stored,
        marked=dict(zip(rows, marked, strict=True)),
        cosines={**ranked.cosines, **generation.cosines(missing, asked.vector)},
        placements={**ranked.placements, **generation.placements(missing)},
    )


def _probability(
    generation: Generation, fused: float, asked: UnderstoodQuery, ranking: Ranking
) -> float:
    weight = ranking.weight_for(asked.kind)
    return Evidence(
        above_unrelated(fused, weight, generation.manifest.calibration),
        terms=len(asked.wanted.rarity),
        unknown=asked.wanted.unknown_share,
    ).probability


def _hit(
    generation: Generation, rank: int, one: Kept, row: int, read: _Read, probability: float
) -> Hit:
    stored = read.stored[row]
    title = _title(stored)
    score = round(probability, 4)
    return Hit(
        rank=rank,
        score=score,
        strength=strength_of(score),
        passage=stored.passage,
        case_count=stored.case_count,
        title=title,
        metadata=stored.metadata,
        source=stored.metadata.url or stored.source,
        citation=ama_citation(stored.metadata, title, stored.source),
        snippet=read.marked[row].snippet,
        twins=tuple(_twin(twin) for twin in generation.documents(one.twins)),
        patient=stored.patient,
        source_type=source_type_of(stored.format),
    )


def _twin(stored: StoredPassage) -> Twin:
    title = _title(stored)
    return Twin(
        stored.passage.doc_id,
        title,
        stored.metadata.url or stored.source,
        ama_citation(stored.metadata, title, stored.source),
    )


def _title(stored: StoredPassage) -> str:
    """A document's title; one without is called by its first words."""
    if stored.metadata.title:
        return stored.metadata.title
    words = stored.opening.split()
    return " ".join(words[:MAX_TITLE_WORDS]) + (" …" if len(words) > MAX_TITLE_WORDS else "")
