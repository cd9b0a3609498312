"""The library page: what is in the index, what it covers, and how it is changed.

Whoever may read sees it. What changes anything asks for the right to build first, in the callback
and not only by leaving a button out (`ui.access`).
"""

from functools import partial
from pathlib import Path

import streamlit as st

from index.library import Kind, Wanted, list_documents, published_state
from index.location import Place, index_place
from index.uploads import shown_source
from ui.access import BUILD, may
from ui.document_list import document_table, nothing_listed, range_line
from ui.failures import failures_shown
from ui.library_changes import show_changes
from ui.library_counts import charts_of, finished, titles_of
from ui.library_notices import HEADER, READING_ONLY, changed_elsewhere, state_line
from ui.library_watch import busy, watch_builds
from ui.opening import service_or_build
from ui.search_page import STYLE

LIBRARY_STYLE = Path(__file__).with_name("library.css")
PAGE_LENGTH = 25
"""Documents listed at once: about three screens."""
_KINDS: dict[str, Kind] = {
    "All": "all",
    "With something to look at": "warned",
    "Nearly the same as others": "alike",
}
_TITLE, _KIND, _PAGE, _PART = "library title", "library kind", "library page", "library part"


def library_page() -> None:
    """Draw the page from what is published and what the session holds."""
    st.html(STYLE)
    st.html(LIBRARY_STYLE)
    st.html(HEADER)
    with failures_shown():
        place = index_place()
        if service_or_build(place) is None:
            return
        state = published_state(place)
        st.html(state_line(state))
        if isinstance(place, Path):
            watch_builds(str(place))
        # What is not looked at is not drawn: nobody waits for what another part costs.
        tabs = st.tabs(list(_PARTS), key=_PART, on_change="rerun")
        for part, draw in zip(tabs, _PARTS.values(), strict=True):
            with part:
                if part.open:
                    draw(place, state.published_at)


def _show_changes(place: Place, _published_at: str) -> None:
    if not isinstance(place, Path):
        st.html(changed_elsewhere(str(place)))
    elif may(BUILD):
        show_changes(place, busy(place))
    else:
        st.html(READING_ONLY)


def _show_documents(place: Place, published_at: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="library-find"):
        title = st.text_input(
            "Find in titles", key=_TITLE, placeholder="any words", on_change=_to_first_page
        )
        kind = st.selectbox("Show", list(_KINDS), key=_KIND, on_change=_to_first_page)
    titles = finished(titles_of(str(place), published_at)) if title.strip() else None
    if title.strip() and titles is None:
        return
    first = st.session_state.get(_PAGE, 0) * PAGE_LENGTH
    wanted = Wanted(title, _KINDS[kind])
    listing = list_documents(place, wanted, first, PAGE_LENGTH, titles)
    if first and not listing.documents:  # a new generation has fewer
        _to_first_page()
        first, listing = 0, list_documents(place, wanted, 0, PAGE_LENGTH, titles)
    if not listing.documents:
        st.html(nothing_listed(bool(title.strip())))
        return
    st.html(document_table(listing.documents, partial(_shown, place)))
    _show_pages(first, len(listing.documents), listing.total)


def _shown(place: Place, source: str) -> str:
    """How a document's file is called; what a server serves has no folder of uploads."""
    return shown_source(source, place) if isinstance(place, Path) else source


def _show_pages(first: int, shown: int, total: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="library-pages"):
        st.html(range_line(first, shown, total), width="content")
        if total > PAGE_LENGTH:
            st.button("Newer", on_click=_turn, args=(-1,), disabled=first == 0)
            st.button("Older", on_click=_turn, args=(1,), disabled=first + shown >= total)


def _turn(by: int) -> None:
    st.session_state[_PAGE] = max(0, st.session_state.get(_PAGE, 0) + by)


def _to_first_page() -> None:
    st.session_state[_PAGE] = 0


def _show_coverage(place: Place, published_at: str) -> None:
    if charts := finished(charts_of(str(place), published_at)):
        st.html(charts)


_PARTS = {"Documents": _show_documents, "Coverage": _show_coverage, "Add and change": _show_changes}
