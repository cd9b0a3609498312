"""What kind of thing a question asks for, found in the question's own words. Pure.

The kinds are the commonest of the generic clinical questions that doctors ask (Ely et al., BMJ
321, 2000, https://doi.org/10.1136/bmj.321.7258.429). A question may ask for several at once. A
pasted case asks in a sentence or two of its own, mostly the last; only these are read for its kind.
The forms of questions are data, in `question_forms.tsv`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.sentences import sentence_spans
from search.query_kinds import CASE_WORDS
from search.word_lists import read_word_list

DESCRIPTION = 6
"""Words; fewer without any form of a question are keywords, more describe what is to be named."""
_LAST_SENTENCES = 2


FORMS_FILE = Path(__file__).with_name("question_forms.tsv")
_NEVER = "(?!)"


@dataclass(frozen=True)
class QuestionKind:
    """How a kind is asked for, and which cues (`search.answering.cues`) tell it.

    `asked` is a form of question; `hinted` a word that asks only where something asks and no form
    is found: "surgery" does in "surgery or not?", not in "a fever after surgery".
    """

    name: str
    told: tuple[str, ...]
    asked: re.Pattern[str]
    hinted: re.Pattern[str]


def _read_kinds() -> tuple[QuestionKind, ...]:
    read: dict[str, dict[str, list[str]]] = {}
    for name, role, words in read_word_list(FORMS_FILE, columns=3):
        read.setdefault(name, {}).setdefault(role, []).append(words)
    return tuple(
        QuestionKind(
            name,
            tuple(" ".join(roles["told"]).split()),
            _pattern(roles.get("asked", [_NEVER])),
            _pattern(roles.get("hinted", [_NEVER])),
        )
        for name, roles in read.items()
    )


def _pattern(forms: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(forms)})", re.IGNORECASE)


QUESTION_KINDS = _read_kinds()
_BY_NAME = {kind.name: kind for kind in QUESTION_KINDS}
_ASKS = re.compile(
    r"\?|\b(?:wonder\w*|would like to|want(?:s)? to know|like to know|any reports?|reports of"
    r"|similar cases|advice|asks?|please|question|thinking of|I suspect|should I)\b",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(
    r"\?|\b(?:what|which|how|whether|who|where)\b|^\W*(?:is|are|does|do|can|should|would|will)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"^\W*(?:can|could|does|do|did|may|might)\b"
    r"|^(?!\W*(?:is|are|was|were|will|has|have|had)\b).*\?\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def asking_part(question: str) -> str:
    """The sentences of a pasted case that ask; a question that is short is one as a whole.

    >>> asking_part("He fell. " * 30 + "Could the fall have torn the tendon?")
    'He fell. Could the fall have torn the tendon?'
    """
    if len(question.split()) < CASE_WORDS:
        return question
    spans = sentence_spans(question)
    asking = [
        question[start:end]
        for place, (start, end) in enumerate(spans, 1)
        if place > len(spans) - _LAST_SENTENCES or _ASKS.search(question, start, end)
    ]
    return " ".join(asking)


@lru_cache(maxsize=64)
def kinds_asked(question: str) -> tuple[QuestionKind, ...]:
    """The kinds that a question asks for; none for a few keywords.

    Without a word of any kind, a question of yes or no asks for a cause ("can garlic make one
    bleed?"), and a longer description for the diagnosis.

    >>> [kind.name for kind in kinds_asked("How long did the benefit last?")]
    ['outcome', 'duration']
    >>> [kind.name for kind in kinds_asked("fever, swollen knee and finger clubbing")]
    ['diagnosis']
    """
    asking = asking_part(question)
    found = tuple(kind for kind in QUESTION_KINDS if kind.asked.search(asking))
    if not found and _INTERROGATIVE.search(asking):
        found = tuple(kind for kind in QUESTION_KINDS if kind.hinted.search(asking))
    if found:
        return found
    if _WHETHER.search(asking):
        return (_BY_NAME["cause"],)
    return (_BY_NAME["diagnosis"],) if len(asking.split()) >= DESCRIPTION else ()
