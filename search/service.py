"""The one way in: page, script and evaluation all ask `SearchService`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from index.encoders import Encoder, EncoderChoice, choose_encoder
from index.errors import EncoderMismatchError
from index.manifest import BuildSettings
from index.reading import StoredPassage, neighbours
from ingest.documents import Passage
from search.citations import ama_citation
from search.diversity import Kept, keep_all, keep_diverse
from search.fusion import fuse
from search.generation import NOT_STATED, Generation, Generations, filter_condition
from search.hits import Answer, Hit, IndexState, Snippet, Twin
from search.keyword_leg import TITLE_WEIGHT, keyword_shares
from search.queries import Filters, Query
from search.ranking import DEFAULT_RANKING, Ranking
from search.relevance import Evidence, above_unrelated, strength_of
from search.reordering import Candidate, reorder
from search.reranking import MOST_RERANKED, Reranker, rerank
from search.snippets import mark_sentences
from search.understanding import UnderstoodQuery, understand

CANDIDATES = 200
"""Passages that each leg proposes; a hit comes from one of them."""
REREAD = 20
"""Passages that are read sentence by sentence before the first hits are chosen."""
MAX_TITLE_WORDS = 14


class SearchService:
    """Answers queries from an index folder; may be shared between threads.

    Each question is answered from one generation, the newest that is published when it comes.
    """

    def __init__(
        self, folder: Path, choose: Callable[[str], EncoderChoice] = choose_encoder
    ) -> None:
        self._folder = folder
        self._choose = choose
        self._generations = Generations(folder)
        self._encoder: Encoder | None = None
        self._lock = Lock()

    @classmethod
    def open(
        cls, folder: Path, choose: Callable[[str], EncoderChoice] = choose_encoder
    ) -> "SearchService":
        """Open an index; raises a `CatalogError` at once if it cannot be searched."""
        service = cls(folder, choose)
        with service._generations.current():
            return service

    def state(self) -> IndexState:
        """The generation that the next question would be answered from."""
        with self._generations.current() as generation:
            return _state(generation)

    def document_types(self) -> list[str]:
        """The document types in the index, commonest first; the filter's choices."""
        with self._generations.current() as generation:
            rows = generation.connection.execute(
                "SELECT document_type FROM documents GROUP BY 1 ORDER BY count(*) DESC, 1"
            ).fetchall()
            return [row[0] or NOT_STATED for row in rows]

    def warm_up(self) -> None:
        """Load the encoder, so that the first question need not wait for it."""
        with self._generations.current() as generation:
            self._encoder_for(generation.manifest.settings)

    def search(
        self, query: Query, ranking: Ranking = DEFAULT_RANKING, reranker: Reranker | None = None
    ) -> Answer:
        """The ranked hits for a query; raises a `CatalogError` if the index is unusable.

        A reranker puts the first hits in its own order; their scores stay as they are.
        """
        wanted = max(query.k, MOST_RERANKED if reranker else 0)
        with self._generations.current() as generation:
            encoder = self._encoder_for(generation.manifest.settings)
            asked = understand(
                query.text, ranking, generation.connection, encoder, generation.manifest.passages
            )
            cosines, shares = leg_scores(generation, asked, query.filters, ranking, wanted)
            ranked = _fused(cosines, shares, asked, ranking)
            kept = _kept(generation, ranked, ranking)[: max(wanted, REREAD)]
            found = generation.passages([one.row for one in kept])
            hits = _hits(generation, kept, found, query.text, asked, ranking)[:wanted]
            if reranker:
                hits = rerank(query.text, hits, reranker)
            best = strength_of(max((hit.score for hit in hits), default=0.0))
            return Answer(
                query.text, _state(generation), best, hits[: query.k], asked.kind, asked.expansions
            )

    def context(self, passage_id: str, reach: int = 1) -> list[Passage]:
        """A passage between its neighbours in its document; empty if it is not in the index."""
        with self._generations.current() as generation:
            return [
                stored.passage for stored in neighbours(generation.connection, passage_id, reach)
            ]

    def _encoder_for(self, settings: BuildSettings) -> Encoder:
        """The very model that the index was built with."""
        with self._lock:
            if self._encoder is None or self._encoder.fingerprint != settings.fingerprint:
                choice = self._choose(settings.model)
                if choice.fingerprint != settings.fingerprint:
                    raise EncoderMismatchError(
                        self._folder,
                        f"{settings.model} ({settings.fingerprint})",
                        f"{choice.name} ({choice.fingerprint})",
                    )
                self._encoder = choice.load()
            return self._encoder


