"""Building while the page is open: one build at a time, seen by every page that is open.

A thread of the server builds, not a visitor's session: closing a page or typing in it ends no
work. Other processes are kept out by the index's own lock; this one is asked here first.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Literal

import streamlit as st

from index.cancelling import BuildCancelledError, Cancelling
from index.errors import CatalogError, IndexBusyError, PublicationRefusedError
from index.progress import Progress
from ingest.errors import IngestError
from ui.failures import unforeseen
from ui.pace import Pace, Stage

if TYPE_CHECKING:
    from index.report import BuildReport

RETRY_SECONDS = 3.0
Ending = Literal["done", "stopped", "refused", "failed"]
"""How a build ended; "refused" where it would lose much and nobody had agreed to that."""


@dataclass(frozen=True)
class Job:
    """A build to be done: `title` in words for people, and the work.

    The work takes where it says how far it is, and whether it may publish what loses much; it
    gives its report, None where there was nothing to do. A `patient` job waits while another
    process builds, others are refused then. `rehearses` is the job that a dry run is a trial of.
    """

    title: str
    work: "Callable[[Progress, bool], BuildReport | None]"
    patient: bool = False
    may_lose: bool = False
    rehearses: "Job | None" = None


@dataclass(frozen=True)
class Ended:
    """A build that is over: how, with its report or one line for people. `number` counts them."""

    number: int
    job: Job
    how: Ending
    report: "BuildReport | None" = None
    line: str = ""


class Builder:
    """Does the builds of one index folder, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._thread: Thread | None = None
        self._cancelling = Cancelling()
        self._started = time.monotonic()
        self._since = ""
        self._number = 0
        self.job: Job | None = None
        self.stage = Stage()
        self.waiting: str | None = None
        self.ended: Ended | None = None

    @property
    def running(self) -> bool:
        """Whether a build is under way here."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def stopping(self) -> bool:
        """Whether the build under way has been asked to stop."""
        return self.running and self._cancelling.asked

    @property
    def seconds(self) -> int:
        """How long the build has been under way."""
        return int(time.monotonic() - self._started)

    def start(self, job: Job) -> None:
        """Begin; raises `IndexBusyError` while another build is under way here."""
        with self._lock:
            if self.running:
                by = f'since {self._since}, by this server: "{self.job.title if self.job else ""}"'
                raise IndexBusyError(self.folder, by, "Wait for it, or stop it first")
            self.job, self.stage, self.waiting, self.ended = job, Stage(), None, None
            self._cancelling, self._started = Cancelling(), time.monotonic()
            self._since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
            self._number += 1
            # A daemon: Ctrl-C must end the server, and a killed build loses nothing published.
            self._thread = Thread(
                target=self._run, args=(job, self._cancelling), name="build", daemon=True
            )
            self._thread.start()

    def cancel(self) -> None:
        """Let the build under way stop where it next can."""
        self._cancelling.ask()

    def forget(self, number: int) -> None:
        """Take the outcome of a build out of sight, everywhere."""
        with self._lock:
            if self.ended and self.ended.number == number:
                self.ended = None

    def _run(self, job: Job, cancelling: Cancelling) -> None:
        number = self._number
        try:
            self.ended = Ended(number, job, "done", self._worked(job, cancelling))
        except BuildCancelledError as stopped:
            self.ended = Ended(number, job, "stopped", line=str(stopped))
        except PublicationRefusedError as refused:
            self.ended = Ended(number, job, "refused", line=str(refused))
        except (CatalogError, IngestError) as error:
            self.ended = Ended(number, job, "failed", line=str(error))
        except Exception as error:
            self.ended = Ended(number, job, "failed", line=unforeseen(error))

    def _worked(self, job: Job, cancelling: Cancelling) -> "BuildReport | None":
        pace = Pace()

        def tell(what: str, done: int, total: int) -> None:
            self.waiting = None
            self.stage = pace.note(what, done, total, time.monotonic())

        while True:
            try:
                return job.work(cancelling.watched(tell), job.may_lose)
            except IndexBusyError as busy:
                if not job.patient:
                    raise
                self.waiting = str(busy)
                if cancelling.wait(RETRY_SECONDS):
                    raise BuildCancelledError from busy


@st.cache_resource(show_spinner=False)
def shared_builder(folder: str) -> Builder:
    """The one builder of a folder in this process."""
    return Builder(Path(folder))
