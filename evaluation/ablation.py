"""What each ingredient of the ranking gives: the default minus the default without it.

The ingredients are the switches of `Ranking` that the default has on, whatever they are.
"""

from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from evaluation.comparison import ScopedDifferences, by_scope, compare
from evaluation.quality import OpenedDataset, measure_leg
from evaluation.quality_report import COMPARED, differences_table, write_results
from evaluation.runs import ALL
from evaluation.tables import markdown_table
from index.progress import Progress
from search.ranking import DEFAULT_RANKING, Ranking


@dataclass(frozen=True)
class Ingredient:
    """One ingredient: what it gives in each scope, and the queries that it moves most.

    `moved` has query ids with what the ingredient adds to their nDCG@10.
    """

    name: str
    gains: tuple[ScopedDifferences, ...]
    moved: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class AblationResult:
    """One dataset: the measures of the default in each scope, and its ingredients."""

    dataset: str
    split: str
    model: str
    documents: int
    passages: int
    default: dict[str, dict[str, float]]
    ingredients: tuple[Ingredient, ...]

    def write(self, folder: Path) -> Path:
        """Write the JSON file, and beside it the Markdown; gives the JSON's path."""
        path = folder / f"ablation-{self.dataset}.json"
        write_results(path, self.to_dict(), self.to_markdown())
        return path

    def to_dict(self) -> dict[str, Any]:
        """For a results file."""
        return asdict(self)

    def to_markdown(self) -> str:
        """A table of the default's measures, and one of what each ingredient gives."""
        gains = [gain for one in self.ingredients for gain in one.gains]
        names = list(next(iter(self.default.values())))
        head = f"# {self.dataset} ({self.split}): {self.documents} documents, model {self.model}"
        measures = [
            [scope, *(f"{values[name]:.3f}" for name in names)]
            for scope, values in self.default.items()
        ]
        parts = [head, "The default:", markdown_table(["queries", *names], measures)]
        if gains:
            parts += ["What each ingredient gives: the default minus the same without it, with a"]
            parts[-1] += " 95 % interval (paired bootstrap over queries):"
            parts += [differences_table(gains, "ingredient")]
        return "\n\n".join(parts) + "\n"


def switched_off(ranking: Ranking = DEFAULT_RANKING) -> dict[str, Ranking]:
    """The ranking without each of its ingredients, by the ingredient's name."""
    names = [one.name for one in fields(ranking) if getattr(ranking, one.name) is True]
    return {name: replace(ranking, **{name: False}) for name in names}


def measure_ablation(opened: OpenedDataset, progress: Progress) -> AblationResult:
    """Ask all judged queries with the default, and once without each ingredient."""
    default = measure_leg(opened, DEFAULT_RANKING, "default", progress)
    ingredients = []
    for name, ranking in switched_off().items():
        without = measure_leg(opened, ranking, f"without {name}", progress)
        moved = [
            (query, round(after.measures["nDCG@10"] - before.measures["nDCG@10"], 4))
            for query, before, after in compare(without, default).changed_most
        ]
        gains = tuple(by_scope(default, without, name, COMPARED))
        ingredients.append(Ingredient(name, gains, tuple(moved)))
    state = opened.service.state()
    return AblationResult(
        dataset=opened.dataset.name,
        split=opened.dataset.split,
        model=state.model,
        documents=state.documents,
        passages=state.passages,
        default={ALL: default.measures, **default.strata},
        ingredients=tuple(ingredients),
    )
