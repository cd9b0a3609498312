"""The words of the corpus as people write them, and what its abbreviations stand for.

The keyword index holds terms, which may be stems; a misspelt word is compared with whole words,
so these are kept beside it, each with the number of documents that have it.
"""

import re
import sqlite3
import unicodedata

from index.abbreviations import find_abbreviations, phrase_key, short_key
from ingest.documents import Document

SHORTEST, LONGEST = 4, 40
"""Letters of the words that are kept: shorter ones are never corrected, longer ones are errors."""

VOCABULARY_SCHEMA = """
CREATE TABLE words (
    initial TEXT NOT NULL,
    length INTEGER NOT NULL,
    word TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (initial, length, word)
) WITHOUT ROWID;
CREATE TABLE abbreviations (
    doc_id TEXT NOT NULL REFERENCES documents (doc_id) ON DELETE CASCADE,
    short TEXT NOT NULL,
    "long" TEXT NOT NULL,
    short_key TEXT NOT NULL,
    long_key TEXT NOT NULL,
    PRIMARY KEY (doc_id, short, "long")
) WITHOUT ROWID;
CREATE INDEX abbreviations_by_short ON abbreviations (short_key, long_key);
CREATE INDEX abbreviations_by_long ON abbreviations (long_key, short_key);
"""

_WORD = re.compile(rf"(?<![a-z0-9])[a-z]{{{SHORTEST},{LONGEST}}}(?![a-z0-9])")


def folded(text: str) -> str:
    """Small letters without accents, as words are kept.

    >>> folded("Morel-Lavallée")
    'morel-lavallee'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def surface_words(text: str) -> set[str]:
    """The words of letters alone that a text is written with, folded.

    >>> sorted(surface_words("Ruptures at L5-S1, ruptured"))
    ['ruptured', 'ruptures']
    """
    return set(_WORD.findall(folded(text)))


def store_vocabulary(connection: sqlite3.Connection, document: Document) -> None:
    """Count a document's words and keep its abbreviations; the document is in the catalog."""
    title_and_text = f"{document.metadata.title}\n{document.text}"
    connection.executemany(
        "INSERT INTO words VALUES (?, ?, ?, 1) "
        "ON CONFLICT (initial, length, word) DO UPDATE SET documents = documents + 1",
        ((word[0], len(word), word) for word in sorted(surface_words(title_and_text))),
    )
    connection.executemany(
        "INSERT INTO abbreviations VALUES (?, ?, ?, ?, ?)",
        (
            (document.doc_id, a.short, a.long, short_key(a.short), phrase_key(a.long))
            for a in find_abbreviations(title_and_text)
        ),
    )


def forget_vocabulary(connection: sqlite3.Connection, doc_id: str) -> None:
    """Take back what `store_vocabulary` did; the document is still in the catalog, or never was."""
    row = connection.execute(
        "SELECT json_extract(metadata, '$.title'), text FROM documents WHERE doc_id = ?", (doc_id,)
    ).fetchone()
    if row is None:
        return
    places = [(w[0], len(w), w) for w in sorted(surface_words(f"{row[0]}\n{row[1]}"))]
    this = "WHERE initial = ? AND length = ? AND word = ?"
    connection.executemany(f"UPDATE words SET documents = documents - 1 {this}", places)
    connection.executemany(f"DELETE FROM words {this} AND documents <= 0", places)
    connection.execute("DELETE FROM abbreviations WHERE doc_id = ?", (doc_id,))
