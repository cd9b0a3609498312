"""Taking the last publication back gives what there was before it, as a new generation."""

import random
import sqlite3
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import CATALOG_VERSION, catalog_path
from index.errors import (
    IndexMissingError,
    IndexOutdatedError,
    IndexVersionError,
    NothingToTakeBackError,
    PublicationRefusedError,
)
from index.options import BuildOptions
from index.verification import verify
from tests.conftest import CALF, SHOULDER, WRIST, HashingEncoder, hashing_choice
from tests.index_contents import MERGED, UNMERGED, base_names, contents, found, take_back, update
from tests.whole_index import SITE_PAGE

BOTH = pytest.mark.parametrize("options", [MERGED, UNMERGED], ids=["merged", "unmerged"])


@pytest.fixture
def index(small_corpus: Path, tmp_path: Path) -> Path:
    """The small corpus, built once."""
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


@pytest.fixture
def before(small_corpus: Path, index: Path) -> list[list[str]]:
    """What was held before a document was changed, one removed, and one added."""
    held = contents(index)
    (small_corpus / "calf.txt").write_text(CALF.replace("eight", "nine"), "utf-8")
    (small_corpus / "wrist.txt").unlink()
    (small_corpus / "hip.txt").write_text("Title: Hip\n\nThe hip was stiff.\n", "utf-8")
    update(index, small_corpus)
    return held


def names(paths: tuple[str, ...]) -> list[str]:
    return [Path(path).name for path in paths]