def leg_scores(
    generation: Generation, asked: UnderstoodQuery, filters: Filters, ranking: Ranking, k: int
) -> tuple[dict[int, float], dict[int, float]]:
    """Candidate rows with their cosine, all of them, and those that have the words, their share."""
    allowed = generation.allowed_rows(filters)
    depth = max(CANDIDATES, k)
    cosines = dict(generation.engine.search(asked.vector, depth, allowed))
    condition, values = filter_condition(filters)
    title_weight = TITLE_WEIGHT if ranking.title_boost else 0.0
    shares = keyword_shares(
        generation.connection, asked.wanted, depth, condition, values, title_weight
    )
    cosines |= generation.cosines([row for row in shares if row not in cosines], asked.vector)
    return cosines, shares


def _fused(
    cosines: dict[int, float], shares: dict[int, float], asked: UnderstoodQuery, ranking: Ranking
) -> list[tuple[int, float]]:
    """One ranking; a leg of no weight proposes nothing."""
    weight = ranking.weight_for(asked.kind)
    if weight == 0:
        return fuse({}, shares, weight)
    return fuse(cosines, {} if weight == 1 else shares, weight)


def _kept(
    generation: Generation, ranked: Sequence[tuple[int, float]], ranking: Ranking
) -> list[Kept]:
    if not ranking.diversity:
        return keep_all(ranked)
    return keep_diverse(ranked, generation.placements([row for row, _ in ranked]))


def _probability(
    generation: Generation, fused: float, asked: UnderstoodQuery, ranking: Ranking
) -> float:
    weight = ranking.weight_for(asked.kind)
    return Evidence(
        above_unrelated(fused, weight, generation.manifest.calibration),
        terms=len(asked.wanted.rarity),
        unknown=asked.wanted.unknown_share,
    ).probability


def _hits(
    generation: Generation,
    kept: Sequence[Kept],
    found: dict[int, StoredPassage],
    question: str,
    asked: UnderstoodQuery,
    ranking: Ranking,
) -> tuple[Hit, ...]:
    """The hits in their last order, each with its answering sentence."""
    passages = [found[one.row].passage for one in kept]
    marked = mark_sentences(passages, question, asked.wanted.rarity, asked.vector, None)
    snippets = {one.row: sentence.snippet for one, sentence in zip(kept, marked, strict=True)}
    order = [one.row for one in kept]
    if ranking.sentences:
        first = [
            Candidate(one.row, p.doc_id, one.score, sentence.strength, p.kind)
            for one, p, sentence in zip(kept[:REREAD], passages, marked, strict=False)
        ]
        order[:REREAD] = [row for row, _ in reorder(first)]
    return tuple(
        _hit(
            rank,
            _probability(generation, one.score, asked, ranking),
            found[row],
            snippets[row],
            [_twin(stored) for stored in generation.documents(one.twins)],
        )
        for rank, (one, row) in enumerate(zip(kept, order, strict=True), 1)
    )


def _hit(
    rank: int, score: float, stored: StoredPassage, snippet: Snippet, twins: Sequence[Twin]
) -> Hit:
    title = _title(stored)
    shown = round(score, 4)
    return Hit(
        rank=rank,
        score=shown,
        strength=strength_of(shown),
        passage=stored.passage,
        case_count=stored.case_count,
        title=title,
        metadata=stored.metadata,
        source=stored.metadata.url or stored.source,
        citation=ama_citation(stored.metadata, title, stored.source),
        snippet=snippet,
        twins=tuple(twins),
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


def _state(generation: Generation) -> IndexState:
    manifest = generation.manifest
    return IndexState(
        manifest.generation, manifest.settings.model, manifest.documents, manifest.passages
    )
