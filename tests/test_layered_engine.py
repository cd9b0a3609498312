"""A base, what is newer, and what was removed answer as one engine that was built of the rest."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.encoders import Vectors
from index.engines import ENGINES, Batches, Rows
from index.engines.faiss_engine import FaissEngine
from index.engines.layered import LayeredEngine
from index.engines.opening import build_engine
from index.engines.recent import RecentVectors

DIM = 8
EAST = np.eye(1, DIM, dtype=np.float32)


def rows_of(*rows: int) -> Rows:
    return np.array(rows, dtype=np.int64)


def halves_of(rows: Rows) -> NDArray[np.float16]:
    """One vector for each row, the farther from `EAST` the higher its number is."""
    angles = rows / 100
    halves = np.zeros((len(rows), DIM), dtype=np.float16)
    halves[:, 0], halves[:, 1] = np.cos(angles), np.sin(angles)
    return halves


def batches_of(rows: Rows) -> Batches:
    def batches() -> Iterator[tuple[Rows, Vectors]]:
        yield rows, halves_of(rows).astype(np.float32)

    return batches


def exact(*rows: int) -> FaissEngine:
    return FaissEngine.build("exact", len(rows), DIM, batches_of(rows_of(*rows)))


def recent(*rows: int) -> RecentVectors:
    return RecentVectors(rows_of(*rows), halves_of(rows_of(*rows)))


def layered(removed: Rows) -> LayeredEngine:
    return LayeredEngine(exact(10, 20, 30), recent(40, 45), removed, last_row=30)


def found(engine: LayeredEngine | RecentVectors, k: int = 9, *allowed: int) -> list[int]:
    mask = np.isin(np.arange(100), allowed) if allowed else None
    return [row for row, _ in engine.search(EAST, k, mask)]


def test_base_and_newer_rows_are_merged_best_first() -> None:
    assert found(layered(rows_of())) == [10, 20, 30, 40, 45]


def test_no_more_come_than_asked_for() -> None:
    assert found(layered(rows_of()), 4) == [10, 20, 30, 40]


def test_a_removed_row_leaves_its_place_to_the_next() -> None:
    assert found(layered(rows_of(10, 30)), 2) == [20, 40]


def test_a_mask_holds_for_both_layers_and_brings_no_removed_row_back() -> None:
    assert found(layered(rows_of(10)), 9, 10, 20, 45) == [20, 45]


def test_a_short_mask_allows_no_newer_rows() -> None:
    hits = layered(rows_of(10)).search(EAST, 9, np.ones(25, dtype=np.bool_))
    assert [row for row, _ in hits] == [20]


def test_equal_scores_come_in_the_order_of_rows() -> None:
    same = halves_of(rows_of(10))
    newer = RecentVectors(rows_of(35, 36), np.repeat(same, 2, axis=0))
    assert found(LayeredEngine(exact(10, 20), newer, rows_of(), 20), 3) == [10, 35, 36]


def test_counts_and_names_only_what_can_be_found() -> None:
    engine = layered(rows_of(20))
    assert sorted(engine.ids().tolist()) == [10, 30, 40, 45]
    assert len(engine) == 4


def test_gives_the_vectors_of_both_layers_and_of_no_removed_row() -> None:
    assert sorted(layered(rows_of(20)).vectors_of([10, 20, 45, 77])) == [10, 45]


def test_gives_the_cosines_of_both_layers_and_of_no_removed_row() -> None:
    assert sorted(layered(rows_of(20)).cosines_of(EAST, [10, 20, 45, 77])) == [10, 45]


@pytest.mark.parametrize("name", ENGINES)
def test_is_exact_where_its_base_is(name: str) -> None:
    base = build_engine(name, 1, DIM, batches_of(rows_of(1)))
    assert LayeredEngine(base, recent(), rows_of(), 1).is_exact == (name == "exact")


def test_without_a_base_the_newer_rows_answer() -> None:
    assert found(LayeredEngine(exact(), recent(3, 2), rows_of(), -1)) == [2, 3]


def test_says_which_newer_vectors_are_still_to_be_read() -> None:
    assert recent(40, 45).missing(rows_of(45, 50, 51)).tolist() == [50, 51]


def test_renewed_vectors_drop_what_is_gone_and_add_what_is_new() -> None:
    renewed = recent(40, 45).renewed(rows_of(45, 50), halves_of(rows_of(50)))
    assert found(renewed) == [45, 50]


def test_the_vectors_of_a_generation_before_stay_as_they_were() -> None:
    before = recent(40, 45)
    before.renewed(rows_of(50), halves_of(rows_of(50)))
    assert found(before) == [40, 45]


def test_a_newer_vector_keeps_its_very_bits() -> None:
    kept = recent(40, 45).renewed(rows_of(45), halves_of(rows_of())).vectors_of({45})
    assert np.array_equal(kept[45], halves_of(rows_of(45))[0].astype(np.float32))


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(31, 60)), st.sets(st.integers(0, 60)))
def test_layers_answer_as_one_engine_over_what_is_left(
    base: set[int], newer: set[int], masked: set[int]
) -> None:
    removed = {row for row in base if row % 3 == 0}
    engine = LayeredEngine(
        exact(*sorted(base)), recent(*sorted(newer)), rows_of(*sorted(removed)), 30
    )
    left = (base - removed | newer) & masked
    assert found(engine, 7, *masked, 99) == sorted(left)[:7]
