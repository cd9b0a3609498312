"""Fusion worked out by hand."""

import pytest

from search.fusion import fuse


def test_each_leg_counts_by_its_share_of_the_best() -> None:
    fused = dict(fuse({1: 0.9, 2: 0.45}, {2: 8.0, 3: 4.0}, weight=0.6))
    assert fused == pytest.approx({1: 0.6, 2: 0.3 + 0.4, 3: 0.2})


def test_ties_stand_in_order_of_row() -> None:
    assert [row for row, _ in fuse({9: 0.5, 4: 0.5}, {}, weight=0.6)] == [4, 9]


def test_an_opposite_meaning_counts_nothing() -> None:
    assert fuse({1: -0.2}, {}, weight=0.6) == [(1, 0.0)]


def test_nothing_found_is_an_empty_ranking() -> None:
    assert fuse({}, {}) == []
