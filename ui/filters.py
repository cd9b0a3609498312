"""The filters of the search page: chosen in one place, in sight while active, cleared at once."""

from collections.abc import Sequence

import streamlit as st

from search.queries import Filters
from ui.markup import escape

_FIRST_YEAR, _LAST_YEAR = 1500, 2999
_TIMES_CLEARED = "times_cleared"


def choose_filters(document_types: Sequence[str]) -> Filters:
    """Draw the filters and give what is chosen; raises `FilterError` if it cannot mean anything."""
    with st.container(horizontal=True, vertical_alignment="center", key="filters"):
        with st.popover("Filters"):
            year_from, year_to = _choose_year("Year from"), _choose_year("Year to")
            types = _choose_types(document_types)
        if active := active_filters(year_from, year_to, types):
            st.html(_chips(active), width="content")
            st.button("Clear filters", on_click=_clear, type="tertiary")
    return Filters(year_from, year_to, tuple(types))


def active_filters(year_from: int | None, year_to: int | None, types: Sequence[str]) -> list[str]:
    """What is active, in words.

    >>> active_filters(2015, None, ["case report"])
    ['from 2015', 'case report']
    """
    years = [
        f"{word} {year}"
        for word, year in (("from", year_from), ("to", year_to))
        if year is not None
    ]
    return [*years, *types]


def _choose_year(label: str) -> int | None:
    """A year, or None for any: a slider would keep its bounds when newer documents come."""
    return st.number_input(
        label, _FIRST_YEAR, _LAST_YEAR, None, 1, "%d", _key(label), placeholder="any"
    )


def _choose_types(document_types: Sequence[str]) -> list[str]:
    key = _key("Document type")
    known = set(document_types)
    if not known.issuperset(chosen := st.session_state.get(key, [])):
        # A new generation lacks a type that was chosen; Streamlit refuses unknown options.
        st.session_state[key] = [name for name in chosen if name in known]
    return st.multiselect(
        "Document type", document_types, key=key, placeholder="any", select_all=False
    )


def _chips(active: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in active)
    return f'<ul class="cb-chips" aria-label="Active filters">{items}</ul>'


def _key(label: str) -> str:
    """New after each clearing: in a closed popover a browser would keep the old values."""
    return f"{label} {st.session_state.get(_TIMES_CLEARED, 0)}"


def _clear() -> None:
    st.session_state[_TIMES_CLEARED] = st.session_state.get(_TIMES_CLEARED, 0) + 1
