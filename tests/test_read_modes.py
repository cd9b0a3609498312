"""A catalog is read where nobody can write, and an answer torn by a writer is refused."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from index.errors import IndexUnreadableError
from index.read_modes import connect_for_reading
from tests.mounts import small_disk


def written(folder: Path) -> sqlite3.Connection:
    """A catalog with one text, and its writer."""
    connection = sqlite3.connect(folder / "catalog.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE texts (text)")
    connection.execute("INSERT INTO texts VALUES ('checkpointed')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return connection


def texts(folder: Path) -> list[str]:
    connection = connect_for_reading(folder / "catalog.sqlite", busy_seconds=1)
    try:
        connection.execute("BEGIN")
        found = [text for (text,) in connection.execute("SELECT text FROM texts")]
        connection.check_unchanged()
        return found
    finally:
        connection.close()


def test_a_catalog_is_read_from_a_read_only_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        written(disk.folder).close()
        disk.make_read_only()
        assert texts(disk.folder) == ["checkpointed"]


@pytest.mark.parametrize("endings", [("",), ("-shm",)], ids=["without", "with shared memory"])
def test_what_only_the_log_holds_is_read_from_a_read_only_disk(
    tmp_path: Path, endings: tuple[str, ...]
) -> None:
    writer = written(tmp_path)
    writer.execute("INSERT INTO texts VALUES ('logged')")
    with small_disk(tmp_path / "disk") as disk:
        for ending in {"", "-wal", *endings}:
            shutil.copy(tmp_path / f"catalog.sqlite{ending}", disk.folder)
        disk.make_read_only()
        assert texts(disk.folder) == ["checkpointed", "logged"]


def test_a_reader_with_locks_sees_one_generation_beside_a_writer(tmp_path: Path) -> None:
    writer = written(tmp_path)
    reader = connect_for_reading(tmp_path / "catalog.sqlite", busy_seconds=1)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM texts").fetchone() == (1,)
    writer.execute("INSERT INTO texts VALUES ('later')")
    assert reader.execute("SELECT count(*) FROM texts").fetchone() == (1,)
    reader.check_unchanged()


def test_an_answer_without_locks_is_refused_if_a_writer_came_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path).close()
    monkeypatch.setattr("index.read_modes.os.access", lambda _path, _mode: False)
    reader = connect_for_reading(tmp_path / "catalog.sqlite", busy_seconds=1)
    reader.execute("SELECT * FROM texts").fetchall()
    writer = sqlite3.connect(tmp_path / "catalog.sqlite", isolation_level=None)
    writer.execute("INSERT INTO texts VALUES ('later')")
    with pytest.raises(IndexUnreadableError, match="ask again"):
        reader.check_unchanged()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    written(tmp_path).close()
    reader = connect_for_reading(tmp_path / "catalog.sqlite", busy_seconds=1)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("INSERT INTO texts VALUES ('x')")
