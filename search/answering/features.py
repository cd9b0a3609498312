"""What can be told of a sentence beside a question, as numbers from 0 to 1. Pure.

words       the share of the question's weight in words that the sentence has
most words  no sentence of the passage has more of it
story       the same share for what a pasted case tells beside its question
new         names of diseases and findings that the question does not have
named       such names where something is shown or settled
told        the kinds asked for that the sentence tells (`search.question_kinds`)
section     it stands in a section of a kind that is asked for
span, dose, age    a figure with a unit of time, a unit of dose, or an age in years
came of it  a treatment and its outcome
place       where in the passage it stands, from 0 to 1; opening: it stands first
short, long, pronoun, asks, heading    its form; pronoun: it opens with one
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from index.keywords import query_terms
from ingest.sections import DIAGNOSIS, DISCUSSION, OUTCOME, TREATMENT
from search.answering.cues import CUE_BITS, DISEASE, Word, pair_cues, read_word
from search.query_kinds import CASE_WORDS
from search.question_kinds import asking_part, kinds_asked

_ONLY_TOLD = frozenset({DISEASE, "shown", "time", "harm", "risk", "guidance", "frequency"})
CUES = tuple(name for name in CUE_BITS if name not in _ONLY_TOLD)
FEATURES = (
    *("words", "most words", "story", "new", "named", "told", "section"),
    *("span", "dose", "age", "came of it", "place", "opening"),
    *("short", "long", "pronoun", "asks", "heading"),
    *CUES,
)
"""Names of the numbers, in the order of every row."""
_MOST_WORDS = FEATURES.index("most words")
SHORT_SENTENCE, LONG_SENTENCE = 6, 45
"""Words; a shorter sentence is a heading or a fragment, a longer one tells much beside."""
_LEAST_WORDS = 4
_SECTION_KINDS = {
    DIAGNOSIS: frozenset({"diagnosis", "test"}),
    TREATMENT: frozenset({"treatment", "dose"}),
    OUTCOME: frozenset({"outcome", "duration", "harm"}),
    DISCUSSION: frozenset({"cause", "risk", "frequency"}),
}
_SPANS = frozenset(
    """minute minutes min hour hours hrs h day days week weeks wk wks month months year years yr yrs
    fortnight postoperatively visits sessions""".split()
)
_UNITS = frozenset(
    """mg ml g mcg µg ug iu u units mmol meq mhz gy cc cgy kg mg/kg mg/day g/day mg/ml ml/h mg/m2
    mg/week joules tablets""".split()
)
_PRONOUNS = frozenset("it this these that those they such he she his her its their we our".split())
_DISEASE = CUE_BITS[DISEASE]
_SHOWN = CUE_BITS["settled"] | CUE_BITS["shown"]
_CUE_ORDER = tuple(CUE_BITS[name] for name in CUES)
_TOLD = CUE_BITS | {
    name: 1 << (len(CUE_BITS) + place) for place, name in enumerate(("span", "named", "dose"))
}


@dataclass(frozen=True)
class Asked:
    """A question as sentences are held against it; weights are the rarities of its terms."""

    weights: Mapping[str, float]
    whole: float
    story: Mapping[str, float]
    whole_story: float
    terms: frozenset[str]
    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    told: tuple[int, ...]
    """For each kind the bits of what tells it."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence as read: its words and what they say together."""

    words: Sequence[Word]
    terms: frozenset[str]
    cues: int
    diseases: Sequence[Word]
    span: bool
    dose: bool
    age: bool


