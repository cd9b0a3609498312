"""What a user does on an ordinary day: build, ask, change one document; the programs in turns."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.speed.rivals.process import Process, ProgramError
from evaluation.speed.rivals.texts import Question, Texts, changed_text, letters
from index.progress import Progress

WARM_UP = 5
"""Questions before those that are timed: the first opens the index and fills caches."""
HITS = 10
CHANGES = 3
"""One document is changed so many times; the median is kept."""
CHANGES_SECONDS = 10.0
"""A program that has taken so long for its changes is asked for no more of them."""


@dataclass(frozen=True)
class BuildResult:
    """An index from nothing. Seconds are of wall time, but for `cpu_seconds`; MB are of 2^20."""

    start_seconds: float
    seconds: float
    cpu_seconds: float
    peak_mb: float
    documents: int
    passages: int
    unread: float
    disk_mb: float = 0.0


@dataclass(frozen=True)
class AskResult:
    """All timed questions, and the memory of the program after them."""

    start_seconds: float
    first_seconds: float
    query_seconds: tuple[float, ...]
    memory_mb: float
    found: float
    """The share of questions whose own document came first: tells that all do the same work."""


@dataclass(frozen=True)
class ChangeResult:
    """One document changed: median seconds until the index is up to date, passages encoded."""

    seconds: float
    encoded: int
    rounds: int
    found: bool
    """Whether the new sentence was among its own hits each time."""


def measure_build(process: Process, documents: Path) -> BuildResult:
    """Build an index where there is none."""
    before = process.cpu_seconds()
    built = process.build(documents)
    return BuildResult(
        start_seconds=process.start_seconds,
        seconds=built.seconds,
        cpu_seconds=process.cpu_seconds() - before,
        peak_mb=process.peak_mb(),
        documents=built.documents,
        passages=built.passages,
        unread=built.unread,
    )


def disk_mb(folder: Path) -> float:
    """What the files of a folder hold."""
    return round(sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 2**20, 2)


def measure_questions(
    running: Mapping[str, Process], questions: Sequence[Question], progress: Progress
) -> dict[str, AskResult | ProgramError]:
    """Ask each question of each program in turn; the order goes round, so none is always first."""
    left: dict[str, AskResult | ProgramError] = {}
    first: dict[str, float] = {}
    seconds: dict[str, list[float]] = {name: [] for name in running}
    found: dict[str, int] = dict.fromkeys(running, 0)
    warming = questions[:WARM_UP]
    asked = [*warming, *questions]
    for turn, question in enumerate(asked):
        progress("Asking", turn, len(asked))
        names = [name for name in running if name not in left]
        start = turn % max(1, len(names))
        for name in names[start:] + names[:start]:
            try:
                taken, is_found = _ask(running[name], question)
            except ProgramError as error:
                left[name] = error
                continue
            first.setdefault(name, taken)
            if turn >= len(warming):
                seconds[name].append(taken)
                found[name] += is_found
    for name, process in running.items():
        if name not in left:
            left[name] = AskResult(
                start_seconds=process.start_seconds,
                first_seconds=first[name],
                query_seconds=tuple(seconds[name]),
                memory_mb=process.memory_mb(),
                found=round(found[name] / len(questions), 3),
            )
    return left


def _ask(process: Process, question: Question) -> tuple[float, bool]:
    started = time.perf_counter()
    hits = process.query(question.text, HITS)
    taken = time.perf_counter() - started
    return taken, bool(hits) and hits[0][0] == question.document


def measure_changes(
    running: Mapping[str, Process], texts: Texts, folders: Mapping[str, Path], progress: Progress
) -> dict[str, ChangeResult | ProgramError]:
    """Change one document after the other in each program's folder of documents."""
    done: dict[str, ChangeResult | ProgramError] = {}
    for number, (name, process) in enumerate(running.items()):
        progress("Changing a document", number, len(running))
        try:
            done[name] = _change(process, texts, folders[name])
        except ProgramError as error:
            done[name] = error
    return done


def _change(process: Process, texts: Texts, folder: Path) -> ChangeResult:
    seconds: list[float] = []
    encoded, found = 0, True
    names = list(texts)
    for number in range(CHANGES):
        name = names[(number * 37 + 11) % len(names)]
        path = folder / name
        text, sentence = changed_text(texts[name], number)
        path.write_text(text, "utf-8")
        updated = process.update(folder, [path])
        seconds.append(updated.seconds)
        encoded = max(encoded, updated.encoded)
        hits = process.query(sentence, HITS)
        found = found and any(letters(sentence) in letters(hit) for _, hit in hits)
        if sum(seconds) > CHANGES_SECONDS:
            break
    middle = sorted(seconds)[len(seconds) // 2]
    return ChangeResult(middle, encoded, len(seconds), found)
