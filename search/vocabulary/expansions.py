"""What a question is read as, and what is searched for as well.

Spelling comes first, so that a misspelt word has its synonyms too; then abbreviations both ways,
then equal terms. Each expansion is shown and may be switched off: they are few and sure.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.abbreviations import phrase_key, short_key
from index.keywords import KEPT_WORDS, STOP_WORDS, query_terms, terms
from search.vocabulary.corpus import CorpusWords
from search.vocabulary.corrections import corrected
from search.vocabulary.english import is_everyday
from search.vocabulary.meanings import (
    FittingMeaning,
    Meaning,
    is_plain,
    likeliest,
    may_be_short,
    same_meaning,
)
from search.vocabulary.synonyms import synonym_list
from search.vocabulary.variants import variants
from search.vocabulary.words import QuestionWord, Run, all_in_capitals, question_words, runs

ABBREVIATION, SPELLING, SYNONYM = "abbreviation", "spelling", "synonym"
REASONS = (SPELLING, ABBREVIATION, SYNONYM)
MAX_SYNONYMS = 2
"""Equal terms that are searched for beside one term."""
MAX_EXPANSIONS = 12
"""Of a whole question: a pasted case says in its own words what it is about."""
MAX_MEANINGS_READ = 8
"""Long forms of one abbreviation, the commonest, of which it is seen whether they fit."""
SAMPLED = 20
"""Documents that are looked into to see what a long form goes together with."""
MAX_SAMPLED, MAX_SAMPLED_IN_ALL = 40, 120
"""Of all long forms of one abbreviation, and of all abbreviations of a pasted case: a document
takes some 10 µs, one of a book's length 100."""
RARE_VARIANT = 0.01
"""A spelling in fewer documents than this share of the other's brings a slip, not the others'."""
_MAX_BESIDE = 12
"""Words of the rest of the question that an abbreviation is understood by."""


@dataclass(frozen=True)
class Expansion:
    """Words of the question, and what is searched for beside them.

    `asked` is as typed; `added` is searched for as well, or instead where the reason is
    "spelling"; `reason` is one of `REASONS`.
    """

    asked: str
    added: str
    reason: str


@dataclass(frozen=True)
class _Found:
    """An expansion with the place of its first word in the question."""

    place: int
    expansion: Expansion


def expansions(
    text: str, corpus: CorpusWords, reasons: Collection[str] = REASONS
) -> tuple[Expansion, ...]:
    """The expansions of a question in the order of its words, at most `MAX_EXPANSIONS`."""
    words = question_words(text)
    found: list[_Found] = []
    if SPELLING in reasons:
        typed, words = words, corrected(words, corpus)
        found = [
            _Found(place, Expansion(before.typed, word.read, SPELLING))
            for place, (before, word) in enumerate(zip(typed, words, strict=True))
            if word.read != before.read
        ]
    phrases = list(runs(words))
    if ABBREVIATION in reasons:
        found += _long_forms(text, words, phrases, corpus)
        found += _short_forms(text, phrases, corpus)
    if SYNONYM in reasons:
        found += _equal_terms(text, phrases, corpus)
        found += _other_spellings(words, corpus)
    return _few(found, phrases)


def _long_forms(
    text: str, words: Sequence[QuestionWord], phrases: Sequence[Run], corpus: CorpusWords
) -> list[_Found]:
    """What the abbreviations of a question stand for, of two words ("PMP-22") before one."""
    shouted = all_in_capitals(words)
    found: list[_Found] = []
    taken: set[int] = set()
    unread = MAX_SAMPLED_IN_ALL
    for run in phrases:
        if len(found) >= MAX_EXPANSIONS:
            break
        asked = _asked(text, run)
        if len(run.words) > 2 or " " in asked or taken & set(run.places):
            continue
        key = short_key(asked)
        listed = synonym_list().long_forms.get(key, ())
        unit = run.first > 0 and asked.islower() and words[run.first - 1].typed.isdigit()
        if unit or not may_be_short(asked, bool(listed), shouted):
            continue
        meanings = corpus.meanings(key, asked)[:MAX_MEANINGS_READ]
        sampled = 0 if is_plain(meanings) else _sampled(len(meanings), unread)
        unread -= sampled * len(meanings)
        beside = _beside(words, run) if sampled else []
        longs = likeliest(_fitting(key, meanings, beside, sampled, corpus), listed, len(key))
        taken.update(run.places if longs else ())
        found += [_Found(run.first, Expansion(asked, long, ABBREVIATION)) for long in longs]
    return found


def _fitting(
    key: str, meanings: Sequence[Meaning], beside: Iterable[str], sampled: int, corpus: CorpusWords
) -> list[FittingMeaning]:
    """How each long form fits the words beside its abbreviation, by so many of its documents."""
    rarity = {word: corpus.rarity(word) for word in beside}
    return [
        FittingMeaning(meaning, corpus.fit(key, meaning.key, rarity, sampled))
        for meaning in meanings
    ]


