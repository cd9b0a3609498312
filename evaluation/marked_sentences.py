"""How often the sentence that the first hit marks was judged to answer. Pure.

Counted are queries whose first hit is of a relevant document. A sentence is known by its document
and offsets, its grade is 2 (it answers), 1 (in part) or 0; where nobody has judged it, it is
counted apart and not in the shares.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evaluation.intervals import Share, share
from evaluation.runs import QueryResult, scopes
from evaluation.tables import markdown_table


@dataclass(frozen=True)
class MarkedRow:
    """The queries of one scope whose first hit is relevant, and what was judged of its sentence."""

    scope: str
    relevant: int
    judged: int
    answering: int
    in_part: int

    @property
    def answers(self) -> Share:
        """Of the judged sentences those that answer."""
        return share(self.answering, self.judged)

    @property
    def at_least_in_part(self) -> Share:
        """Of the judged sentences those that answer, whole or in part."""
        return share(self.answering + self.in_part, self.judged)

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return {
            **asdict(self),
            "answers": self.answers.to_dict(),
            "at_least_in_part": self.at_least_in_part.to_dict(),
        }


def marked_rows(results: Mapping[str, QueryResult]) -> list[MarkedRow]:
    """A row for each scope; [] where no sentence was judged."""
    first = {q: one for q, one in results.items() if one.measures.get("success@1") == 1}
    rows = [_row(scope, [first[q] for q in queries]) for scope, queries in scopes(first).items()]
    return rows if any(row.judged for row in rows) else []


def to_markdown(rows: Iterable[MarkedRow]) -> str:
    """A table with a line for each row."""
    head = ["queries", "first hit relevant", "sentence judged", "answers", "or in part"]
    return markdown_table(
        head,
        (
            [
                row.scope,
                row.relevant,
                row.judged,
                row.answers.cell(),
                row.at_least_in_part.cell(),
            ]
            for row in rows
        ),
    )


def _row(scope: str, results: list[QueryResult]) -> MarkedRow:
    judged = [one.marked_grade for one in results if one.marked_grade is not None]
    return MarkedRow(scope, len(results), len(judged), judged.count(2), judged.count(1))
