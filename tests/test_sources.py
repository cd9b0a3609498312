"""Which files the catalog knows, in a scope and by what they hold."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.sources import (
    StoredSource,
    change_sources,
    has_other_source,
    known_contents,
    stored_sources,
)

A = StoredSource("/docs/a.txt", "", "h1", "d1")
B1 = StoredSource("/docs/in/b.xml", "PMID 1", "h2", "d2")
B2 = StoredSource("/docs/in/b.xml", "PMID 2", "h2", "d1")
C = StoredSource("/docs 2/c.txt", "", "h1", "d1")
ALL = [C, A, B1, B2]


@pytest.fixture
def catalog() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE sources (path, part, file_hash, doc_id)")
    change_sources(connection, (), ALL)
    yield connection
    connection.close()


def scoped(catalog: sqlite3.Connection, *paths: str) -> list[StoredSource]:
    return stored_sources(catalog, [Path(path) for path in paths])


def test_without_a_scope_all_come_in_order(catalog: sqlite3.Connection) -> None:
    assert stored_sources(catalog) == ALL


def test_a_file_is_itself_with_all_its_parts(catalog: sqlite3.Connection) -> None:
    assert scoped(catalog, "/docs/in/b.xml") == [B1, B2]


def test_a_folder_is_all_that_is_under_it(catalog: sqlite3.Connection) -> None:
    assert scoped(catalog, "/docs") == [A, B1, B2]


def test_the_root_is_everything(catalog: sqlite3.Connection) -> None:
    assert scoped(catalog, "/") == ALL


def test_paths_inside_each_other_give_each_source_once(catalog: sqlite3.Connection) -> None:
    assert scoped(catalog, "/docs/in", "/docs") == [B1, B2, A]


def test_the_beginning_of_a_name_is_no_folder(catalog: sqlite3.Connection) -> None:
    assert scoped(catalog, "/doc", "/docs/in/b") == []


@pytest.mark.parametrize("name", ["100%", "a_b", "it's", "Ärzte", "[x]*"])
def test_signs_in_a_name_mean_themselves(catalog: sqlite3.Connection, name: str) -> None:
    inside = StoredSource(f"/{name}/x.txt", "", "h3", "d3")
    change_sources(catalog, (), [inside, StoredSource("/aXb/y.txt", "", "h4", "d4")])
    assert scoped(catalog, f"/{name}") == [inside]


def test_contents_are_known_wherever_they_are(catalog: sqlite3.Connection) -> None:
    assert set(known_contents(catalog, ["h1", "h1", "unknown"])) == {A, C}


def test_a_document_in_another_file_has_another_source(catalog: sqlite3.Connection) -> None:
    assert has_other_source(catalog, "d1", {A.path, B2.path})
    assert not has_other_source(catalog, "d1", {A.path, B2.path, C.path})


def test_one_part_goes_and_the_other_stays(catalog: sqlite3.Connection) -> None:
    change_sources(catalog, [B1], ())
    assert scoped(catalog, "/docs/in") == [B2]
