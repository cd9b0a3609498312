"""The words of a question spelt right, by the words of the corpus.

A word is doubtful if the corpus lacks it, or has it so rarely that it may be the corpus's own
slip, and if no list says that it is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.vocabulary.corpus import CorpusWords
from search.vocabulary.english import is_english
from search.vocabulary.right_words import RIGHT_WORDS
from search.vocabulary.spelling import correction, errors_forgiven, initials
from search.vocabulary.synonyms import synonym_list
from search.vocabulary.variants import variants
from search.vocabulary.words import QuestionWord, all_in_capitals

MAX_DOUBTED = 24
"""Words of one question that others are looked for: a text with more is in another language, and
each costs most of a millisecond."""
SLIP_DOCUMENTS, SLIP_LETTERS, SLIP_RATIO = 2, 6, 30
"""A word of so few documents and so many letters is the corpus's own slip where a word one letter
away stands in so many times more documents ("lession"): of 334 such in case reports some 320 are
slips."""


@dataclass(frozen=True)
class _Doubt:
    """How much longer or shorter the word meant may be, and in how many documents it must be."""

    reach: int
    documents: int


def corrected(words: Sequence[QuestionWord], corpus: CorpusWords) -> list[QuestionWord]:
    """The words of a question, those that are misspelt read as what they are meant to be."""
    read: list[QuestionWord] = []
    shouted = all_in_capitals(words)
    unlisted = {word.read for word in words if _may_be_wrong(word, shouted)}
    documents = corpus.documents_with(unlisted) if unlisted else {}
    doubted = 0
    for word in words:
        doubt = None
        if doubted < MAX_DOUBTED and word.read in unlisted and _may_be_wrong(word, shouted):
            doubt = _doubt(word.read, documents.get(word.read, 0), corpus)
        doubted += doubt is not None
        meant = _meant(word.read, doubt, corpus) if doubt else None
        read.append(replace(word, read=meant) if meant else word)
    return read


def _may_be_wrong(word: QuestionWord, shouted: bool) -> bool:
    """Whether a word is long enough, no code or abbreviation, and in no list of right words."""
    return (
        (shouted or not word.in_capitals)
        and word.plain
        and word.read.isascii()
        and errors_forgiven(word.read) > 0
        and not _is_listed(word.read)
    )


def _doubt(read: str, documents: int, corpus: CorpusWords) -> _Doubt | None:
    """What an unlisted word in so many documents is compared with; None for one that is right."""
    forgiven, rivals = errors_forgiven(read), 1
    if corpus.knows(read):
        if not 0 < documents <= SLIP_DOCUMENTS or len(read) < SLIP_LETTERS:
            return None
        forgiven, rivals = 1, SLIP_RATIO * documents
    elif any(corpus.knows(other) for other in variants(read)):
        return None
    return _Doubt(forgiven, rivals)


def _meant(read: str, doubt: _Doubt, corpus: CorpusWords) -> str | None:
    """The word that a doubtful one is meant to be; None for one that is not understood."""
    for begins in filter(None, initials(read)):
        known = corpus.like(read, begins, doubt.reach, doubt.documents)
        if meant := correction(read, known):
            return meant
    return None


def _is_listed(word: str) -> bool:
    """Whether a word is right whatever the corpus has."""
    return (
        is_english(word)
        or word in RIGHT_WORDS
        or word in synonym_list().words
        or any(is_english(other) for other in variants(word))
    )
