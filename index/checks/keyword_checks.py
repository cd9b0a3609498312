"""Whether keywords, words and abbreviations are those of the passages and documents."""

import sqlite3
from collections import Counter

import numpy as np

from index.abbreviations import find_abbreviations
from index.checks import OpenedIndex, Tally
from index.checks.base_checks import term_count
from index.checks.opened_base import has_keyword_files
from index.keyword_engines.tantivy_engine import TantivyBase
from index.keywords import ANALYZER_VERSION, terms
from index.reading import stored_passages
from index.sounds import sound
from index.vocabulary import surface_words
from ingest.documents import Document
from ingest.site_text import paragraph_hashes

_SOUGHT_TERMS = 5
_WHOLLY_LISTED = 20_000
"""Passages up to which every place of every term is compared, about a second for 9,000."""


def check_keyword_rows(opened: OpenedIndex, tally: Tally) -> None:
    """Every passage has its terms and is in one keyword index; nothing else is."""
    tally.checked = len(opened.rows)
    _compare_rows(opened, tally, "passage_terms", "row", 0)
    # How many terms there are of each row that FTS5 has.
    _compare_rows(opened, tally, "keywords_docsize", "id", _first_listed(opened))


def _compare_rows(opened: OpenedIndex, tally: Tally, table: str, column: str, first: int) -> None:
    """Hold the rows of a table against the passages from a row on."""
    for (row,) in opened.connection.execute(
        f"SELECT row FROM passages WHERE row >= ? AND row NOT IN (SELECT {column} FROM {table})",
        (first,),
    ):
        tally.wrong(f"{opened.name_of_row(row)} has no row in {table}")
    for (row,) in opened.connection.execute(
        f"SELECT {column} FROM {table} WHERE {column} < ? "
        f"OR {column} NOT IN (SELECT row FROM passages)",
        (first,),
    ):
        tally.wrong(f"row {row} in {table} has no passage that belongs there")


def _first_listed(opened: OpenedIndex) -> int:
    """The first row that FTS5 has: where the base has keyword files, the first after it."""
    return opened.last_row + 1 if has_keyword_files(opened.manifest.base) else 0


def check_keyword_terms(opened: OpenedIndex, tally: Tally) -> None:
    """The terms of sampled passages are the analyzer's, and a question with them finds them."""
    built_with = opened.manifest.settings.analyzer_version
    if built_with != ANALYZER_VERSION:
        tally.notes.append(f"not checked: terms are of analyzer version {built_with}")
        return
    files, first = opened.base.keywords, _first_listed(opened)
    tally.looked_at(len(opened.sampled_rows), len(opened.rows))
    for row in opened.sampled_rows:
        stored = stored_passages(opened.connection, [row]).get(row)
        found = opened.connection.execute(
            "SELECT coalesce(title, ''), coalesce(heading, ''), coalesce(body, '') "
            "FROM passage_terms WHERE row = ?",
            (row,),
        ).fetchone()
        if stored is None or found is None:
            continue  # named by other checks
        passage = stored.passage
        texts = (stored.metadata.title, passage.section, passage.text)
        if found != tuple(" ".join(terms(text)) for text in texts):
            tally.wrong(f"{opened.name_of_row(row)} has the terms of another text")
        elif found[2] and not (
            _is_listed(opened, row, found[2])
            if row >= first
            else _is_in_files(files, row, found[2])
        ):
            tally.wrong(f"{opened.name_of_row(row)} is not found by its own terms")


def check_keyword_index(opened: OpenedIndex, tally: Tally) -> None:
    """The lists that keyword search reads hold each term of each row, and nothing else.

    SQLite checks this itself from version 3.44 on ("catalog file"); before, only as a writer.
    """
    connection, first = opened.connection, _first_listed(opened)
    tally.checked = int(np.count_nonzero(opened.rows >= first))
    (listed,) = connection.execute("SELECT coalesce(sum(cnt), 0) FROM vocabulary").fetchone()
    stated = term_count(connection, f"row >= {first}")
    if listed != stated:
        tally.wrong(f"{listed:,} places are listed, the rows have {stated:,} terms")
    elif tally.checked > _WHOLLY_LISTED:
        tally.notes.append("terms counted, their places not compared")
    elif _places_listed(connection) != _places_stated(connection, first):
        tally.wrong("terms are listed for other rows or places than those that they are in")


