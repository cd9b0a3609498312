"""The words of the corpus as people write them, and what its abbreviations stand for.

The keyword index holds terms, which may be stems; a misspelt word is compared with whole words,
so these are kept beside it, each with the number of documents that have it and with its sound, by
which misspelt words find it. Abbreviations are kept for each document that explains one, and
counted by their printed forms, so that a common one is read as fast as a rare one.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable

from index.abbreviations import find_abbreviations, phrase_key, short_key
from index.folding import folded
from index.sounds import sound
from ingest.documents import Document

SHORTEST, LONGEST = 4, 40
"""Letters of the words that are kept: shorter ones are never corrected, longer ones are errors."""

VOCABULARY_SCHEMA = """
CREATE TABLE words (
    initial TEXT NOT NULL,
    length INTEGER NOT NULL,
    word TEXT NOT NULL,
    documents INTEGER NOT NULL,
    sound TEXT NOT NULL,
    PRIMARY KEY (initial, length, word)
) WITHOUT ROWID;
CREATE INDEX words_by_sound ON words (sound, initial, length);
CREATE TABLE abbreviations (
    doc_id TEXT NOT NULL REFERENCES documents (doc_id) ON DELETE CASCADE,
    short TEXT NOT NULL,
    "long" TEXT NOT NULL,
    short_key TEXT NOT NULL,
    long_key TEXT NOT NULL,
    PRIMARY KEY (doc_id, short, "long")
) WITHOUT ROWID;
CREATE INDEX abbreviations_by_short ON abbreviations (short_key, long_key);
CREATE TABLE abbreviation_forms (
    short_key TEXT NOT NULL,
    long_key TEXT NOT NULL,
    short TEXT NOT NULL,
    "long" TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (short_key, long_key, short, "long")
) WITHOUT ROWID;
CREATE INDEX abbreviation_forms_by_documents
    ON abbreviation_forms (short_key, documents DESC, "long" DESC);
CREATE INDEX abbreviation_forms_by_long ON abbreviation_forms (long_key);
"""
VOCABULARY_TABLES = ("words", "abbreviations", "abbreviation_forms")

_RUN = re.compile("[a-z0-9]+")
_PLACE = "initial = ? AND length = ? AND word = ?"
_FORM = 'short_key = ? AND long_key = ? AND short = ? AND "long" = ?'
_Place = tuple[str, int, str]
_Form = tuple[str, str, str, str]


def surface_words(text: str) -> set[str]:
    """The words of letters alone that a text is written with, folded.

    >>> sorted(surface_words("Ruptures at L5-S1, ruptured"))
    ['ruptured', 'ruptures']
    """
    runs = set(_RUN.findall(folded(text)))
    return {run for run in runs if SHORTEST <= len(run) <= LONGEST and run.isalpha()}


def store_vocabulary(connection: sqlite3.Connection, *documents: Document) -> None:
    """Count the words of documents and keep their abbreviations; they are in the catalog.

    Of many documents some hundreds at a time are best: a word that many of them have is written
    once.
    """
    texts = [f"{document.metadata.title}\n{document.text}" for document in documents]
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?, ?, ?) ON CONFLICT (initial, length, word) "
        "DO UPDATE SET documents = documents + excluded.documents",
        ((*place, count, sound(place[2])) for place, count in _counted(texts)),
    )
    explained = [
        (document.doc_id, a.short, a.long, short_key(a.short), phrase_key(a.long))
        for document, text in zip(documents, texts, strict=True)
        for a in find_abbreviations(text)
    ]
    connection.executemany("INSERT INTO abbreviations VALUES (?, ?, ?, ?, ?)", explained)
    connection.executemany(
        "INSERT INTO abbreviation_forms VALUES (?, ?, ?, ?, ?) "
        'ON CONFLICT (short_key, long_key, short, "long") '
        "DO UPDATE SET documents = documents + excluded.documents",
        ((*form, count) for form, count in _forms(explained)),
    )


def forget_vocabulary(connection: sqlite3.Connection, *doc_ids: str) -> None:
    """Take back what `store_vocabulary` did; documents that are not in the catalog are passed."""
    found = [
        connection.execute(
            "SELECT json_extract(metadata, '$.title') || char(10) || text FROM documents "
            "WHERE doc_id = ?",
            (doc_id,),
        ).fetchone()
        for doc_id in doc_ids
    ]
    counted = _counted([row[0] for row in found if row])
    connection.executemany(
        f"UPDATE words SET documents = documents - ? WHERE {_PLACE}",
        ((count, *place) for place, count in counted),
    )
    connection.executemany(
        f"DELETE FROM words WHERE {_PLACE} AND documents <= 0", (place for place, _ in counted)
    )
    _forget_abbreviations(connection, doc_ids)


def _forget_abbreviations(connection: sqlite3.Connection, doc_ids: Iterable[str]) -> None:
    explained: list[tuple[str, ...]] = []
    for doc_id in doc_ids:
        explained += connection.execute(
            "DELETE FROM abbreviations WHERE doc_id = ? "
            'RETURNING doc_id, short, "long", short_key, long_key',
            (doc_id,),
        )
    forms = _forms(explained)
    connection.executemany(
        f"UPDATE abbreviation_forms SET documents = documents - ? WHERE {_FORM}",
        ((count, *form) for form, count in forms),
    )
    connection.executemany(
        f"DELETE FROM abbreviation_forms WHERE {_FORM} AND documents <= 0",
        (form for form, _ in forms),
    )


def _forms(explained: Iterable[tuple[str, ...]]) -> list[tuple[_Form, int]]:
    """Abbreviations as printed with the number of documents that have them, in table order."""
    counts = Counter(
        (short_key, long_key, short, long) for _, short, long, short_key, long_key in explained
    )
    return sorted(counts.items())


def _counted(texts: Iterable[str]) -> list[tuple[_Place, int]]:
    """The places of all words with the number of texts that have them, in the table's order."""
    counts = Counter(word for text in texts for word in surface_words(text))
    return sorted(((word[0], len(word), word), count) for word, count in counts.items())
