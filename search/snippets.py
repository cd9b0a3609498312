"""Which sentence of a passage answers the question. Pure but for the encoder that it is given.

A sentence is as good as its likeness to the question, by the same encoder that found the
passage, by the rare words that the two share, and by telling the kind of thing that is asked
for. None is enough alone: a cosine prefers sentences that repeat the question's topic, and
words repeat the question without answering it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.encoders import Vectors
from index.keywords import terms
from ingest.documents import Passage
from ingest.sentences import sentence_spans
from search.hits import Snippet
from search.question_kinds import kinds_asked, share_told
from search.relevance import word_share

WORDS_WEIGHT = 0.2
KIND_WEIGHT = 0.2
SHORT_SENTENCE = 4
"""Words; a shorter sentence is a heading, a list number or a fragment."""

EncodeSentences = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class MarkedSentence:
    """The answering sentence of a passage, and how well it answers, from 0 (not at all)."""

    snippet: Snippet
    strength: float


def mark_sentences(
    passages: Sequence[Passage],
    question: str,
    rarity: Mapping[str, float],
    query_vector: Vectors,
    encode: EncodeSentences | None,
) -> list[MarkedSentence]:
    """The answering sentence of each passage, all sentences encoded together.

    Without `encode` words alone decide: enough for hits far down a long list.
    """
    spans = [sentence_spans(passage.text) for passage in passages]
    texts = [p.text[a:b] for p, found in zip(passages, spans, strict=True) for a, b in found]
    cosines = np.zeros(len(texts), dtype=np.float32)
    if texts and encode is not None:
        cosines = encode(texts) @ query_vector.reshape(-1)
    scores = _scores(texts, cosines.tolist(), question, rarity)
    marked = []
    taken = 0
    for passage, found in zip(passages, spans, strict=True):
        marked.append(_best(passage, found, scores[taken : taken + len(found)]))
        taken += len(found)
    return marked


def _best(
    passage: Passage, spans: Sequence[tuple[int, int]], scores: Sequence[float]
) -> MarkedSentence:
    best = int(np.argmax(scores)) if scores else None
    start, end = spans[best] if best is not None else (0, len(passage.text))
    snippet = Snippet(passage.start + start, passage.start + end, passage.text[start:end])
    return MarkedSentence(snippet, max(0.0, scores[best]) if best is not None else 0.0)


def _scores(
    sentences: Sequence[str], cosines: Sequence[float], question: str, rarity: Mapping[str, float]
) -> list[float]:
    kinds = kinds_asked(question)
    scores = []
    for sentence, cosine in zip(sentences, cosines, strict=True):
        shared = word_share(rarity, terms(sentence), rarity)
        score = cosine + WORDS_WEIGHT * shared + KIND_WEIGHT * share_told(sentence, kinds)
        scores.append(score if len(sentence.split()) >= SHORT_SENTENCE else score - 1)
    return scores
