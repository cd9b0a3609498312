"""Which lines of a PDF page stand out by their font: headings, and the title."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pypdf import PageObject

LARGER = 1.08
"""Letters this many times as large as the body's stand out."""
MAX_EMPHASISED_SHARE = 0.3
"""Where more of the text than this is set apart, being set apart means nothing."""


class Style(NamedTuple):
    """How a line is set: lines of one heading are set alike."""

    size: float
    bold: bool


@dataclass(frozen=True)
class Run:
    """Text set in one font and size (in points on the page)."""

    text: str
    size: float
    bold: bool


@dataclass(frozen=True)
class PageText:
    """The text of a page in reading order, and the runs that it is made of."""

    text: str
    runs: tuple[Run, ...] = ()


def extract_page(page: PageObject) -> PageText:
    """Extract a page with pypdf; whatever pypdf raises is passed on."""
    runs: list[Run] = []

    def note(
        text: str, matrix: list[float], text_matrix: list[float], font: Any, size: float
    ) -> None:
        if not text:
            return
        scale = abs(text_matrix[3] or text_matrix[1]) * abs(matrix[3] or matrix[1])
        name = str((font or {}).get("/BaseFont", "")).lower()
        bold = any(
            mark in name for mark in ("bold", "black", "heavy", "semibold")
        ) or name.endswith(".b")
        rounded = round(size * scale, 1)
        if runs and (runs[-1].size, runs[-1].bold) == (rounded, bold):
            runs[-1] = Run(runs[-1].text + text, rounded, bold)
        else:
            runs.append(Run(text, rounded, bold))

    text = page.extract_text(visitor_text=note)
    return PageText(text, tuple(runs))


def emphasised_lines(pages: Sequence[PageText]) -> list[dict[str, Style]]:
    """For each page the lines set wholly in larger or bold letters, and how they are set."""
    weights: Counter[float] = Counter()
    for page in pages:
        for run in page.runs:
            weights[run.size] += len(run.text.strip())
    body = weights.most_common(1)[0][0] if weights else 0.0

    def stands_out(run: Run) -> bool:
        return run.size > body * LARGER or (run.bold and run.size >= body * 0.95)

    total = sum(weights.values())
    apart = sum(len(run.text.strip()) for page in pages for run in page.runs if stands_out(run))
    if not total or apart > MAX_EMPHASISED_SHARE * total:
        return [{} for _ in pages]
    return [
        {
            " ".join(line.split()): Style(run.size, run.bold)
            for run in page.runs
            if stands_out(run)
            for line in run.text.splitlines()
            if line.strip()
        }
        for page in pages
    ]


def largest_text(page: PageText) -> str:
    """The text in the largest letters: the title, where a layout has one; else ""."""
    sizes = sorted({run.size for run in page.runs if len(run.text.strip()) > 1}, reverse=True)
    for size in sizes[:3]:
        text = " ".join(" ".join(run.text for run in page.runs if run.size == size).split())
        if 3 <= len(text.split()) <= 40:
            return text
    return ""
