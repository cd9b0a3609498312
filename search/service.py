"""The one way in: page, script and evaluation all ask `SearchService`."""

from collections.abc import Callable
from threading import Lock

from index.encoders import Encoder, EncoderChoice, choose_encoder
from index.errors import EncoderMismatchError
from index.location import Place
from index.manifest import BuildSettings, Manifest
from index.reading import section_around, sources_of
from index.stores import Generation
from index.stores.opening import answered, open_generations
from ingest.documents import Document, Passage
from ingest.files import SourceFile
from search.candidates import ranked_passages
from search.facet_counts import DocumentCounter, FacetCounts
from search.hit_making import make_hits
from search.hits import Answer, Hit, IndexState
from search.queries import ANY, NOT_STATED, Filters, Query
from search.ranking import DEFAULT_RANKING, Ranking
from search.relevance import strength_of
from search.reranking import MOST_RERANKED, Reranker, rerank
from search.similar import SIMILAR_HITS, similar_hits
from search.understanding import understand

MOST_OF_A_SECTION = 12
"""Passages that are shown as the context of one: more is a chapter, and is read at its source."""


class SearchService:
    """Answers queries from an index, wherever it is; may be shared between threads.

    Each question is answered from one generation, the newest that is published when it comes.
    """

    def __init__(
        self, place: Place, choose: Callable[[str], EncoderChoice] = choose_encoder
    ) -> None:
        self._place = place
        self._choose = choose
        self._generations = open_generations(place)
        self._encoder: Encoder | None = None
        self._counter: tuple[Manifest, DocumentCounter] | None = None
        self._counter_lock = Lock()  # its own: the other is held while a model loads
        self._lock = Lock()

    @classmethod
    def open(
        cls, place: Place, choose: Callable[[str], EncoderChoice] = choose_encoder
    ) -> "SearchService":
        """Open an index; raises a `CatalogError` at once if it cannot be searched."""
        service = cls(place, choose)
        with service._generations.current():
            return service

    def state(self) -> IndexState:
        """The generation that the next question would be answered from."""
        return answered(self._generations, _state)

    def document_types(self) -> list[str]:
        """The document types in the index, commonest first; the filter's choices."""
        return answered(self._generations, _document_types)

    def warm_up(self) -> None:
        """Load the encoder, so that the first question need not wait for it."""
        settings = answered(self._generations, lambda generation: generation.manifest.settings)
        self._encoder_for(settings)

    def search(
        self, query: Query, ranking: Ranking = DEFAULT_RANKING, reranker: Reranker | None = None
    ) -> Answer:
        """The ranked hits for a query; raises a `CatalogError` if the index is unusable.

        A reranker puts the first hits in its own order; their scores stay as they are.
        """
        return answered(
            self._generations, lambda generation: self._search(generation, query, ranking, reranker)
        )

    def _search(
        self, generation: Generation, query: Query, ranking: Ranking, reranker: Reranker | None
    ) -> Answer:
        wanted = max(query.k, MOST_RERANKED if reranker else 0)
        encoder = self._encoder_for(generation.manifest.settings)
        asked = understand(query.text, ranking, generation, encoder)
        ranked = ranked_passages(generation, asked, query.filters, ranking, wanted)
        hits = make_hits(generation, ranked, query.text, asked, ranking, wanted, query.filters)
        if reranker:
            hits = rerank(query.text, hits, reranker)
        shown = hits[: query.k]
        best = strength_of(max((hit.score for hit in shown), default=0.0))
        return Answer(query.text, _state(generation), best, shown, asked.kind, asked.expansions)

    def context(self, passage_id: str) -> list[Passage]:
        """The section that a passage stands in, and its neighbours where that has it alone.

        At most `MOST_OF_A_SECTION` passages of the section, in reading order and of one
        generation; empty if the passage is not in the index.
        """
        return answered(self._generations, lambda generation: _context(generation, passage_id))

    def document(self, doc_id: str) -> Document | None:
        """A whole document; None if it is not in the index."""
        return answered(self._generations, lambda generation: generation.document(doc_id))

    def source_files(self, doc_id: str) -> list[SourceFile]:
        """The files that a document was read from, with the hashes that they had then."""
        return answered(
            self._generations, lambda generation: sources_of(generation.connection, doc_id)
        )

    def similar(
        self, passage_id: str, k: int = SIMILAR_HITS, filters: Filters = ANY
    ) -> tuple[Hit, ...]:
        """Cases like the one of a passage, in other documents, one hit each and best first.

        Empty if the passage is not in the index; nothing is encoded.
        """
        return answered(
            self._generations, lambda generation: similar_hits(generation, passage_id, k, filters)
        )

    def facet_counts(self, filters: Filters = ANY) -> FacetCounts:
        """For each facet of `search.facet_counts` and each value of it, a number of documents.

        As many as would be left if that value were chosen and all other filters stayed.
        """
        return answered(
            self._generations, lambda generation: self._counter_of(generation).count(filters)
        )

    def _counter_of(self, generation: Generation) -> DocumentCounter:
        """What counts for this very generation; it keeps what it counted."""
        with self._counter_lock:
            if self._counter is None or self._counter[0] != generation.manifest:
                counter = DocumentCounter(generation.facets, generation.removed)
                self._counter = (generation.manifest, counter)
            return self._counter[1]

    def _encoder_for(self, settings: BuildSettings) -> Encoder:
        """The very model that the index was built with."""
        with self._lock:
            if self._encoder is None or self._encoder.fingerprint != settings.fingerprint:
                choice = self._choose(settings.model)
                if choice.fingerprint != settings.fingerprint:
                    raise EncoderMismatchError(
                        str(self._place),
                        f"{settings.model} ({settings.fingerprint})",
                        f"{choice.name} ({choice.fingerprint})",
                    )
                self._encoder = choice.load()
            return self._encoder


def _state(generation: Generation) -> IndexState:
    manifest = generation.manifest
    return IndexState(
        manifest.generation, manifest.settings.model, manifest.documents, manifest.passages
    )


def _document_types(generation: Generation) -> list[str]:
    rows = generation.connection.execute(
        "SELECT document_type FROM documents GROUP BY 1 ORDER BY count(*) DESC, 1"
    ).fetchall()
    return [row[0] or NOT_STATED for row in rows]


def _context(generation: Generation, passage_id: str) -> list[Passage]:
    around = generation.neighbours(passage_id, MOST_OF_A_SECTION - 1)
    section = section_around(around, passage_id, MOST_OF_A_SECTION)
    by_place = {one.passage.ordinal: one.passage for one in section}
    at = next((one.passage.ordinal for one in around if one.passage.passage_id == passage_id), 0)
    beside = [one.passage for one in around if abs(one.passage.ordinal - at) <= 1]
    by_place |= {passage.ordinal: passage for passage in beside}
    return [by_place[ordinal] for ordinal in sorted(by_place)]
