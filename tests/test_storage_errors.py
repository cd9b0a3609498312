"""What the system and SQLite refuse, each as one line: real refusals on real small disks."""

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import (
    CatalogError,
    IndexBusyError,
    IndexDamagedError,
    IndexUnreadableError,
    IndexUnwritableError,
)
from index.free_space import free_bytes, refuse_too_little
from index.storage_errors import storage_errors
from tests.mounts import small_disk


def said(folder: Path, act: Callable[[], object], writing: bool = True) -> CatalogError:
    """The error that comes out in place of what an act raises."""
    with pytest.raises(CatalogError) as raised, storage_errors(folder, writing=writing):
        act()
    assert "\n" not in str(raised.value)
    return raised.value


def catalog(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "catalog.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS texts (text)")
    return connection


def insert_too_much(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    for _ in range(100):
        connection.execute("INSERT INTO texts VALUES (zeroblob(100000))")
    connection.execute("COMMIT")


def test_a_full_disk_is_named_with_what_is_free(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        connection = catalog(disk.folder)
        error = said(disk.folder, lambda: insert_too_much(connection))
        assert "the disk is full: " in str(error)
        assert "Make room and run the same command again" in str(error)


def test_a_disk_too_full_for_shared_memory_is_named_as_full(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        disk.fill(left_free=20_000)
        assert "the disk is full" in str(said(disk.folder, lambda: catalog(disk.folder)))


def test_a_full_disk_loses_nothing_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=16) as disk:
        connection = catalog(disk.folder)
        connection.execute("INSERT INTO texts VALUES ('kept')")
        filler = disk.fill(left_free=100_000)
        said(disk.folder, lambda: insert_too_much(connection))
        connection.close()
        filler.unlink()
        again = catalog(disk.folder)
        assert again.execute("SELECT text FROM texts").fetchall() == [("kept",)]
        insert_too_much(again)


def test_a_file_that_does_not_fit_is_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        error = said(disk.folder, lambda: (disk.folder / "large").write_bytes(bytes(10**7)))
        assert "the disk is full" in str(error)


def test_a_read_only_disk_is_named_for_files_and_for_the_catalog(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        catalog(disk.folder).close()
        disk.make_read_only()
        for act in (lambda: catalog(disk.folder), lambda: (disk.folder / "new").touch()):
            error = said(disk.folder, act)
            assert isinstance(error, IndexUnwritableError)
            assert "it is read-only" in str(error)


def test_a_limit_on_the_size_of_files_is_named(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    connection = catalog(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        by_sqlite = said(tmp_path, lambda: insert_too_much(connection))
        by_system = said(tmp_path, lambda: (tmp_path / "large").write_bytes(bytes(10**7)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "a limit on the size of files" in str(by_sqlite)
    assert "a limit (ulimit -f)" in str(by_system)


@pytest.mark.skipif(os.name != "posix", reason="names of POSIX")
def test_a_name_that_is_too_long_is_named(tmp_path: Path) -> None:
    error = said(tmp_path, lambda: (tmp_path / ("x" * 300)).mkdir())
    assert "the name is too long" in str(error)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EDQUOT, "your quota on this disk is used up: "),
        (errno.EIO, "the disk fails to read or write"),
        (errno.EACCES, "no permission to write"),
        (errno.ENOENT, "removed or moved"),
    ],
)
def test_other_refusals_of_the_system_have_words_too(tmp_path: Path, code: int, words: str) -> None:
    def refuse() -> None:
        raise OSError(code, os.strerror(code))

    assert words in str(said(tmp_path, refuse))


def test_what_refuses_a_reader_is_not_said_to_be_unwritable(tmp_path: Path) -> None:
    error = said(tmp_path, lambda: (tmp_path / "none").read_bytes(), writing=False)
    assert isinstance(error, IndexUnreadableError)


def test_a_rotten_catalog_is_damaged_and_built_anew_elsewhere(tmp_path: Path) -> None:
    connection = catalog(tmp_path)
    connection.execute("INSERT INTO texts VALUES (zeroblob(100000))")
    connection.close()
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 200_000)
    again = sqlite3.connect(path)
    error = said(tmp_path, lambda: again.execute("SELECT * FROM texts").fetchall())
    assert isinstance(error, IndexDamagedError)
    assert f"--index {tmp_path}-new" in str(error)


def test_a_table_that_is_gone_is_damage_that_a_build_mends(tmp_path: Path) -> None:
    error = said(tmp_path, lambda: catalog(tmp_path).execute("SELECT * FROM passages"))
    assert isinstance(error, IndexDamagedError)
    assert str(error).endswith(f"--index {tmp_path}")


def test_a_catalog_that_another_program_holds_is_busy(tmp_path: Path) -> None:
    held = catalog(tmp_path)
    held.execute("BEGIN IMMEDIATE")
    other = sqlite3.connect(tmp_path / "catalog.sqlite", timeout=0)
    assert isinstance(said(tmp_path, lambda: other.execute("BEGIN IMMEDIATE")), IndexBusyError)
    held.close()


def test_a_mistake_of_ours_is_not_disguised(tmp_path: Path) -> None:
    connection = catalog(tmp_path)
    connection.close()
    with pytest.raises(sqlite3.ProgrammingError), storage_errors(tmp_path, writing=True):
        connection.execute("SELECT 1")


def test_what_cannot_fit_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(IndexUnwritableError, match=r"at least 1000000\.0 GB needed, .* free\)"):
        refuse_too_little(tmp_path, 10**15)


def test_what_fits_is_not_refused(tmp_path: Path) -> None:
    refuse_too_little(tmp_path, 1)


def test_the_room_of_a_folder_that_is_not_made_yet_is_its_parents(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "a" / "b") is not None
