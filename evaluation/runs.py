"""What a quality run gives, query by query, and how it is read back from its file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from evaluation.datasets import DatasetError

ALL = "all"
"""The scope of every judged query; the other scopes are groups and strata."""

Sentence = tuple[str, int, int]
"""A document id, and where a sentence starts and ends in the document's text."""


@dataclass(frozen=True)
class QueryResult:
    """One query: how it was answered, its first documents, best first, and its measures.

    A query that the documents do not answer has no measures. `marked` is the sentence that the
    first hit shows, and `marked_grade` how it was judged to answer; None: nobody judged it.
    """

    stratum: str
    answered: bool
    ranking: tuple[str, ...]
    measures: dict[str, float]
    group: str = ""
    strength: str = ""
    marked: Sentence | None = None
    marked_grade: int | None = None


@dataclass(frozen=True)
class LegResult:
    """One way of ranking: means over the judged queries and over each scope, and each query."""

    queries_per_second: float
    answered: int
    measures: dict[str, float]
    strata: dict[str, dict[str, float]]
    queries: dict[str, QueryResult]

    @property
    def judged(self) -> dict[str, QueryResult]:
        """The queries that have measures."""
        return {query: result for query, result in self.queries.items() if result.measures}


@dataclass(frozen=True)
class QualityResult:
    """One dataset, ranked in several ways ("fused", "keywords", "dense")."""

    dataset: str
    split: str
    model: str
    documents: int
    passages: int
    legs: dict[str, LegResult]


def scopes(results: Mapping[str, QueryResult]) -> dict[str, list[str]]:
    """The queries of each scope: of all, of each group of several strata, of each stratum."""
    parted: dict[str, list[str]] = {ALL: list(results)}
    for name in ("group", "stratum"):
        for query, result in results.items():
            scope = getattr(result, name)
            if scope:
                parted.setdefault(scope, []).append(query)
    return parted


def read_run(path: Path) -> QualityResult:
    """Read a results file, also of an earlier form; raises `DatasetError` if it is none."""
    try:
        values = json.loads(path.read_text("utf-8"))
        legs = {name: _leg(leg) for name, leg in values["legs"].items()}
        stated = {f.name: values[f.name] for f in fields(QualityResult)}
        return QualityResult(**{**stated, "legs": legs})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatasetError(
            f"{path} is no results file ({error}); make one: python -m evaluation quality DATASET"
        ) from error


def _leg(values: dict[str, Any]) -> LegResult:
    queries = {query: _query(one) for query, one in values["queries"].items()}
    return LegResult(**{**values, "queries": queries})


def _query(values: dict[str, Any]) -> QueryResult:
    marked = values.get("marked")
    return QueryResult(
        **{
            **values,
            "ranking": tuple(values["ranking"]),
            "marked": tuple(marked) if marked else None,
        }
    )