def read_question(question: str, rarity: Mapping[str, float]) -> Asked:
    """A question with the rarity of its terms; terms of `rarity` beyond it are other words for it.

    A term that `rarity` does not know counts nothing.
    """
    asking = frozenset(query_terms(asking_part(question)))
    every = frozenset(query_terms(question))
    weights = {t: w for t, w in rarity.items() if t in asking or t not in every}
    story = {t: w for t, w in rarity.items() if t in every and t not in asking}
    kinds = kinds_asked(question)
    forms = ("story",) if len(question.split()) >= CASE_WORDS else () if kinds else ("keywords",)
    return Asked(
        weights=weights,
        whole=sum(w for t, w in weights.items() if t in asking),
        story=story,
        whole_story=sum(story.values()),
        terms=every.union(rarity),
        kinds=tuple(kind.name for kind in kinds),
        forms=forms,
        told=tuple(sum(_TOLD[name] for name in kind.told) for kind in kinds),
    )


def rows_of(sentences: Sequence[str], section_kind: str, asked: Asked) -> list[list[float]]:
    """A row of `FEATURES` for each sentence of one passage, in order."""
    in_section = not _SECTION_KINDS.get(section_kind, frozenset()).isdisjoint(asked.kinds)
    last = max(1, len(sentences) - 1)
    rows = [
        _row(sentence, asked, in_section, place / last) for place, sentence in enumerate(sentences)
    ]
    most = max((row[0] for row in rows), default=0.0)
    for row in rows:
        row[_MOST_WORDS] = float(row[0] > 0 and row[0] == most)
    return rows


def _read(sentence: str) -> _Read:
    words = [read_word(word) for word in sentence.split()]
    cues = 0
    found: set[str] = set()
    diseases = []
    span = dose = age = False
    before: Word | None = None
    for word in words:
        cues |= word.cues
        found.update(word.terms)
        if word.cues & _DISEASE:
            diseases.append(word)
        if before is not None and before.begins_pair:
            cues |= pair_cues(before, word)
        if before is not None and before.is_number:
            span = span or word.bare in _SPANS
            dose = dose or word.bare in _UNITS
        if word.bare.endswith("old") and ("year" in word.bare or _is_year(before)):
            age = True
        before = word
    return _Read(words, frozenset(found), cues, diseases, span and not age, dose, age)


def _is_year(word: Word | None) -> bool:
    """Whether the word before "old" makes it an age."""
    return word is not None and word.bare in ("year", "years")


def _row(sentence: str, asked: Asked, in_section: bool, place: float) -> list[float]:
    read = _read(sentence)
    bits = read.cues
    new = sum(asked.terms.isdisjoint(word.terms) for word in read.diseases)
    named = min(new, 2) / 2 if bits & _SHOWN else 0.0
    told = bits | _TOLD["span"] * read.span | _TOLD["named"] * (named > 0)
    told |= _TOLD["dose"] * read.dose
    count = len(read.words)
    came = bits & CUE_BITS["outcome"] and bits & (CUE_BITS["done"] | CUE_BITS["treatment"])
    return [
        _share(asked.weights, read.terms, asked.whole),
        0.0,
        _share(asked.story, read.terms, asked.whole_story),
        min(new, 2) / 2,
        named,
        sum(bool(bit & told) for bit in asked.told) / len(asked.told) if asked.told else 0.0,
        float(in_section),
        float(read.span),
        float(read.dose),
        float(read.age),
        float(bool(came)),
        place,
        float(place == 0),
        max(0.0, 1 - count / SHORT_SENTENCE),
        min(1.0, max(0.0, count / LONG_SENTENCE - 0.5)),
        float(count > 0 and read.words[0].bare in _PRONOUNS),
        float("?" in sentence),
        float(count < _LEAST_WORDS or sentence[-1:] not in ".!?)]”\"'…"),
        *(float(bool(bits & bit)) for bit in _CUE_ORDER),
    ]


def _share(weights: Mapping[str, float], present: frozenset[str], whole: float) -> float:
    """The share of a question's weight that stands in a sentence, at most 1."""
    if not whole:
        return 0.0
    # fsum gives the same for every order of the set: equal shares stay equal.
    return min(1.0, fsum(weights[term] for term in present if term in weights) / whole)
