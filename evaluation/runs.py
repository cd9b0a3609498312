"""What a quality run gives, query by query, and how it is written to a file and read back."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evaluation.datasets import DatasetError


@dataclass(frozen=True)
class QueryResult:
    """One query: its first documents, best first, and its measures."""

    stratum: str
    answered: bool
    ranking: tuple[str, ...]
    measures: dict[str, float]


@dataclass(frozen=True)
class LegResult:
    """One way of ranking over all queries: means, means by stratum, and each query."""

    queries_per_second: float
    answered: int
    measures: dict[str, float]
    strata: dict[str, dict[str, float]]
    queries: dict[str, QueryResult]


@dataclass(frozen=True)
class QualityResult:
    """One dataset, ranked in several ways ("fused", "keywords", "dense")."""

    dataset: str
    split: str
    model: str
    documents: int
    passages: int
    legs: dict[str, LegResult]

    def write(self, folder: Path) -> Path:
        """Write the JSON file, and beside it a Markdown table; gives the JSON's path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"quality-{self.dataset}.json"
        path.write_text(json.dumps(self.to_dict(), indent=1) + "\n", "utf-8")
        path.with_suffix(".md").write_text(self.to_markdown(), "utf-8")
        return path

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return asdict(self)

    def to_markdown(self) -> str:
        """A table with a line for each leg, and for each leg in each stratum."""
        names = list(next(iter(self.legs.values())).measures)
        lines = [
            f"# {self.dataset} ({self.split}): {self.documents} documents, model {self.model}",
            "",
            _row(["queries", "ranking", *names, "answered", "queries/s"]),
            _row(["---"] * (len(names) + 4)),
        ]
        for leg, result in self.legs.items():
            speed = f"{result.queries_per_second:.1f}"
            total = [f"all {len(result.queries)}", leg]
            lines.append(_row([*total, *_cells(result.measures), str(result.answered), speed]))
        for stratum in next(iter(self.legs.values())).strata:
            lines += [
                _row([stratum, leg, *_cells(result.strata[stratum]), "", ""])
                for leg, result in self.legs.items()
            ]
        return "\n".join(lines) + "\n"


def read_run(path: Path) -> QualityResult:
    """Read a results file; raises `DatasetError` if it is none."""
    try:
        values = json.loads(path.read_text("utf-8"))
        legs = {
            name: LegResult(
                **{
                    **leg,
                    "queries": {
                        query: QueryResult(**{**one, "ranking": tuple(one["ranking"])})
                        for query, one in leg["queries"].items()
                    },
                }
            )
            for name, leg in values.pop("legs").items()
        }
        return QualityResult(**values, legs=legs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatasetError(
            f"{path} is no results file ({error}); make one: python -m evaluation quality DATASET"
        ) from error


def _cells(measures: dict[str, float]) -> list[str]:
    return [f"{value:.3f}" for value in measures.values()]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
