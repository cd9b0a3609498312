"""What questions cost by size: as a results file, as tables, and as plots. Pure but for writing."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evaluation.plots import Line, Plot, short, to_svg
from evaluation.quality_report import write_results
from evaluation.speed.asked import FILTERS
from evaluation.speed.growth import EXTENDED, extended, value_at
from evaluation.speed.questions import SizeResult
from evaluation.tables import markdown_table

NAME = "speed-questions"
CPU_LIMIT_MS, MEMORY_LIMIT_MB, OPEN_LIMIT_SECONDS = 25.0, 1_500.0, 1.0
"""What issue 5 asks for at a million passages."""
NOTE = (
    "Documents are of real case texts that come again with other words; their vectors are real "
    "ones, moved (`evaluation/speed/corpus.py`, `evaluation/speed/stand_in.py`). Questions are our "
    "own judged ones, encoded before. Times are processor time of all threads, in a process that "
    "has loaded no model; hollow points and columns in italics are extrapolated along the last two "
    "measured sizes."
)
_MB = 1_000_000


def write_questions(results: Sequence[SizeResult], folder: Path) -> None:
    """Write JSON, Markdown and a plot for each measure."""
    write_results(folder / f"{NAME}.json", to_dict(results), to_markdown(results))
    for name, plot in plots(results).items():
        (folder / f"{NAME}-{name}.svg").write_text(to_svg(plot), "utf-8")


def to_dict(results: Sequence[SizeResult]) -> dict[str, Any]:
    """For a results file."""
    return {"sizes": [asdict(one) for one in results]}


def to_markdown(results: Sequence[SizeResult]) -> str:
    """Tables of times and recall by filter, of the process, and against a plain search."""
    parts = [
        "# What a question takes, by size of the index",
        NOTE,
        _filter_table(results),
        f"Both legs and fusion, CPU p95 at one million: at most {CPU_LIMIT_MS:g} ms wanted. The "
        "process and the folder:",
        _process_table(results),
    ]
    compared = [one for one in results if one.plain]
    if compared:
        parts += [
            "Both legs and fusion against FAISS flat (float32, one thread) and one SQLite read of "
            "k texts, in turns:",
            _plain_table(compared),
        ]
    return "\n\n".join(parts) + "\n"


def plots(results: Sequence[SizeResult]) -> dict[str, Plot]:
    """A plot for each measure, by name."""
    by_filter = tuple(_filter_line(place, results) for place in range(len(FILTERS)))
    return {
        "cpu": _plot("A question: both legs, fused, CPU p95", "ms", by_filter, CPU_LIMIT_MS),
        "memory": _plot(
            "Memory of a process that asked 100 questions", "MB", _memory(results), MEMORY_LIMIT_MB
        ),
        "opening": _plot(
            "Opening the index",
            "seconds",
            (_line("opening", results, lambda one: one.open_seconds),),
            OPEN_LIMIT_SECONDS,
        ),
        "disk": _plot("The index folder", "MB", (_line("folder", results, _disk),), None),
    }


def _plot(title: str, unit: str, lines: tuple[Line, ...], limit: float | None) -> Plot:
    return Plot(title, "passages", unit, lines, limit)


def _line(name: str, results: Sequence[SizeResult], value: Callable[[SizeResult], float]) -> Line:
    return extended(name, [(one.passages, value(one)) for one in results])


def _memory(results: Sequence[SizeResult]) -> tuple[Line, ...]:
    return (
        _line("resident", results, lambda one: one.memory.resident / _MB),
        _line("its own part", results, lambda one: one.memory.anonymous / _MB),
    )


def _disk(result: SizeResult) -> float:
    return result.bytes_on_disk / _MB


def _filter_line(place: int, results: Sequence[SizeResult]) -> Line:
    name = list(FILTERS)[place]
    values = [(one.passages, one.filters[place].legs_p95_ms) for one in results]
    return extended("no filter" if name == "none" else f"filter to {name}", values)


def _filter_table(results: Sequence[SizeResult]) -> str:
    head = ["passages", "filter", "let through", "legs and fusion, CPU ms p50", "p95"]
    head += ["whole question, CPU ms p50", "p95", "recall@50"]
    return markdown_table(
        head,
        (
            [
                f"{one.passages:,}",
                row.filter,
                f"{100 * row.share:.2f} %",
                *(f"{ms:.1f}" for ms in (row.legs_p50_ms, row.legs_p95_ms)),
                *(f"{ms:.1f}" for ms in (row.whole_p50_ms, row.whole_p95_ms)),
                f"{row.recall:.4f}",
            ]
            for one in results
            for row in one.filters
        ),
    )


def _process_table(results: Sequence[SizeResult]) -> str:
    """A row for each measure, a column for each size, and those that are extrapolated."""
    drawn = plots(results)
    lines = [
        ("CPU p95, no filter, ms", drawn["cpu"].lines[0]),
        ("resident memory, MB", drawn["memory"].lines[0]),
        ("of it no mapped file, MB", drawn["memory"].lines[1]),
        ("opening, s", drawn["opening"].lines[0]),
        ("folder, MB", drawn["disk"].lines[0]),
        ("build without encoding, CPU s", _line("", results, lambda one: one.build_cpu_seconds)),
    ]
    sizes = [one.passages for one in results]
    further = [size for size in EXTENDED if any(value_at(line, size) for _, line in lines)]
    head = ["", *(f"{size:,}" for size in sizes), *(f"*{short(size)}*" for size in further)]
    return markdown_table(
        head,
        (
            [
                name,
                *(_cell(value_at(line, size), "") for size in sizes),
                *(_cell(value_at(line, size), "*") for size in further),
            ]
            for name, line in lines
        ),
    )


def _cell(value: float | None, mark: str) -> str:
    if value is None:
        return ""
    return f"{mark}{value:,.0f}{mark}" if value >= 100 else f"{mark}{value:.3g}{mark}"


def _plain_table(results: Sequence[SizeResult]) -> str:
    head = ["passages", "k", "plain, CPU ms p50", "p95", "ours p50", "p95", "ours over plain"]
    return markdown_table(
        head,
        (
            [
                f"{one.passages:,}",
                row.k,
                *(f"{ms:.2f}" for ms in (row.plain_p50_ms, row.plain_p95_ms)),
                *(f"{ms:.2f}" for ms in (row.ours_p50_ms, row.ours_p95_ms)),
                f"{row.ratio:.2f}",
            ]
            for one in results
            for row in one.plain
        ),
    )
