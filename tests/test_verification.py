"""A whole index is whole; each kind of damage is found, named by its check, and mended."""

import json
import shutil
from pathlib import Path

import pytest

from index import verification
from index.__main__ import main
from index.build import build_index
from index.catalog import catalog_path
from index.checks import Mend, OpenedIndex, Tally
from index.options import BuildOptions
from index.progress import no_progress
from index.verification import CHECKS, Check, Verification, verify
from tests.conftest import CALF, HashingEncoder, hashing_choice, write_small_corpus
from tests.index_damages import DAMAGES, change
from tests.whole_index import GENERATIONS, make_index

PAGE_BYTES = 4096


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents and their index."""
    home = tmp_path_factory.mktemp("verified")
    make_index(home)
    return home


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may damage."""
    return Path(shutil.copytree(built / "index", tmp_path / "index"))


def damaged_checks(found: Verification) -> list[str]:
    return [check.name for check, tally in found.findings if tally.damaged]


def test_a_whole_index_is_whole(built: Path) -> None:
    found = verify(built / "index")
    assert (damaged_checks(found), found.mend) == ([], "")


def test_every_check_looks_at_something(built: Path) -> None:
    assert [c.name for c, tally in verify(built / "index").findings if not tally.checked] == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_is_named_by_its_check(copy: Path, damage: str) -> None:
    check, make = DAMAGES[damage]
    make(copy)
    assert check in damaged_checks(verify(copy))


def build_as_told(built: Path, folder: Path) -> tuple[Verification, HashingEncoder]:
    """Run the build that `verify` suggests, as the command line would; the state after it."""
    command, encoder = verify(folder).mend, HashingEncoder()
    target = Path(command.rpartition("--index ")[2])
    afresh = "--afresh" in command
    options = BuildOptions(afresh=afresh)
    build_index([built / "documents"], target, hashing_choice(encoder), no_progress, options)
    return verify(target), encoder


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_command_that_is_named_mends_it(built: Path, copy: Path, damage: str) -> None:
    DAMAGES[damage][1](copy)
    assert damaged_checks(build_as_told(built, copy)[0]) == []


@pytest.mark.parametrize(
    "damage", ["text changed", "the terms of a passage lost", "a vector twice"]
)
def test_what_is_derived_is_mended_without_encoding(built: Path, copy: Path, damage: str) -> None:
    DAMAGES[damage][1](copy)
    assert build_as_told(built, copy)[1].encoded == []


@pytest.mark.parametrize("damage", ["a vector that is no number", "a bit of a vector flipped"])
def test_only_an_unsound_vector_is_encoded_again(built: Path, copy: Path, damage: str) -> None:
    DAMAGES[damage][1](copy)
    assert len(build_as_told(built, copy)[1].encoded) == 1


def is_named_when_zeroed(folder: Path, raw: bytes, page: int) -> bool:
    zeroed = raw[: page * PAGE_BYTES] + bytes(PAGE_BYTES) + raw[(page + 1) * PAGE_BYTES :]
    catalog_path(folder).write_bytes(zeroed)
    return main(["verify", "--index", str(folder)]) == 1


def test_each_page_of_zeros_in_the_catalog_is_named(copy: Path) -> None:
    raw = catalog_path(copy).read_bytes()
    pages = range(len(raw) // PAGE_BYTES)
    assert [page for page in pages if not is_named_when_zeroed(copy, raw, page)] == []


def test_a_catalog_cut_short_is_named(copy: Path) -> None:
    raw = catalog_path(copy).read_bytes()
    catalog_path(copy).write_bytes(raw[: len(raw) // 2])
    assert main(["verify", "--index", str(copy)]) == 1


def test_a_build_meanwhile_does_not_disturb(
    built: Path, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = write_small_corpus(tmp_path / "documents")

    def publish_twice(opened: OpenedIndex, tally: Tally) -> None:
        for text in ("One more line.", "And another."):
            (documents / "calf.txt").write_text(f"{CALF}\n{text}\n", "utf-8")
            build_index([documents], copy, hashing_choice())

    first = Check("build", "", publish_twice, Mend.BUILD)
    monkeypatch.setattr(verification, "CHECKS", (first, *CHECKS))
    found = verify(copy)
    assert (damaged_checks(found), found.generation) == ([], GENERATIONS)
    assert verify(copy).generation == GENERATIONS + 2


def test_files_that_are_left_over_are_harmless(copy: Path) -> None:
    (copy / "vectors-0.faiss").write_bytes(b"old")
    (copy / "base-9.unfinished").mkdir()
    found = verify(copy)
    assert found.whole
    assert "base-9.unfinished is unfinished, harmless" in found.to_text()


def test_the_command_says_what_is_wrong_and_what_mends_it(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    DAMAGES["a passage on another page"][1](copy)
    status, lines = main(["verify", "--index", str(copy)]), capsys.readouterr().out.splitlines()
    wrong = "1 WRONG: passage 0 of"
    assert (status, [wrong in line for line in lines].count(True)) == (1, 1)
    assert lines[-1].endswith(f"build PATH … --model hashing --afresh --index {copy}")


def test_the_command_gives_one_json_object(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["verify", "--json", "--index", str(built / "index")])
    found = json.loads(capsys.readouterr().out)
    assert (status, found["whole"], len(found["checks"])) == (0, True, len(CHECKS))


@pytest.mark.parametrize("version", [3, 99])
def test_another_version_is_refused_in_one_line(
    copy: Path, version: int, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copy, f"PRAGMA user_version = {version}")
    assert main(["verify", "--index", str(copy)]) == 1
    assert f"has index version {version}" in capsys.readouterr().err


def test_no_index_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--index", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err.startswith("index: no index in")
