"""A rehearsal does everything but the last step, and says what the real run would."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.base import MergePolicy
from index.build import build_index
from index.options import BuildOptions
from index.report import BuildReport
from index.rollback import roll_back
from tests.conftest import CALF, HashingEncoder, hashing_choice
from tests.index_contents import MERGED, UNMERGED, chosen, contents, found, take_back, update

DRY = BuildOptions(rehearsed=True)
STORY = " ".join(f"Finding {n} was seen in the knee on day {n}." for n in range(20))
POLICIES = pytest.mark.parametrize("merging", [MERGED.merging, UNMERGED.merging])


@pytest.fixture
def index(small_corpus: Path, tmp_path: Path) -> Path:
    """The small corpus, built once; since then one document changed, one came and one went."""
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    (small_corpus / "calf.txt").write_text(CALF.replace("eight", "nine"), "utf-8")
    (small_corpus / "wrist.txt").unlink()
    (small_corpus / "hip.txt").write_text("Title: Hip\n\nThe hip was stiff.\n", "utf-8")
    return tmp_path / "index"


def told(report: BuildReport) -> BuildReport:
    """A report without what is measured anew, and without whether it was a rehearsal."""
    return replace(
        report, seconds=0, encoding_seconds=0, encoded=0, encoder="", rehearsed=False,
        published=False,
    )  # fmt: skip


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def rehearse(folder: Path, documents: Path, merging: MergePolicy = UNMERGED.merging) -> BuildReport:
    return update(folder, documents, options=replace(DRY, merging=merging))


@POLICIES
def test_a_rehearsal_says_what_the_update_then_does(
    index: Path, small_corpus: Path, merging: MergePolicy
) -> None:
    rehearsed = rehearse(index, small_corpus, merging)
    published = update(index, small_corpus, options=BuildOptions(merging=merging))
    assert told(rehearsed) == told(published)
    assert (rehearsed.published, published.published) == (False, True)


def test_a_rehearsal_names_the_near_duplicates_that_there_would_be(
    index: Path, small_corpus: Path
) -> None:
    for name in ("first", "second"):
        (small_corpus / f"{name}.txt").write_text(f"Title: A stay\n\n{STORY}\n{name}\n", "utf-8")
    assert rehearse(index, small_corpus).near_duplicates.count == 1


@POLICIES
def test_a_rehearsal_changes_nothing_that_is_served(
    index: Path, small_corpus: Path, merging: MergePolicy
) -> None:
    held, there = contents(index), files(index)
    rehearse(index, small_corpus, merging)
    assert (contents(index), files(index)) == (held, there)
    assert "median nerve" in found(index, "median nerve swollen")[0]


def test_what_a_rehearsal_encoded_is_not_encoded_again(index: Path, small_corpus: Path) -> None:
    encoder = HashingEncoder()
    assert rehearse(index, small_corpus).encoded == 2
    assert update(index, small_corpus, encoder=encoder).encoded == 0
    assert encoder.encoded == []


def test_a_first_build_can_be_rehearsed(small_corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    rehearsed = build_index([small_corpus], folder, hashing_choice(), options=DRY)
    assert list(folder.glob("base-*")) == []
    assert told(rehearsed) == told(build_index([small_corpus], folder, hashing_choice()))


def test_a_rehearsal_says_so(index: Path, small_corpus: Path) -> None:
    text = rehearse(index, small_corpus).to_text()
    assert "A rehearsal, nothing published: Generation 2" in text


def test_a_rehearsal_of_no_change_says_what_is_served(index: Path, small_corpus: Path) -> None:
    update(index, small_corpus)
    report = rehearse(index, small_corpus)
    assert (report.generation, report.published, report.added) == (2, False, ())


@POLICIES
def test_taking_back_can_be_rehearsed(
    index: Path, small_corpus: Path, merging: MergePolicy
) -> None:
    update(index, small_corpus)
    held, there = contents(index), files(index)
    options = BuildOptions(rehearsed=True, merging=merging)
    rehearsed = roll_back(index, chosen(None), options=options)
    assert (contents(index), files(index), rehearsed.published) == (held, there, False)
    published = take_back(index, options=BuildOptions(merging=merging))
    assert told(rehearsed) == told(published)


def test_a_rehearsed_taking_back_leaves_what_a_stopped_build_has_read(
    index: Path, small_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(index, small_corpus)
    (small_corpus / "elbow.txt").write_text("Title: Elbow\n\nIt was sore.\n", "utf-8")
    rehearse(index, small_corpus)
    roll_back(index, chosen(None), options=DRY)
    monkeypatch.setattr("index.readers.read_as_ordered", lambda paths, *_: [1 / 0 for _ in paths])
    assert update(index, small_corpus).documents == 4
