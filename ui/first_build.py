"""The first index, built while the page is open.

A thread of the server builds it, not a visitor's session: every open page watches the same build,
and closing one or typing in it does not end the work.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

import streamlit as st

from index.errors import CatalogError, IndexBusyError, IndexMissingError
from ui import notices
from ui.failures import unforeseen

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
RETRY_SECONDS = 3.0
_WATCH_SECONDS = 1.0


@dataclass(frozen=True)
class Stage:
    """What a build is doing, and how much of it is done."""

    what: str = "Starting"
    done: int = 0
    total: int = 0


class FirstBuild:
    """Builds an index where there is none; waits while another process builds it."""

    def __init__(self, folder: Path, paths: Sequence[Path]) -> None:
        self._folder = folder
        self._paths = paths
        self._lock = Lock()
        self._thread: Thread | None = None
        self._started = time.monotonic()
        self.stage = Stage()
        self.waiting: str | None = None
        self.failure: str | None = None

    @property
    def running(self) -> bool:
        """Whether the work is still under way."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def seconds(self) -> int:
        """How long it has been under way."""
        return int(time.monotonic() - self._started)

    def start(self) -> None:
        """Begin, unless it is under way; forgets an earlier failure."""
        with self._lock:
            if not self.running:
                self.stage, self.waiting, self.failure = Stage(), None, None
                self._started = time.monotonic()
                # A daemon: Ctrl-C must end the server, and a killed build loses nothing published.
                self._thread = Thread(target=self._run, name="first build", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while not self._published():
                try:
                    self._build()
                except IndexBusyError as busy:
                    self.waiting = str(busy)
                    time.sleep(RETRY_SECONDS)
        except CatalogError as error:
            self.failure = str(error)
        except Exception as error:
            self.failure = unforeseen(error)

    def _published(self) -> bool:
        """Asked before every try: what another process has published must not be replaced."""
        from index.information import describe

        try:
            describe(self._folder)
        except IndexMissingError:
            return False
        return True

    def _build(self) -> None:
        from index.build import build_index
        from index.encoders import choose_encoder
        from index.models import PACKAGED_MODEL
        from index.options import BuildOptions

        choice = choose_encoder(PACKAGED_MODEL)
        build_index(
            self._paths, self._folder, choice, self._progress, BuildOptions(only_if_missing=True)
        )

    def _progress(self, what: str, done: int, total: int) -> None:
        self.waiting = None
        self.stage = Stage(what, done, total)


@st.cache_resource(show_spinner=False)
def first_build(folder: str) -> FirstBuild:
    """The one build of a folder in this process."""
    return FirstBuild(Path(folder), [CORPUS])


@st.fragment(run_every=_WATCH_SECONDS)
def watch(build: FirstBuild) -> None:
    """Show a build until it ends, then the page."""
    if build.failure is not None:
        st.html(notices.problem(build.failure))
        st.button("Try again", on_click=build.start)
    elif build.waiting is not None:
        st.html(notices.building_elsewhere(build.waiting))
    elif build.running:
        stage = build.stage
        st.html(notices.building(stage.what, stage.done, stage.total, build.seconds))
    else:
        st.rerun()
