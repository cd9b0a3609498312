"""What the corpus knows: words, abbreviations and their documents. The only SQL of this package."""

import json
import math
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.keywords import terms
from index.sounds import sound
from index.stores import TermCounts
from search.vocabulary.meanings import Meaning, typed_as
from search.vocabulary.spelling import errors_forgiven, one_error_away

_READ_FORMS = 50
"""Printed forms of an abbreviation with its long form, the commonest: a million documents print
some thousands for "CT", nearly all of them once, and each is compared with the others."""
_READ_CHARACTERS = 100_000
"""Of each document that is looked into for a long form: a book is not read for a question."""


class CorpusWords:
    """The vocabulary of one generation of so many passages.

    `openings` gives the beginnings of documents, by their names, in so many characters.
    """

    def __init__(
        self, connection: sqlite3.Connection, keywords: TermCounts, passages: int,
        openings: Callable[[Sequence[str], int], Sequence[str]],
    ) -> None:  # fmt: skip
        self._connection = connection
        self._openings = openings
        self._keywords = keywords
        self._passages = passages
        self._counts: dict[str, int] = {}

    def knows(self, text: str) -> bool:
        """Whether all terms of a word or phrase are in the corpus."""
        return all(self._has_term(term) for term in terms(text))

    def documents_with(self, words: Iterable[str], least: int = 1) -> dict[str, int]:
        """How many documents have each of these very words, not only another form of it.

        Words in fewer documents than `least` are left out.
        """
        rows = self._connection.execute(
            "SELECT word, documents FROM json_each(?) AS asked CROSS JOIN words "
            "ON initial = substr(asked.value, 1, 1) AND length = length(asked.value) "
            "AND word = asked.value WHERE documents >= ?",
            (json.dumps(sorted(words, key=_in_table)), least),
        )
        return dict(rows.fetchall())

    def like(self, word: str, begins: str, reach: int, least: int) -> list[tuple[str, int]]:
        """The words that a misspelt one may be meant to be, with the number of their documents.

        They begin with one of some letters, differ by at most `reach` in length, and are in
        `least` documents; all those that `correction` would take are among them.
        """
        near = one_error_away(word, begins)
        if errors_forgiven(word) > 1:
            near |= self._sounding_like(word, begins, reach)
        return list(self.documents_with(near, least).items())

    def meanings(self, short_key: str, typed: str) -> list[Meaning]:
        """What the corpus says that an abbreviation stands for, commonest first."""
        rows = self._connection.execute(
            'SELECT long_key, "long", short, documents FROM abbreviation_forms '
            'WHERE short_key = ? ORDER BY documents DESC, "long" DESC LIMIT ?',
            (short_key, _READ_FORMS),
        )
        found: dict[str, Meaning] = {}
        for key, long, short, documents in rows:
            if typed_as(typed, short):
                before = found.get(key)
                total = documents + (before.documents if before else 0)
                found[key] = Meaning(key, before.long if before else long, total)
        return sorted(found.values(), key=lambda meaning: (-meaning.documents, meaning.key))

    def begun(self, beginnings: Iterable[str]) -> set[str]:
        """Those of some beginnings, whole words of keys, that a long form has."""
        rows = self._connection.execute(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM abbreviation_forms "
            "WHERE long_key >= value AND long_key < value || '!')",
            (json.dumps(sorted(beginnings)),),
        )
        return {value for (value,) in rows}

    def short_forms(self, long_keys: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """The abbreviations of long forms with their documents, by key, commonest first."""
        rows = self._connection.execute(
            "SELECT long_key, short, sum(documents) AS n FROM abbreviation_forms "
            "WHERE long_key IN (SELECT value FROM json_each(?)) "
            "GROUP BY long_key, short ORDER BY n DESC, short",
            (json.dumps(list(long_keys)),),
        )
        found: dict[str, list[tuple[str, int]]] = {}
        for key, short, documents in rows:
            found.setdefault(key, []).append((short, documents))
        return found

    def rarity(self, word: str) -> float:
        """How much a word says: the logarithm of passages for each passage that has it."""
        counts = [self._count(term) for term in terms(word)]
        return math.log(1 + self._passages / max(1, min(counts, default=0)))

    def fit(
        self, short_key: str, long_key: str, weights: Mapping[str, float], sampled: int
    ) -> float:
        """The weight of the words that a document has which explains an abbreviation so, averaged.

        From 0 to 1; of many documents so many are read.
        """
        if not weights or not sampled:
            return 0.0
        rows = self._connection.execute(
            "SELECT DISTINCT doc_id FROM abbreviations "
            "WHERE short_key = ? AND long_key = ? LIMIT ?",
            (short_key, long_key, sampled),
        )
        doc_ids = [doc_id for (doc_id,) in rows]
        texts = [text.lower() for text in self._openings(doc_ids, _READ_CHARACTERS)]
        held = sum(weight for text in texts for word, weight in weights.items() if word in text)
        return held / (len(texts) * sum(weights.values())) if texts else 0.0

    def _sounding_like(self, word: str, begins: str, reach: int) -> set[str]:
        """The words of one sound that two errors away reach."""
        rows = self._connection.execute(
            "SELECT word FROM words WHERE sound = ? "
            "AND initial IN (SELECT value FROM json_each(?)) AND length BETWEEN ? AND ?",
            (sound(word), json.dumps(list(begins)), len(word) - reach, len(word) + reach),
        ).fetchall()
        near = process.extract(
            word, [one for (one,) in rows], scorer=OSA.distance, score_cutoff=2, limit=None
        )
        return {other for other, _, _ in near}

    def _has_term(self, term: str) -> bool:
        return self._count(term) > 0

    def _count(self, term: str) -> int:
        """The passages that have a term."""
        if term not in self._counts:
            self._counts |= self._keywords.counts([term])
        return self._counts[term]


def _in_table(word: str) -> tuple[str, int, str]:
    """The order in which words are stored: lookups in it read each page once."""
    return word[:1], len(word), word
