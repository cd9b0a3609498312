"""The benchmark of one changed document: it waits for the answer that the change must give."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation.speed import update as update_module
from evaluation.speed.building import BuiltIndex
from evaluation.speed.update import NeverFoundError, UpdateResult, measure_update
from evaluation.speed.update_report import to_markdown, write_updates
from index.build import build_index
from index.progress import no_progress
from tests.conftest import CALF, hashing_choice, write_small_corpus


class Updated:
    """A small index, brought up to date by building it again; `idle` leaves it as it is."""

    def __init__(self, folder: Path, idle: bool = False) -> None:
        self.corpus, self.idle, self.calls = write_small_corpus(folder / "documents"), idle, 0
        build_index([self.corpus], folder / "index", hashing_choice())
        self.built = BuiltIndex(folder / "index", 6, 3, seconds=1000.0, cpu_seconds=900.0)

    def __call__(self, paths: Sequence[Path], folder: Path) -> None:
        self.calls += 1
        if not self.idle:
            there = [path for path in paths if path.exists()]
            build_index([self.corpus, *there], folder, hashing_choice())


def measured(updated: Updated) -> UpdateResult:
    return measure_update(
        updated.built, hashing_choice(), CALF, "page", updated, no_progress, rounds=1
    )


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> UpdateResult:
    return measured(Updated(tmp_path_factory.mktemp("update")))


def test_each_change_has_its_time(result: UpdateResult) -> None:
    assert [row.change for row in result.rows] == ["added", "changed", "deleted"]


def test_a_change_is_found_after_the_update_at_the_earliest(result: UpdateResult) -> None:
    assert all(row.searchable_seconds >= row.update_seconds > 0 for row in result.rows)


def test_the_share_is_of_the_full_build(result: UpdateResult) -> None:
    for row in result.rows:
        assert row.share_of_build == pytest.approx(row.searchable_seconds / 1000, abs=1e-5)


def test_a_change_that_no_answer_shows_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update_module, "PATIENCE_SECONDS", 0.01)
    with pytest.raises(NeverFoundError, match="a document that was added is not so in any answer"):
        measured(Updated(tmp_path, idle=True))


def test_the_results_are_a_table_and_a_plot(result: UpdateResult, tmp_path: Path) -> None:
    write_updates([result], tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"speed-update.json", "speed-update.md", "speed-update.svg"}
    assert "| 6 | page | deleted |" in to_markdown([result])
