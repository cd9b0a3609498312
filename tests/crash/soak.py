"""Four readers ask while a writer adds, changes and deletes documents, for minutes.

The writer writes what a generation will hold into a file before it publishes it. A reader holds
every answer against the file of the generation that the answer itself names: a passage of an
older or newer text, a document that has gone, or one that is not found would show.
"""

import json
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.crash import writing
from tests.crash.corpora import (
    change_contents,
    make_contents,
    marker_of,
    problem_with,
    write_contents,
)
from tests.crash.examination import ask, examine
from tests.crash.processes import Child, ChildFailed, call

READERS = 4
DOCUMENTS = 12
_WRITERS = (writing.update, writing.update, writing.merge, writing.update, writing.build)
_STOP = "stop"


@dataclass(frozen=True)
class Reading:
    """What one reader was answered; `errors` and `mixed` say what was wrong."""

    answers: int
    generations: tuple[int, ...]
    slowest_seconds: float
    errors: tuple[str, ...]
    mixed: tuple[str, ...]


@dataclass(frozen=True)
class SoakRun:
    """All readers, and what the writer published meanwhile."""

    seed: int
    seconds: float
    published: int
    readings: tuple[Reading, ...]
    problems: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether no answer was refused or mixed, and each reader saw new generations."""
        return not self.problems and not any(one.errors or one.mixed for one in self.readings)

    def to_dict(self) -> dict[str, Any]:
        """Everything, reader by reader."""
        return {**asdict(self), "clean": self.clean}

    def to_markdown(self) -> str:
        """The counts of each reader."""
        rows = [
            f"| {number} | {one.answers:,} | {len(one.generations)} | {len(one.errors)} "
            f"| {len(one.mixed)} | {one.slowest_seconds:.2f} s |"
            for number, one in enumerate(self.readings, 1)
        ]
        return "\n".join([
            "# Readers and a writer at once",
            "",
            f"{len(self.readings)} readers in {self.seconds:.0f} s, while a writer published "
            f"{self.published} generations (seed {self.seed}). Each answer was compared with the "
            "files of the generation that it names.",
            "",
            "| reader | answers | generations seen | errors | mixed | slowest |",
            "|--:|--:|--:|--:|--:|--:|",
            *rows,
            *[f"- {one}" for r in self.readings for one in (*r.errors, *r.mixed)],
            *[f"- {one}" for one in self.problems],
            "",
        ])  # fmt: skip


def run_soak(home: Path, model: Path, seconds: float, seed: int) -> SoakRun:
    """Let readers and a writer work on one index for so long, and compare all answers."""
    folder, documents, expected = home / "index", home / "documents", home / "expected"
    expected.mkdir()
    chance = random.Random(seed)
    contents = served = make_contents(chance, DOCUMENTS)
    readers: list[Child] = []
    generation, started = 0, time.monotonic()
    problems: list[str] = []
    while not readers or time.monotonic() - started < seconds:
        generation += 1
        (expected / f"{generation}.json").write_text(json.dumps(contents), "utf-8")
        write_contents(documents, contents)
        try:
            writer = _WRITERS[generation % len(_WRITERS)] if readers else writing.build
            call(writer, folder, documents, model, home / writing.STAGE_FILE)
        except ChildFailed as error:
            problems.append(f"the writer failed at generation {generation}: {error}")
            break
        if not readers:
            readers = [Child(_read, folder, model, expected, n) for n in range(READERS)]
            started = time.monotonic()
        served = contents
        contents = change_contents(contents, chance, DOCUMENTS)
    (expected / _STOP).touch()
    readings = tuple(Reading(*reader.result()) for reader in readers)
    problems += examine(folder, model, {generation: served}).problems
    problems += _unseen(readings, generation)
    return SoakRun(
        seed, round(time.monotonic() - started, 1), generation, readings, tuple(problems)
    )


def _unseen(readings: tuple[Reading, ...], generation: int) -> list[str]:
    """Readers that stayed with what was there when they were opened."""
    return [
        f"reader {number} saw the generations {one.generations} of {generation}"
        for number, one in enumerate(readings, 1)
        if not one.generations or max(one.generations) < generation
    ]


def _read(folder: Path, model: Path, expected: Path, number: int) -> tuple[Any, ...]:
    """Ask through one open service until told to stop, and once more after the last publish."""
    from index.encoders import choose_encoder
    from index.errors import CatalogError
    from search.service import SearchService

    choice = choose_encoder(str(model))
    service = SearchService.open(folder, lambda _: choice)
    chance, seen, slowest = random.Random(number), Counter[int](), 0.0
    errors: list[str] = []
    mixed: list[str] = []
    stopped = False
    while not stopped:
        stopped = (expected / _STOP).exists()
        marker = chance.choice(_known_markers(expected))
        started = time.monotonic()
        try:
            generation, shown = ask(service, marker)
        except CatalogError as error:
            errors.append(str(error))
            continue
        slowest = max(slowest, time.monotonic() - started)
        seen[generation] += 1
        contents = json.loads((expected / f"{generation}.json").read_text("utf-8"))
        if problem := problem_with(contents, marker, shown):
            mixed.append(f"generation {generation}, {marker}: {problem}")
    return seen.total(), tuple(sorted(seen)), round(slowest, 3), tuple(errors), tuple(mixed)


def _known_markers(expected: Path) -> list[str]:
    """The markers of the newest generations that are published, or will be in a moment."""
    newest = sorted(expected.glob("*.json"), key=lambda path: int(path.stem))[-3:]
    texts = [text for path in newest for text in json.loads(path.read_text("utf-8")).values()]
    return sorted({marker_of(text) for text in texts})
