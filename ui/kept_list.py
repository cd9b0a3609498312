"""Hits that a person has kept: in the session only, gone with the browser's tab.

A hit is kept as it was shown, so that a later change of the index takes nothing away from it.
"""

from collections.abc import Sequence

import streamlit as st

from search.hits import Hit
from search.output import place_of
from ui.exporting import export_buttons
from ui.failures import failures_shown
from ui.markup import escape

MOST_KEPT = 200
"""A list for one talk or one patient; each hit stays in the server's memory."""
_KEPT = "kept hits"


def kept_hits() -> tuple[Hit, ...]:
    """What is kept, in the order in which it was."""
    return tuple(_kept().values())


def keep_button(hit: Hit, where: str) -> None:
    """Keep a hit, or give it up again; `where` on the page tells two buttons of a hit apart."""
    kept = hit.passage.passage_id in _kept()
    st.button(
        "Kept – remove" if kept else "Keep",
        key=f"keep {where} {hit.passage.passage_id}",
        type="tertiary",
        disabled=not kept and len(_kept()) >= MOST_KEPT,
        on_click=_give_up if kept else _keep,
        args=(hit,),
    )


def kept_list_button() -> None:
    """How many are kept, and the way to them; nothing where none is."""
    if (count := len(_kept())) and st.button(f"Kept list ({count})", key="kept-list"):
        st.dialog("Kept list", width="medium", on_dismiss="rerun")(_show)()


def kept_line(number: int, hit: Hit) -> str:
    """A kept hit as HTML: what answers, and its citation."""
    place = place_of(hit)
    return (
        f'<article class="cb-kept"><h3 class="cb-title" dir="auto">{number}. {escape(hit.title)}'
        f'</h3><blockquote dir="auto">{escape(hit.snippet.text)}</blockquote>'
        + (f'<p class="cb-place" dir="auto">{escape(place)}</p>' if place else "")
        + f'<p class="cb-copy" dir="auto" title="One click selects the citation">'
        f"{escape(hit.citation)}</p></article>"
    )


def _show() -> None:
    with failures_shown():
        _show_list()


def _show_list() -> None:
    hits = kept_hits()
    if not hits:
        st.html('<p class="cb-aside" role="status">Nothing is kept.</p>')
        return
    st.html('<p class="cb-aside">Kept in this tab only: save the list before you close it.</p>')
    with st.container(horizontal=True):
        export_buttons(hits, "kept")
        st.button("Remove all", type="tertiary", on_click=_kept().clear)
    _show_lines(hits)


def _show_lines(hits: Sequence[Hit]) -> None:
    for number, hit in enumerate(hits, 1):
        with st.container(border=True, horizontal=True, key=f"kept-{number}"):
            st.html(kept_line(number, hit))
            keep_button(hit, "list")


def _kept() -> dict[str, Hit]:
    """The session's own list, by passage."""
    kept: dict[str, Hit] = st.session_state.setdefault(_KEPT, {})
    return kept


def _keep(hit: Hit) -> None:
    _kept()[hit.passage.passage_id] = hit


def _give_up(hit: Hit) -> None:
    _kept().pop(hit.passage.passage_id, None)
