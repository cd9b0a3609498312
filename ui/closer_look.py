"""The dialog over the results: a hit in its context, cases like it, and the way back.

What is looked at is a path of views: a similar case can be read in its context in turn, "Back"
goes one step back, and closing the dialog leads to the results as they were.
"""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from search.hits import Hit
from search.service import SearchService
from ui.context import show_context
from ui.failures import failures_shown
from ui.page_picture import begin_at_the_passage
from ui.similar_cases import show_similar

_PATH = "closer look"


@dataclass(frozen=True)
class View:
    """One step of the path: what is shown, and of which hit."""

    what: Literal["context", "similar"]
    hit: Hit


def look_closer(service: SearchService, view: View) -> None:
    """Open the dialog with a view of its own; one dialog a run, as Streamlit has it."""
    st.session_state[_PATH] = [view]
    begin_at_the_passage()
    st.dialog("A closer look", width="medium", on_dismiss="rerun")(_show)(service)


def _show(service: SearchService) -> None:
    path: list[View] = st.session_state[_PATH]
    view = path[-1]
    with st.container(horizontal=True, key="closer-look"):
        if len(path) > 1:
            st.button("Back", key=f"back {len(path)}", on_click=_step_back, args=(path,))
        if st.button("Back to the results", key=f"results {len(path)}"):
            st.rerun()
        other: Literal["context", "similar"] = "similar" if view.what == "context" else "context"
        st.button(
            "Similar cases" if other == "similar" else "Show in context",
            key=f"other {len(path)}",
            on_click=path.append,
            args=(View(other, view.hit),),
        )
    with failures_shown():
        if view.what == "context":
            show_context(service, view.hit)
        else:
            show_similar(service, view.hit, lambda hit: path.append(View("context", hit)))


def _step_back(path: list[View]) -> None:
    path.pop()
