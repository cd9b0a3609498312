"""What each ingredient of the ranking gives."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from evaluation.ablation import AblationResult, measure_ablation, switched_off
from index.progress import no_progress
from search.ranking import DEFAULT_RANKING
from tests.judged_folders import OF_TWO_KINDS, opened, write_dataset


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> AblationResult:
    """Of two judged queries of two strata."""
    folder = tmp_path_factory.mktemp("ablation")
    qrels = ("q1\td.2\t2", "q3\td/1\t1")
    tiny = write_dataset(folder / "tiny", queries=OF_TWO_KINDS, qrels=qrels)
    return measure_ablation(opened(tiny, folder / "work"), no_progress)


def test_each_ingredient_is_switched_off_alone() -> None:
    names = [one.name for one in fields(DEFAULT_RANKING)]
    for name, ranking in switched_off().items():
        off = [one for one in names if getattr(ranking, one) != getattr(DEFAULT_RANKING, one)]
        assert off == [name]


def test_every_switch_that_is_on_is_an_ingredient(result: AblationResult) -> None:
    on = [f.name for f in fields(DEFAULT_RANKING) if getattr(DEFAULT_RANKING, f.name) is True]
    assert [one.name for one in result.ingredients] == on != []


def test_a_gain_is_the_default_less_the_same_without(result: AblationResult) -> None:
    for gain in (gain for one in result.ingredients for gain in one.gains):
        for one in gain.differences:
            assert one.second == pytest.approx(result.default[gain.scope][one.measure], abs=1e-4)
            assert one.difference == pytest.approx(one.second - one.first)


def test_each_scope_has_its_gain(result: AblationResult) -> None:
    assert [gain.scope for gain in result.ingredients[0].gains] == ["all", "g", "finding", "cause"]


def test_figures_and_table_are_written(result: AblationResult, tmp_path: Path) -> None:
    path = result.write(tmp_path)
    assert path.name == "ablation-tiny.json"
    assert json.loads(path.read_text("utf-8"))["ingredients"][0]["name"]
    assert f"| all 2 | {result.ingredients[0].name} |" in path.with_suffix(".md").read_text("utf-8")
