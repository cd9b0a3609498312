"""What one changed document takes by size: as a results file, a table and a plot. Pure."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evaluation.plots import Plot, to_svg
from evaluation.quality_report import write_results
from evaluation.speed.growth import EXTENDED, extended
from evaluation.speed.update import UpdateResult
from evaluation.tables import markdown_table

NAME = "speed-update"
LIMIT_SECONDS, LIMIT_SHARE = 1.0, 0.01
"""What issue 5 asks for at a million passages."""
NOTE = (
    "An article of about nine passages is added, changed and deleted as a file; the time is from "
    "the saved file to an answer of a service that was open before. By the page the model is "
    "loaded already, the command loads it. The share is of a full build's wall time without its "
    "encoding, so that it is the larger one; extrapolated points are hollow."
)


def write_updates(results: Sequence[UpdateResult], folder: Path) -> None:
    """Write JSON, Markdown and a plot."""
    write_results(folder / f"{NAME}.json", to_dict(results), to_markdown(results))
    (folder / f"{NAME}.svg").write_text(to_svg(to_plot(results)), "utf-8")


def to_dict(results: Sequence[UpdateResult]) -> dict[str, Any]:
    """For a results file."""
    return {"updates": [asdict(one) for one in results]}


def to_markdown(results: Sequence[UpdateResult]) -> str:
    """A row for each size, way and change."""
    head = ["passages", "by", "document", "searchable after, s", "of it the update, s"]
    table = markdown_table(
        [*head, "share of a build"],
        (
            [
                f"{one.passages:,}",
                one.by,
                row.change,
                f"{row.searchable_seconds:.2f}",
                f"{row.update_seconds:.2f}",
                f"{100 * row.share_of_build:.2f} %",
            ]
            for one in results
            for row in one.rows
        ),
    )
    limits = f"at most {LIMIT_SECONDS:g} s and {LIMIT_SHARE:.0%} of a build"
    parts = ["# One document added, changed, deleted", NOTE, table]
    return "\n\n".join([*parts, f"Wanted at one million: {limits}."]) + "\n"


def to_plot(results: Sequence[UpdateResult]) -> Plot:
    """Seconds until a change is found, by way and change."""
    names = list(dict.fromkeys((one.by, row.change) for one in results for row in one.rows))
    lines = tuple(
        extended(
            f"{change} ({by})",
            [
                (one.passages, row.searchable_seconds)
                for one in results
                for row in one.rows
                if (one.by, row.change) == (by, change)
            ],
        )
        for by, change in names
    )
    largest = f"extended to {EXTENDED[-1] // 1_000_000} M"
    return Plot(f"One document changed ({largest})", "passages", "seconds", lines, LIMIT_SECONDS)
