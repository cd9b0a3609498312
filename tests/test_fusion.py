"""Two legs on one scale."""

from index.fusion import fuse
from search.leg_weights import DENSE_WEIGHTS


def test_the_legs_are_added_by_weight() -> None:
    assert fuse({1: 0.8}, {1: 0.4}, weight=0.25) == [(1, 0.5)]


def test_a_row_that_one_leg_did_not_find_counts_nothing_there() -> None:
    assert fuse({1: 0.8}, {2: 0.9}, weight=0.5) == [(2, 0.45), (1, 0.4)]


def test_a_leg_of_no_weight_proposes_nothing() -> None:
    cosines, shares = {1: 0.8}, {2: 0.9}
    assert [row for row, _ in fuse(cosines, shares, weight=0.0)] == [2]
    assert [row for row, _ in fuse(cosines, shares, weight=1.0)] == [1]


def test_ties_stand_in_order_of_row() -> None:
    assert [row for row, _ in fuse({9: 0.5, 2: 0.5, 5: 0.5}, {}, weight=1.0)] == [2, 5, 9]


def test_a_negative_cosine_counts_nothing() -> None:
    assert fuse({1: -0.5}, {1: 0.5}, weight=0.5) == [(1, 0.25)]


def test_another_candidate_does_not_change_a_score() -> None:
    alone = dict(fuse({1: 0.6}, {1: 0.2}, weight=0.5))
    assert dict(fuse({1: 0.6, 2: 0.9}, {1: 0.2, 3: 1.0}, weight=0.5))[1] == alone[1]


def test_every_kind_of_query_uses_both_legs() -> None:
    assert all(0 < weight < 1 for weight in DENSE_WEIGHTS.values())
