"""A base is written whole, named by its bytes, and written anew when much has changed."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.base import (
    MergePolicy,
    damage_to,
    is_intact,
    remove_other_bases,
    write_base,
)
from index.build import build_index
from index.catalog import catalog_path, published
from index.manifest import Base
from index.progress import no_progress
from tests.conftest import hashing_choice
from tests.index_contents import MERGED, base_names, contents, update

LARGE = Base("base-1", 1_000_000, 1_000_000, "exact", 0, 1.0, "fts5", ())
FILES = ["facets.bin", "vectors.faiss"]


@pytest.fixture
def index(small_corpus: Path, tmp_path: Path) -> Path:
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


@pytest.fixture
def connection(index: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(catalog_path(index), isolation_level=None)
    yield connection
    connection.close()


def base_of(folder: Path) -> Base:
    with published(folder) as (_, manifest):
        return manifest.base


@pytest.mark.parametrize(
    ("passages", "added", "removed", "due"),
    [
        (19_999, 1, 0, True),  # small: at each change,
        (19_999, 0, 0, False),  # but not without one
        (20_000, 1, 0, False),
        (20_000, 2_500, 2_501, True),  # the least
        (200_000, 5_000, 5_000, False),  # a share of .05
        (200_000, 5_000, 5_001, True),
        (2_000_000, 50_000, 0, False),  # the most
        (2_000_000, 0, 50_001, True),
    ],
)
def test_a_base_is_due_by_its_size_and_what_changed(
    passages: int, added: int, removed: int, due: bool
) -> None:
    assert MergePolicy().is_due(replace(LARGE, passages=passages), added, removed) is due


def test_every_file_of_a_base_is_named_with_its_bytes(index: Path) -> None:
    base = base_of(index)
    assert [file.name for file in base.files] == FILES
    sizes = [(index / base.folder / name).stat().st_size for name in FILES]
    assert [file.bytes for file in base.files] == sizes
    assert is_intact(index, base)


@pytest.mark.parametrize("name", FILES)
def test_one_changed_bit_is_seen(index: Path, name: str) -> None:
    path = index / "base-1" / name
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)
    assert damage_to(index, base_of(index)) == f"base-1/{name} is not as it was written"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone_is_named(index: Path, name: str) -> None:
    (index / "base-1" / name).unlink()
    assert damage_to(index, base_of(index)) == f"base-1/{name}: No such file or directory"


def write(connection: sqlite3.Connection, folder: Path, generation: int) -> Base:
    return write_base(connection, folder, generation, "hashing-1", 64, no_progress)


def test_a_base_says_what_it_holds(connection: sqlite3.Connection, index: Path) -> None:
    connection.execute("DELETE FROM passages WHERE row = 1")
    last, count = connection.execute("SELECT max(row), count(*) FROM passages").fetchone()
    base = write(connection, index, 7)
    assert (base.folder, base.last_row, base.passages) == ("base-7", last, count)
    assert (base.vector_engine, base.probes, base.recall) == ("exact", 0, 1.0)


def test_a_new_base_has_no_removed_rows(connection: sqlite3.Connection, index: Path) -> None:
    connection.execute("INSERT INTO removed_rows VALUES (1)")
    write(connection, index, 7)
    assert connection.execute("SELECT count(*) FROM removed_rows").fetchone() == (0,)


def test_what_a_killed_build_left_is_replaced(connection: sqlite3.Connection, index: Path) -> None:
    for name in ("base-7", "base-7.unfinished"):
        (index / name / "keywords").mkdir(parents=True)
        (index / name / "vectors.faiss").write_bytes(b"half")
    base = write(connection, index, 7)
    assert (is_intact(index, base), base_names(index)) == (True, ["base-1", "base-7"])
    assert sorted(path.name for path in (index / "base-7").iterdir()) == FILES


def test_the_same_rows_give_the_same_bytes(connection: sqlite3.Connection, index: Path) -> None:
    assert write(connection, index, 7).files == write(connection, index, 8).files


def test_what_a_killed_build_left_goes_with_the_next(index: Path, small_corpus: Path) -> None:
    (index / "base-2.unfinished").mkdir()
    (index / "base-9").mkdir()
    (small_corpus / "calf.txt").unlink()
    update(index, small_corpus, options=MERGED)
    assert base_names(index) == ["base-1", "base-2"]


def test_nothing_but_bases_is_removed(index: Path) -> None:
    (index / "notes.txt").write_text("mine", "utf-8")
    held = contents(index)
    remove_other_bases(index, ["base-1"])
    assert (base_names(index), (index / "notes.txt").exists()) == (["base-1"], True)
    assert contents(index) == held


def test_two_bases_are_kept(index: Path, small_corpus: Path) -> None:
    for number in range(4):
        (small_corpus / "calf.txt").write_text(f"Title: Calf {number}\n\nTight.\n", "utf-8")
        update(index, small_corpus, options=MERGED)
    assert base_names(index) == ["base-4", "base-5"]
