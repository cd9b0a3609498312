"""Words and abbreviations are counted as documents come, and taken back as they go."""

import sqlite3

import pytest

from index.vocabulary import (
    VOCABULARY_SCHEMA,
    VOCABULARY_TABLES,
    forget_vocabulary,
    store_vocabulary,
)
from ingest.documents import Document, Metadata

SCHEMA = f"""
CREATE TABLE documents (doc_id TEXT PRIMARY KEY, metadata TEXT, text TEXT);
{VOCABULARY_SCHEMA}"""
KNEE = "Magnetic resonance imaging (MRI) of the knee showed an oedema."
HIP = "Magnetic resonance imaging (MRI) of the hip was normal, and so was the knee."


@pytest.fixture
def catalog() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    return connection


def store(catalog: sqlite3.Connection, **texts: str) -> None:
    """Documents stored together."""
    documents = [Document(name, name, "text", Metadata(), text, ()) for name, text in texts.items()]
    for one in documents:
        row = (one.doc_id, '{"title": ""}', one.text)
        catalog.execute("INSERT INTO documents VALUES (?, ?, ?)", row)
    store_vocabulary(catalog, *documents)


def content(catalog: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [
        catalog.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3, 4").fetchall()
        for table in VOCABULARY_TABLES
    ]


def test_a_word_is_counted_once_for_each_document(catalog: sqlite3.Connection) -> None:
    store(catalog, a=KNEE, b=HIP)
    query = "SELECT word, documents FROM words WHERE word IN ('knee', 'normal')"
    assert catalog.execute(query).fetchall() == [("knee", 2), ("normal", 1)]


def test_a_word_is_stored_with_its_sound(catalog: sqlite3.Connection) -> None:
    store(catalog, a="An oedema.")
    assert catalog.execute("SELECT word, sound FROM words").fetchall() == [("oedema", "odm")]


def test_the_documents_that_explain_an_abbreviation_so_are_counted(
    catalog: sqlite3.Connection,
) -> None:
    store(catalog, a=KNEE, b=HIP)
    rows = catalog.execute("SELECT short_key, long_key, documents FROM abbreviation_forms")
    assert rows.fetchall() == [("mri", "magnetic resonance imaging", 2)]


def test_documents_stored_together_are_as_those_stored_one_by_one(
    catalog: sqlite3.Connection,
) -> None:
    store(catalog, a=KNEE, b=HIP)
    together = content(catalog)
    catalog.executescript("".join(f"DELETE FROM {t};" for t in (*VOCABULARY_TABLES, "documents")))
    store(catalog, a=KNEE)
    store(catalog, b=HIP)
    assert content(catalog) == together


def test_what_is_forgotten_leaves_the_rest_as_if_it_had_never_been(
    catalog: sqlite3.Connection,
) -> None:
    store(catalog, a=KNEE)
    alone = content(catalog)
    store(catalog, b=HIP, c="A scaphoid.")
    forget_vocabulary(catalog, "b", "c", "never stored")
    assert content(catalog) == alone