def _sampled(meanings: int, unread: int) -> int:
    """How many documents of each long form are looked into."""
    return min(SAMPLED, min(MAX_SAMPLED, unread) // meanings) if meanings else 0


def _beside(words: Sequence[QuestionWord], run: Run) -> list[str]:
    """The words of a question but for one run, longest first; plural endings are left off."""
    others = [word.read for word in (*words[: run.first], *words[run.first + len(run.words) :])]
    rest = {word.rstrip("s") for word in others if word not in STOP_WORDS and len(word) > 1}
    return sorted(rest, key=lambda word: (-len(word), word))[:_MAX_BESIDE]


def _short_forms(text: str, phrases: Sequence[Run], corpus: CorpusWords) -> list[_Found]:
    """The abbreviations of the long forms, of two words and more, that a question spells out."""
    by_key = {run.key: run for run in reversed(phrases) if len(run.words) > 1}
    in_corpus = corpus.short_forms(_perhaps_long_forms(by_key, corpus))
    found = []
    taken: set[int] = set()
    for key, run in sorted(by_key.items(), key=lambda item: -len(item[1].words)):
        own = [short for short, _ in in_corpus.get(key, ())]
        short = next(iter((*own, *synonym_list().short_forms.get(key, ()))), None)
        if short and not taken & set(run.places) and _is_sure(short, _asked(text, run), corpus):
            taken.update(run.places)
            found.append(_Found(run.first, Expansion(_asked(text, run), short, ABBREVIATION)))
    return found


def _perhaps_long_forms(keys: Iterable[str], corpus: CorpusWords) -> list[str]:
    """The keys whose first two words begin a long form: few of a pasted case's phrases."""
    beginning = {key: " ".join(key.split(" ", 2)[:2]) for key in keys}
    begun = corpus.begun(set(beginning.values()))
    return [key for key, begins in beginning.items() if begins in begun]


def _is_sure(short: str, long: str, corpus: CorpusWords) -> bool:
    """Whether an abbreviation, in small letters as keywords are, means this and nothing else."""
    key = short_key(short)
    if len(key) < 3 or is_everyday(key) or not corpus.knows(short):
        return False
    meanings = [FittingMeaning(meaning, 0.0) for meaning in corpus.meanings(key, key)]
    return not meanings or same_meaning(long, likeliest(meanings, (), len(key))[:1])


def _equal_terms(text: str, phrases: Sequence[Run], corpus: CorpusWords) -> list[_Found]:
    """Equal terms of the list that the corpus has, of the longest phrases first."""
    found = []
    taken: set[int] = set()
    for run in phrases:
        equal = synonym_list().equal.get(run.key, ())
        if not equal or taken & set(run.places):
            continue
        taken.update(run.places)
        known = [term for term in equal if corpus.knows(term)][:MAX_SYNONYMS]
        found += [_Found(run.first, Expansion(_asked(text, run), t, SYNONYM)) for t in known]
    return found


def _other_spellings(words: Sequence[QuestionWord], corpus: CorpusWords) -> list[_Found]:
    """The other side's spelling of each word, where the corpus has it.

    Most spellings are one term already; this is for the others ("leucocyte", "disk").
    """
    spelt = {word.read: _other_terms(word.read) for word in words if _may_vary(word)}
    documents = corpus.documents_with(
        {one for word, others in spelt.items() for one in (word, *others) if others}
    )
    found = []
    for place, word in enumerate(words):
        enough = max(1.0, RARE_VARIANT * documents.get(word.read, 0))
        other = next((v for v in spelt.get(word.read, ()) if documents.get(v, 0) >= enough), None)
        if other:
            found.append(_Found(place, Expansion(word.typed, other, SYNONYM)))
    return found


@lru_cache(maxsize=KEPT_WORDS)
def _other_terms(word: str) -> tuple[str, ...]:
    """The variants of a word that keywords do not take for the same term."""
    return tuple(variant for variant in variants(word) if terms(variant) != terms(word))


def _may_vary(word: QuestionWord) -> bool:
    return word.plain and word.read not in STOP_WORDS


def _few(found: Iterable[_Found], phrases: Sequence[Run]) -> tuple[Expansion, ...]:
    """The first and surest, in the order of the words, each once and none that is asked anyway."""
    asked = {term for run in phrases if len(run.words) == 1 for term in terms(run.words[0].read)}
    kept: dict[str, _Found] = {}
    for one in found:
        if one.expansion.reason == SPELLING:
            kept.setdefault(one.expansion.asked, one)
        elif not asked.issuperset(query_terms(one.expansion.added.replace("-", " "))):
            kept.setdefault(phrase_key(one.expansion.added), one)
    few = sorted(list(kept.values())[:MAX_EXPANSIONS], key=lambda one: one.place)
    return tuple(one.expansion for one in few)


def _asked(text: str, run: Run) -> str:
    return text[run.words[0].start : run.words[-1].end]
