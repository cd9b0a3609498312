"""When an answer counts as one."""

import pytest

from index.manifest import Calibration
from search.relevance import Evidence, deviations


@pytest.mark.parametrize(
    ("cosine_deviations", "words", "relevant"),
    [
        (6.5, 0.0, True),
        (5.5, 0.4, True),
        (5.5, 0.2, False),
        (3.0, 0.8, True),
        (2.0, 1.0, True),
        (2.0, 0.8, False),
        (1.0, 1.0, False),
        (0.0, 0.0, False),
    ],
)
def test_a_near_vector_or_a_fair_one_with_the_words(
    cosine_deviations: float, words: float, relevant: bool
) -> None:
    assert Evidence(cosine_deviations, words).relevant is relevant


def test_a_cosine_is_measured_against_unrelated_questions() -> None:
    assert deviations(0.35, Calibration(mean=0.15, deviation=0.04)) == pytest.approx(5.0)


def test_confidence_grows_with_either_evidence() -> None:
    weak, near, worded = Evidence(1.0, 0.0), Evidence(4.0, 0.0), Evidence(1.0, 1.0)
    assert weak.confidence < min(near.confidence, worded.confidence)
