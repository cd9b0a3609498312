"""What was fitted as results files: values, and tables for people."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from evaluation.fitting.relevance import FEATURES, FittedRelevance, ShownStratum
from evaluation.fitting.weights import GRID, WeightChoice
from evaluation.intervals import share
from evaluation.quality_report import write_results
from evaluation.tables import markdown_table


def write_weights(choices: Sequence[WeightChoice], folder: Path) -> str:
    """Write weights.json and weights.md; gives the text."""
    shown = [f"{weight:.2f}" for weight in GRID if round(weight * 20) % 2 == 0 or weight == 0.15]
    rows = [
        [choice.kind, name, *(f"{means[weight]:.3f}" for weight in shown)]
        for choice in choices
        for name, means in choice.by_dataset.items()
    ]
    chosen = [
        [c.kind, c.queries, f"{c.best:.2f}", f"{c.kept:.2f}", f"{c.cross_validated:.3f}"]
        for c in choices
    ]
    text = "\n\n".join(
        [
            "# The dense leg's part of the fused score, by kind of query",
            "Mean nDCG@10 at each weight; 0 is keywords alone, 1 dense alone:",
            markdown_table(["kind", "dataset", *shown], rows),
            "Best for the mean of the datasets, what search uses, and nDCG@10 of the queries whose "
            "weight was chosen without them (5 folds):",
            markdown_table(["kind", "queries", "best", "used", "cross-validated"], chosen),
        ]
    )
    values = {"choices": [asdict(choice) for choice in choices]}
    write_results(folder / "weights.json", values, text + "\n")
    return text


def write_relevance(fitted: FittedRelevance, shown: Sequence[ShownStratum], folder: Path) -> str:
    """Write relevance.json and relevance.md; gives the text."""
    constants = [
        ["intercept", f"{fitted.intercept:.2f}"],
        *([name, f"{w:.2f}"] for name, w in zip(FEATURES, fitted.weights, strict=True)),
        ["weak from", f"{fitted.weak:.2f}"],
        ["strong from", f"{fitted.strong:.2f}"],
    ]
    rows = [
        [
            one.stratum,
            one.queries,
            one.strong,
            one.weak,
            one.queries - one.strong - one.weak,
            share(one.strong + one.weak, one.queries).cell(),
            share(one.strong, one.queries).cell(),
        ]
        for one in shown
    ]
    head = ["queries", "of", "strong", "weak", "nothing found", "shown", "strong, share"]
    text = "\n\n".join(
        [
            "# How likely a hit is relevant",
            "Fitted on all judged queries but the near misses; these choose where strong begins:",
            markdown_table(["constant", "value"], constants),
            "How the queries are shown by fits that did not see them (5 folds), with Wilson's "
            "95 % intervals:",
            markdown_table(head, rows),
        ]
    )
    values = {"fitted": asdict(fitted), "shown": [asdict(one) for one in shown]}
    write_results(folder / "relevance.json", values, text + "\n")
    return text
