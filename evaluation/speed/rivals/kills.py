"""An update that is killed at a random moment: what is served then, and what it costs to mend.

The index holds the first version of each document, and the update brings the second. Half of the
kills come at any moment of the update, half from the moment on that it first writes to its folder:
a program that writes for an instant at the end would hardly ever be met there by chance.
"""

import shutil
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from evaluation.speed.rivals.process import Hits, Process, ProgramError
from evaluation.speed.rivals.texts import (
    Question,
    Texts,
    all_letters,
    choose_questions,
    letters,
    second_version,
    write_texts,
)

STATES = ("old", "new", "mixed", "wrong", "nothing")
"""What can be served after a kill, from sound to unreadable."""
PROBES = 12
"""Questions that tell what is served: enough to meet a mixture, and quickly asked."""
HITS = 10
_LOOK_SECONDS = 0.002
"""Between two looks at the files of an index: shorter than writing the smallest of them."""

Start = Callable[[Path], Process]
"""Starts the program over the folder of an index."""


@dataclass(frozen=True)
class Kill:
    """One kill: after how many seconds, what was served, and what mending it took.

    `encoded_again` is the share of the whole update's passages that were encoded after the kill.
    """

    seconds: float
    while_writing: bool
    served: str
    made_anew: bool
    encoded_again: float


@dataclass(frozen=True)
class KillResult:
    """A whole update, which takes `seconds` and writes first after `writes_after`, and the kills.

    `whole` is what a whole update leaves to be served: "new", if it is sound.
    """

    seconds: float
    writes_after: float
    encoded: int
    probes: int
    whole: str
    kills: tuple[Kill, ...]


@dataclass(frozen=True)
class _Versions:
    """The letters of both versions of each document."""

    old: Mapping[str, str]
    new: Mapping[str, str]


@dataclass(frozen=True)
class _Rehearsal:
    """The folders, and what a whole update takes."""

    documents: Path
    store: Path
    kept: Path
    files: list[Path]
    probes: list[Question]
    versions: _Versions
    seconds: float
    writes_after: float
    encoded: int
    whole: str


def measure_kills(
    start: Start, texts: Texts, work: Path, count: int, random: Random, told: Callable[[int], None]
) -> KillResult:
    """Kill so many updates of the same index; `told` hears how many are done.

    Raises `ProgramError` where not even an update that is left alone succeeds.
    """
    rehearsal = _rehearse(start, texts, work)
    kills = []
    for number in range(count):
        told(number)
        kills.append(_kill(start, rehearsal, number % 2 == 1, random))
    return KillResult(
        seconds=rehearsal.seconds,
        writes_after=rehearsal.writes_after,
        encoded=rehearsal.encoded,
        probes=len(rehearsal.probes),
        whole=rehearsal.whole,
        kills=tuple(kills),
    )


def _rehearse(start: Start, texts: Texts, work: Path) -> _Rehearsal:
    """Build the first version and keep a copy; then a whole update, watched."""
    documents, store, kept = work / "documents", work / "index", work / "kept"
    for folder in (store, kept):
        shutil.rmtree(folder, ignore_errors=True)
    changed = {name: second_version(text) for name, text in texts.items()}
    versions = _Versions(all_letters(texts), all_letters(changed))
    write_texts(texts, documents)
    with start(store) as process:
        process.build(documents)
        questions = choose_questions(texts, PROBES)
        probes = [one for one in questions if _served(process, [one], versions) == "old"]
    shutil.copytree(store, kept)
    write_texts(changed, documents)
    files = sorted(documents.iterdir())
    with start(store) as process, _Watch(store) as watch:
        updated = process.update(documents, files)
        watch.stop()
        whole = _served(process, probes, versions)
    return _Rehearsal(
        documents, store, kept, files, probes, versions,
        updated.seconds, watch.first_change(updated.seconds), updated.encoded, whole,
    )  # fmt: skip


def _kill(start: Start, of: _Rehearsal, while_writing: bool, random: Random) -> Kill:
    """Kill one update; look at what is left; ask for the update again."""
    shutil.rmtree(of.store)
    shutil.copytree(of.kept, of.store)
    share = random.random()
    with start(of.store) as process:
        before, started = file_states(of.store), time.perf_counter()
        process.send_update(of.documents, of.files)
        if while_writing:
            while file_states(of.store) == before and not process.answered(_LOOK_SECONDS):
                pass
            process.answered(share * max(0.0, of.seconds - of.writes_after))
        else:
            process.answered(share * of.seconds)
        process.kill()
        seconds = time.perf_counter() - started
    served, made_anew, encoded = _mend(start, of)
    again = round(encoded / max(1, of.encoded), 3)
    return Kill(round(seconds, 3), while_writing, served, made_anew, again)


def _mend(start: Start, of: _Rehearsal) -> tuple[str, bool, int]:
    """What is served, whether the index had to be made anew, and how much was encoded again."""
    served = "nothing"
    with suppress(ProgramError), start(of.store) as process:
        served = _served(process, of.probes, of.versions)
        updated = process.update(of.documents, of.files)
        if _served(process, of.probes, of.versions) == of.whole:
            return served, False, updated.encoded
    shutil.rmtree(of.store, ignore_errors=True)
    with start(of.store) as process:
        return served, True, process.build(of.documents).encoded


def _served(process: Process, probes: Sequence[Question], versions: _Versions) -> str:
    """Which of `STATES` an index is in, by its answers."""
    try:
        answers = [process.query(probe.text, HITS) for probe in probes]
    except ProgramError:
        return "nothing"
    return judge(answers, versions.old, versions.new)


def judge(answers: Sequence[Hits], old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Which of `STATES` the hits of some questions tell of.

    `old` and `new` are the letters of each document. A text that both versions have tells nothing.
    The document that a question is from need not come first: its other version has other words.
    What is wrong is a text that its document has in no version, and an answer without hits.

    >>> judge([[("a", "Fever rose.")]], {"a": "feverrosetoday"}, {"a": "feverfell"})
    'old'
    """
    seen = set()
    for hits in answers:
        if not hits:
            return "wrong"
        for name, text in hits:
            found = letters(text)
            in_old, in_new = found in old.get(name, ""), found in new.get(name, "")
            if not in_old and not in_new:
                return "wrong"
            if in_old != in_new:
                seen.add("old" if in_old else "new")
    return seen.pop() if len(seen) == 1 else "mixed"


def file_states(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Name, size and time of each file, to see that something was written."""
    states = set()
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            stat = path.stat()
            states.add((str(path), stat.st_size, stat.st_mtime_ns))
    return frozenset(states)


class _Watch:
    """Looks at a folder until it is stopped, and notes when it first changed."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._stopped = folder, threading.Event()
        self._changed: float | None = None
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Watch":
        self._before, self._started = file_states(self._folder), time.perf_counter()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        self._thread.join()

    def first_change(self, otherwise: float) -> float:
        """Seconds until the first change that was seen."""
        return otherwise if self._changed is None else self._changed

    def _look(self) -> None:
        while not self._stopped.wait(_LOOK_SECONDS):
            if file_states(self._folder) != self._before:
                self._changed = time.perf_counter() - self._started
                return
