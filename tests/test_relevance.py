"""How likely a hit is, and when an answer counts as one."""

import pytest

from index.manifest import Calibration
from search.relevance import STRONG, WEAK, Evidence, above_unrelated, strength_of


def test_a_higher_fused_score_is_likelier() -> None:
    assert Evidence(0.4, 5, 0.0).probability > Evidence(0.3, 5, 0.0).probability


def test_the_same_score_of_more_words_is_likelier() -> None:
    assert Evidence(0.3, 10, 0.0).probability > Evidence(0.3, 3, 0.0).probability


def test_words_that_nobody_knows_make_it_less_likely() -> None:
    assert Evidence(0.3, 5, 0.5).probability < Evidence(0.3, 5, 0.0).probability


@pytest.mark.parametrize("evidence", [Evidence(9.0, 1, 0.0), Evidence(-9.0, 0, 1.0)])
def test_a_probability_stays_between_0_and_1(evidence: Evidence) -> None:
    assert 0 < evidence.probability < 1


def test_the_score_of_a_broken_model_is_never_likely() -> None:
    assert strength_of(Evidence(float("nan"), terms=3, unknown=0.0).probability) == "none"


def test_a_score_is_read_against_unrelated_questions_of_the_same_corpus() -> None:
    small, large = Calibration(0.1), Calibration(0.3)
    assert above_unrelated(0.5, 0.5, small) - above_unrelated(0.5, 0.5, large) == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("probability", "strength"),
    [(1.0, "strong"), (STRONG, "strong"), (WEAK, "weak"), (WEAK - 0.01, "none"), (0.0, "none")],
)
def test_a_hit_is_shown_by_its_probability(probability: float, strength: str) -> None:
    assert strength_of(probability) == strength
