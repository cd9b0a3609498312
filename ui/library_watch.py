"""The builds of the library as every open page sees them: of this server, and of others."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import streamlit as st

from index.errors import IndexBusyError
from index.library import published_state
from index.lock import writer_of
from index.uploads import shown_source
from ui import build_notices
from ui.access import BUILD, READ, may, require
from ui.building import Builder, Ended, Job, shared_builder
from ui.failures import failures_shown
from ui.notices import problem

WATCH_SECONDS = 1.0
_SEEN, _PUT_AWAY, _REFUSED = "library seen", "library outcome put away", "library refused"

Look = tuple[bool, int, int]
"""Whether somebody builds, the number of the last build that ended here, the generation."""


def busy(folder: Path) -> bool:
    """Whether a build is under way, here or in another process."""
    return shared_builder(str(folder)).running or writer_of(folder) is not None


def begin(folder: Path, job: Job) -> None:
    """Start a build; that one is under way already is said on the page."""
    require(BUILD)
    st.session_state.pop(_REFUSED, None)
    try:
        shared_builder(str(folder)).start(job)
    except IndexBusyError as error:
        st.session_state[_REFUSED] = str(error)


def watch_builds(folder: str) -> None:
    """Show what is being built, or how the last build ended; the page follows by itself."""
    st.session_state[_SEEN] = _look(Path(folder))
    if refused := st.session_state.get(_REFUSED):
        st.html(problem(refused))
    with st.container(key="library-builds"):
        _watch(folder)


@st.fragment(run_every=WATCH_SECONDS)
def _watch(folder: str) -> None:
    if not may(READ):
        st.rerun()  # the app says what signed-out visitors see
    with failures_shown():
        path = Path(folder)
        if st.session_state.get(_SEEN) != _look(path):
            st.rerun()
        _show_builds(path, shared_builder(folder))


def _show_builds(folder: Path, builder: Builder) -> None:
    writer = None if builder.running else writer_of(folder)
    if builder.running:
        _show_running(builder)
    elif writer is not None:
        st.html(build_notices.built_elsewhere(str(writer)))
    elif builder.ended and builder.ended.number != st.session_state.get(_PUT_AWAY):
        _show_ended(folder, builder.ended)


def _look(folder: Path) -> Look:
    builder = shared_builder(str(folder))
    ended = builder.ended.number if builder.ended and not builder.running else 0
    return busy(folder), ended, published_state(folder).generation


def _show_running(builder: Builder) -> None:
    if builder.waiting is not None:
        st.html(build_notices.waits(builder.waiting))
    elif builder.job is not None:
        notice = build_notices.under_way(
            builder.job.title, builder.stage, builder.seconds, builder.stopping
        )
        st.html(notice)
    if may(BUILD):
        st.button("Stop", on_click=_stop, args=(builder,), disabled=builder.stopping)


def _stop(builder: Builder) -> None:
    require(BUILD)
    builder.cancel()


def _show_ended(folder: Path, ended: Ended) -> None:
    st.html(build_notices.outcome(ended, partial(shown_source, index=folder)))
    with st.container(horizontal=True, key="library-outcome"):
        follows = _what_follows(ended)
        if follows is not None and may(BUILD):
            label, job = follows
            st.button(label, type="primary", on_click=begin, args=(folder, job))
        st.button("Put away", on_click=_put_away, args=(ended.number,))


def _what_follows(ended: Ended) -> tuple[str, Job] | None:
    """What a person may want next: the build that was tried, or one that was refused."""
    if ended.how == "refused":
        return "Publish it all the same", replace(ended.job, may_lose=True)
    if ended.how == "stopped":
        return "Go on", ended.job
    if ended.report and ended.report.rehearsed and ended.job.rehearses:
        return "Do it now", ended.job.rehearses
    return None


def _put_away(number: int) -> None:
    st.session_state[_PUT_AWAY] = number
