"""Every engine finds the same nearest vectors; answers worked out by hand."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders import Vectors
from index.engines import ENGINES, Batches, Mask, Rows, engine_for
from index.engines.base_engine import BaseEngine
from index.engines.fast_scan import FastScanEngine
from index.engines.opening import build_engine, open_engine
from index.engines.probing import lists_holding
from index.engines.tuning import LEAST_RECALL, Tuning, exact_search, recall, tune


def unit(*rows: tuple[float, float]) -> Vectors:
    vectors = np.array(rows, dtype=np.float32)
    unit_rows: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit_rows


def batches_of(rows: Rows, vectors: Vectors, size: int = 1000) -> Batches:
    def batches() -> Iterator[tuple[Rows, Vectors]]:
        for start in range(0, len(rows), size):
            yield rows[start : start + size], vectors[start : start + size]

    return batches


def mask_of(*rows: int) -> Mask:
    mask = np.zeros(max(rows, default=-1) + 1, dtype=np.bool_)
    mask[list(rows)] = True
    return mask


ROWS = np.array([10, 20, 30], dtype=np.int64)
STORED = unit((1, 0), (0.6, 0.8), (0, 1))
EAST = unit((1, 0))
LISTS, SCAN = "inverted lists", "fast scan"


def built(name: str) -> BaseEngine:
    return build_engine(name, 3, 2, batches_of(ROWS, STORED, size=2))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> BaseEngine:
    """Each kind of engine, saved and opened again."""
    built(request.param).save(tmp_path / "vectors.faiss")
    probes = ENGINES[request.param].probes
    return open_engine(request.param, tmp_path / "vectors.faiss", probes)


def test_finds_the_nearest_rows_best_first(engine: BaseEngine) -> None:
    assert [row for row, _ in engine.search(EAST, 2)] == [10, 20]


def test_scores_are_cosines(engine: BaseEngine) -> None:
    scores = [score for _, score in engine.search(EAST, 3)]
    assert scores == pytest.approx([1.0, 0.6, 0.0], abs=0.01)


def test_gives_fewer_where_fewer_are_stored(engine: BaseEngine) -> None:
    assert len(engine.search(EAST, 50)) == 3


def test_a_mask_lets_only_its_rows_through(engine: BaseEngine) -> None:
    assert [row for row, _ in engine.search(EAST, 3, mask_of(20, 30))] == [20, 30]


def test_rows_beyond_the_end_of_a_mask_are_not_allowed(engine: BaseEngine) -> None:
    assert [row for row, _ in engine.search(EAST, 3, mask_of(5, 10))] == [10]


def test_a_mask_may_allow_rows_that_are_not_stored(engine: BaseEngine) -> None:
    assert [row for row, _ in engine.search(EAST, 3, mask_of(10, 11, 9999))] == [10]


@pytest.mark.parametrize("mask", [mask_of(), np.zeros(100, dtype=np.bool_)])
def test_a_mask_that_allows_nothing_finds_nothing(engine: BaseEngine, mask: Mask) -> None:
    assert engine.search(EAST, 3, mask) == []


def test_knows_its_rows_and_keeps_their_vectors(engine: BaseEngine) -> None:
    kept = engine.vectors_of([30, 20, 99])
    assert sorted(engine.ids().tolist()) == [10, 20, 30]
    assert sorted(kept) == [20, 30]
    assert kept[20] == pytest.approx([0.6, 0.8], abs=0.01)


def test_gives_the_cosines_of_the_rows_it_holds(engine: BaseEngine) -> None:
    cosines = engine.cosines_of(EAST, [30, 20, 99])
    assert cosines == pytest.approx({20: 0.6, 30: 0.0}, abs=0.01)


@pytest.mark.parametrize("name", ENGINES)
def test_equal_vectors_come_in_the_order_of_rows(name: str) -> None:
    rows = np.array([9, 4, 7], dtype=np.int64)
    same = build_engine(name, 3, 2, batches_of(rows, unit((1, 0), (1, 0), (1, 0))))
    assert [row for row, _ in same.search(EAST, 3)] == [4, 7, 9]


@pytest.mark.parametrize("name", ENGINES)
def test_an_empty_engine_finds_nothing(name: str, tmp_path: Path) -> None:
    nothing = batches_of(np.empty(0, np.int64), np.empty((0, 2), np.float32))
    build_engine(name, 0, 2, nothing).save(tmp_path / "vectors.faiss")
    empty = open_engine(name, tmp_path / "vectors.faiss", ENGINES[name].probes)
    assert empty.search(EAST, 5) == empty.search(EAST, 5, mask_of(3)) == []


@pytest.mark.parametrize("name", ENGINES)
def test_batches_with_another_count_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="3 vectors"):
        build_engine(name, 5, 2, batches_of(ROWS, STORED))


@pytest.mark.parametrize("raw", [b"", b"no engine" * 500])
@pytest.mark.parametrize("name", ENGINES)
def test_a_file_that_holds_no_engine_is_refused(name: str, raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "vectors.faiss").write_bytes(raw)
    with pytest.raises(ValueError, match=r"vectors\.faiss holds no engine"):
        open_engine(name, tmp_path / "vectors.faiss", 1)


@pytest.mark.parametrize(("saved", "asked"), [("exact", LISTS), (LISTS, "exact")])
def test_another_kind_of_engine_is_refused(saved: str, asked: str, tmp_path: Path) -> None:
    built(saved).save(tmp_path / "vectors.faiss")
    with pytest.raises(ValueError, match="holds another engine"):
        open_engine(asked, tmp_path / "vectors.faiss", 1)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No such file"):
        open_engine("exact", tmp_path / "vectors.faiss", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said() -> None:
    with pytest.raises(OSError, match="No space left"):
        built("exact").save(Path("/dev/full"))


def test_small_indexes_are_searched_exactly() -> None:
    sizes = (0, 50_000, 50_001, 2_000_001)
    assert [engine_for(n) for n in sizes] == ["exact", "exact", "fast scan", LISTS]


COUNT = 30_000
DIM = 24
REGIONS = np.arange(COUNT) % 60
"""Of each vector of the field, which of 60 regions it lies in."""


def field() -> Vectors:
    """Vectors around 60 centres, that are not the same as each other."""
    random = np.random.default_rng(7)
    centres = random.normal(size=(60, DIM))
    vectors = (centres[REGIONS] + 0.5 * random.normal(size=(COUNT, DIM))).astype(np.float32)
    unit_rows: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit_rows


VECTORS = field()
FIELD = batches_of(np.arange(COUNT, dtype=np.int64), VECTORS)


@pytest.fixture(scope="module", params=[(LISTS, 1), (SCAN, 220)])
def tuned(request: pytest.FixtureRequest) -> tuple[BaseEngine, Tuning]:
    name, least = request.param
    engine = build_engine(name, COUNT, DIM, FIELD).with_probes(least)
    tuning = tune(engine, FIELD)
    return engine.with_probes(tuning.probes), tuning


def test_an_exact_engine_needs_no_probes() -> None:
    assert tune(build_engine("exact", COUNT, DIM, FIELD), FIELD) == Tuning(0, 1.0)


def test_probes_are_raised_until_enough_is_found(tuned: tuple[BaseEngine, Tuning]) -> None:
    assert tuned[1].recall >= 0.97  # eight bits a number lose as much as this among so few
    assert tuned[1].probes < tuned[0].most_probes


def test_one_list_alone_finds_too_little() -> None:
    one = build_engine(LISTS, COUNT, DIM, FIELD).with_probes(1)
    assert recall(one, exact_search(VECTORS[:50], FIELD)) < LEAST_RECALL


def test_short_codes_alone_order_too_badly() -> None:
    scan = build_engine(SCAN, COUNT, DIM, FIELD)
    assert isinstance(scan, FastScanEngine)
    nearest = exact_search(VECTORS[:1], FIELD).rows[0, :50]
    assert set(nearest.tolist()) != set(scan.nearest_codes(VECTORS[:1], 50).tolist())


@pytest.mark.parametrize("name", ["exact", SCAN])
def test_an_engine_that_keeps_vectors_scores_by_them(name: str) -> None:
    engine = build_engine(name, COUNT, DIM, FIELD)
    halves = VECTORS.astype(np.float16).astype(np.float32)
    found = dict(engine.search(VECTORS[:1], 50))
    assert engine.keeps_vectors
    assert found == pytest.approx({row: halves[row] @ VECTORS[0] for row in found}, abs=1e-6)


def test_any_of_equal_vectors_counts_as_found() -> None:
    same = batches_of(np.arange(80, dtype=np.int64), np.repeat(EAST, 80, axis=0))
    engine = build_engine("exact", 80, 2, same)
    assert recall(engine, exact_search(EAST, same)) == 1.0


def masked_recall(engine: BaseEngine, query: Vectors, allowed: Mask) -> float:
    """The share of the 50 truly nearest of the allowed rows that the engine finds."""
    rows = np.flatnonzero(allowed)
    nearest = rows[np.argsort(-(VECTORS[rows] @ query[0]))[:50]]
    found = {row for row, _ in engine.search(query, 50, allowed)}
    return len(found.intersection(nearest.tolist())) / len(nearest)


@pytest.mark.parametrize("share", [0.95, 0.5, 0.05, 0.005])
def test_a_filter_at_random_keeps_the_recall(
    tuned: tuple[BaseEngine, Tuning], share: float
) -> None:
    allowed = np.random.default_rng(3).random(COUNT) < share
    shares = [masked_recall(tuned[0], VECTORS[i : i + 1], allowed) for i in range(100)]
    assert np.mean(shares) >= 0.97


@pytest.mark.parametrize("regions", [30, 3])
def test_a_filter_for_other_regions_than_the_querys_keeps_the_recall(
    tuned: tuple[BaseEngine, Tuning], regions: int
) -> None:
    allowed = np.isin(REGIONS, np.arange(60 - regions, 60))
    elsewhere = np.flatnonzero(REGIONS < 30)[:100]
    shares = [masked_recall(tuned[0], VECTORS[i : i + 1], allowed) for i in elsewhere]
    assert np.mean(shares) >= 0.97


@given(st.integers(0, 30), st.lists(st.booleans(), min_size=12, max_size=12))
def test_the_chosen_lists_hold_enough_or_all(enough: int, flags: list[bool]) -> None:
    lists_by_row, allowed = np.arange(12, dtype=np.int32) // 3, np.array(flags)
    chosen = lists_holding(enough, np.array([2, 0, 3, 1]), lists_by_row, allowed)
    seen = int(allowed[np.isin(lists_by_row, chosen)].sum())
    assert seen >= min(enough, sum(flags))
