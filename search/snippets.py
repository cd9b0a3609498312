"""Which sentence of a passage answers the question. Pure.

A sentence answers by what it tells (a diagnosis settled, what was done, what came of it, what led
to what) and by the question's words that it shares; which of it counts how much depends on the
kind of question (`search.answering`). No encoder is asked: vectors of sentences would cost more
time than all the rest of a search.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.documents import Passage
from ingest.sentences import sentence_spans
from search.answering import Asked, answer_scores, read_question, strength_of
from search.denial import denial_of, is_poor_answer
from search.hits import Snippet


@dataclass(frozen=True)
class MarkedSentence:
    """The answering sentence of a passage.

    `strength` is how likely it answers, from 0 to 1, comparable between passages of one question.
    """

    snippet: Snippet
    strength: float

    @property
    def denied(self) -> bool:
        """Whether it denies what is asked for."""
        return bool(self.snippet.denied)


def mark_sentences(
    passages: Sequence[Passage], question: str, rarity: Mapping[str, float]
) -> list[MarkedSentence]:
    """The answering sentence of each passage; `rarity` weighs the question's terms."""
    asked = read_question(question, rarity)
    return [_mark(passage, question, asked) for passage in passages]


def _mark(passage: Passage, question: str, asked: Asked) -> MarkedSentence:
    spans = sentence_spans(passage.text)
    texts = [passage.text[start:end] for start, end in spans]
    scores = answer_scores(texts, passage.kind, asked)
    order = sorted(range(len(texts)), key=lambda place: (-scores[place], place))
    if not order:
        return MarkedSentence(Snippet(passage.start, passage.end, passage.text), 0.0)
    best = next((n for n in order if not is_poor_answer(texts[n], question)), order[0])
    start, end = (passage.start + offset for offset in spans[best])
    denial = denial_of(texts[best], question)
    denied = tuple((start + a, start + b) for a, b in denial.spans) if denial else ()
    return MarkedSentence(Snippet(start, end, texts[best], denied), strength_of(scores[best]))
