"""How sure a figure is, with answers worked out by hand."""

from math import sqrt

import pytest

from evaluation.intervals import difference, share


def test_a_difference_is_the_mean_of_the_paired_differences() -> None:
    found = difference("nDCG@10", [0.5, 0.0, 1.0, 0.25], [1.0, 0.5, 0.5, 0.25])
    assert (found.difference, found.better, found.worse) == (0.125, 2, 1)


def test_the_same_gain_for_each_query_leaves_no_doubt() -> None:
    found = difference("nDCG@10", [0.0, 0.25, 0.5], [0.5, 0.75, 1.0])
    assert (found.low, found.high, found.certain) == (0.5, 0.5, True)


def test_gains_and_losses_alike_are_uncertain() -> None:
    found = difference("nDCG@10", [0.0, 1.0] * 20, [1.0, 0.0] * 20)
    assert found.low < 0 < found.high and not found.certain


def test_many_queries_have_the_interval_of_the_normal_distribution() -> None:
    # 2,000 queries gain 0 or 1: the mean's standard error is .5 / sqrt(2000).
    found = difference("nDCG@10", [0.0] * 2000, [0.0, 1.0] * 1000)
    reach = 1.96 * 0.5 / sqrt(2000)
    assert (found.low, found.high) == pytest.approx((0.5 - reach, 0.5 + reach), abs=0.001)


def test_none_of_twenty_leaves_up_to_a_sixth() -> None:
    # Wilson with no success: from 0 to z² / (n + z²).
    none = share(0, 20)
    assert (none.low, none.high) == pytest.approx((0.0, 3.8415 / 23.8415), abs=1e-5)


def test_all_of_twenty_is_the_mirror_of_none() -> None:
    none, every = share(0, 20), share(20, 20)
    assert (every.low, every.high) == pytest.approx((1 - none.high, 1 - none.low))


def test_half_is_in_the_middle_of_its_interval() -> None:
    half = share(10, 20)
    assert half.low + half.high == pytest.approx(1.0)


def test_a_share_of_nothing_is_not_known() -> None:
    nothing = share(0, 0)
    assert (nothing.value, nothing.low, nothing.high, nothing.cell()) == (None, 0.0, 1.0, "–")
