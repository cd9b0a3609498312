"""TREC's measures, worked out by hand."""

from math import log2
from random import Random

import pytest

from evaluation.measures import ndcg, recall, reciprocal_rank, success

RELEVANT = {"a": 1, "b": 2, "x": 0}


def test_ndcg_discounts_by_rank_and_divides_by_the_ideal() -> None:
    ideal = 2 + 1 / log2(3)
    assert ndcg(["x", "b", "a"], RELEVANT, 10) == pytest.approx((2 / log2(3) + 1 / 2) / ideal)


def test_ndcg_of_an_ideal_ranking_is_one() -> None:
    assert ndcg(["b", "a", "x"], RELEVANT, 10) == 1.0


def test_ndcg_looks_at_the_first_k_only() -> None:
    assert ndcg(["x", "y", "b"], RELEVANT, 2) == 0.0


def test_reciprocal_rank_is_that_of_the_first_relevant() -> None:
    assert reciprocal_rank(["x", "y", "a", "b"], RELEVANT, 10) == 1 / 3


def test_reciprocal_rank_beyond_k_is_nothing() -> None:
    assert reciprocal_rank(["x", "y", "a"], RELEVANT, 2) == 0.0


def test_recall_is_the_share_of_all_relevant() -> None:
    assert recall(["a", "x", "y"], RELEVANT, 3) == 1 / 2


def test_success_asks_for_one_relevant() -> None:
    assert (success(["x", "a"], RELEVANT, 1), success(["x", "a"], RELEVANT, 2)) == (0.0, 1.0)


def test_success_may_ask_for_a_higher_grade() -> None:
    found = [success(["a", "x", "b"], RELEVANT, k, least=2) for k in (1, 2, 3)]
    assert found == [0.0, 0.0, 1.0]


def test_a_grade_below_zero_takes_nothing_away() -> None:
    assert ndcg(["junk", "a"], {"junk": -1, "a": 1}, 10) == ndcg(["x", "a"], {"a": 1}, 10)


def test_a_query_without_relevant_documents_scores_nothing() -> None:
    assert [m(["x"], {"x": 0}, 10) for m in (ndcg, reciprocal_rank, recall, success)] == [0.0] * 4


@pytest.mark.parametrize("seed", range(20))
def test_the_measures_agree_with_trec_eval(seed: int) -> None:
    trec = pytest.importorskip("pytrec_eval", reason="pytrec-eval-terrier is not installed")
    chance = Random(seed)
    relevance = {f"d{n}": chance.randint(-1, 3) for n in range(30)}
    ranking = chance.sample([f"d{n}" for n in range(60)], 40)
    names = {"ndcg_cut.10", "recall.10", "recall.100", "success.1,5", "recip_rank"}
    scores = {document: float(-rank) for rank, document in enumerate(ranking)}
    theirs = trec.RelevanceEvaluator({"q": relevance}, names).evaluate({"q": scores})["q"]
    assert ndcg(ranking, relevance, 10) == pytest.approx(theirs["ndcg_cut_10"], abs=1e-9)
    assert recall(ranking, relevance, 10) == pytest.approx(theirs["recall_10"], abs=1e-9)
    assert recall(ranking, relevance, 100) == pytest.approx(theirs["recall_100"], abs=1e-9)
    assert success(ranking, relevance, 5) == theirs["success_5"]
    assert reciprocal_rank(ranking, relevance, 100) == pytest.approx(theirs["recip_rank"], abs=1e-9)
