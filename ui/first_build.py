"""The first index, built while the page is open."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from index.errors import IndexBusyError, IndexMissingError
from index.progress import Progress
from ui import notices
from ui.building import Builder, Job, shared_builder

if TYPE_CHECKING:
    from index.report import BuildReport

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_WATCH_SECONDS = 1.0


def start_first_build(builder: Builder) -> None:
    """Build the starter corpus, unless a build is under way or has failed already."""
    if not builder.running and (builder.ended is None or builder.ended.how == "done"):
        _start(builder)


@st.fragment(run_every=_WATCH_SECONDS)
def watch(folder: str) -> None:
    """Show the first build until it ends, then the page."""
    builder = shared_builder(folder)
    if builder.waiting is not None:
        st.html(notices.building_elsewhere(builder.waiting))
    elif builder.running:
        stage = builder.stage
        st.html(notices.building(stage.what, stage.done, stage.total, builder.seconds))
    elif builder.ended is not None and builder.ended.how != "done":
        st.html(notices.problem(builder.ended.line))
        st.button("Try again", on_click=_start, args=(builder,))
    else:
        if builder.ended is not None:  # it is no news on the library page
            builder.forget(builder.ended.number)
        st.rerun()


def _start(builder: Builder) -> None:
    work = partial(_build, builder.folder)
    with suppress(IndexBusyError):  # another visitor was faster
        builder.start(Job("The first index", work, patient=True))


def _build(folder: Path, progress: Progress, _may_lose: bool) -> "BuildReport | None":
    from index.build import build_index
    from index.encoders import choose_encoder
    from index.models import PACKAGED_MODEL
    from index.options import BuildOptions

    if _published(folder):
        return None
    choice = choose_encoder(PACKAGED_MODEL)
    return build_index([CORPUS], folder, choice, progress, BuildOptions(only_if_missing=True))


def _published(folder: Path) -> bool:
    """Asked before every try: what another process has published must not be replaced."""
    from index.information import describe

    try:
        describe(folder)
    except IndexMissingError:
        return False
    return True
