"""The one way in: page, script and evaluation all ask `SearchService`."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

import numpy as np

from index.encoders import Encoder, EncoderChoice, Vectors, choose_encoder
from index.errors import EncoderMismatchError
from index.keywords import query_terms, terms
from index.manifest import BuildSettings
from index.reading import StoredPassage, neighbours
from ingest.documents import Passage
from ingest.sentences import sentence_spans
from search.citations import ama_citation
from search.fusion import fuse
from search.generation import NOT_STATED, Generation, Generations, filter_condition
from search.hits import Answer, Hit, IndexState, Snippet
from search.keyword_leg import keyword_candidates, term_rarity
from search.queries import Query
from search.ranking import DEFAULT_RANKING, Ranking
from search.relevance import Evidence, deviations, word_share
from search.reordering import Candidate, reorder, without_sentence
from search.reranking import MOST_RERANKED, Reranker, rerank
from search.snippets import mark_sentences

CANDIDATES = 200
"""Passages that each leg proposes; a hit comes from one of them."""
REREAD = 10
"""Hits whose sentences are encoded: they are put in order once more by their best sentence."""
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
            asked = _whole(encoder.encode_queries(query_parts(query.text, encoder)))
            rarity = term_rarity(
                generation.connection, query_terms(query.text), generation.manifest.passages
            )
            dense, keywords = _candidates(generation, query, asked, rarity)
            cosines = dict(dense)
            if ranking.dense_weight == 0:
                dense = {}
            elif ranking.dense_weight == 1:
                keywords = {}
            ranked = fuse(dense, keywords, ranking.dense_weight)[: max(wanted, REREAD)]
            found = generation.passages([row for row, _ in ranked])
            nearest = {row: found[row] for row, _ in ranked[:REREAD]}
            evidence = _evidence(generation, cosines, nearest, rarity)
            marked = _marked(ranked, found, query.text, rarity, asked, encoder, ranking)
            hits = tuple(
                _hit(rank, score * evidence.confidence, found[row], snippet)
                for rank, (row, score, snippet) in enumerate(marked[:wanted], 1)
            )
            if reranker:
                hits = rerank(query.text, hits, reranker)
            return Answer(query.text, _state(generation), evidence.relevant, hits[: query.k])

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


def query_parts(text: str, encoder: Encoder) -> list[str]:
    """A query in pieces that the encoder reads whole; a short one is one piece."""
    if encoder.count_tokens([text])[0] <= encoder.max_query_tokens:
        return [text]
    parts: list[str] = []
    for start, end in sentence_spans(text):
        for piece in _fitting(text[start:end], encoder):
            joined = f"{parts[-1]} {piece}" if parts else piece
            if parts and encoder.count_tokens([joined])[0] <= encoder.max_query_tokens:
                parts[-1] = joined
            else:
                parts.append(piece)
    return parts


def _fitting(sentence: str, encoder: Encoder) -> list[str]:
    """A sentence, or its halves and their halves where it alone is too long."""
    if encoder.count_tokens([sentence])[0] <= encoder.max_query_tokens or len(sentence) < 2:
        return [sentence]
    middle = sentence.rfind(" ", 1, len(sentence) // 2 + 1)
    cut = middle if middle > 0 else len(sentence) // 2
    return [*_fitting(sentence[:cut], encoder), *_fitting(sentence[cut:].strip(), encoder)]


def _whole(parts: Vectors) -> Vectors:
    """One (1, dim) vector of unit length for a query in parts."""
    mean = parts.mean(axis=0, keepdims=True)
    whole: Vectors = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
    return whole


def _candidates(
    generation: Generation, query: Query, asked: Vectors, rarity: dict[str, float]
) -> tuple[dict[int, float], dict[int, float]]:
    """Rows with their cosine, and rows with their BM25; every candidate has its cosine."""
    allowed = generation.allowed_rows(query.filters)
    depth = max(CANDIDATES, query.k)
    dense = dict(generation.engine.search(asked, depth, allowed))
    condition, values = filter_condition(query.filters)
    keywords = keyword_candidates(generation.connection, rarity, depth, condition, values)
    dense |= generation.cosines([row for row in keywords if row not in dense], asked)
    return dense, keywords


def _marked(
    ranking: list[tuple[int, float]],
    found: dict[int, StoredPassage],
    question: str,
    rarity: dict[str, float],
    query_vector: Vectors,
    encoder: Encoder,
    wanted: Ranking,
) -> list[tuple[int, float, Snippet]]:
    """Rows with their score and answering sentence, the first few put in order by both."""
    passages = [found[row].passage for row, _ in ranking]
    if not wanted.sentences:
        by_words = mark_sentences(passages, question, rarity, query_vector, None)
        return [
            (row, score, sentence.snippet)
            for (row, score), sentence in zip(ranking, by_words, strict=True)
        ]
    near = mark_sentences(
        passages[:REREAD], question, rarity, query_vector, encoder.encode_passages
    )
    far = mark_sentences(passages[REREAD:], question, rarity, query_vector, None)
    head = reorder(
        [
            Candidate(
                row, found[row].passage.doc_id, score, sentence.strength, found[row].passage.kind
            )
            for (row, score), sentence in zip(ranking, near, strict=False)
        ]
    )
    lowest = head[-1][1] if head else 0.0
    tail = [(row, without_sentence(score, lowest)) for row, score in ranking[REREAD:]]
    snippets = {
        row: sentence.snippet for (row, _), sentence in zip(ranking, [*near, *far], strict=True)
    }
    return [(row, score, snippets[row]) for row, score in [*head, *tail]]


def _evidence(
    generation: Generation,
    dense: dict[int, float],
    found: dict[int, StoredPassage],
    rarity: dict[str, float],
) -> Evidence:
    if not found:
        return Evidence(deviations=0.0, words=0.0)
    best = max(dense[row] for row in found)
    words = max(
        word_share(
            rarity, terms(f"{s.metadata.title} {s.passage.section} {s.passage.text}"), rarity
        )
        for s in found.values()
    )
    return Evidence(deviations(best, generation.manifest.calibration), words)


def _hit(rank: int, score: float, stored: StoredPassage, snippet: Snippet) -> Hit:
    title = stored.metadata.title or _opening_words(stored.opening)
    return Hit(
        rank=rank,
        score=round(score, 4),
        passage=stored.passage,
        case_count=stored.case_count,
        title=title,
        metadata=stored.metadata,
        source=stored.metadata.url or stored.source,
        citation=ama_citation(stored.metadata, title, stored.source),
        snippet=snippet,
    )


def _opening_words(opening: str) -> str:
    """What a document without a title is called by: its first words."""
    words = opening.split()
    return " ".join(words[:MAX_TITLE_WORDS]) + (" …" if len(words) > MAX_TITLE_WORDS else "")


def _state(generation: Generation) -> IndexState:
    manifest = generation.manifest
    return IndexState(
        manifest.generation, manifest.settings.model, manifest.documents, manifest.passages
    )
