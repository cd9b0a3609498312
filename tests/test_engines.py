"""Every engine finds the same nearest vectors; answers worked out by hand."""

from pathlib import Path

import numpy as np
import pytest

from index.encoders import Vectors
from index.engines import ENGINES, engine_for
from index.engines.faiss_engine import FaissEngine


def unit(*rows: tuple[float, float]) -> Vectors:
    vectors = np.array(rows, dtype=np.float32)
    unit_rows: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit_rows


IDS = np.array([10, 20, 30], dtype=np.int64)
STORED = unit((1, 0), (0.6, 0.8), (0, 1))
EAST = unit((1, 0))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> FaissEngine:
    return FaissEngine.build(request.param, IDS, STORED)


def test_finds_the_nearest_rows_best_first(engine: FaissEngine) -> None:
    assert [row for row, _ in engine.search(EAST, 2)] == [10, 20]


def test_scores_are_cosines(engine: FaissEngine) -> None:
    scores = [score for _, score in engine.search(EAST, 3)]
    assert scores == pytest.approx([1.0, 0.6, 0.0], abs=0.01)


def test_gives_fewer_where_fewer_are_stored(engine: FaissEngine) -> None:
    assert len(engine.search(EAST, 50)) == 3


def test_a_filter_lets_only_its_rows_through(engine: FaissEngine) -> None:
    assert [row for row, _ in engine.search(EAST, 3, allowed=[30, 20])] == [20, 30]


def test_a_filter_that_allows_nothing_finds_nothing(engine: FaissEngine) -> None:
    assert engine.search(EAST, 3, allowed=[]) == []


@pytest.mark.parametrize("name", ENGINES)
def test_a_saved_engine_answers_as_before(name: str, tmp_path: Path) -> None:
    built = FaissEngine.build(name, IDS, STORED)
    sha256 = built.save(tmp_path / "vectors.faiss")
    loaded = FaissEngine.load(name, tmp_path / "vectors.faiss", sha256)
    assert loaded.search(EAST, 3) == built.search(EAST, 3)


@pytest.mark.parametrize("name", ENGINES)
def test_an_empty_engine_finds_nothing(name: str) -> None:
    empty = FaissEngine.build(name, np.empty(0, np.int64), np.empty((0, 2), np.float32))
    assert empty.search(EAST, 5) == []


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    sha256 = FaissEngine.build("exact", IDS, STORED).save(path)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ValueError, match="not as it was written"):
        FaissEngine.load("exact", path, sha256)


def test_inverted_lists_find_nearly_all_of_the_true_neighbours() -> None:
    vectors = np.random.default_rng(7).normal(size=(4000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = np.arange(4000, dtype=np.int64)
    exact = {row for row, _ in FaissEngine.build("exact", ids, vectors).search(vectors[:1], 50)}
    lists = FaissEngine.build("inverted lists", ids, vectors).search(vectors[:1], 50)
    assert len(exact & {row for row, _ in lists}) >= 47


def test_small_indexes_are_searched_exactly() -> None:
    assert [engine_for(count) for count in (0, 100_000, 100_001)] == [
        "exact",
        "exact",
        "inverted lists",
    ]
