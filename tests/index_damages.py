"""Kinds of damage to an index folder, each with the check of `verify` that names it."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.catalog import catalog_path
from index.engines.faiss_engine import FaissEngine


def change(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(catalog_path(folder), isolation_level=None)
    connection.create_function("reversed", 1, lambda text: text[::-1])
    for statement in statements:
        connection.execute(statement)
    connection.close()


def manifest(folder: Path) -> dict[str, object]:
    connection = sqlite3.connect(catalog_path(folder))
    stored = connection.execute("SELECT manifest FROM generations").fetchone()[0]
    connection.close()
    return dict(json.loads(stored))


def vector_file(folder: Path) -> Path:
    return folder / "vectors-1.faiss"


def replace_engine(folder: Path, ids: "list[int]", order: "list[int]") -> None:
    """Another vector file, with its own checksum in the manifest as if it were right."""
    held = FaissEngine.load("exact", vector_file(folder), str(manifest(folder)["vectors_sha256"]))
    vectors = np.stack(list(held.vectors_of(held.ids().tolist()).values()))
    made = FaissEngine.build("exact", np.array(ids, dtype=np.int64), vectors[order])
    sha256 = made.save(vector_file(folder))
    change(
        folder,
        f"UPDATE generations SET manifest = json_set(manifest, '$.vectors_sha256', '{sha256}')",
    )


def rows(folder: Path) -> list[int]:
    connection = sqlite3.connect(catalog_path(folder))
    found = [row for (row,) in connection.execute("SELECT row FROM passages ORDER BY row")]
    connection.close()
    return found


def flip_a_bit(folder: Path) -> None:
    raw = bytearray(vector_file(folder).read_bytes())
    raw[len(raw) // 2] ^= 1
    vector_file(folder).write_bytes(raw)


def truncate(folder: Path) -> None:
    raw = vector_file(folder).read_bytes()
    vector_file(folder).write_bytes(raw[: len(raw) // 2])


def lose_the_file(folder: Path) -> None:
    vector_file(folder).unlink()


def take_another_generations_file(folder: Path) -> None:
    other = FaissEngine.build("exact", np.array([1]), np.full((1, 64), 1 / 8, dtype=np.float32))
    other.save(vector_file(folder))


def write_no_engine_with_its_checksum(folder: Path) -> None:
    vector_file(folder).write_bytes(b"no engine at all")
    sha256 = hashlib.sha256(b"no engine at all").hexdigest()
    change(
        folder,
        f"UPDATE generations SET manifest = json_set(manifest, '$.vectors_sha256', '{sha256}')",
    )


def swap_two_vectors(folder: Path) -> None:
    ids = rows(folder)
    replace_engine(folder, ids, [1, 0, *range(2, len(ids))])


def renumber_a_vector(folder: Path) -> None:
    ids = rows(folder)
    replace_engine(folder, [*ids[:-1], 999], list(range(len(ids))))


def repeat_a_vector(folder: Path) -> None:
    ids = rows(folder)
    replace_engine(folder, [*ids, ids[0]], [*range(len(ids)), 0])


def set_vector(blob: bytes) -> str:
    return (
        f"UPDATE vectors SET vector = x'{blob.hex()}' WHERE vector_hash = "
        "(SELECT vector_hash FROM passages WHERE row = 1)"
    )


def sql(*statements: str) -> Callable[[Path], None]:
    return lambda folder: change(folder, *statements)


EXCHANGE_TWO_ROWS = (
    "UPDATE keywords_content SET id = -id WHERE id IN (1, 2)",
    "UPDATE keywords_content SET id = CASE id WHEN -1 THEN 2 ELSE 1 END WHERE id < 0",
)
NOT_A_NUMBER = np.full(64, np.nan, dtype=np.float16).tobytes()
TOO_LONG = np.ones(64, dtype=np.float16).tobytes()
FIRST = "doc_id = (SELECT doc_id FROM passages WHERE row = 1)"
DAMAGES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a bit of the vector file flipped": ("vector file", flip_a_bit),
    "the vector file cut short": ("vector file", truncate),
    "the vector file lost": ("vector file", lose_the_file),
    "another generation's vector file": ("vector file", take_another_generations_file),
    "no engine under a right checksum": ("vector file", write_no_engine_with_its_checksum),
    "two vectors swapped under a right checksum": ("file's vectors", swap_two_vectors),
    "a vector under another id": ("vector ids", renumber_a_vector),
    "a vector twice": ("vector ids", repeat_a_vector),
    "a vector lost": (
        "vectors",
        sql("DELETE FROM vectors WHERE vector_hash = (SELECT vector_hash FROM passages LIMIT 1)"),
    ),
    "a vector of another length": ("vectors", sql(set_vector(b"\0\0"))),
    "a vector that is no number": ("vectors", sql(set_vector(NOT_A_NUMBER))),
    "a vector that is not of unit length": ("vectors", sql(set_vector(TOO_LONG))),
    "text changed": ("encoded texts", sql("UPDATE documents SET text = reversed(text)")),
    "text cut short": ("documents", sql("UPDATE documents SET text = substr(text, 1, 20)")),
    "a title changed": (
        "encoded texts",
        sql("UPDATE documents SET metadata = json_set(metadata, '$.title', 'Other')"),
    ),
    "sections that are no JSON": ("documents", sql("UPDATE documents SET sections = '[{'")),
    "a number where text was": ("documents", sql("UPDATE documents SET text = 7")),
    "a page after the last": (
        "documents",
        sql(
            "UPDATE documents SET pages = "
            """'[{"number": 3, "start": 0, "end": 5}]', page_count = 2"""
        ),
    ),
    "a passage shifted": (
        "encoded texts",
        sql('UPDATE passages SET start = start + 1 WHERE row = 1'),
    ),
    "a passage outside of its document": (
        "passages",
        sql('UPDATE passages SET "end" = 99999 WHERE row = 1'),
    ),
    "a passage on another page": ("passages", sql("UPDATE passages SET page = 9 WHERE row = 1")),
    "a passage of another case": (
        "passages",
        sql("UPDATE passages SET case_number = 9 WHERE row = 1"),
    ),
    "an ordinal left out": ("passages", sql("UPDATE passages SET ordinal = 9 WHERE row = 1")),
    "a passage lost": ("passages", sql(f"DELETE FROM passages WHERE row = (SELECT max(row) "
                                       f"FROM passages WHERE {FIRST})")),
    "a keyword row lost": ("keyword rows", sql("DELETE FROM keywords WHERE rowid = 1")),
    "a keyword row too many": (
        "keyword rows",
        sql("INSERT INTO keywords (rowid, title, heading, body) VALUES (999, 'a', 'b', 'c')"),
    ),
    "the count of a keyword row lost": (
        "keyword rows",
        sql("DELETE FROM keywords_docsize WHERE id = 1"),
    ),
    "terms of another text": (
        "keyword terms",
        sql("UPDATE keywords SET body = 'horse' WHERE rowid = 1"),
    ),
    "terms that no question finds": (
        "keyword terms",
        sql("INSERT INTO keywords (keywords) VALUES ('rebuild')",
            "UPDATE keywords SET body = 'horse' WHERE rowid = 1",
            "UPDATE keywords_content SET c2 = (SELECT c2 FROM keywords_content WHERE id = 2) "
            "WHERE id = 1"),
    ),
    "a term listed for another row": (
        "keyword index",
        sql("INSERT INTO keywords (keywords) VALUES ('optimize')", *EXCHANGE_TWO_ROWS),
    ),
    "a bit of a vector flipped": (
        "file's vectors",
        sql("UPDATE vectors SET vector = CAST(x'01' || substr(vector, 2) AS BLOB) "
            "WHERE vector_hash = (SELECT vector_hash FROM passages WHERE row = 1)"),
    ),
    "a word lost": ("words", sql("DELETE FROM words WHERE word = 'calf'")),
    "a word too many": ("words", sql("INSERT INTO words VALUES ('z', 5, 'zzzzz', 1)")),
    "a word counted wrongly": ("words", sql("UPDATE words SET documents = 7 WHERE word = 'calf'")),
    "an abbreviation lost": ("abbreviations", sql("DELETE FROM abbreviations")),
    "a document without a source": (
        "references",
        sql("DELETE FROM sources WHERE path LIKE '%calf.txt'"),
    ),
    "a source without a document": (
        "references",
        sql("INSERT INTO sources VALUES ('ghost.txt', '', 'ff', 'ff')"),
    ),
    "a source of another document": (
        "references",
        sql("UPDATE sources SET doc_id = (SELECT doc_id FROM passages WHERE row = 1)"),
    ),
    "a leader that does not exist": (
        "near-duplicates",
        sql("UPDATE documents SET leader = 'ff' WHERE leader IS NOT NULL"),
    ),
    "a group of one": (
        "near-duplicates",
        sql("UPDATE documents SET leader = NULL WHERE leader != doc_id"),
    ),
    "the paragraphs of a site lost": (
        "site paragraphs",
        sql("UPDATE site_paragraphs SET hashes = '[]'"),
    ),
    "wrong counts in the manifest": (
        "manifest",
        sql("UPDATE generations SET manifest = json_set(manifest, '$.documents', 77)"),
    ),
    "an unknown engine in the manifest": (
        "manifest",
        sql("UPDATE generations SET manifest = json_set(manifest, '$.engine', 'steam')"),
    ),
    "an index of the database without its rows": (
        "catalog file",
        sql("PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = replace(sql, '(doc_id)', '(path)') "
            "WHERE name = 'sources_by_document'"),
    ),
}  # fmt: skip
