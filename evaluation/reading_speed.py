"""How fast PDFs are read: the whole path to documents, against plain pypdf in one process.

Both are timed in turns on the same files in one run, because other work on the machine changes
every time but hardly their ratio. The whole path is what a build does: children are started, pages
read by both libraries, sections and cases found, and the documents passed to the parent.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pypdf

from evaluation.articles import Article
from ingest.corpus import read_files
from ingest.documents import Document

ROUNDS = 3
"""Turns of each: the median of three leaves one disturbed turn out."""
COPIES = 8
"""Times that the whole path reads each file in a turn: starting its children takes as long as 60
pages, which weighs nothing in a folder of thousands of files, and should not here."""


@dataclass(frozen=True)
class SpeedResult:
    """Pages of the files, and pages a second of wall time; these and `ratio` are medians."""

    pages: int
    pages_per_second: float
    pypdf_pages_per_second: float
    ratio: float


def measure_reading_speed(chosen: Iterable[Article], rounds: int = ROUNDS) -> SpeedResult | None:
    """Time the reading of the articles' PDFs; None where there are none."""
    paths = [article.pdf for article in chosen if article.pdf]
    if not paths:
        return None
    pages = sum(len(pypdf.PdfReader(path).pages) for path in paths)
    turns = [
        (_whole_path_rate(paths, pages), _plain_pypdf_rate(paths, pages)) for _ in range(rounds)
    ]
    return SpeedResult(
        pages=pages,
        pages_per_second=round(median(ours for ours, _ in turns), 1),
        pypdf_pages_per_second=round(median(plain for _, plain in turns), 1),
        ratio=round(median(ours / plain for ours, plain in turns), 2),
    )


def _whole_path_rate(paths: Sequence[Path], pages: int) -> float:
    started = time.monotonic()
    outcomes = [*read_files([*paths] * COPIES)]
    seconds = time.monotonic() - started
    if not all(isinstance(outcome, Document) for outcome in outcomes):
        raise ValueError("a file of the articles was not read")
    return pages * COPIES / seconds


def _plain_pypdf_rate(paths: Sequence[Path], pages: int) -> float:
    started = time.monotonic()
    for path in paths:
        for page in pypdf.PdfReader(path).pages:
            page.extract_text()
    return pages / (time.monotonic() - started)
