"""What the words of a query ask for: its terms, how rare each is, and what may stand for them."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.keyword_engines.queries import TITLE_WEIGHT, Alternative, KeywordQuery
from index.keyword_engines.shares import MOST_OF_A_TERM
from index.keywords import query_terms, terms
from index.stores import TermCounts
from search.vocabulary import Expansion

MAX_TERMS = 48
"""Of a pasted case the rarest terms are looked for: common ones cost time and say little. Of 300
cases cut in halves, 48 terms found the other half as well as 128 (nDCG@10 .574 and .558, which is
no sure difference), in half of the time; 32 a little worse (.556), 24 worse (.545)."""
_UNSEEN = 0.5
"""Passages that a term without any is counted as having."""


@dataclass(frozen=True)
class WantedTerms:
    """The terms of a query with their rarity, and the phrases that may stand for them.

    `rarity` is the logarithm of passages for each passage that has the term; `unknown` are the
    terms that no passage has, by themselves or by an alternative.
    """

    rarity: dict[str, float]
    alternatives: tuple[Alternative, ...] = ()
    unknown: frozenset[str] = frozenset()

    @property
    def total(self) -> float:
        """The rarity of all terms together."""
        return sum(self.rarity.values())

    @property
    def most(self) -> float:
        """What a passage can score by them at most, by BM25."""
        return MOST_OF_A_TERM * self.total

    def query(self, title_weight: float = TITLE_WEIGHT) -> KeywordQuery:
        """What a store is asked for."""
        return KeywordQuery(tuple(self.rarity), self.alternatives, title_weight)

    @property
    def told_by(self) -> dict[str, float]:
        """All terms that a sentence may tell of the query by, alternatives' too, with rarity.

        The words of a phrase share the rarity of what it stands for.
        """
        told = dict(self.rarity)
        for one in self.alternatives:
            rarity = sum(self.rarity.get(term, 0.0) for term in one.stands_for)
            for term in one.phrase:
                told.setdefault(term, rarity / len(one.phrase))
        return told

    @property
    def unknown_share(self) -> float:
        """The share of the rarity that no passage has, from 0 to 1."""
        return sum(self.rarity[term] for term in self.unknown) / self.total if self.total else 0.0


def wanted_terms(
    keywords: TermCounts, text: str, expansions: Sequence[Expansion], passages: int
) -> WantedTerms:
    """The terms of a query whose spelling is right, at most the `MAX_TERMS` rarest.

    What may stand for other terms is not asked for.
    """
    asked = query_terms(text)
    alternatives = _alternatives(expansions, asked)
    counts = keywords.counts({*asked, *(t for a in alternatives for t in a.phrase)})
    have = {term: float(counts[term]) for term in asked}
    for alternative in alternatives:
        # A word that is looked for under two names is as rare as both together.
        if len(alternative.stands_for) == 1:
            have[alternative.stands_for[0]] += min(counts[word] for word in alternative.phrase)
    rarity = {term: math.log(1 + passages / max(have[term], _UNSEEN)) for term in asked}
    rarest = sorted(rarity, key=lambda term: (-rarity[term], term))[:MAX_TERMS]
    kept = {term: rarity[term] for term in asked if term in set(rarest)}
    asked_for = tuple(a for a in alternatives if not kept.keys().isdisjoint(a.stands_for))
    known = {t for a in asked_for if all(counts[w] for w in a.phrase) for t in a.stands_for}
    unknown = frozenset(term for term in kept if not counts[term] and term not in known)
    return WantedTerms(kept, asked_for, unknown)


def _alternatives(
    expansions: Sequence[Expansion], asked: Collection[str]
) -> tuple[Alternative, ...]:
    found: dict[Alternative, None] = {}
    for expansion in expansions:
        stands_for = _without_wholes(terms(expansion.asked))
        if set(asked).isdisjoint(stands_for):  # a slip: its right spelling is what is asked
            continue
        for phrase in _phrases(expansion.added):
            if phrase != stands_for:
                found[Alternative(phrase, stands_for)] = None
    return tuple(found)


def _phrases(words: str) -> list[tuple[str, ...]]:
    """The terms of a phrase as passages have them, with and without a hyphen."""
    written = terms(words)
    return [
        phrase for phrase in dict.fromkeys((tuple(written), _without_wholes(written))) if phrase
    ]


def _without_wholes(found: Sequence[str]) -> tuple[str, ...]:
    """Terms without those of whole words with a hyphen, whose parts are terms too."""
    return tuple(term for term in found if "_" not in term)
