"""Kinds of damage to an index folder, each with the check of `verify` that names it.

All are made to an index of three generations: a base of the second, and on it a third that added
one document and removed another. Rows are named by the documents that they belong to.
"""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from index.base import FACETS_FILE, VECTORS_FILE
from index.build import build_index
from index.catalog import catalog_path
from index.engines.faiss_engine import FaissEngine
from tests.conftest import hashing_choice, write_small_corpus

DIM = 64
"""Of the hashing encoder."""
Damage = tuple[str, Callable[[Path], None]]


def change(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(catalog_path(folder), isolation_level=None)
    connection.create_function("reversed", 1, lambda text: text[::-1])
    for statement in statements:
        connection.execute(statement)
    connection.close()


def manifest(folder: Path) -> dict[str, Any]:
    connection = sqlite3.connect(catalog_path(folder))
    stored = connection.execute(
        "SELECT manifest FROM generations ORDER BY generation DESC LIMIT 1"
    ).fetchone()[0]
    connection.close()
    return dict(json.loads(stored))


def base(folder: Path) -> Path:
    return folder / str(manifest(folder)["base"]["folder"])


def vector_file(folder: Path) -> Path:
    return base(folder) / VECTORS_FILE


def in_manifest(path: str, value: str) -> Callable[[Path], None]:
    """Another value, as SQL, at a place of the newest manifest."""
    return sql(
        f"UPDATE generations SET manifest = json_set(manifest, '{path}', {value}) "
        "WHERE generation = (SELECT max(generation) FROM generations)"
    )


def state_as_right(folder: Path, name: str) -> None:
    """Give the manifest the size and the checksum that a file of the base has now."""
    raw = (base(folder) / name).read_bytes()
    names = [file["name"] for file in manifest(folder)["base"]["files"]]
    place = f"$.base.files[{names.index(name)}]"
    in_manifest(f"{place}.sha256", f"'{hashlib.sha256(raw).hexdigest()}'")(folder)
    in_manifest(f"{place}.bytes", str(len(raw)))(folder)


def replace_engine(folder: Path, ids: list[int], order: list[int]) -> None:
    """Another vector file, with its own checksum in the manifest as if it were right."""
    held = FaissEngine.open("exact", vector_file(folder), 0)
    known = held.vectors_of(held.ids().tolist())
    vectors = np.stack([known[row] for row in rows(folder)])[order]
    del held
    made = FaissEngine.build("exact", len(ids), DIM, lambda: iter([(np.array(ids), vectors)]))
    vector_file(folder).unlink()
    made.save(vector_file(folder))
    state_as_right(folder, VECTORS_FILE)


def rows(folder: Path) -> list[int]:
    """The rows of the base, also those that have been removed since."""
    held = FaissEngine.open("exact", vector_file(folder), 0)
    return sorted(int(row) for row in held.ids())


def flip_a_bit(name: str) -> Callable[[Path], None]:
    def flip(folder: Path) -> None:
        raw = bytearray((base(folder) / name).read_bytes())
        raw[len(raw) // 2] ^= 1
        (base(folder) / name).write_bytes(raw)

    return flip


def truncate(name: str) -> Callable[[Path], None]:
    def cut(folder: Path) -> None:
        raw = (base(folder) / name).read_bytes()
        (base(folder) / name).write_bytes(raw[: len(raw) // 2])

    return cut


def lose(name: str) -> Callable[[Path], None]:
    return lambda folder: (base(folder) / name).unlink()


def lose_the_base(folder: Path) -> None:
    shutil.rmtree(base(folder))


def take_another_base(folder: Path) -> None:
    """The base of another index under the name of this one's."""
    documents = write_small_corpus(folder.parent / "other")
    build_index([documents], folder.parent / "other-index", hashing_choice())
    place = base(folder)
    shutil.rmtree(place)
    base(folder.parent / "other-index").rename(place)


def write_no_engine_with_its_checksum(folder: Path) -> None:
    vector_file(folder).write_bytes(b"no engine at all")
    state_as_right(folder, VECTORS_FILE)


def swap_two_vectors(folder: Path) -> None:
    ids = rows(folder)
    replace_engine(folder, ids, [1, 0, *range(2, len(ids))])


def renumber_a_vector(folder: Path) -> None:
    ids = rows(folder)
    replace_engine(folder, [*ids[:-1], 999], list(range(len(ids))))


def repeat_a_vector(folder: Path) -> None:
    ids = rows(folder)
    replace_engine(folder, [*ids, ids[0]], [*range(len(ids)), 0])


def change_a_facet(folder: Path) -> None:
    path = base(folder) / FACETS_FILE
    path.write_bytes(path.read_bytes().replace(b"2021", b"1921"))
    state_as_right(folder, FACETS_FILE)


def change_a_sex_facet(folder: Path) -> None:
    path = base(folder) / FACETS_FILE
    path.write_bytes(path.read_bytes().replace(b'"male"', b'"mole"'))
    state_as_right(folder, FACETS_FILE)


def sql(*statements: str) -> Callable[[Path], None]:
    return lambda folder: change(folder, *statements)


def set_vector(blob: bytes) -> str:
    return (
        f"UPDATE vectors SET vector = x'{blob.hex()}' WHERE id = "
        f"(SELECT vector_id FROM passages WHERE row = {A_ROW})"
    )


A_ROW = "(SELECT min(row) FROM passages)"
NEWEST_ROW = "(SELECT max(row) FROM passages)"
FIRST = f"doc_id = (SELECT doc_id FROM passages WHERE row = {A_ROW})"
NOT_A_NUMBER = np.full(DIM, np.nan, dtype=np.float16).tobytes()
TOO_LONG = np.ones(DIM, dtype=np.float16).tobytes()
FORGET_TERMS = (
    "INSERT INTO keywords (keywords, rowid, title, heading, body) "
    f"SELECT 'delete', row, title, heading, body FROM passage_terms WHERE row = {A_ROW}"
)
BASE_DAMAGES: dict[str, Damage] = {
    "a bit of the vector file flipped": ("base files", flip_a_bit(VECTORS_FILE)),
    "the vector file cut short": ("base files", truncate(VECTORS_FILE)),
    "the vector file lost": ("base files", lose(VECTORS_FILE)),
    "a bit of the facets flipped": ("base files", flip_a_bit(FACETS_FILE)),
    "the facets cut short": ("base files", truncate(FACETS_FILE)),
    "the facets lost": ("base files", lose(FACETS_FILE)),
    "the base lost": ("base files", lose_the_base),
    "another index's base": ("base files", take_another_base),
    "no engine under a right checksum": ("base", write_no_engine_with_its_checksum),
    "two vectors swapped under a right checksum": ("file's vectors", swap_two_vectors),
    "a vector under another row": ("vector rows", renumber_a_vector),
    "a vector twice": ("vector rows", repeat_a_vector),
    "a facet changed under a right checksum": ("facets", change_a_facet),
    "a sex facet changed under a right checksum": ("facets", change_a_sex_facet),
    "a base that no build writes": ("manifest", in_manifest("$.base.folder", "'../elsewhere'")),
    "a base of no files": ("base", in_manifest("$.base.files", "json('[]')")),
    "an unknown engine": ("manifest", in_manifest("$.base.vector_engine", "'steam'")),
    "an unknown keyword engine": ("manifest", in_manifest("$.base.keyword_engine", "'steam'")),
    "a base of fewer rows": ("vector rows", in_manifest("$.base.last_row", "1")),
    "a base of more rows": ("removed rows", in_manifest("$.base.last_row", "999")),
    "removed rows forgotten": ("removed rows", sql("DELETE FROM removed_rows")),
    "a passage noted as removed": (
        "removed rows",
        sql(f"INSERT INTO removed_rows VALUES ({A_ROW})"),
    ),
    "a removed row that never was": ("removed rows", sql("INSERT INTO removed_rows VALUES (998)")),
    "row numbers to be used again": (
        "removed rows",
        sql("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'passages'"),
    ),
}
CATALOG_DAMAGES: dict[str, Damage] = {
    "a vector lost": (
        "vectors",
        sql(f"DELETE FROM vectors WHERE id = (SELECT vector_id FROM passages WHERE row = {A_ROW})"),
    ),
    "a passage with another's vector": (
        "encoded texts",
        sql("UPDATE passages SET vector_id = (SELECT vector_id FROM passages WHERE row = "
            f"{NEWEST_ROW}) WHERE row = {A_ROW}"),
    ),
    "a vector of another length": ("vectors", sql(set_vector(b"\0\0"))),
    "a vector that is no number": ("vectors", sql(set_vector(NOT_A_NUMBER))),
    "a vector that is not of unit length": ("vectors", sql(set_vector(TOO_LONG))),
    "a bit of a vector flipped": (
        "file's vectors",
        sql("UPDATE vectors SET vector = CAST(x'01' || substr(vector, 2) AS BLOB) WHERE id = "
            f"(SELECT vector_id FROM passages WHERE row = {A_ROW})"),
    ),
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
        sql("UPDATE documents SET pages = "
            """'[{"number": 3, "start": 0, "end": 5}]', page_count = 2"""),
    ),
    "a passage shifted": (
        "encoded texts",
        sql(f"UPDATE passages SET start = start + 1 WHERE row = {A_ROW}"),
    ),
    "a passage outside of its document": (
        "passages",
        sql(f'UPDATE passages SET "end" = 99999 WHERE row = {A_ROW}'),
    ),
    "a passage on another page": (
        "passages",
        sql(f"UPDATE passages SET page = 9 WHERE row = {A_ROW}"),
    ),
    "a passage of another case": (
        "passages",
        sql(f"UPDATE passages SET case_number = 9 WHERE row = {A_ROW}"),
    ),
    "a passage of an older patient": (
        "passages",
        sql(f"UPDATE passages SET age_years = 99 WHERE row = {A_ROW}"),
    ),
    "a passage of a patient of another sex": (
        "passages",
        sql(f"UPDATE passages SET sex = 'other' WHERE row = {A_ROW}"),
    ),
    "an ordinal left out": (
        "passages",
        sql(f"UPDATE passages SET ordinal = 9 WHERE row = {A_ROW}"),
    ),
    "a passage lost": (
        "passages",
        sql(f"DELETE FROM passages WHERE row = (SELECT max(row) FROM passages WHERE {FIRST})"),
    ),
    "the newest passage lost": (
        "passages",
        sql(f"DELETE FROM passages WHERE row = {NEWEST_ROW}"),
    ),
    "the terms of a passage lost": (
        "keyword rows",
        sql(f"DELETE FROM passage_terms WHERE row = {A_ROW}"),
    ),
    "terms without a passage": (
        "keyword rows",
        sql("INSERT INTO passage_terms VALUES (999, 'a', 'b', 'c')"),
    ),
    "the count of a keyword row lost": (
        "keyword rows",
        sql(f"DELETE FROM keywords_docsize WHERE id = {A_ROW}"),
    ),
    "terms of another text": (
        "keyword terms",
        sql(f"UPDATE passage_terms SET body = 'horse' WHERE row = {A_ROW}"),
    ),
    "a passage that no word finds": ("keyword index", sql(FORGET_TERMS)),
    "all words forgotten": (
        "keyword index",
        sql("INSERT INTO keywords (keywords) VALUES ('delete-all')"),
    ),
    "a word lost": ("words", sql("DELETE FROM words WHERE word = 'calf'")),
    "a word too many": ("words", sql("INSERT INTO words VALUES ('z', 5, 'zzzzz', 1, '')")),
    "a word counted wrongly": ("words", sql("UPDATE words SET documents = 7 WHERE word = 'calf'")),
    "a word with another sound": ("words", sql("UPDATE words SET sound = 'X' WHERE word = 'calf'")),
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
        sql(f"UPDATE sources SET doc_id = (SELECT doc_id FROM passages WHERE row = {A_ROW})"),
    ),
    "a leader that does not exist": (
        "near-duplicates",
        sql("UPDATE documents SET leader = 'ff' WHERE leader IS NOT NULL"),
    ),
    "a group of one": (
        "near-duplicates",
        sql("UPDATE documents SET leader = NULL WHERE leader != doc_id"),
    ),
    "a band of a signature lost": (
        "signatures",
        sql("DELETE FROM signature_bands WHERE band = (SELECT max(band) FROM signature_bands)"),
    ),
    "a signature cut short": (
        "signatures",
        sql("UPDATE documents SET signature = substr(signature, 9) WHERE signature IS NOT NULL"),
    ),
    "the paragraphs of a site lost": (
        "site paragraphs",
        sql("UPDATE site_paragraphs SET hashes = '[]'"),
    ),
    "a document taken out that cannot be read": (
        "undo",
        sql("UPDATE undo_documents SET document = '[{'"),
    ),
    "a vector of a document taken out lost": (
        "undo",
        sql("DELETE FROM vectors WHERE id IN (SELECT vector_id FROM undo_vectors) "
            "AND id NOT IN (SELECT vector_id FROM passages)"),
    ),
    "wrong counts in the manifest": ("manifest", in_manifest("$.documents", "77")),
    "an index of the database without its rows": (
        "catalog file",
        sql("PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = replace(sql, '(doc_id)', '(path)') "
            "WHERE name = 'sources_by_document'"),
    ),
}  # fmt: skip
DAMAGES = BASE_DAMAGES | CATALOG_DAMAGES
