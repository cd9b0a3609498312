"""How common terms are in a corpus, and the long forms of its abbreviations, counted in one pass.

The keyword engines of a folder count a phrase when they are asked for it. Who asks a server cannot,
so what a question's abbreviations may be read as is counted beforehand.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from index.keywords import terms

_COUNTED_TERMS = 500_000
"""Different terms that are counted in memory before they go to the disk, some 50 MB."""
COUNTS_SCHEMA = """
CREATE TABLE term_counts (term TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE phrase_counts (phrase TEXT PRIMARY KEY, passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE term_totals (passages INTEGER NOT NULL, terms INTEGER NOT NULL);
"""

Phrase = tuple[str, ...]


class PhraseFinder:
    """Finds which of some phrases of two and more terms stand in a text."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        # By two terms: many long forms begin with one word.
        self._by_beginning: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            self._by_beginning[phrase[0], phrase[1]].append(phrase)

    def found_in(self, words: Sequence[str]) -> Iterator[Phrase]:
        """The phrases, each as often as it stands there.

        >>> finder = PhraseFinder([("vein", "thrombosi")])
        >>> list(finder.found_in(["deep", "vein", "thrombosi"]))
        [('vein', 'thrombosi')]
        """
        for place, pair in enumerate(pairwise(words)):
            for phrase in self._by_beginning.get(pair, ()):
                if tuple(words[place : place + len(phrase)]) == phrase:
                    yield phrase


def long_forms(catalog: sqlite3.Connection) -> set[Phrase]:
    """The long forms of several terms as they are looked for: with and without a hyphen."""
    found: set[Phrase] = set()
    for (long,) in catalog.execute('SELECT DISTINCT "long" FROM abbreviation_forms'):
        written = terms(long)
        found |= {tuple(written), tuple(term for term in written if "_" not in term)}
    return {phrase for phrase in found if len(phrase) > 1}


def count_terms(catalog: sqlite3.Connection, cards: sqlite3.Connection) -> None:
    """Count terms and long forms as the keyword engines do: each once in a passage.

    A phrase stands within a title, a heading or a body; one that stands nowhere is noted, too.
    """
    longs = long_forms(catalog)
    finder = PhraseFinder(longs)
    counts, phrases = Counter[str](), Counter(dict.fromkeys(longs, 0))
    passages = total = 0
    for columns in catalog.execute("SELECT title, heading, body FROM passage_terms"):
        split = [column.split() for column in columns]
        passages, total = passages + 1, total + sum(map(len, split))
        counts.update({term for words in split for term in words})
        phrases.update({phrase for words in split for phrase in finder.found_in(words)})
        if len(counts) > _COUNTED_TERMS:
            _add_counts(cards, counts)
    _add_counts(cards, counts)
    joined = sorted((" ".join(phrase), count) for phrase, count in phrases.items())
    cards.executemany("INSERT INTO phrase_counts VALUES (?, ?)", joined)
    cards.execute("INSERT INTO term_totals VALUES (?, ?)", (passages, total))


def _add_counts(cards: sqlite3.Connection, counts: Counter[str]) -> None:
    cards.executemany(
        "INSERT INTO term_counts VALUES (?, ?) "
        "ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages",
        sorted(counts.items()),
    )
    counts.clear()
