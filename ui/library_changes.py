"""The part of the library page that changes things: adding, looking again, going back.

Every callback asks for the right to build first.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from index.errors import CatalogError
from index.library import published_state
from index.uploads import (
    MAX_UPLOAD_MB,
    MAX_WAITING,
    Upload,
    discard_uploads,
    keep_upload,
    waiting_uploads,
)
from ui import library_notices as notices
from ui.access import BUILD, require
from ui.library_jobs import adding, going_back, renewing
from ui.library_watch import begin

_TURN, _NOT_TAKEN, _PATH = "library uploads taken", "library not taken", "library path"
_TRIAL_HELP = "Says what would change, and publishes nothing."


def show_changes(folder: Path, is_busy: bool) -> None:
    """Draw it; while somebody builds, files may come but nothing can be started."""
    st.html(notices.ADD_HEADING)
    _show_uploads(folder, is_busy)
    st.html(notices.FOLDER_HEADING)
    _show_path(folder, is_busy)
    st.html(notices.RENEW_HEADING)
    with st.container(horizontal=True, key="library-renew"):
        st.button("Look again", on_click=_renew, args=(folder, False), disabled=is_busy)
        st.button(
            "Dry run", key="renew trial", on_click=_renew, args=(folder, True),
            disabled=is_busy, help=_TRIAL_HELP,
        )  # fmt: skip
    st.html(notices.BACK_HEADING)
    _show_way_back(folder, is_busy)


def _show_uploads(folder: Path, is_busy: bool) -> None:
    turn = st.session_state.get(_TURN, 0)
    st.file_uploader(
        f"Choose files or drop them here. {notices.LIMITS}",
        accept_multiple_files=True,
        key=_uploader(turn),
        max_upload_size=MAX_UPLOAD_MB,
        on_change=_keep,
        args=(folder, turn),
    )
    if lines := st.session_state.get(_NOT_TAKEN):
        st.html(notices.refused_list(lines))
    waiting = waiting_uploads(folder)
    if not waiting:
        return
    st.html(notices.waiting_list(waiting))
    with st.container(horizontal=True, key="library-waiting"):
        st.button(
            "Add to the library", type="primary", on_click=_add_waiting,
            args=(folder, waiting, False), disabled=is_busy,
        )  # fmt: skip
        st.button(
            "Dry run", key="uploads trial", on_click=_add_waiting,
            args=(folder, waiting, True), disabled=is_busy, help=_TRIAL_HELP,
        )  # fmt: skip
        st.button("Discard", on_click=_discard, args=(folder, waiting), disabled=is_busy)


def _uploader(turn: int) -> str:
    """New after each taking: what was taken is let go of."""
    return f"library files {turn}"


def _keep(folder: Path, turn: int) -> None:
    """Take what has arrived; each file is kept or refused by itself."""
    require(BUILD)
    files = st.session_state.get(_uploader(turn)) or []
    refused = []
    if len(files) > MAX_WAITING:
        refused = [f"{len(files):,} files at once, and {MAX_WAITING} may be: name their folder"]
        files = []
    for file in files:
        try:
            keep_upload(folder, file.name, file.getvalue())
        except CatalogError as error:
            refused.append(str(error))
    st.session_state[_NOT_TAKEN] = refused
    st.session_state[_TURN] = turn + 1


def _add_waiting(folder: Path, waiting: Sequence[Upload], trial: bool) -> None:
    require(BUILD)
    st.session_state.pop(_NOT_TAKEN, None)
    number = len(waiting)
    what = f"{number:,} uploaded {'file' if number == 1 else 'files'}"
    begin(folder, adding(folder, [one.path for one in waiting], what, trial))


def _discard(folder: Path, waiting: Sequence[Upload]) -> None:
    require(BUILD)
    st.session_state.pop(_NOT_TAKEN, None)
    discard_uploads(folder, waiting)


def _show_path(folder: Path, is_busy: bool) -> None:
    with st.form("library-path", border=False):
        st.text_input(
            "Its full path, or that of one file", key=_PATH, autocomplete="off",
            placeholder="/home/me/cases",
        )  # fmt: skip
        with st.container(horizontal=True):
            st.form_submit_button(
                "Add this folder", on_click=_add_path, args=(folder, False), disabled=is_busy
            )
            st.form_submit_button(
                "Dry run", key="path trial", on_click=_add_path, args=(folder, True),
                disabled=is_busy, help=_TRIAL_HELP,
            )  # fmt: skip


def _add_path(folder: Path, trial: bool) -> None:
    require(BUILD)
    st.session_state.pop(_NOT_TAKEN, None)
    asked = str(st.session_state.get(_PATH, "")).strip()
    path = _expanded(asked)
    if path is None:
        line = f"{asked or 'No path'}: give the whole path, from / or ~ on"
        st.session_state[_NOT_TAKEN] = [line]
        return
    begin(folder, adding(folder, [path], str(path), trial))


def _expanded(asked: str) -> Path | None:
    """The path that was typed, with ~ as this server's user's home; None for no whole path."""
    try:
        path = Path(asked).expanduser()
    except RuntimeError:  # nobody has that home
        return None
    return path if path.is_absolute() and "\0" not in asked else None


def _renew(folder: Path, trial: bool) -> None:
    require(BUILD)
    begin(folder, renewing(folder, trial))


def _show_way_back(folder: Path, is_busy: bool) -> None:
    state = published_state(folder)
    if state.documents_before is None:
        st.html(notices.NO_WAY_BACK)
        return
    # Keyed by what would go: an open one must not stay open for the next question.
    with st.popover("Take it back …", disabled=is_busy, key=f"back from {state.generation}"):
        st.html(notices.way_back(state))
        st.button("Yes, go back", type="primary", on_click=_go_back, args=(folder,))


def _go_back(folder: Path) -> None:
    require(BUILD)
    begin(folder, going_back(folder))
