"""Which sentence of a passage answers the question. Pure but for the encoder that it is given.

A sentence is as good as its likeness to the question, by the same encoder that found the
passage, and by the rare words that the two share. Neither is enough: a cosine prefers short
sentences, and words repeat the question without answering it.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from index.encoders import Vectors
from index.keywords import terms
from ingest.documents import Passage
from ingest.sentences import sentence_spans
from search.hits import Snippet
from search.relevance import word_share

WORDS_WEIGHT = 0.2
SHORT_SENTENCE = 4
"""Words; a shorter sentence is a heading, a list number or a fragment."""

EncodeSentences = Callable[[Sequence[str]], Vectors]


def snippets(
    passages: Sequence[Passage],
    query_terms: Sequence[str],
    rarity: Mapping[str, float],
    query_vector: Vectors,
    encode: EncodeSentences,
) -> list[Snippet]:
    """The answering sentence of each passage, all sentences encoded together."""
    spans = [sentence_spans(passage.text) for passage in passages]
    texts = [p.text[a:b] for p, found in zip(passages, spans, strict=True) for a, b in found]
    cosines = (encode(texts) @ query_vector.reshape(-1)).tolist() if texts else []
    chosen = []
    taken = 0
    for passage, found in zip(passages, spans, strict=True):
        scores = [
            _score(passage.text[a:b], cosine, query_terms, rarity)
            for (a, b), cosine in zip(found, cosines[taken : taken + len(found)], strict=True)
        ]
        taken += len(found)
        start, end = found[int(np.argmax(scores))] if found else (0, len(passage.text))
        chosen.append(Snippet(passage.start + start, passage.start + end, passage.text[start:end]))
    return chosen


def _score(
    sentence: str, cosine: float, query_terms: Sequence[str], rarity: Mapping[str, float]
) -> float:
    shared = word_share(query_terms, terms(sentence), rarity)
    score = cosine + WORDS_WEIGHT * shared
    return score if len(sentence.split()) >= SHORT_SENTENCE else score - 1
