"""The world around an index, through the real commands: disks full, read-only and rotten."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build_index
from index.encoders import choose_encoder
from index.errors import CatalogError, IndexVersionError
from index.information import describe
from index.models import PACKAGED_MODEL
from search.queries import Query
from search.service import SearchService
from tests.conftest import CORPUS, hashing_choice, write_small_corpus
from tests.mounts import SmallDisk, small_disk
from tests.test_commands import assert_one_line, run

LIPOMA = ("query.py", "lipoma beside the median nerve", "--format", "json")


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three small documents, indexed with the packaged model."""
    folder = tmp_path_factory.mktemp("small")
    small = write_small_corpus(folder / "documents")
    build_index([small], folder / "index", choose_encoder(PACKAGED_MODEL))
    return folder / "index"


@pytest.fixture
def disk(tmp_path: Path, small_index: Path) -> Iterator[SmallDisk]:
    """A small disk that holds a copy of the index in `index`."""
    with small_disk(tmp_path / "disk", megabytes=32) as mounted:
        shutil.copytree(small_index, mounted.folder / "index")
        yield mounted


def citations(index: Path) -> list[str]:
    asked = run(*LIPOMA, "--index", str(index))
    return [hit["citation"] for hit in json.loads(asked.stdout)["hits"]]


def titles(index: Path) -> list[str]:
    asked = run(*LIPOMA, "--index", str(index))
    return [hit["title"] for hit in json.loads(asked.stdout)["hits"]]


def test_a_build_on_a_full_disk_says_so_and_what_was_published_is_served(disk: SmallDisk) -> None:
    index = disk.folder / "index"
    filler = disk.fill(left_free=300_000)
    done = run("-m", "index", "build", str(CORPUS), "--index", str(index))
    assert (done.returncode, done.stdout) == (1, "")
    assert "the disk is full" in done.stderr
    assert_one_line(done.stderr)
    assert titles(index)[0] == "Numb fingers at night"
    filler.unlink()
    again = run("-m", "index", "build", str(CORPUS), "--json", "--index", str(index))
    assert json.loads(again.stdout)["generation"] == 2


def test_an_index_on_a_read_only_disk_is_searched(disk: SmallDisk) -> None:
    disk.make_read_only()
    assert titles(disk.folder / "index")[0] == "Numb fingers at night"


def test_a_build_on_a_read_only_disk_is_one_line(disk: SmallDisk) -> None:
    disk.make_read_only()
    done = run("-m", "index", "build", str(CORPUS), "--index", str(disk.folder / "index"))
    assert (done.returncode, "it is read-only" in done.stderr) == (1, True)
    assert_one_line(done.stderr)


def test_an_index_copied_in_mid_build_is_searched_from_a_read_only_disk(
    small_index: Path, tmp_path: Path
) -> None:
    live = tmp_path / "live"
    shutil.copytree(small_index, live)
    writer = sqlite3.connect(live / "catalog.sqlite", isolation_level=None)
    # Not the title: a search proves a passage, and its title with it, by the name of its vector.
    writer.execute("UPDATE documents SET metadata = json_set(metadata, '$.journal', 'In the log')")
    with small_disk(tmp_path / "disk", megabytes=32) as disk:
        for part in live.iterdir():
            if not part.name.endswith("-shm"):
                copy = shutil.copytree if part.is_dir() else shutil.copy
                copy(part, disk.folder / part.name)
        disk.make_read_only()
        assert "In the log" in citations(disk.folder)[0]


@pytest.mark.parametrize(
    "command",
    [
        LIPOMA,
        ("-m", "index", "info"),
        ("-m", "index", "verify"),
        ("-m", "index", "build", str(CORPUS)),
    ],
    ids=["query", "info", "verify", "build"],
)
def test_a_rotten_catalog_is_one_line_for_every_command(
    command: tuple[str, ...], small_index: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "rotten"
    shutil.copytree(small_index, folder)
    catalog = folder / "catalog.sqlite"
    catalog.write_bytes(catalog.read_bytes()[:4096] + os.urandom(catalog.stat().st_size - 4096))
    done = run(*command, "--index", str(folder))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout
    assert "python -m index build" in done.stderr + done.stdout


def version_of(folder: Path, version: int) -> Path:
    """The small documents in an index that says it has another version."""
    documents = write_small_corpus(folder / "documents")
    build_index([documents], folder / "index", hashing_choice())
    connection = sqlite3.connect(folder / "index" / "catalog.sqlite", isolation_level=None)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    return folder / "index"


def test_an_older_index_is_refused_by_readers_and_loses_nothing_to_them(tmp_path: Path) -> None:
    folder = version_of(tmp_path, 1)
    before = (folder / "catalog.sqlite").read_bytes()
    for act in (describe, lambda path: SearchService.open(path).search(Query("calf"))):
        with pytest.raises(CatalogError, match=r"index version 1.*no text is encoded twice"):
            act(folder)
    assert (folder / "catalog.sqlite").read_bytes() == before


def test_a_newer_index_is_refused_by_a_build_and_left_as_it_is(tmp_path: Path) -> None:
    folder = version_of(tmp_path, 99)
    before = (folder / "catalog.sqlite").read_bytes()
    with pytest.raises(IndexVersionError, match="Update Casebook"):
        build_index([tmp_path / "documents"], folder, hashing_choice())
    assert (folder / "catalog.sqlite").read_bytes() == before
