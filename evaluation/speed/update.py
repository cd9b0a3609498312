"""One document added, changed and deleted in an index of any size: how long until it is found so.

A service that was open before is asked for a word that stands nowhere else, until its answer is
the one that the change must give. So the time is that of a person who saves a file and asks.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evaluation.speed.building import BuiltIndex
from index.encoders import EncoderChoice
from index.progress import Progress
from search.queries import Query
from search.service import SearchService

Update = Callable[[Sequence[Path], Path], object]
"""Brings files and folders up to date in an index folder: (paths, folder)."""

ROUNDS = 3
"""Turns of added, changed, deleted; the median counts."""
PATIENCE_SECONDS = 60.0
"""Longer than this no answer is waited for."""
ADDED, CHANGED, DELETED = "added", "changed", "deleted"
_ROOT = Path(__file__).parent.parent.parent
_SYLLABLES = ("zu", "qua", "vix", "obe", "yll", "jor", "ket", "pha", "wem", "dru")


@dataclass(frozen=True)
class UpdateRow:
    """One kind of change: medians of the seconds until it is found, and of those of the update."""

    change: str
    searchable_seconds: float
    update_seconds: float
    share_of_build: float


@dataclass(frozen=True)
class UpdateResult:
    """One size and one way: `by` is "page" (the model is loaded) or "command" (a new process)."""

    passages: int
    by: str
    build_seconds: float
    rows: tuple[UpdateRow, ...]


class NeverFoundError(ValueError):
    """A change that no answer showed."""

    def __init__(self, change: str, folder: Path) -> None:
        super().__init__(
            f"a document that was {change} is not so in any answer after {PATIENCE_SECONDS:g} s. "
            f"Look at the index: python -m index verify --index {folder}"
        )


def measure_update(
    built: BuiltIndex,
    choice: EncoderChoice,
    article: str,
    by: str,
    update: Update,
    progress: Progress,
    rounds: int = ROUNDS,
) -> UpdateResult:
    """Add, change and delete a file with the text `article` and a word of its own in it."""
    service = SearchService.open(built.folder, lambda _model: choice)
    service.warm_up()
    path = built.folder.with_name(f"{built.folder.name}-changing") / "article.txt"
    path.parent.mkdir(exist_ok=True)
    times: dict[str, list[tuple[float, float]]] = {ADDED: [], CHANGED: [], DELETED: []}
    for turn in range(rounds):
        progress(f"Changing one document of {built.passages:,} passages", turn, rounds)
        first, second = rare_word(2 * turn), rare_word(2 * turn + 1)
        for change, word, gone in ((ADDED, first, ""), (CHANGED, second, first)):
            path.write_text(with_word(article, word), "utf-8")
            times[change].append(_seconds(built, service, change, path, update, word, gone))
        path.unlink()
        times[DELETED].append(_seconds(built, service, DELETED, path, update, "", second))
    rows = tuple(_row(change, pairs, built.seconds) for change, pairs in times.items())
    return UpdateResult(built.passages, by, round(built.seconds, 1), rows)


def update_by_command(paths: Sequence[Path], folder: Path) -> None:
    """`python -m index update` in a process of its own, model loaded and all."""
    command = [sys.executable, "-m", "index", "update", "--index", str(folder.resolve())]
    subprocess.run(
        [*command, *(str(path.resolve()) for path in paths)],
        cwd=_ROOT,
        check=True,
        capture_output=True,
    )


def rare_word(number: int) -> str:
    """A word that no text has, another for each number from 0 to 99.

    >>> rare_word(0), rare_word(27)
    ('casebozuzu', 'casebovixpha')
    """
    return f"casebo{_SYLLABLES[number // 10]}{_SYLLABLES[number % 10]}"


def with_word(article: str, word: str) -> str:
    """An article that tells of a word at the end of its last paragraph.

    >>> print(with_word("She ran.", "vixpha"), end="")
    She ran. The device was a vixpha.
    """
    return f"{article.rstrip()} The device was a {word}.\n"


def _seconds(
    built: BuiltIndex,
    service: SearchService,
    change: str,
    path: Path,
    update: Update,
    word: str,
    gone: str,
) -> tuple[float, float]:
    """Seconds until an answer has `word` and not `gone`, and until the update returned."""
    started = time.perf_counter()
    update([path], built.folder)
    updated = time.perf_counter() - started
    while True:
        if (not word or _finds(service, word)) and (not gone or not _finds(service, gone)):
            return time.perf_counter() - started, updated
        if time.perf_counter() - started > updated + PATIENCE_SECONDS:
            raise NeverFoundError(change, built.folder)


def _finds(service: SearchService, word: str) -> bool:
    """Whether a passage with the word is among the hits."""
    hits = service.search(Query(f"device {word}")).hits
    return any(word in hit.passage.text for hit in hits)


def _row(change: str, pairs: Sequence[tuple[float, float]], build_seconds: float) -> UpdateRow:
    searchable, updated = (median(times) for times in zip(*pairs, strict=True))
    share = searchable / max(build_seconds, 1e-9)
    return UpdateRow(change, round(searchable, 3), round(updated, 3), round(share, 5))
