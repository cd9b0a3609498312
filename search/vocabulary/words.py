"""A question as words that can be looked up, and runs of them. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.abbreviations import phrase_key
from index.folding import folded
from index.keywords import KEPT_WORDS, STOP_WORDS

LONGEST_RUN = 8
"""Words of the longest phrase that is looked up: "positron emission tomography …" has six."""

LONGEST_ABBREVIATION = 6
"""Letters of a word that may be one though nothing else is in small letters."""

_WORD = re.compile(r"[^\W_]+")
_CHUNK = re.compile(r"\S+")
_CODE = re.compile(r"[\d@_\\]|://|www\.", re.IGNORECASE)


@dataclass(frozen=True)
class QuestionWord:
    """One word of a question: as typed, and as read (small, without accents, spelt right).

    `plain` is false for what is no word but part of a code, a number or an address ("L5-S1").
    Offsets count characters of the question.
    """

    typed: str
    read: str
    start: int
    end: int
    plain: bool

    @property
    def in_capitals(self) -> bool:
        """Whether it is typed as an abbreviation is: "PIN", "HbA1c", "MRIs", never "Pin"."""
        return any(character.isupper() for character in self.typed[1:])


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of a question, and the key that the run is compared by."""

    first: int
    words: tuple[QuestionWord, ...]
    key: str

    @property
    def places(self) -> range:
        """The places of its words in the question."""
        return range(self.first, self.first + len(self.words))


@lru_cache(maxsize=KEPT_WORDS)
def _word_key(word: str) -> str:
    return phrase_key(word)


def question_words(text: str) -> list[QuestionWord]:
    """The words of a question in order.

    >>> [(word.read, word.plain) for word in question_words("Pain at L5-S1")]
    [('pain', True), ('at', True), ('l5', False), ('s1', False)]
    """
    found = []
    for chunk in _CHUNK.finditer(text):
        code = _CODE.search(chunk[0]) or _has_other_digit(chunk[0])
        for match in _WORD.finditer(text, chunk.start(), chunk.end()):
            word = match[0]
            found.append(QuestionWord(word, folded(word), match.start(), match.end(), not code))
    return found


def _has_other_digit(chunk: str) -> bool:
    """Whether one of its characters is a raised digit or the like."""
    return not chunk.isascii() and any(character.isdigit() for character in chunk)


def all_in_capitals(words: Sequence[QuestionWord]) -> bool:
    """Whether a question is typed in capitals throughout: then they say nothing.

    One word must be longer than abbreviations are.
    """
    typed = [word.typed for word in words if word.plain and word.typed.isalpha()]
    return any(len(t) > LONGEST_ABBREVIATION for t in typed) and all(t.isupper() for t in typed)


def runs(words: Sequence[QuestionWord], longest: int = LONGEST_RUN) -> Iterator[Run]:
    """All runs that neither begin nor end with a stop word, longer ones first."""
    keys = [_word_key(word.read) for word in words]
    own = {place for place, word in enumerate(words) if word.read not in STOP_WORDS}
    for length in range(min(longest, len(words)), 0, -1):
        for first in sorted(own & {place - length + 1 for place in own}):
            end = first + length
            yield Run(first, tuple(words[first:end]), " ".join(keys[first:end]))
