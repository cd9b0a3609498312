"""The constants of the ranking are those that the results files say were chosen."""

import json
from pathlib import Path
from typing import Any

import pytest

from search import relevance
from search.leg_weights import DENSE_WEIGHTS
from search.relevance import STRONG, WEAK, Evidence

RESULTS = Path(__file__).parent.parent / "evaluation" / "results"


def results(name: str) -> Any:
    return json.loads((RESULTS / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("choice", results("weights")["choices"], ids=lambda choice: choice["kind"])
def test_a_weight_is_within_chance_of_the_best(choice: dict[str, Any]) -> None:
    used = f"{DENSE_WEIGHTS[choice['kind']]:.2f}"
    for means in choice["by_dataset"].values():
        assert means[used] > max(means.values()) - 0.012


def test_a_probability_is_that_of_the_fit() -> None:
    fitted = results("relevance")["fitted"]
    weights = [
        relevance._ABOVE_UNRELATED,
        relevance._LOG_TERMS,
        relevance._UNKNOWN,
        relevance._INTERCEPT,
    ]
    assert weights == pytest.approx([*fitted["weights"], fitted["intercept"]], abs=0.006)


def test_strong_and_weak_begin_where_the_fit_says() -> None:
    fitted = results("relevance")["fitted"]
    assert pytest.approx((fitted["weak"], fitted["strong"]), abs=0.006) == (WEAK, STRONG)


def test_evidence_at_the_threshold_is_even() -> None:
    assert Evidence(-relevance._INTERCEPT / relevance._ABOVE_UNRELATED, 1, 0.0).probability == (
        pytest.approx(0.5)
    )
