"""Reads files in child processes with limits, so that no file can hang or exhaust the parent.

A child reads one file at a time. One that dies or takes too long is ended and replaced: the file
that it had in hand becomes a line of the report, and the other children know nothing of it. Of an
archive or a set it is the one document in hand, and another child goes on behind it.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from pathlib import Path

from ingest import limits
from ingest.corpus import read_parts
from ingest.errors import IngestError
from ingest.files import skipped_file
from ingest.reading_order import READ_ALL, Passed, ReadingOrder, Told
from ingest.reading_process import Read, ReadingProcess, start_reading_process

MAX_CHILDREN = 8
"""More readers than this wait for the disk, and for the one process that takes their text."""
FILES_WORTH_A_CHILD, BYTES_WORTH_A_CHILD = 4, 500_000
"""Less work than this is done before another child has started."""
FILES_AHEAD = 8
"""Files per child that may be read before their turn."""
DOCUMENTS_AHEAD = 1_000
"""Documents of a file that may wait for its turn; with `FILES_AHEAD` it bounds our memory."""
DEATHS_A_FILE = 20
"""Children that one archive may cost; each may have computed for minutes."""
STARTS = 3
"""Children that may die in a row before they have read anything; then none will ever live."""
BEAT_SECONDS = 1.0
"""People who stop a build wait about so long, also while a file is read for minutes."""


def no_beat() -> None:
    """For callers who need not be called while they wait."""


def no_order(_path: Path) -> ReadingOrder:
    """For callers who want all of every file."""
    return READ_ALL


def read_isolated(
    paths: Sequence[Path],
    read: Read = read_parts,
    beat: Callable[[], None] = no_beat,
    most_children: int = MAX_CHILDREN,
    order_of: Callable[[Path], ReadingOrder] = no_order,
) -> Iterator[Told]:
    """Read files on all cores, in the order given; one that breaks its limits is skipped.

    `order_of` is asked how to read a file when a child takes it in hand. `beat` is called at
    least every `BEAT_SECONDS` while files are read; what it raises ends the reading and its
    children. Raises `IngestError` where no child can be started at all.
    """
    batch = _Batch(list(paths), read, order_of, most_children)
    try:
        while not batch.is_read():
            batch.hand_out()
            batch.listen()
            beat()
            yield from batch.take()
    finally:
        for child in batch.children:
            child.end()


@dataclass
class _Batch:
    """Files being read: the children, and the outcomes that wait for their turn.

    A turn is a file's place among the paths; `head` is the turn whose outcomes are wanted next.
    Of a file of several documents so many are `done`; `broken` is why a child died on the next.
    """

    paths: list[Path]
    read: Read
    order_of: Callable[[Path], ReadingOrder]
    most_children: int
    children: list[ReadingProcess] = field(default_factory=list)
    head: int = 0
    given: set[int] = field(default_factory=set)
    finished: set[int] = field(default_factory=set)
    arrived: dict[int, deque[Told]] = field(default_factory=dict)
    of_several: set[int] = field(default_factory=set)
    done: Counter[int] = field(default_factory=Counter)
    broken: dict[int, str] = field(default_factory=dict)
    deaths: Counter[int] = field(default_factory=Counter)
    failed_starts: int = 0
    has_started: bool = False

    def __post_init__(self) -> None:
        self.sizes = [_size(path) for path in self.paths]
        self.most_children = min(self.most_children, children_for(self.sizes, _cores()))

    def is_read(self) -> bool:
        return self.head == len(self.paths)

    def take(self) -> Iterator[Told]:
        """The outcomes whose turn it is."""
        while not self.is_read():
            outcomes = self._arrived_at(self.head)
            while outcomes:
                yield outcomes.popleft()
            if self.head not in self.finished:
                return
            del self.arrived[self.head]
            self.head += 1

    def hand_out(self) -> None:
        """Give each idle child a file, and start as many children as there is work for."""
        for child in self.children:
            if child.idle and (turn := self._next_turn()) is not None:
                try:
                    child.give(self.paths[turn], self._order(turn), turn)
                except OSError:  # it has died; `listen` hears of it, and the file stays undone
                    continue
                self.given.add(turn)
        starting = sum(1 for child in self.children if not child.ready)
        while len(self.children) < self.most_children and starting < self._undone():
            self._start()
            starting += 1

    def _order(self, turn: int) -> ReadingOrder:
        """How a file is to be read, now that children may have died on parts of it."""
        order = self.order_of(self.paths[turn])
        reason = self.broken.get(turn, "")
        return replace(order, done=self.done[turn], broken=reason) if reason else order

    def listen(self) -> None:
        """Wait until a child says something, dies, or has taken too long, or for one beat."""
        listened = [child for child in self.children if self._has_room(child)]
        for child in self.children:
            if child not in listened:  # it waits for us, which is not its file's fault
                child.wait_anew()
        patience = min(child.deadline for child in listened) - time.monotonic()
        speaking = wait(
            [child.connection for child in listened], max(0, min(patience, BEAT_SECONDS))
        )
        for child in listened:
            if child.connection in speaking:
                self._hear(child)
            elif child.deadline <= time.monotonic():
                self._lose(child, f"not read within {limits.MAX_SECONDS} s")

    def _next_turn(self) -> int | None:
        """The file whose turn is next; when it is in hand, the biggest of those after it."""
        end = min(len(self.paths), self.head + FILES_AHEAD * self.most_children)
        waiting = [turn for turn in range(self.head, end) if turn not in self.given]
        if not waiting or waiting[0] == self.head:
            return self.head if waiting else None
        return max(waiting, key=lambda turn: self.sizes[turn])

    def _undone(self) -> int:
        return len(self.paths) - len(self.given)

    def _has_room(self, child: ReadingProcess) -> bool:
        """Whether more of a child's file may come now."""
        if child.turn is None or child.turn == self.head:
            return True
        return len(self._arrived_at(child.turn)) < DOCUMENTS_AHEAD

    def _arrived_at(self, turn: int) -> deque[Told]:
        return self.arrived.setdefault(turn, deque())

    def _hear(self, child: ReadingProcess) -> None:
        turn = child.turn
        try:
            outcome = child.hear()
        except (EOFError, OSError):
            self._lose(child)
            return
        if turn is None:
            self.has_started, self.failed_starts = True, 0
        elif outcome is not None:
            self._arrived_at(turn).append(outcome)
            if isinstance(outcome, Passed) or outcome.part:
                self.of_several.add(turn)
            self.done[turn] += outcome.count if isinstance(outcome, Passed) else 1
        elif child.idle:
            self.finished.add(turn)

    def _lose(self, child: ReadingProcess, cause: str = "") -> None:
        """End a child, and make a line of the file or the part of it that it had in hand."""
        why = child.end()
        self.children.remove(child)
        if child.turn is not None and self._can_go_on(child, child.turn):
            self.broken[child.turn] = cause or why
            self.deaths[child.turn] += 1
            self.given.discard(child.turn)  # another child goes on behind the part
        elif child.turn is not None:
            after = f", after {child.documents:,} documents" if child.documents else ""
            line = skipped_file(
                self.paths[child.turn], (cause or why) + after, "split it, or get a fresh copy"
            )
            self._arrived_at(child.turn).append(line)
            self.finished.add(child.turn)
        elif not child.ready:
            self.failed_starts += 1
            if self.failed_starts == STARTS or not self.has_started:
                raise _no_start()

    def _can_go_on(self, child: ReadingProcess, turn: int) -> bool:
        """Whether a file has other documents, and the child came further than the one before it."""
        further = child.documents > 0 or turn not in self.broken
        return turn in self.of_several and further and self.deaths[turn] < DEATHS_A_FILE

    def _start(self) -> None:
        try:
            self.children.append(start_reading_process(self.read))
        except OSError as error:  # no room for one more process
            if not self.children:
                raise _no_start() from error
            self.most_children = len(self.children)


def _no_start() -> IngestError:
    return IngestError(
        "reading processes cannot be started; look for errors above, and at the memory that "
        "is free (on Windows a script of your own starts its work under: "
        "if __name__ == '__main__')"
    )


def children_for(sizes: Sequence[int], cores: int) -> int:
    """How many children read files of so many bytes: as many as there are cores.

    Fewer where the work would be done before they have started.

    >>> children_for([2_000_000, 2_000_000], cores=4), children_for([900, 900], cores=4)
    (2, 1)
    """
    worth = max(len(sizes) // FILES_WORTH_A_CHILD, sum(sizes) // BYTES_WORTH_A_CHILD)
    return max(1, min(MAX_CHILDREN, cores, len(sizes), worth))


def _cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(path: Path) -> int:
    """A file's bytes; 0 for one that cannot be asked."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