def _places_listed(connection: sqlite3.Connection) -> int:
    """A sum over all places of all terms that does not depend on their order."""
    connection.execute(
        "CREATE VIRTUAL TABLE temp.places USING fts5vocab (main, keywords, instance)"
    )
    places = connection.execute("SELECT doc, col, offset, term FROM temp.places")
    return sum(map(hash, places))


def _places_stated(connection: sqlite3.Connection, first: int) -> int:
    rows = connection.execute(
        "SELECT row, coalesce(title, ''), coalesce(heading, ''), coalesce(body, '') "
        "FROM passage_terms WHERE row >= ?",
        (first,),
    )
    return sum(
        hash((row, column, offset, term))
        for row, *texts in rows
        for column, text in zip(("title", "heading", "body"), texts, strict=True)
        for offset, term in enumerate(text.split())
    )


def _is_listed(opened: OpenedIndex, row: int, body: str) -> bool:
    # Long terms are rare ones, whose lists of passages are short.
    longest = [f'"{term}"' for term in sorted(set(body.split()), key=len)[-_SOUGHT_TERMS:]]
    return bool(
        opened.connection.execute(
            "SELECT 1 FROM keywords WHERE keywords MATCH ? AND rowid = ?",
            (f"body : ({' AND '.join(longest)})", row),
        ).fetchone()
    )


def _is_in_files(files: TantivyBase | None, row: int, body: str) -> bool:
    """Whether the rarest term of a passage finds it in the base's keyword files."""
    if files is None:
        return True  # named by another check
    having, rarest = min((files.having((term,)), term) for term in set(body.split()))
    return having > 0 and row in files.rows_with(rarest, having)


def check_words(opened: OpenedIndex, tally: Tally) -> None:
    """The words of documents are kept with the number of documents that have them."""
    counts: Counter[str] = Counter()
    sampled = 0
    for document in opened.sampled_documents():
        sampled += 1
        counts.update(surface_words(_title_and_text(document)))
    tally.looked_at(sampled, opened.document_count)
    whole = sampled == opened.document_count
    for word, count in counts.items():
        stored, said = opened.connection.execute(
            "SELECT documents, sound FROM words WHERE initial = ? AND length = ? AND word = ?",
            (word[0], len(word), word),
        ).fetchone() or (0, sound(word))
        most = count if whole else opened.document_count
        if not count <= stored <= most:
            tally.wrong(f"{word!r} is said to be in {stored} documents, it is in {count}")
        if said != sound(word):
            tally.wrong(f"{word!r} is said to sound like {said!r}")
    if whole:
        for (word,) in opened.connection.execute("SELECT word FROM words"):
            if word not in counts:
                tally.wrong(f"{word!r} is in no document")


def check_abbreviations(opened: OpenedIndex, tally: Tally) -> None:
    """The abbreviations of sampled documents are those that their texts explain."""
    sampled = 0
    for document in opened.sampled_documents():
        sampled += 1
        explained = {(a.short, a.long) for a in find_abbreviations(_title_and_text(document))}
        stored = set(
            opened.connection.execute(
                'SELECT short, "long" FROM abbreviations WHERE doc_id = ?', (document.doc_id,)
            )
        )
        for short, long in sorted(explained ^ stored):
            how = "is lost" if (short, long) in explained else "is not explained there"
            tally.wrong(f"{short} ({long}) of {opened.name_of(document.doc_id)} {how}")
    tally.looked_at(sampled, opened.document_count)


def check_site_paragraphs(opened: OpenedIndex, tally: Tally) -> None:
    """The paragraphs of sampled web pages are those that are counted over their site."""
    sampled = 0
    for document in opened.sampled_documents():
        sampled += 1
        row = opened.connection.execute(
            "SELECT (SELECT json_group_array(value) FROM (SELECT value FROM json_each(hashes) "
            "ORDER BY 1)) FROM site_paragraphs WHERE doc_id = ?",
            (document.doc_id,),
        ).fetchone()
        expected = ",".join(f'"{one}"' for one in sorted(paragraph_hashes(document)))
        if (row[0] if row else "[]") != f"[{expected}]":
            tally.wrong(f"{opened.name_of(document.doc_id)} has other paragraphs than are counted")
    tally.looked_at(sampled, opened.document_count)


def _title_and_text(document: Document) -> str:
    """What words and abbreviations are found in (`index.vocabulary`)."""
    return f"{document.metadata.title}\n{document.text}"
