"""How far a query must look, measured on the very vectors after they were stored.

No questions are known when an index is built, so the middle between two stored vectors stands in
for each: a question is never a stored vector, and lies between what passages are about. Such
middles need to look about as far as real questions; stored vectors with noise far less.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.engines import Batches, Rows, VectorEngine
from index.engines.base_engine import BaseEngine

LEAST_RECALL = 0.98
"""Of the 50 truly nearest, the share that a query must find."""
K = 50
"""As deep as search looks for its candidates."""
QUERIES = 200
"""The measured recall is then within about .005 of the true one."""
_STEP = 1.4
_LEAST_GAIN = 0.001
"""Where looking so much further brings less than this, rounding to 8 bits is what is left."""
_SAME_SCORE = 1e-5
"""Passages of the same text have the same vector: any of them is as right."""


@dataclass(frozen=True)
class Tuning:
    """How far a query looks, and the recall@50 that was measured so."""

    probes: int
    recall: float


@dataclass(frozen=True)
class Truth:
    """Queries (q, dim), and what an exact search finds: rows and cosines (q, depth)."""

    queries: Vectors
    rows: Rows
    scores: Vectors


def tune(engine: BaseEngine, batches: Batches) -> Tuning:
    """The least that a query must look at to find enough; an exact engine needs no telling."""
    if engine.is_exact or not len(engine):
        return Tuning(probes=0 if engine.is_exact else engine.probes, recall=1.0)
    truth = exact_search(sample_queries(len(engine), batches), batches)
    return _enough_probes(engine, truth)


def recall(engine: VectorEngine, truth: Truth) -> float:
    """The mean share of the `K` truly nearest that are found; an equal cosine counts as well."""
    shares = []
    for query, rows, scores in zip(truth.queries, truth.rows, truth.scores, strict=True):
        wanted = min(K, int(np.isfinite(scores).sum()))
        right = set(rows[scores >= scores[wanted - 1] - _SAME_SCORE].tolist())
        found = [row for row, _ in engine.search(query[None, :], K)]
        shares.append(min(1.0, len(right.intersection(found)) / wanted))
    return float(np.mean(shares))


def sample_queries(count: int, batches: Batches) -> Vectors:
    """Up to `QUERIES` unit vectors between two of the `count` stored, the same each time."""
    pairs = np.random.default_rng(1).integers(count, size=(2, min(QUERIES, count)))
    own, other = _vectors_at(pairs.ravel(), batches).reshape(2, pairs.shape[1], -1)
    between: Vectors = own + other
    # Opposite vectors have no middle.
    between /= np.maximum(np.linalg.norm(between, axis=1, keepdims=True), 1e-6)
    return between


def exact_search(queries: Vectors, batches: Batches) -> Truth:
    """The nearest of all vectors in the batches; twice `K`, to know others as near as the last."""
    depth = 2 * K
    rows = np.full((len(queries), depth), -1, dtype=np.int64)
    scores = np.full((len(queries), depth), -np.inf, dtype=np.float32)
    for batch_rows, vectors in batches():
        cosines = queries @ np.asarray(vectors, dtype=np.float32).T
        scores = np.concatenate((scores, cosines), axis=1)
        rows = np.concatenate((rows, np.broadcast_to(batch_rows, cosines.shape)), axis=1)
        best = np.argpartition(-scores, depth - 1, axis=1)[:, :depth]
        rows = np.take_along_axis(rows, best, axis=1)
        scores = np.take_along_axis(scores, best, axis=1)
    order = np.argsort(-scores, axis=1)
    return Truth(
        queries, np.take_along_axis(rows, order, axis=1), np.take_along_axis(scores, order, axis=1)
    )


def _enough_probes(engine: BaseEngine, truth: Truth) -> Tuning:
    probes = min(engine.probes, engine.most_probes)
    best = Tuning(probes, recall(engine.with_probes(probes), truth))
    while best.recall < LEAST_RECALL and best.probes < engine.most_probes:
        probes = min(engine.most_probes, int(best.probes * _STEP) + 1)
        tried = Tuning(probes, recall(engine.with_probes(probes), truth))
        if tried.recall < best.recall + _LEAST_GAIN:
            break
        best = tried
    return best


def _vectors_at(places: NDArray[np.int64], batches: Batches) -> Vectors:
    """The vectors at some places in the order of the batches, (len(places), dim)."""
    found: dict[int, Vectors] = {}
    seen = 0
    wanted = np.unique(places)
    for _, vectors in batches():
        first, last = np.searchsorted(wanted, (seen, seen + len(vectors)))
        for place in wanted[first:last].tolist():
            found[place] = np.array(vectors[place - seen], dtype=np.float32)
        seen += len(vectors)
    return np.stack([found[place] for place in places.tolist()])