def change(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(catalog_path(folder), isolation_level=None)
    connection.execute(statement)
    connection.close()


@BOTH
def test_what_there_was_before_is_a_new_generation(
    index: Path, before: list[list[str]], options: BuildOptions
) -> None:
    report = take_back(index, options=options)
    assert (report.generation, report.merged) == (3, options is MERGED)
    assert contents(index) == before
    assert verify(index).whole


@BOTH
def test_taking_back_twice_gives_what_was_taken_back(
    index: Path, before: list[list[str]], options: BuildOptions
) -> None:
    now = contents(index)
    take_back(index, options=options)
    take_back(index, options=options)
    assert now == contents(index) != before
    assert verify(index).whole


@pytest.mark.usefixtures("before")
def test_nothing_is_encoded(index: Path) -> None:
    encoder = HashingEncoder()
    report = take_back(index, encoder)
    assert (encoder.encoded, report.encoded) == ([], 0)


@pytest.mark.usefixtures("before")
def test_the_report_says_what_comes_back_and_what_goes(index: Path) -> None:
    report = take_back(index)
    assert names(report.added) == ["wrist.txt"]
    assert names(report.changed) == ["calf.txt"]
    assert names(report.removed) == ["hip.txt"]


@pytest.mark.usefixtures("before")
def test_searches_find_what_came_back_and_not_what_went(index: Path) -> None:
    take_back(index)
    assert "median nerve" in found(index, "median nerve swollen")[0]
    assert not any("hip" in text for text in found(index, "stiff hip"))


@pytest.mark.usefixtures("before")
def test_the_next_build_does_again_what_was_taken_back(index: Path, small_corpus: Path) -> None:
    undone = contents(index)
    take_back(index)
    report = build_index([small_corpus], index, hashing_choice())
    assert (names(report.added), names(report.removed)) == (["hip.txt"], ["wrist.txt"])
    assert (names(report.changed), report.encoded, contents(index)) == (["calf.txt"], 0, undone)


def test_a_change_of_model_can_be_taken_back(index: Path, small_corpus: Path) -> None:
    held, other = contents(index), HashingEncoder()
    other.name, other.fingerprint, other.dim = "other", "other-1", 32
    build_index([small_corpus], index, hashing_choice(other))
    encoder = HashingEncoder()
    assert take_back(index, encoder).model == "hashing"
    assert (encoder.encoded, contents(index), verify(index).whole) == ([], held, True)


def test_a_change_of_model_can_be_taken_back_and_made_again(
    index: Path, small_corpus: Path
) -> None:
    other = HashingEncoder()
    other.name, other.fingerprint, other.dim = "other", "other-1", 32
    build_index([small_corpus], index, hashing_choice(other))
    held = contents(index)
    take_back(index)
    assert take_back(index, other).model == "other"
    assert (contents(index), verify(index).whole) == (held, True)


def test_the_first_build_cannot_be_taken_back(index: Path) -> None:
    with pytest.raises(NothingToTakeBackError, match="there is no generation before it"):
        take_back(index)


def test_a_build_that_believed_nothing_cannot_be_taken_back(
    index: Path, small_corpus: Path
) -> None:
    build_index([small_corpus], index, hashing_choice(), options=BuildOptions(afresh=True))
    with pytest.raises(NothingToTakeBackError, match="there is no generation before it"):
        take_back(index)


@pytest.mark.usefixtures("before")
def test_what_another_version_read_does_not_come_back(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.rollback.READING_VERSION", 99)
    with pytest.raises(NothingToTakeBackError, match="another version of Casebook"):
        take_back(index)


def test_without_an_index_nothing_can_be_taken_back(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index in"):
        take_back(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_an_index_of_an_older_version_is_left_as_it_is(index: Path) -> None:
    change(index, f"PRAGMA user_version = {CATALOG_VERSION - 1}")
    with pytest.raises(IndexVersionError, match="Build it again"):
        take_back(index)
    change(index, f"PRAGMA user_version = {CATALOG_VERSION}")
    assert len(found(index, "calf")) > 0


@pytest.mark.usefixtures("before")
def test_an_index_that_lost_rows_is_to_be_built_again(index: Path) -> None:
    change(index, "DELETE FROM passages WHERE row = (SELECT max(row) FROM passages)")
    with pytest.raises(IndexOutdatedError, match="build it again"):
        take_back(index)


@BOTH
def test_pages_whose_site_text_changed_come_back_as_they_were(
    index: Path, small_corpus: Path, options: BuildOptions
) -> None:
    for name in ("one", "two", "three"):
        (small_corpus / f"{name}.txt").write_text(SITE_PAGE.format(name), "utf-8")
    update(index, small_corpus)
    held = contents(index)
    for name in ("one", "two"):
        (small_corpus / f"{name}.txt").unlink()
    report = update(index, small_corpus, options=options)
    assert (report.documents, contents(index) != held) == (4, True)
    take_back(index, options=options)
    assert (contents(index), verify(index).whole) == (held, True)


def test_a_renamed_file_has_its_old_name_again(index: Path, small_corpus: Path) -> None:
    held = contents(index)
    (small_corpus / "calf.txt").rename(small_corpus / "leg.txt")
    update(index, small_corpus)
    report = take_back(index)
    assert (names(report.added), names(report.removed)) == (["calf.txt"], ["leg.txt"])
    assert contents(index) == held


def test_an_unchanged_base_is_used_again(index: Path, small_corpus: Path) -> None:
    (small_corpus / "wrist.txt").unlink()
    update(index, small_corpus)
    take_back(index)
    assert base_names(index) == ["base-1"]


def test_a_refused_taking_back_leaves_nothing_to_publish(
    index: Path, small_corpus: Path, monkeypatch: pytest.MonkeyPatch, before: list[list[str]]
) -> None:
    monkeypatch.setattr("index.probes.LEAST_LOST", 0)
    monkeypatch.setattr("index.probes.LOST_SHARE", -1.0)
    now = contents(index)
    with pytest.raises(PublicationRefusedError):
        take_back(index, options=BuildOptions(agree=lambda _: False))
    report = build_index([small_corpus], index, hashing_choice())
    assert (report.published, contents(index)) == (False, now)
    assert now != before


@pytest.mark.parametrize("seed", range(4))
def test_any_publication_can_be_taken_back(index: Path, small_corpus: Path, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(6):
        for name in chance.sample(["calf", "wrist", "one", "two", "three"], 3):
            text = chance.choice([CALF, WRIST, SHOULDER, SITE_PAGE.format(number), ""])
            (small_corpus / f"{name}.txt").write_text(text + f"\nNote {number}.\n", "utf-8")
        held = contents(index)
        update(index, small_corpus, options=chance.choice([MERGED, UNMERGED]))
        take_back(index, options=chance.choice([MERGED, UNMERGED]))
        assert contents(index) == held
        take_back(index, options=UNMERGED)
    assert verify(index).whole
