"""Whether something is found where there is something, and nothing where there is nothing. Pure.

An answer is strong, weak, or none at all. A query that the documents answer is kept if it is
shown as strong or weak; one that they do not answer should be shown as nothing found, or if it
is a near miss at most as weak.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.intervals import Share, share
from evaluation.runs import ALL, QueryResult, scopes
from evaluation.tables import markdown_table

STRONG, WEAK, NONE = "strong", "weak", "none"
FOLDS = 5
"""Thresholds fitted on four fifths are tried on the rest: little is lost, and five runs suffice."""


@dataclass(frozen=True)
class AnsweringRow:
    """How the queries of one scope were shown."""

    scope: str
    answerable: bool
    queries: int
    strong: int
    weak: int

    @property
    def nothing(self) -> int:
        """Queries to which it was said that nothing is relevant."""
        return self.queries - self.strong - self.weak

    @property
    def shown(self) -> Share:
        """The share shown as strong or weak: of the answerable those kept."""
        return share(self.strong + self.weak, self.queries)

    @property
    def shown_strong(self) -> Share:
        """The share shown as strong."""
        return share(self.strong, self.queries)

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return {
            **asdict(self),
            "nothing": self.nothing,
            "shown": self.shown.to_dict(),
            "shown_strong": self.shown_strong.to_dict(),
        }


def answering_rows(results: Mapping[str, QueryResult]) -> list[AnsweringRow]:
    """A row for each scope of the answerable and for each stratum of the others; [] without them.

    Unanswerable are the queries without measures.
    """
    answerable = {query: one for query, one in results.items() if one.measures}
    others = {query: one for query, one in results.items() if not one.measures}
    if not others:
        return []
    rows = [_row(name, True, [results[q] for q in ids]) for name, ids in scopes(answerable).items()]
    return rows + [
        _row(name, False, [results[query] for query in queries])
        for name, queries in scopes(others).items()
        if name != ALL
    ]


def to_markdown(rows: Iterable[AnsweringRow]) -> str:
    """A table with a line for each row."""
    head = ["queries", "in the documents", "of", STRONG, WEAK, "nothing found", "shown", "strong"]
    return markdown_table(
        head,
        (
            [
                row.scope,
                "yes" if row.answerable else "no",
                row.queries,
                row.strong,
                row.weak,
                row.nothing,
                row.shown.cell(),
                row.shown_strong.cell(),
            ]
            for row in rows
        ),
    )


def folds(query_ids: Iterable[str], n: int = FOLDS) -> tuple[tuple[str, ...], ...]:
    """The ids in `n` parts by their hash: an id stays in its part, whatever else is added.

    >>> folds(["q1", "q2", "q3", "q4"], 2)
    (('q1',), ('q2', 'q3', 'q4'))
    """
    parts: list[list[str]] = [[] for _ in range(n)]
    for query in query_ids:
        digest = hashlib.sha256(query.encode()).digest()
        parts[int.from_bytes(digest[:8], "big") % n].append(query)
    return tuple(map(tuple, parts))


def _row(scope: str, answerable: bool, results: list[QueryResult]) -> AnsweringRow:
    strengths = [one.strength or (STRONG if one.answered else NONE) for one in results]
    return AnsweringRow(
        scope, answerable, len(results), strengths.count(STRONG), strengths.count(WEAK)
    )
