"""How often the marked sentence answers, in numbers and Markdown; the table of weights. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from evaluation.answer_sentences.examples import Example
from evaluation.answer_sentences.fitting import FORMS, KINDS, Array, Weights, by_document
from evaluation.tables import markdown_table
from search.answering.features import FEATURES

ALL = "all"


@dataclass(frozen=True)
class AnsweringShare:
    """Of what holds an answer, the share whose best sentence answers; each query counts one."""

    scope: str
    queries: int
    answers: float
    answers_in_part: float
    by_chance: float


def shares(
    examples: Sequence[Example],
    scores: Sequence[Array],
    strata: Mapping[str, str],
    groups: Sequence[Sequence[int]],
) -> list[AnsweringShare]:
    """A row for all and for each stratum; a group of examples is one choice of a sentence."""
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for group in groups:
        grades = np.concatenate([examples[place].grades for place in group])
        best = grades[int(np.argmax(np.concatenate([scores[place] for place in group])))]
        if len(grades) > 1 and (grades == 2).any():
            chance = float((grades == 2).mean())
            found[examples[group[0]].query].append((float(best == 2), float(best > 0), chance))
    means = {query: np.mean(values, axis=0) for query, values in found.items()}
    scopes = {ALL: list(means)}
    for query in means:
        scopes.setdefault(strata[query], []).append(query)
    return [
        AnsweringShare(
            scope,
            len(queries),
            *(round(float(x), 3) for x in np.mean([means[query] for query in queries], axis=0)),
        )
        for scope, queries in scopes.items()
    ]


def passage_chosen(examples: Sequence[Example], scores: Sequence[Array]) -> dict[str, float]:
    """Of documents in several passages, the share whose strongest sentence is in one that answers.

    `by_chance` is what any passage would do.
    """
    chosen, chance = [], []
    for group in by_document(examples):
        holds = [bool((examples[place].grades == 2).any()) for place in group]
        if len(group) > 1 and any(holds):
            best = max(range(len(group)), key=lambda n: float(scores[group[n]].max()))
            chosen.append(holds[best])
            chance.append(float(np.mean(holds)))
    return {
        "documents": len(chosen),
        "chosen": round(float(np.mean(chosen)), 3),
        "by_chance": round(float(np.mean(chance)), 3),
    }


def measure(
    examples: Sequence[Example], scores: Sequence[Array], strata: Mapping[str, str]
) -> dict[str, Any]:
    """What a results file holds."""
    one_each = [[place] for place in range(len(examples))]
    return {
        "passages": [asdict(row) for row in shares(examples, scores, strata, one_each)],
        "documents": [
            asdict(row) for row in shares(examples, scores, strata, by_document(examples))
        ],
        "passage_of_a_document": passage_chosen(examples, scores),
    }


def to_markdown(values: Mapping[str, Any]) -> str:
    """The figures for people."""
    head = ["best sentence of a", "queries", "n", "answers", "or in part", "by chance"]
    rows = [
        [unit, *row.values()]
        for unit, key in (("passage", "passages"), ("document", "documents"))
        for row in values[key]
    ]
    chosen = values["passage_of_a_document"]
    return (
        "# The sentence that answers\n\nOf passages and documents that hold an answering sentence,"
        " the share whose marked sentence answers; weights chosen without the query"
        " (5 folds).\n\n"
        f"{markdown_table(head, rows)}\n\nOf {chosen['documents']} documents in several passages,"
        f" the strongest sentence stands in one that answers in {chosen['chosen']}"
        f" (any passage: {chosen['by_chance']}).\n"
    )


def to_table(weights: Weights) -> str:
    """The weights as the lines of `search/answering/weights.py`."""
    names = ("ALWAYS", *KINDS, *FORMS)
    tables = {name: _table(row) for name, row in zip(names, weights.rows, strict=True)}
    lines = [f"ALWAYS: dict[str, float] = {tables['ALWAYS']}"]
    for group, members in (("KINDS", KINDS), ("FORMS", FORMS)):
        inside = {name: tables[name] for name in members}
        lines.append(f"{group}: dict[str, dict[str, float]] = {inside}")
    return "\n".join([*lines, f"STRENGTH = {weights.strength}", ""])


def _table(row: Array) -> dict[str, float]:
    return {name: float(weight) for name, weight in zip(FEATURES, row, strict=True) if weight}
