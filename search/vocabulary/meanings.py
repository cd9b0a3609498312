"""What an abbreviation of a question stands for, and which one a long form has. Pure.

Letters mean many things, two letters above all. A long form is taken where the corpus knows no
other, or nearly always means it, or explains it in documents that the rest of the question is
about; else the one of the list of synonyms, else none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from search.vocabulary.english import is_english, is_everyday
from search.vocabulary.variants import american

MAX_MEANINGS = 2
"""Long forms of one abbreviation that are searched for."""
RIVAL_SHARE = 0.5
"""A second long form is searched for if it is at least so likely as the first."""
USUAL_SHARE, USUAL_DOCUMENTS = 0.7, 3
"""A long form that so many of the documents that explain an abbreviation give is usual."""
FITTING = 0.5
"""Share of the rest of the question, by rarity, that documents with a fitting long form hold."""
_SAME_WORD = 6
"""Letters that two words begin with to count as forms of one ("imaging", "images")."""
_KEPT_STEMS = 1 << 14
"""Long forms whose beginnings of words are kept, some 8 MB: the same ones are compared often."""
_SAME_MEANING = 0.5
"""Share of words from which on two long forms are wordings of one."""


@dataclass(frozen=True)
class Meaning:
    """A long form of an abbreviation, as most often printed, and in how many documents."""

    key: str
    long: str
    documents: int


@dataclass(frozen=True)
class FittingMeaning:
    """A meaning, and how well its documents fit the rest of the question, from 0 to 1."""

    meaning: Meaning
    fit: float


def may_be_short(typed: str, listed: bool, shouted: bool) -> bool:
    """Whether a word may be an abbreviation: typed as one, or in small letters no English word.

    In a question that is `shouted` capitals say nothing; `listed` ones are known to be short.

    >>> may_be_short("PIN", True, False), may_be_short("pin", True, False)
    (True, False)
    """
    small = typed.lower()
    if len(typed) < 2 or not typed[0].isalnum() or typed.isdigit():
        return False
    if any(character.isupper() for character in typed[1:]) and not shouted:
        return True
    if not (typed.islower() or shouted) or is_everyday(small):
        return False
    return listed or (len(typed) > 2 and not is_english(small))


def typed_as(typed: str, short: str) -> bool:
    """Whether a printed short form can be meant by what is typed: "pH" is not "PH".

    >>> typed_as("pH", "PH"), typed_as("prp", "PRP"), typed_as("MRIs", "MRI")
    (False, True, True)
    """
    singular = typed.removesuffix("s")
    if typed.islower() or singular.isupper():
        return True
    return "".join(filter(str.isalnum, typed)) == "".join(filter(str.isalnum, short))


def likeliest(found: Sequence[FittingMeaning], listed: Sequence[str], letters: int) -> list[str]:
    """The long forms to search for, at most two; `listed` are those of the list of synonyms."""
    merged = one_wording_each(found)
    together = sum(one.meaning.documents for one in merged)
    sure = [one for one in merged if _is_usual(one.meaning, together) or one.fit >= FITTING]
    if not sure and not listed and letters > 2:
        sure = merged
    if not sure:
        same = [one.meaning.long for one in merged if same_meaning(one.meaning.long, listed)]
        return (same or list(listed))[:MAX_MEANINGS]
    fits = any(one.fit > 0 for one in sure)
    likely = [(one.meaning.documents * (one.fit if fits else 1), one.meaning) for one in sure]
    likely.sort(key=lambda one: (-one[0], one[1].key))
    best = likely[0][0]
    return [
        meaning.long for weight, meaning in likely[:MAX_MEANINGS] if weight >= best * RIVAL_SHARE
    ]


def one_wording_each(found: Sequence[FittingMeaning]) -> list[FittingMeaning]:
    """Meanings with other wordings of the same ("… imaging", "… images") counted with them."""
    kept: list[FittingMeaning] = []
    stems: list[frozenset[str]] = []
    for one in found:
        mine = _stems(one.meaning.long)
        place = next((at for at, theirs in enumerate(stems) if _are_alike(mine, theirs)), None)
        if place is None:
            kept.append(one)
            stems.append(mine)
            continue
        other = kept[place]
        documents = other.meaning.documents + one.meaning.documents
        kept[place] = FittingMeaning(
            replace(other.meaning, documents=documents), max(other.fit, one.fit)
        )
    return kept


def same_meaning(long: str, others: Sequence[str]) -> bool:
    """Whether a long form is another wording of one of some.

    >>> same_meaning("Magnetic resonance images", ["magnetic resonance imaging"])
    True
    """
    mine = _stems(long)
    return any(_are_alike(mine, theirs) for theirs in map(_stems, others))


def is_plain(meanings: Sequence[Meaning]) -> bool:
    """Whether an abbreviation has one meaning however well its documents fit a question."""
    merged = one_wording_each([FittingMeaning(meaning, 0.0) for meaning in meanings])
    return len(merged) == 1 and merged[0].meaning.documents >= USUAL_DOCUMENTS


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    common = len(one & other)
    return common >= _SAME_MEANING * (len(one) + len(other) - common)


@lru_cache(maxsize=_KEPT_STEMS)
def _stems(long: str) -> frozenset[str]:
    words = american(long.lower()).replace("-", " ").split()
    return frozenset(word[:_SAME_WORD] for word in words)


def _is_usual(meaning: Meaning, together: int) -> bool:
    return meaning.documents >= max(USUAL_DOCUMENTS, USUAL_SHARE * together)
