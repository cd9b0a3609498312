"""An index whose writers are killed over and over, and what its files say that it holds."""

import random
from pathlib import Path

from tests.crash import writing
from tests.crash.corpora import Contents, change_contents, make_contents, write_contents
from tests.crash.phases import Watch
from tests.crash.processes import Child
from tests.crash.writing import Writer

WRITERS: dict[str, Writer] = {
    "first build": writing.build,
    "build": writing.build,
    "update": writing.update,
    "rollback": writing.roll_back,
    "merge": writing.merge,
}
"""What is killed, in turn: a build in an empty folder, one that replaces all documents, an update
of three documents, taking this back, and an update that writes a new base."""


class Victim:
    """One index at a time; each first build makes another one, with which the next go on."""

    def __init__(self, home: Path, model: Path, seed: int, documents: int) -> None:
        self.model = model
        self.chance = random.Random(seed)
        self.writers = tuple(WRITERS)
        self.writer = ""
        self.timelines: dict[str, list[tuple[str, float]]] = {}
        self.contents: Contents = {}
        self.generation = 0
        self._before: Contents = {}
        self._home = home
        self._count = documents
        self._wanted: Contents = {}
        self._indexes = 0

    @property
    def folder(self) -> Path:
        """The index."""
        return self._home / f"index-{self._indexes}"

    @property
    def seconds(self) -> float:
        """How long this writer takes undisturbed."""
        return sum(seconds for _, seconds in self.timelines[self.writer])

    @property
    def expected(self) -> dict[int, Contents]:
        """What may be served while the writer is at work, by generation."""
        return {self.generation: self.contents, self.generation + 1: self._wanted}

    def turn_to(self, writer: str) -> None:
        """Decide what the next generation is to hold."""
        self.writer = writer
        if writer == "first build":
            self._indexes += 1
            self.contents, self.generation = {}, 0
        if writer in ("first build", "build"):
            self._wanted = make_contents(self.chance, self._count)
        elif writer == "rollback":
            self._wanted = self._before
        else:
            self._wanted = change_contents(self.contents, self.chance, self._count)
        write_contents(self._home / "documents", self._wanted)

    def start(self) -> tuple[Watch, Child]:
        """A writer that makes the index hold what is wanted."""
        stages = self._home / writing.STAGE_FILE
        watch = Watch.begin(self.folder, stages)
        arguments = (self.folder, self._home / "documents", self.model, stages)
        return watch, Child(WRITERS[self.writer], *arguments)

    def publish(self) -> None:
        """Take note that a writer has come to its end."""
        self._before, self.contents = self.contents, self._wanted
        self.generation += 1
