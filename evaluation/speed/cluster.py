"""A build on Ray against the same build without it: documents per second, and whether they agree.

Both read the same files into an index of their own, with the same model, one after the other. A
cluster of this machine has its start, its machines' processes and the loading of one model for
each core on top; what it is for is machines beside this one, which it cannot have here.
"""

import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.speed.rivals.texts import read_texts, write_texts
from index.build import build_index
from index.catalog import open_for_reading
from index.cluster.reader import ClusterReader
from index.encoders import EncoderChoice
from index.options import DEFAULT_OPTIONS, BuildOptions
from index.progress import Progress
from index.report import BuildReport

DOCUMENTS = 1_500
"""Some thousand passages: minutes of two cores, of which a cluster's start is no great part."""


@dataclass(frozen=True)
class ClusterSpeed:
    """What building cost both ways; `ratio` is the time here by the time on Ray.

    `cores` are those of this machine. `runtime` and `ray_runtime` are what computed the vectors.
    `same` says whether both indexes have the same documents and passages; `greatest_difference` is
    that of any two components of the vectors of a passage.
    """

    documents: int
    passages: int
    cores: int
    cluster: str
    runtime: str
    ray_runtime: str
    seconds: float
    ray_seconds: float
    same: bool
    greatest_difference: float

    @property
    def ratio(self) -> float:
        """How many times as fast Ray is."""
        return self.seconds / self.ray_seconds

    def to_dict(self) -> dict[str, Any]:
        """All of it, as it is written to a results file."""
        return {**asdict(self), "ratio": round(self.ratio, 3)}

    def to_markdown(self) -> str:
        """A table of the two ways."""
        same = "the same" if self.same else "OTHER"
        return "\n".join(
            (
                "# A build on Ray against one without",
                "",
                f"{self.documents} documents, {self.passages} passages, {self.cores} cores; "
                f"Ray: {self.cluster}. Both gave {same} documents and passages; no component of a "
                f"vector differs by more than {self.greatest_difference:.5f}.",
                "",
                "| Way | Encoded by | Seconds | Documents per second | Ratio |",
                "|---|---|---:|---:|---:|",
                _row("one machine", self.runtime, self.seconds, self.documents, 1),
                _row("`--on ray`", self.ray_runtime, self.ray_seconds, self.documents, self.ratio),
                "",
            )
        )


def measure_cluster(
    data: Path,
    work: Path,
    choice: EncoderChoice,
    progress: Progress,
    address: str = "",
    documents: int = DOCUMENTS,
) -> ClusterSpeed:
    """Build the first texts of the real data both ways; raises `DatasetError` without them."""
    texts = work / "documents"
    write_texts(read_texts(data, documents), texts)
    here, on_ray = work / "here", work / "on-ray"
    # Loaded once before, for both: what is compared is the work.
    choice.load()
    plain, seconds = _timed(texts, here, choice, progress, DEFAULT_OPTIONS)
    told: list[str] = []
    options = BuildOptions(reader=ClusterReader(on_ray, address, tell=told.append))
    ray, ray_seconds = _timed(texts, on_ray, choice, progress, options)
    same, difference = _compared(here, on_ray)
    return ClusterSpeed(
        documents=plain.documents,
        passages=plain.passages,
        cores=os.cpu_count() or 1,
        cluster=f"{told[0]}, {'started for it' if not address else 'running before'}",
        runtime=plain.encoder,
        ray_runtime=ray.encoder,
        seconds=round(seconds, 2),
        ray_seconds=round(ray_seconds, 2),
        same=same,
        greatest_difference=difference,
    )


def _timed(
    texts: Path, index: Path, choice: EncoderChoice, progress: Progress, options: BuildOptions
) -> tuple[BuildReport, float]:
    shutil.rmtree(index, ignore_errors=True)
    started = time.perf_counter()
    report = build_index([texts], index, choice, progress, options)
    return report, time.perf_counter() - started


def _compared(one: Path, other: Path) -> tuple[bool, float]:
    names, vectors = zip(_passages(one), _passages(other), strict=True)
    if names[0] != names[1]:
        return False, float("nan")
    return True, float(np.abs(vectors[0] - vectors[1]).max())


def _passages(index: Path) -> tuple[list[tuple[str, int, str]], Any]:
    """The passages of an index, and their vectors (n, dim)."""
    with closing(open_for_reading(index)) as connection:
        rows = _rows(connection)
    halves = [np.frombuffer(row[3], np.float16) for row in rows]
    return [row[:3] for row in rows], np.stack(halves).astype(np.float32)


def _rows(connection: sqlite3.Connection) -> list[Any]:
    return connection.execute(
        "SELECT doc_id, ordinal, vector_hash, vector FROM passages "
        "JOIN vectors ON vectors.id = vector_id ORDER BY doc_id, ordinal"
    ).fetchall()


def _row(way: str, runtime: str, seconds: float, documents: int, ratio: float) -> str:
    return f"| {way} | {runtime} | {seconds:.1f} | {documents / seconds:.1f} | {ratio:.2f} |"
