"""A quality run as a results file, and as Markdown for people. Pure but for `write_quality`."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evaluation import answering, marked_sentences
from evaluation.answering import answering_rows
from evaluation.comparison import ScopedDifferences, by_scope
from evaluation.marked_sentences import marked_rows
from evaluation.quality import FUSED, SUCCESS_OF_ANSWERS
from evaluation.runs import ALL, LegResult, QualityResult, scopes
from evaluation.tables import markdown_table

COMPARED = ("nDCG@10", "success@5", SUCCESS_OF_ANSWERS)
"""Measures whose differences are shown with intervals."""


def write_quality(result: QualityResult, folder: Path) -> Path:
    """Write the JSON file, and beside it the Markdown; gives the JSON's path."""
    path = folder / f"quality-{result.dataset}.json"
    write_results(path, to_dict(result), to_markdown(result))
    return path


def write_results(path: Path, values: dict[str, Any], markdown: str) -> None:
    """Write values to a JSON file and the text for people beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", "utf-8")
    path.with_suffix(".md").write_text(markdown, "utf-8")


def to_dict(result: QualityResult) -> dict[str, Any]:
    """For a results file: what was found, and what follows from it."""
    asked = result.legs[FUSED].queries if FUSED in result.legs else {}
    return {
        **asdict(result),
        "differences": [asdict(one) for one in leg_differences(result)],
        "answering": [row.to_dict() for row in answering_rows(asked)],
        "marked_sentences": [row.to_dict() for row in marked_rows(asked)],
    }


def to_markdown(result: QualityResult) -> str:
    """Tables: measures of each leg, fused minus each leg, answering, and marked sentences."""
    parts = [
        f"# {result.dataset} ({result.split}): {result.documents} documents, model {result.model}",
        _measures_table(result.legs),
    ]
    differences = leg_differences(result)
    if differences:
        parts += ["Fused minus each leg, with a 95 % interval (paired bootstrap over queries):"]
        parts += [differences_table(differences, "than")]
    asked = result.legs[FUSED].queries if FUSED in result.legs else {}
    if rows := answering_rows(asked):
        parts += ["How queries are shown, shares with Wilson's 95 % interval:"]
        parts += [answering.to_markdown(rows)]
    if marked := marked_rows(asked):
        parts += ["Whether the marked sentence of the first hit answers, where it is relevant:"]
        parts += [marked_sentences.to_markdown(marked)]
    return "\n\n".join(parts) + "\n"


def leg_differences(result: QualityResult) -> list[ScopedDifferences]:
    """Fused minus each other ranking, in every scope; scope by scope."""
    if FUSED not in result.legs:
        return []
    others = [
        by_scope(result.legs[FUSED], leg, name, COMPARED)
        for name, leg in result.legs.items()
        if name != FUSED
    ]
    return [row for rows in zip(*others, strict=True) for row in rows]


def differences_table(rows: Iterable[ScopedDifferences], against: str) -> str:
    """A line for each scope and what it is compared with; `against` heads that column."""
    every = list(rows)
    names = [one.measure for one in every[0].differences]
    return markdown_table(
        ["queries", against, *names],
        (
            [_scope(row.scope, row.queries), row.against, *(one.cell() for one in row.differences)]
            for row in every
        ),
    )


def _measures_table(legs: dict[str, LegResult]) -> str:
    """A line for each leg over all queries, and for each leg in each scope."""
    first = next(iter(legs.values()))
    rows = [
        [
            _scope(ALL, len(leg.judged)),
            name,
            *_cells(leg.measures),
            leg.answered,
            f"{leg.queries_per_second:.1f}",
        ]
        for name, leg in legs.items()
    ]
    rows += [
        [_scope(scope, len(queries)), name, *_cells(leg.strata[scope]), "", ""]
        for scope, queries in scopes(first.judged).items()
        if scope != ALL
        for name, leg in legs.items()
    ]
    return markdown_table(["queries", "ranking", *first.measures, "answered", "queries/s"], rows)


def _scope(name: str, queries: int) -> str:
    return f"{name} {queries}"


def _cells(measures: dict[str, float]) -> list[str]:
    return [f"{value:.3f}" for value in measures.values()]
