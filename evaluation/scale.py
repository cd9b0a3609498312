"""What 10 k, 1 M, 6 M and 100 M passages take, from what other commands measured.

Every cell says what it is:

    measured       in a results file, at a size within 1 % of this one
    extrapolated   along the last two sizes that were measured (`evaluation.speed.growth`)
    computed       arithmetic on the design, or on a speed that was measured
    published      arithmetic on what others published, with the source beside the constant
    not known      nothing of these
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.speed.growth import extended, value_at
from index.model_table import MODELS

SIZES = (10_000, 1_000_000, 6_000_000, 100_000_000)
"""Passages; those that issue 7 asks for."""
NEAR = 0.01
"""A measured size this close to one of `SIZES` is that size: documents are not cut to hit it."""
MEASURED, EXTRAPOLATED, COMPUTED = "measured", "extrapolated", "computed"
PUBLISHED, NOT_KNOWN = "published", "not known"

HALF_BYTES = 2
"""Of a half float: vectors are kept so in the catalog (`index.vector_store`) and on the server."""
GPU_SENTENCES_PER_S = 14_200
"""all-MiniLM-L6-v2 on a V100, sentences, which are shorter than passages: the most to hope for.
Source: sbert.net, table of pretrained models, column "Speed"."""
GPU_OVER_CPU = 18_000 / 750
"""Questions a second on a GPU over those on a CPU, for a model of the same shape
(multi-qa-MiniLM-L6-cos-v1); times our plain torch speed it is the least to expect.
Source: https://sbert.net/docs/sentence_transformer/pretrained_models.html"""
GRAPH_BYTES = 2 * 18 * 4
"""Of a vector's links in HNSW: M is 18 where Milvus chooses (AUTOINDEX), twice as many links in the
lowest layer, 4 bytes each. Source: https://milvus.io/docs/index-explained.md"""
SIZING_FACTOR = 2.3
"""Memory of loaded vectors over their bytes, HNSW, 128 dimensions (488.3 MB become 1.1 GB).
Source: https://zilliz.com/sizing-tool"""
MOST_LOADED = 0.9
"""Of a query node's memory that collections may fill.
Source: https://milvus.io/docs/v2.3.x/load_collection.md"""
SENT = ("vector_bytes", "sparse_bytes", "field_bytes", "record_bytes")
"""Of `evaluation.speed.served`: what one collection with its records has, before indexes."""
COLLECTIONS = 2
"""On the server: that which is served, and that which is written before the alias is switched."""
MACHINES = 10
"""Of a Ray cluster to reckon with, each as the one that was measured."""


class ScaleError(ValueError):
    """A results file that is missing or has not what is needed."""


