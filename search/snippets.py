"""Which sentence of a passage answers the question. Pure.

A sentence answers by what it tells (a diagnosis settled, what was done, what came of it, what led
to what) and by the question's words that it shares; which of it counts how much depends on the
kind of question (`search.answering`). No encoder is asked: vectors of sentences would cost more
time than all the rest of a search.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from index.keywords import terms
from ingest.documents import Passage
from ingest.sentences import sentence_spans
from search.answering import Asked, answer_scores, read_question, strength_of
from search.denial import denial_of, is_poor_answer
from search.hits import Snippet

SHARED_WORDS_WEIGHT = 1.0
"""What the question's words count in a document that tells of no case. In a patient's story the
sentence with the question's words repeats the complaint; in an explanation it explains them."""


@dataclass(frozen=True)
class MarkedSentence:
    """The answering sentence of a passage.

    `strength`, from 0, says how likely it answers; it compares the passages of one document.
    """

    snippet: Snippet
    strength: float


def mark_sentences(
    passages: Sequence[Passage],
    question: str,
    rarity: Mapping[str, float],
    explaining: Collection[str] = (),
) -> list[MarkedSentence]:
    """The answering sentence of each passage; `rarity` weighs the question's terms.

    `explaining` are documents that tell of no case.
    """
    asked = read_question(question, rarity)
    return [
        _mark(passage, question, asked, rarity if passage.doc_id in explaining else {})
        for passage in passages
    ]


def _mark(
    passage: Passage, question: str, asked: Asked, shared_words: Mapping[str, float]
) -> MarkedSentence:
    spans = sentence_spans(passage.text)
    texts = [passage.text[start:end] for start, end in spans]
    scores = [
        strength_of(score) + SHARED_WORDS_WEIGHT * _share(text, shared_words)
        for text, score in zip(texts, answer_scores(texts, passage.kind, asked), strict=True)
    ]
    order = sorted(range(len(texts)), key=lambda place: (-scores[place], place))
    if not order:
        return MarkedSentence(Snippet(passage.start, passage.end, passage.text), 0.0)
    best = next((n for n in order if not is_poor_answer(texts[n], question)), order[0])
    start, end = (passage.start + offset for offset in spans[best])
    denial = denial_of(texts[best], question)
    denied = tuple((start + a, start + b) for a, b in denial.spans) if denial else ()
    return MarkedSentence(Snippet(start, end, texts[best], denied), scores[best])


def _share(text: str, rarity: Mapping[str, float]) -> float:
    """The share of the question's rarity in a text, from 0 to 1."""
    total = sum(rarity.values())
    return sum(rarity[term] for term in rarity.keys() & set(terms(text))) / total if total else 0.0
