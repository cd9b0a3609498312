"""One build under way: what it works on, and how much of what it found there it may keep."""

import sqlite3
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index.base import is_intact
from index.encoders import EncoderChoice
from index.keywords import ANALYZER_VERSION
from index.manifest import Manifest
from index.options import BuildOptions
from index.preparation import Preparation
from index.progress import Progress
from index.reading_orders import ReadingOrders
from index.write_access import WriteAccess
from ingest.documents import READING_VERSION
from ingest.selection import EVERYTHING, Selection


@dataclass
class Build:
    """One build under way: what it works on, and what it found there."""

    access: WriteAccess
    choice: EncoderChoice
    progress: Progress
    options: BuildOptions
    before: Manifest | None
    whole: bool
    scope: tuple[Path, ...] | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The catalog."""
        return self.access.connection

    @property
    def folder(self) -> Path:
        """The index folder."""
        return self.access.folder

    def __post_init__(self) -> None:
        self.orders = ReadingOrders(self.connection, self.folder, self.selection)
        self.preparation = Preparation(
            self.connection,
            self.choice,
            self.progress,
            self.options.reader,
            read_as=self.orders.read_as,
        )

    @property
    def selection(self) -> Selection:
        """What is wanted of the files: as asked for, else as it was."""
        if self.options.selection is not None and self.scope is None:
            return self.options.selection
        return self.before.settings.selection if self.before else EVERYTHING

    def reads_as_before(self) -> bool:
        """Whether stored documents are all there, and what their files would be read as today."""
        return (
            self.before is not None
            and self.whole
            and self.before.settings.reading_version == READING_VERSION
            and self.before.settings.selection == self.selection
        )

    def splits_as_before(self) -> bool:
        """Whether stored passages, terms and vectors are what today's settings would make."""
        return (
            self.before is not None
            and self.reads_as_before()
            and self.before.settings.analyzer_version == ANALYZER_VERSION
            and self.before.settings.model == self.choice.name
            and self.before.settings.fingerprint == self.choice.fingerprint
        )

    def is_current(self) -> bool:
        """Whether what is published could not be made better from the same documents."""
        return self.splits_as_before() and self.base_is_intact

    @cached_property
    def base_is_intact(self) -> bool:
        """Whether the base's files are as they were written; an update takes that for granted."""
        if self.before is None or self.scope is not None:
            return self.before is not None
        return is_intact(self.folder, self.before.base)