@dataclass(frozen=True)
class Cell:
    """A value or a range, and what it is; no values where nothing is known."""

    mark: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Row:
    """One measure over `SIZES`; `unit` is "", "bytes", "seconds", "hours", "ms" or "/s"."""

    part: str
    name: str
    unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Scale:
    """The table, and what was measured with people, a cluster and servers, as sentences."""

    sizes: tuple[int, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return asdict(self)


ONE, SERVED = "one machine", "served by Milvus"
Values = Sequence[tuple[int, float]]
"""Measured values by passages."""


def measure_scale(results: Path) -> Scale:
    """Work out the table from the results files in a folder; raises `ScaleError`."""
    sizes = _read(results, "speed-questions")["sizes"]
    encoding = _read(results, "speed-encoding")
    updates = _read(results, "speed-update")["updates"]
    served = _read(results, "speed-served")["sizes"]
    cluster = _optional(results / "speed-cluster.json")
    dim = next(one.dim for one in MODELS if encoding["model"] in one.names)
    rows = (
        *_of_a_folder(sizes, updates, dim),
        *_of_encoding(encoding, cluster),
        *_of_questions(sizes),
        *_of_a_server(served, sizes, dim),
    )
    stores = [_load(path) for path in sorted(results.glob("stores-*.json"))]
    return Scale(SIZES, rows, _notes(_read(results, "load"), cluster, stores))


def grown(values: Values) -> tuple[Cell, ...]:
    """Measured where that is so, else along the last two measured sizes, else not known.

    >>> [(cell.mark, cell.low) for cell in grown([(10_000, 1.0), (1_000_000, 100.0)])][1:3]
    [('measured', 100.0), ('extrapolated', 600.0)]
    """
    line = extended("", values, SIZES)
    return tuple(_cell(values, size, value_at(line, size)) for size in SIZES)


def at_size(values: Values, size: int) -> float | None:
    """What was measured within `NEAR` of a size."""
    return next((value for one, value in values if abs(one - size) <= NEAR * size), None)


def _cell(values: Values, size: int, further: float | None) -> Cell:
    measured = at_size(values, size)
    if measured is not None:
        return Cell(MEASURED, measured, measured)
    return Cell(NOT_KNOWN) if further is None else Cell(EXTRAPOLATED, further, further)


def _each(mark: str, low: Callable[[int], float], high: Callable[[int], float]) -> tuple[Cell, ...]:
    return tuple(Cell(mark, low(size), high(size)) for size in SIZES)


def _of_a_folder(
    sizes: Sequence[Mapping[str, Any]], updates: Sequence[Mapping[str, Any]], dim: int
) -> list[Row]:
    def row(name: str, unit: str, value: Callable[[Mapping[str, Any]], float]) -> Row:
        return Row(ONE, name, unit, grown([(one["passages"], value(one)) for one in sizes]))

    found = [
        (one["passages"], change["searchable_seconds"])
        for one in updates
        for change in one["rows"]
        if one["by"] == "page" and change["change"] == "changed"
    ]
    vectors = _each(COMPUTED, lambda n: n * dim * HALF_BYTES, lambda n: n * dim * HALF_BYTES)
    return [
        row("documents", "", lambda one: one["documents"]),
        Row(ONE, f"vectors alone ({dim} half floats each)", "bytes", vectors),
        row("disk: the index folder", "bytes", lambda one: one["bytes_on_disk"]),
        row("memory of a process, files of the index included", "bytes",
            lambda one: one["memory"]["resident"]),
        row("of it what no file backs", "bytes", lambda one: one["memory"]["anonymous"]),
        row("opening the index", "seconds", lambda one: one["open_seconds"]),
        row("build without encoding, one core", "hours",
            lambda one: one["build_cpu_seconds"] / 3600),
        Row(ONE, "a changed article is found after", "seconds", grown(found)),
    ]  # fmt: skip


def _of_encoding(encoding: Mapping[str, Any], cluster: Mapping[str, Any] | None) -> list[Row]:
    def hours(slow: float, fast: float, mark: str) -> tuple[Cell, ...]:
        return _each(mark, lambda n: n / fast / 3600, lambda n: n / slow / 3600)

    speed, plain = encoding["passages_per_s"], encoding["plain_passages_per_s"]
    rows = [
        Row(ONE, "encoding, this machine (two cores)", "hours", hours(speed, speed, COMPUTED)),
        Row(ONE, "encoding, one GPU", "hours",
            hours(plain * GPU_OVER_CPU, GPU_SENTENCES_PER_S, PUBLISHED)),
    ]  # fmt: skip
    if cluster is not None:
        together = speed * cluster["ratio"] * MACHINES
        name = f"encoding, Ray on {MACHINES} such machines"
        rows.append(Row(ONE, name, "hours", hours(together, together, COMPUTED)))
    return rows


def _of_questions(sizes: Sequence[Mapping[str, Any]]) -> list[Row]:
    free = [
        (one["passages"], next(row for row in one["filters"] if row["filter"] == "none"))
        for one in sizes
    ]
    half = grown([(passages, row["whole_p50_ms"]) for passages, row in free])
    most = grown([(passages, row["whole_p95_ms"]) for passages, row in free])
    recalls = [(passages, row["recall"]) for passages, row in free]
    found = tuple(_cell(recalls, size, None) for size in SIZES)
    return [
        Row(ONE, "a question without its encoding, processor time, median", "ms", half),
        Row(ONE, "the same, of 95 in 100 at most", "ms", most),
        Row(ONE, "questions that one core answers so", "/s", tuple(map(_per_second, most, half))),
        Row(ONE, "share of the 50 truly nearest vectors found", "", found),
    ]


def _per_second(slow: Cell, fast: Cell) -> Cell:
    if slow.high is None or fast.low is None:
        return Cell(NOT_KNOWN)
    return Cell(slow.mark, 1000 / slow.high, 1000 / fast.low)


def _of_a_server(
    served: Sequence[Mapping[str, Any]], sizes: Sequence[Mapping[str, Any]], dim: int
) -> list[Row]:
    def row(name: str, values: Sequence[Mapping[str, Any]], field: str) -> Row:
        cells = grown([(one["passages"], one[field]) for one in values])
        return Row(SERVED, name, "bytes", cells)

    vector = dim * HALF_BYTES
    least, most = (vector + GRAPH_BYTES) / MOST_LOADED, vector * SIZING_FACTOR
    sparse = grown([(one["passages"], one["sparse_bytes"]) for one in served])
    sent = grown([(one["passages"], sum(one[part] for part in SENT)) for one in served])

    def whole(name: str, factor: float) -> Row:
        return Row(SERVED, name, "bytes", tuple(map(_indexed(factor), SIZES, sent)))

    return [
        Row(SERVED, "memory: vectors of both kinds and their graph, fields by mmap", "bytes",
            tuple(map(_searched(least, most), SIZES, sparse))),
        whole("memory: every field, as Milvus does unless told", 1 / MOST_LOADED),
        whole("the same for both collections", COLLECTIONS / MOST_LOADED),
        whole("disk of the server, both collections", COLLECTIONS),
        row("disk of the writer: the index folder", sizes, "bytes_on_disk"),
        row("cards that each reader fetches", served, "cards_bytes"),
        row("cards that each reader keeps on disk", served, "kept_cards_bytes"),
    ]  # fmt: skip


def _searched(least: float, most: float) -> Callable[[int, Cell], Cell]:
    """What is searched of a collection, by bytes of a dense vector with its graph."""

    def cell(size: int, sparse: Cell) -> Cell:
        if sparse.low is None:
            return Cell(NOT_KNOWN)
        words = sparse.low / MOST_LOADED
        return Cell(PUBLISHED, size * least + words, size * most + words)

    return cell


def _indexed(factor: float) -> Callable[[int, Cell], Cell]:
    """What is sent and the graph of its vectors, times a factor."""

    def cell(size: int, sent: Cell) -> Cell:
        if sent.low is None:
            return Cell(NOT_KNOWN)
        value = factor * (sent.low + size * GRAPH_BYTES)
        return Cell(COMPUTED, value, value)

    return cell


def _notes(
    load: Mapping[str, Any], cluster: Mapping[str, Any] | None, stores: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    at_once, thinking = load["at_once"], load["thinking"]
    notes = [
        "The whole page with encoding, on this machine and over the starter corpus (`make load`): "
        f"people who all ask at once wait {at_once['p50_ms']:.0f} ms (half) and "
        f"{at_once['p95_ms']:.0f} ms (95 of 100), people who think between questions "
        f"{thinking['p50_ms']:.0f} ms and {thinking['p95_ms']:.0f} ms."
    ]
    if cluster is not None:
        notes.append(
            f"Ray ({cluster['cluster']}, {cluster['cores']} cores, {cluster['passages']} passages, "
            f"its start included) builds {cluster['ratio']:.2f} times as fast as the same machine "
            f"without it; the row of {MACHINES} machines takes each to be slowed or sped up so."
        )
    for one in stores:
        notes.append(
            f"{one['dataset']} through {one['server']}: {one['same_in_sample']} of {one['sample']} "
            f"questions have the same first 3 hits as in the folder; a question takes "
            f"{one['time_ratio']:.2f} times as long (median)."
        )
    return tuple(notes)


def _read(folder: Path, name: str) -> Any:
    path = folder / f"{name}.json"
    values = _optional(path)
    if values is None:
        raise ScaleError(f"{path} is not there; write it first: {_COMMANDS[name]}")
    return values


_COMMANDS = {
    "speed-questions": "python -m evaluation speed questions",
    "speed-encoding": "python -m evaluation speed encoding",
    "speed-update": "python -m evaluation speed update",
    "speed-served": "python -m evaluation speed served",
    "load": "make load",
}


def _optional(path: Path) -> Any:
    return _load(path) if path.exists() else None


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ScaleError(f"{path} is no JSON: {error}") from error
