"""Is a folder what it must be: asked as a user would, and compared with the files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.crash.corpora import Contents, marker_of, problem_with
from tests.crash.processes import call

_SHOWN = 20


@dataclass(frozen=True)
class Examined:
    """One generation, all of whose documents were asked for; `problems` is empty if it is right."""

    generation: int
    answers: int
    passages: int
    problems: tuple[str, ...]


def examine(folder: Path, model: Path, expected: Mapping[int, Contents]) -> Examined:
    """Ask the index for every document of the generations that it may be at, and verify it.

    Generation 0 stands for no index yet: then a search must say so.
    """
    return Examined(*call(_examine, folder, model, dict(expected)))


def _examine(folder: Path, model: Path, expected: dict[int, Contents]) -> tuple[Any, ...]:
    from index.encoders import choose_encoder
    from index.errors import CatalogError, IndexMissingError
    from search.service import SearchService

    choice = choose_encoder(str(model))
    try:
        service = SearchService.open(folder, lambda _: choice)
    except IndexMissingError:
        return (0, 0, 0, () if 0 in expected else ("nothing is served any more",))
    except CatalogError as error:
        return (0, 0, 0, (f"it does not open: {error}",))
    markers = sorted({marker_of(text) for one in expected.values() for text in one.values()})
    generations, passages, problems = set(), 0, []
    for marker in markers:
        generation, shown = ask(service, marker)
        generations.add(generation)
        passages += len(shown)
        if generation not in expected:
            problems.append(f"generation {generation} is served, which is not to be")
        elif problem := problem_with(expected[generation], marker, shown):
            problems.append(f"generation {generation}: {problem}")
    if len(generations) > 1:
        problems.append(f"generations {generations} are served, and nothing is published")
    problems += _verified(folder)
    return (max(generations), len(markers), passages, tuple(problems))


def ask(service: Any, marker: str) -> tuple[int, list[tuple[str, str]]]:
    """The generation of an answer, and the file name and text of each passage in it."""
    from search.queries import Query

    answer = service.search(Query(f"What happened to {marker}?", k=_SHOWN))
    shown = [(Path(hit.source).name, hit.passage.text) for hit in answer.hits]
    return answer.index.generation, shown


def _verified(folder: Path) -> list[str]:
    from index.verification import verify

    found = verify(folder)
    return [] if found.whole else [f"verify: {line}" for line in found.to_text().splitlines()
                                   if "WRONG" in line]  # fmt: skip
