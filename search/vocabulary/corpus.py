"""What the corpus knows: words, abbreviations and their documents. The only SQL of this package."""

import json
import math
import sqlite3
from collections.abc import Iterable, Mapping

from index.keywords import terms
from search.vocabulary.meanings import Meaning, typed_as

_SAMPLED = 20
"""Documents that are looked into to see what a long form goes together with."""
_READ_CHARACTERS = 100_000
"""Of each of them: a book is not read for a question."""


class CorpusWords:
    """The vocabulary of one generation; the connection is the reader's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._counts: dict[str, int] = {}
        self._passages: int | None = None

    def knows(self, text: str) -> bool:
        """Whether all terms of a word or phrase are in the corpus."""
        return all(self._has_term(term) for term in terms(text))

    def documents_with(self, words: Iterable[str]) -> dict[str, int]:
        """How many documents have each of these very words, not only another form of it."""
        rows = self._connection.execute(
            "SELECT word, documents FROM json_each(?) AS asked CROSS JOIN words "
            "ON initial = substr(asked.value, 1, 1) AND length = length(asked.value) "
            "AND word = asked.value",
            (json.dumps(sorted(words)),),
        )
        return dict(rows.fetchall())

    def like(
        self, initials: str, shortest: int, longest: int, documents: int
    ) -> list[tuple[str, int]]:
        """The words that begin with one of some letters, of some length and in enough documents.

        Each comes with the number of its documents.
        """
        rows = self._connection.execute(
            "SELECT word, documents FROM words "
            "WHERE initial IN (SELECT value FROM json_each(?)) AND length BETWEEN ? AND ? "
            "AND documents >= ?",
            (json.dumps(list(initials)), shortest, longest, documents),
        )
        return rows.fetchall()

    def meanings(self, short_key: str, typed: str) -> list[Meaning]:
        """What the corpus says that an abbreviation stands for, commonest first."""
        rows = self._connection.execute(
            'SELECT long_key, "long", short, count(*) AS n FROM abbreviations '
            'WHERE short_key = ? GROUP BY long_key, "long", short ORDER BY n DESC, "long" DESC',
            (short_key,),
        )
        found: dict[str, Meaning] = {}
        for key, long, short, documents in rows:
            if typed_as(typed, short):
                before = found.get(key)
                total = documents + (before.documents if before else 0)
                found[key] = Meaning(key, before.long if before else long, total)
        return sorted(found.values(), key=lambda meaning: (-meaning.documents, meaning.key))

    def short_forms(self, long_keys: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """The abbreviations of long forms with their documents, by key, commonest first."""
        rows = self._connection.execute(
            "SELECT long_key, short, count(*) AS n FROM abbreviations "
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
        if self._passages is None:
            row = self._connection.execute("SELECT max(row) FROM passages").fetchone()
            self._passages = int(row[0] or 1)
        counts = [self._count(term) for term in terms(word)]
        return math.log(1 + self._passages / max(1, min(counts, default=0)))

    def fit(self, short_key: str, long_key: str, weights: Mapping[str, float]) -> float:
        """The weight of the words that a document has which explains an abbreviation so, averaged.

        From 0 to 1; of many documents a sample is read.
        """
        if not weights:
            return 0.0
        held = " + ".join("? * (instr(text, ?) > 0)" for _ in weights)
        weighed = [value for word, weight in weights.items() for value in (weight, word)]
        row = self._connection.execute(
            f"SELECT avg({held}) FROM (SELECT lower(substr(text, 1, ?)) AS text FROM documents "
            "WHERE doc_id IN (SELECT doc_id FROM abbreviations "
            "WHERE short_key = ? AND long_key = ? LIMIT ?))",
            (*weighed, _READ_CHARACTERS, short_key, long_key, _SAMPLED),
        ).fetchone()
        return float(row[0] or 0.0) / sum(weights.values())

    def _has_term(self, term: str) -> bool:
        return self._count(term) > 0

    def _count(self, term: str) -> int:
        """The passages that have a term."""
        if term not in self._counts:
            row = self._connection.execute(
                "SELECT doc FROM vocabulary WHERE term = ?", (term,)
            ).fetchone()
            self._counts[term] = int(row[0]) if row else 0
        return self._counts[term]
