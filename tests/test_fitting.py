"""Constants are chosen where the right ones are known."""

import numpy as np
from numpy.typing import NDArray

from evaluation.fitting.legs import FoundByLegs
from evaluation.fitting.relevance import cross_validated, fit_relevance
from evaluation.fitting.weights import JudgedLegs, choose_weights
from index.manifest import Calibration
from search.query_kinds import QueryKind


def found(query: str, kind: QueryKind, right_by_cosine: bool) -> FoundByLegs:
    """Document "a" has the better cosine, "b" the better share."""
    return FoundByLegs(
        query=query,
        kind=kind,
        cosines={1: 0.9, 2: 0.4} if right_by_cosine else {1: 0.5, 2: 0.4},
        shares={1: 0.3, 2: 0.5},
        documents={1: "a", 2: "b"},
        terms=3,
        unknown=0.0,
        calibration=Calibration(0.2),
    )


def test_a_leg_that_is_always_right_gets_the_weight() -> None:
    legs = tuple(found(f"q{n}", "question", right_by_cosine=True) for n in range(20))
    judged = JudgedLegs("tiny", legs, {one.query: {"a": 1} for one in legs})
    (choice,) = choose_weights([judged])
    assert choice.best > 0 and choice.cross_validated == 1.0


def test_keywords_get_all_the_weight_where_they_alone_are_right() -> None:
    legs = tuple(found(f"q{n}", "case", right_by_cosine=False) for n in range(20))
    judged = JudgedLegs("tiny", legs, {one.query: {"b": 1} for one in legs})
    assert choose_weights([judged])[0].best == 0.0


def test_a_query_without_a_relevant_document_chooses_nothing() -> None:
    legs = (found("q1", "question", right_by_cosine=True),)
    assert choose_weights([JudgedLegs("tiny", legs, {"q1": {"a": 0}})]) == []


def rows() -> tuple[NDArray[np.float64], NDArray[np.bool_], list[str]]:
    """60 answerable above .4, 30 absent below .2, 10 near misses between."""
    fused = np.concatenate([np.linspace(0.4, 0.8, 60), np.linspace(0, 0.2, 30), np.full(10, 0.5)])
    features = np.column_stack([fused, np.ones(100), np.zeros(100)])
    strata = ["finding"] * 60 + ["absent"] * 30 + ["near miss"] * 10
    return features, np.arange(100) < 60, strata


def test_a_fit_keeps_19_of_20_that_have_an_answer() -> None:
    features, answerable, strata = rows()
    fitted = fit_relevance(features, answerable, np.array(strata) == "near miss")
    kept = fitted.probabilities(features)[:60] >= fitted.weak
    assert kept.sum() == 57


def test_of_what_was_not_seen_the_absent_is_told_from_the_answerable() -> None:
    features, answerable, strata = rows()
    queries = [f"q{n}" for n in range(100)]
    shown = {one.stratum: one for one in cross_validated(queries, strata, features, answerable)}
    assert shown["absent"].strong + shown["absent"].weak == 0
    assert shown["finding"].strong + shown["finding"].weak >= 54
