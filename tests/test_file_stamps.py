"""Files known unchanged without reading them, and each way in which one may have changed."""

import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import file_stamps
from index.file_stamps import FILE_STAMPS_SCHEMA, forget_stamps, known_or_hashed
from index.file_systems import Mount, keeps_change_times, mounts
from ingest.documents import SkippedFile
from ingest.files import FileStamp, SourceFile, hash_and_stamp, hash_file, stamp_file

LATER_NS = 60 * 10**9


@pytest.fixture
def catalog() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(FILE_STAMPS_SCHEMA)
    connection.execute("CREATE TABLE sources (path TEXT, part TEXT, file_hash TEXT)")
    yield connection
    connection.close()


@pytest.fixture(autouse=True)
def a_minute_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files are settled: nobody waits seconds for the clock in a test."""
    now = time.time_ns
    monkeypatch.setattr("ingest.files.time.time_ns", lambda: now() + LATER_NS)


@pytest.fixture
def calf(tmp_path: Path) -> Path:
    if not keeps_change_times(tmp_path.resolve(), mounts()):
        pytest.skip("temporary files lie where no change times are kept")
    path = tmp_path.resolve() / "calf.txt"
    path.write_text("A tight calf.", "utf-8")
    return path


def indexed(catalog: sqlite3.Connection, *paths: Path) -> None:
    """Hash files as a build does, and let them be sources."""
    for found in known_or_hashed(catalog, paths):
        assert isinstance(found, SourceFile)
        catalog.execute("INSERT INTO sources VALUES (?, '', ?)", (found.source, found.file_hash))


def hashed(catalog: sqlite3.Connection, path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are read when a build looks for changes again."""
    read: list[Path] = []

    def reads(one: Path) -> tuple[SourceFile | SkippedFile, FileStamp | None]:
        read.append(one)
        return hash_and_stamp(one)

    monkeypatch.setattr(file_stamps, "hash_and_stamp", reads)
    assert list(known_or_hashed(catalog, [path])) == [hash_file(path)]
    return read


def test_an_unchanged_file_is_not_read_again(
    catalog: sqlite3.Connection, calf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(catalog, calf)
    assert hashed(catalog, calf, monkeypatch) == []


def test_a_file_of_the_same_size_and_modification_time_is_seen_to_have_changed(
    catalog: sqlite3.Connection, calf: Path
) -> None:
    indexed(catalog, calf)
    before = calf.stat()
    time.sleep(0.02)  # more than a tick of the file system's clock; a build is far from it
    calf.write_text("A stiff calf!", "utf-8")
    os.utime(calf, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (calf.stat().st_size, calf.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert list(known_or_hashed(catalog, [calf])) == [hash_file(calf)]


def test_a_file_put_in_the_place_of_another_is_read(
    catalog: sqlite3.Connection, calf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(catalog, calf)
    other = calf.with_name("other.txt")
    other.write_text("A stiff calf!", "utf-8")
    os.utime(other, ns=(calf.stat().st_atime_ns, calf.stat().st_mtime_ns))
    other.replace(calf)
    assert hashed(catalog, calf, monkeypatch) == [calf]


def test_a_file_changed_just_before_it_was_hashed_is_read_again(
    catalog: sqlite3.Connection, calf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    indexed(catalog, calf)
    assert hashed(catalog, calf, monkeypatch) == [calf]


def test_a_file_from_the_future_is_read_again(
    catalog: sqlite3.Connection, calf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    future = time.time_ns() + 10 * LATER_NS
    os.utime(calf, ns=(future, future))
    indexed(catalog, calf)
    assert hashed(catalog, calf, monkeypatch) == [calf]


def test_a_stamp_that_the_sources_do_not_share_is_not_believed(
    catalog: sqlite3.Connection, calf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(catalog, calf)
    catalog.execute("UPDATE file_stamps SET file_hash = 'rotten'")
    assert hashed(catalog, calf, monkeypatch) == [calf]


def test_where_no_change_times_are_kept_every_file_is_read(
    catalog: sqlite3.Connection, calf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(catalog, calf)
    monkeypatch.setattr(file_stamps, "mounts", lambda: (Mount("/", "vfat"),))
    assert hashed(catalog, calf, monkeypatch) == [calf]


def test_a_file_that_is_a_mount_of_its_own_is_read(
    catalog: sqlite3.Connection, calf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(catalog, calf)
    both = (Mount("/", "ext4"), Mount(str(calf), "nfs4"))
    monkeypatch.setattr(file_stamps, "mounts", lambda: both)
    assert hashed(catalog, calf, monkeypatch) == [calf]


def test_afresh_reads_every_file(catalog: sqlite3.Connection, calf: Path) -> None:
    indexed(catalog, calf)
    right = hash_file(calf)
    for table in ("file_stamps", "sources"):
        catalog.execute(f"UPDATE {table} SET file_hash = 'wrong'")
    assert list(known_or_hashed(catalog, [calf], afresh=True)) == [right]


def test_a_file_that_can_no_longer_be_opened_is_skipped(
    catalog: sqlite3.Connection, calf: Path
) -> None:
    indexed(catalog, calf)
    calf.unlink()
    (skipped,) = known_or_hashed(catalog, [calf])
    assert isinstance(skipped, SkippedFile)


def test_a_pipe_has_no_stamp(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert stamp_file(tmp_path / "pipe") is None


def test_stamps_of_files_that_are_no_sources_go(catalog: sqlite3.Connection, calf: Path) -> None:
    indexed(catalog, calf)
    catalog.execute("DELETE FROM sources")
    forget_stamps(catalog)
    assert catalog.execute("SELECT count(*) FROM file_stamps").fetchone() == (0,)


def test_stamps_are_stored_in_batches(
    catalog: sqlite3.Connection, calf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_stamps, "STORED_AT_ONCE", 2)
    paths = [calf.with_name(f"{number}.txt") for number in range(4)]
    for path in paths:
        path.write_text(path.name, "utf-8")
    looking = known_or_hashed(catalog, paths)
    next(looking), next(looking)
    assert catalog.execute("SELECT count(*) FROM file_stamps").fetchone() == (2,)
    assert len(list(looking)) == 2


def test_a_transaction_that_is_open_is_left_open(catalog: sqlite3.Connection, calf: Path) -> None:
    catalog.execute("BEGIN IMMEDIATE")
    list(known_or_hashed(catalog, [calf]))
    assert catalog.in_transaction
