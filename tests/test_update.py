"""An update brings the named files up to date, and leaves and reads nothing else."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import CATALOG_VERSION, catalog_path
from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
    IndexVersionError,
    NothingToIndexError,
    NothingToTakeBackError,
    PathMissingError,
)
from index.verification import verify
from ingest.corpus import read_as_ordered
from ingest.reading_order import ReadingOrder, Told
from tests.conftest import CALF, SHOULDER, HashingEncoder, hashing_choice
from tests.index_contents import MERGED, UNMERGED, base_names, contents, found, take_back, update
from tests.whole_index import SITE_PAGE

ELBOW = "Title: Tennis elbow\n\nThe extensor origin was sore after serving.\n"


@pytest.fixture
def index(small_corpus: Path, tmp_path: Path) -> Path:
    """The small corpus, built once."""
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


def names(paths: tuple[str, ...]) -> list[str]:
    return [Path(path).name for path in paths]


def change(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(catalog_path(folder), isolation_level=None)
    connection.execute(statement)
    connection.close()


def fresh(folder: Path, *paths: Path) -> list[list[str]]:
    """What a first build of the same documents holds."""
    build_index(paths, folder, hashing_choice())
    return contents(folder)


def test_a_new_file_is_added_beside_the_others(small_corpus: Path, index: Path) -> None:
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    report = update(index, small_corpus / "elbow.txt")
    assert (names(report.added), report.removed, report.documents) == (["elbow.txt"], (), 4)


def test_only_the_changed_text_is_encoded(small_corpus: Path, index: Path) -> None:
    (small_corpus / "calf.txt").write_text(CALF.replace("eight", "nine"), "utf-8")
    encoder = HashingEncoder()
    report = update(index, small_corpus / "calf.txt", encoder=encoder)
    assert (names(report.changed), len(encoder.encoded)) == (["calf.txt"], 1)


def test_a_deleted_file_that_the_index_knows_is_removed(small_corpus: Path, index: Path) -> None:
    (small_corpus / "calf.txt").unlink()
    report = update(index, small_corpus / "calf.txt")
    assert (names(report.removed), report.documents) == (["calf.txt"], 2)


def test_what_was_removed_is_not_found(small_corpus: Path, index: Path) -> None:
    (small_corpus / "calf.txt").unlink()
    update(index, small_corpus / "calf.txt")
    assert not any("runner" in text for text in found(index, "tight calf of a runner"))


def test_what_came_last_is_found_first(small_corpus: Path, index: Path) -> None:
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    update(index, small_corpus / "elbow.txt")
    assert found(index, "extensor origin sore after serving")[0].startswith("The extensor")


def test_a_folder_is_brought_up_to_date_as_a_whole(small_corpus: Path, index: Path) -> None:
    (small_corpus / "calf.txt").unlink()
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    report = update(index, small_corpus)
    assert (names(report.added), names(report.removed)) == (["elbow.txt"], ["calf.txt"])


def test_a_folder_whose_name_only_begins_alike_is_left(tmp_path: Path, small_corpus: Path) -> None:
    other = tmp_path / "documents 2"
    other.mkdir()
    (other / "elbow.txt").write_text(ELBOW, "utf-8")
    build_index([small_corpus, other], tmp_path / "index", hashing_choice())
    (other / "elbow.txt").unlink()
    assert update(tmp_path / "index", small_corpus).removed == ()


def test_a_deleted_folder_that_the_index_knows_is_removed(tmp_path: Path, index: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "elbow.txt").write_text(ELBOW, "utf-8")
    update(index, more)
    (more / "elbow.txt").unlink()
    more.rmdir()
    assert names(update(index, more).removed) == ["elbow.txt"]


def test_a_path_that_is_nowhere_changes_nothing(small_corpus: Path, index: Path) -> None:
    (small_corpus / "calf.txt").unlink()
    before = contents(index)
    with pytest.raises(PathMissingError, match=r"elbow\.txt; nothing was changed"):
        update(index, small_corpus / "calf.txt", small_corpus / "elbow.txt")
    assert contents(index) == before


def test_files_out_of_the_scope_are_not_read(
    small_corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []

    def noted(
        paths: list[Path], order_of: Callable[[Path], ReadingOrder], beat: Callable[[], None]
    ) -> Iterator[Told]:
        read.extend(paths)
        return read_as_ordered(paths, order_of, beat)

    monkeypatch.setattr("index.readers.read_as_ordered", noted)
    for name in ("calf.txt", "wrist.txt"):
        (small_corpus / name).write_text(ELBOW + name, "utf-8")
    update(index, small_corpus / "calf.txt")
    assert [path.name for path in read] == ["calf.txt"]


def test_a_small_change_writes_no_base(small_corpus: Path, index: Path) -> None:
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    report = update(index, small_corpus / "elbow.txt")
    assert (report.generation, report.merged, base_names(index)) == (2, False, ["base-1"])


def test_a_change_of_many_rows_writes_one(small_corpus: Path, index: Path) -> None:
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    report = update(index, small_corpus / "elbow.txt", options=MERGED)
    assert (report.merged, base_names(index)) == (True, ["base-1", "base-2"])


def test_an_update_of_what_is_up_to_date_publishes_nothing(small_corpus: Path, index: Path) -> None:
    report = update(index, small_corpus)
    assert (report.generation, report.published, report.unchanged) == (1, False, 3)


def test_a_document_that_another_file_also_holds_stays(tmp_path: Path, index: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(CALF, "utf-8")
    update(index, copy)
    copy.unlink()
    report = update(index, copy)
    assert (names(report.removed), report.documents) == (["copy.txt"], 3)


def test_a_copy_is_not_read_or_encoded(tmp_path: Path, index: Path) -> None:
    (tmp_path / "copy.txt").write_text(CALF, "utf-8")
    report = update(index, tmp_path / "copy.txt")
    assert (report.read, report.encoded, report.documents) == ((), 0, 3)


@pytest.mark.parametrize("name", ["documents", "documents/", "./documents", "documents/calf.txt"])
def test_a_relative_path_means_the_same_files(
    small_corpus: Path, index: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_corpus.parent)
    (small_corpus / "calf.txt").unlink()
    assert names(update(index, Path(name)).removed) == ["calf.txt"]


def test_a_link_to_a_folder_means_that_folder(
    small_corpus: Path, tmp_path: Path, index: Path
) -> None:
    (tmp_path / "link").symlink_to(small_corpus)
    (small_corpus / "calf.txt").unlink()
    assert names(update(index, tmp_path / "link" / "calf.txt").removed) == ["calf.txt"]


def test_the_last_document_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "calf.txt").write_text(CALF, "utf-8")
    build_index([tmp_path / "calf.txt"], tmp_path / "index", hashing_choice())
    (tmp_path / "calf.txt").unlink()
    with pytest.raises(NothingToIndexError, match="left as it was"):
        update(tmp_path / "index", tmp_path / "calf.txt")
    assert len(found(tmp_path / "index", "calf")) > 0


def test_a_file_that_became_unreadable_keeps_what_was_read(small_corpus: Path, index: Path) -> None:
    (small_corpus / "calf.txt").write_bytes(b"\0\0\0")
    report = update(index, small_corpus / "calf.txt")
    assert (report.documents, "is kept" in report.skipped[0].remedy) == (3, True)


def test_without_an_index_there_is_nothing_to_update(small_corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index in"):
        update(tmp_path / "nowhere", small_corpus)
    assert not (tmp_path / "nowhere").exists()


def test_an_index_of_an_older_version_is_to_be_built_again(small_corpus: Path, index: Path) -> None:
    change(index, f"PRAGMA user_version = {CATALOG_VERSION - 1}")
    with pytest.raises(IndexVersionError, match="Build it again"):
        update(index, small_corpus)
    change(index, f"PRAGMA user_version = {CATALOG_VERSION}")
    assert len(found(index, "calf")) > 0


def test_an_index_of_another_model_is_to_be_built_again(small_corpus: Path, index: Path) -> None:
    other = HashingEncoder()
    other.fingerprint = "hashing-2"
    with pytest.raises(IndexOutdatedError, match="build it again"):
        update(index, small_corpus, encoder=other)


def test_documents_read_otherwise_today_are_to_be_built_again(
    small_corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build_under_way.READING_VERSION", 99)
    with pytest.raises(IndexOutdatedError, match="build it again"):
        update(index, small_corpus)


def test_lost_rows_are_not_published_as_if_they_had_never_been(
    small_corpus: Path, index: Path
) -> None:
    change(index, "DELETE FROM passages WHERE row = 1")
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    with pytest.raises(IndexOutdatedError, match="build it again"):
        update(index, small_corpus / "elbow.txt")


def test_a_damaged_base_is_to_be_built_again(small_corpus: Path, index: Path) -> None:
    (index / "base-1" / "vectors.faiss").write_bytes(b"bit rot")
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    with pytest.raises(IndexDamagedError, match="Rebuild it"):
        update(index, small_corpus / "elbow.txt")


def change_something(documents: Path, chance: random.Random) -> Path:
    """Write or remove one of six files, three of which are pages of one web site."""
    name = chance.choice(["calf", "copy", "long", "one", "two", "three"])
    path = documents / f"{name}.txt"
    if path.exists() and chance.random() < 0.4:
        path.unlink()
    elif name in ("one", "two", "three"):
        path.write_text(SITE_PAGE.format(chance.choice([name, "four"])), "utf-8")
    else:
        path.write_text(chance.choice([CALF, ELBOW, SHOULDER + ELBOW, CALF + "PIN."]), "utf-8")
    return path


def do_something(documents: Path, folder: Path, chance: random.Random) -> None:
    """Change a file and publish it one way or another; now and then think better of it."""
    path = change_something(documents, chance)
    options = chance.choice([MERGED, UNMERGED])
    if chance.random() < 0.5:
        build_index([documents], folder, hashing_choice(), options=options)
    elif path.exists() or str(path) in str(contents(folder)[0]):
        update(folder, path, options=options)
    if chance.random() < 0.3:
        with suppress(NothingToTakeBackError):
            take_back(folder, options=options)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_done_the_index_is_that_of_a_first_build(
    small_corpus: Path, index: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(8):
        do_something(small_corpus, index, chance)
    update(index, small_corpus, options=UNMERGED)
    assert contents(index) == fresh(tmp_path / "fresh", small_corpus)
    assert verify(index).whole, verify(index).to_text()
