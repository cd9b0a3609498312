"""Whether a sentence denies what a question asks for, and whether that answers it. Pure.

A denial is told to the reader, it is no reason to hide a sentence: "No complications occurred" is
the best answer to "What complications were there?". It is a poor answer where a question wants a
thing (a finding, a treatment, a cause) and the sentence only says that there was none.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from index.keywords import query_terms, terms
from search.denial.spans import denied_spans
from search.question_kinds import kinds_asked

HOW_IT_WAS_LOOKED_FOR = frozenset(
    """case ct examination evidence find finding found have history imaging mri patient radiograph
    report reported reveal revealed scan see seen show showed shown sign study test ultrasonography
    ultrasound x ray x_ray year old man woman""".split()
)
"""Terms that a sentence may well share with a question while it denies what the question asks."""

LEAST_SHARE = 1 / 3
"""Of the terms asked for; a denial of fewer ("the pulses were normal" in a long story) is of
something in passing, not of what is asked for.
"""
_KINDS_OF_THINGS = frozenset({"treatment", "cause", "diagnosis"})
"""Kinds of `search.question_kinds` that "there was none" does not tell, unless asked yes or no."""
_WANTS_ABSENCE = re.compile(
    r"\b(?:absen\w+|normal|negative|unremarkable|intact|spared|lack\w*|missing|exclu\w+"
    r"|rul(?:e|ed|es|ing) out|differentiate)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"(?:^|,)\W*(?:and |or )?(?:is|are|was|were|do|does|did|can|could|should|shall|will|would|has"
    r"|have|had|may|might|must)\b|\b(?:whether|any|ever)\b",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:complicat\w+|adverse|side effects?|safe\w*|recur\w*|relaps\w+|outcomes?|prognos\w+"
    r"|risks?|harm\w*|effective\w*|evidence|success\w*|benefit\w*|surviv\w+|follow[ -]up"
    r"|how (?:often|many|much|common|frequent\w*|likely)|rates?|incidence|prevalence)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Denial:
    """What a sentence denies of what is asked: spans in the sentence, and the terms asked for."""

    spans: tuple[tuple[int, int], ...]
    terms: frozenset[str]


@dataclass(frozen=True)
class _Asked:
    """What a question asks for as there and as not there, and whether "no" would answer it."""

    present: frozenset[str]
    absent: frozenset[str]
    takes_no: bool


def denies(sentence: str, asked: Collection[str], absent: Collection[str] = ()) -> bool:
    """Whether a sentence denies a third of the `asked` terms, and as many as it affirms.

    As many may be affirmed, for a denial names its place and time too: "no fever after the
    injection". A term that stands both inside and outside of the denial is affirmed, and so is
    what is asked for as `absent` and denied.

    >>> denies("No abnormality of the tendon was seen.", {"tendon", "abnorm"})
    True
    >>> denies("Without fever, the tendon was swollen.", {"fever", "tendon", "swell"})
    False
    """
    return _denial(sentence, frozenset(asked), frozenset(absent)) is not None


def denial_of(sentence: str, question: str) -> Denial | None:
    """What a sentence denies of what a question asks for, or nothing.

    What the question itself denies ("without fever", "which nerve was normal") is asked for as
    absent: a sentence that denies it too says yes.

    >>> found = denial_of("There was no tear of the tendon.", "Is the tendon torn, with a tear?")
    >>> sorted(found.terms) if found else None
    ['tear', 'tendon']
    """
    asked = _read_question(question)
    return _denial(sentence, asked.present, asked.absent)


def is_poor_answer(sentence: str, question: str) -> bool:
    """Whether another sentence should rather be shown: a denial, and the question wants a thing.

    To a question that "no" can answer (one of yes and no, of outcome, complications or risk) a
    denial is as good an answer as any.

    >>> is_poor_answer("The tendon was normal.", "What is wrong with the tendon?")
    True
    >>> is_poor_answer("No tendon tore.", "Did a tendon tear?")
    False
    """
    return not _read_question(question).takes_no and denial_of(sentence, question) is not None


def _denial(sentence: str, present: frozenset[str], absent: frozenset[str]) -> Denial | None:
    spans = denied_spans(sentence) if present else []
    if not spans:
        return None
    inside = [frozenset(terms(sentence[start:end])) for start, end in spans]
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(sentence)]
    outside = terms(" ".join(sentence[a:b] for a, b in zip(ends, starts, strict=True)))
    denied = frozenset().union(*inside)
    denied_asked = (present & denied) - frozenset(outside)
    affirmed = (present & frozenset(outside)) - HOW_IT_WAS_LOOKED_FOR | (absent & denied)
    least = max(1.0, LEAST_SHARE * len(present - HOW_IT_WAS_LOOKED_FOR), len(affirmed))
    if len(denied_asked - HOW_IT_WAS_LOOKED_FOR) < least:
        return None
    told = [span for span, found in zip(spans, inside, strict=True) if found & denied_asked]
    return Denial(tuple(told), denied_asked)


@lru_cache(maxsize=64)
def _read_question(question: str) -> _Asked:
    """Kept for the last questions: one question is put to every sentence of many passages."""
    asked = frozenset(query_terms(question))
    absent = asked
    if not _WANTS_ABSENCE.search(question):
        spans = denied_spans(question)
        absent = asked & frozenset(t for start, end in spans for t in terms(question[start:end]))
    outcome = bool(_OUTCOME.search(question))
    wants_a_thing = any(kind.name in _KINDS_OF_THINGS for kind in kinds_asked(question))
    takes_no = bool(_YES_OR_NO.search(question)) or (outcome and not wants_a_thing)
    return _Asked(asked - absent, absent, takes_no)
