"""The filters of the search page: chosen in one place, in sight while active, cleared at once.

What is chosen lives in the session, and the address repeats it (`ui.address`): the widgets only
show it and change it. An address that came from outside, by a link or by "back", is read first.
Texts of documents stand in options of a `multiselect`, which shows them letter by letter, and in
our own HTML; never in the label of a widget, which would read Markdown in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from search.queries import LAST_YEAR, MAX_AGE, Filters
from search.service import SearchService
from ui.address import CHOICES, QUESTION, RANGES, from_parameters, to_parameters
from ui.filter_words import LABELS, active_filters, option_words
from ui.markup import escape

_LIMITS = ((1500, LAST_YEAR), (0, MAX_AGE))
"""What years and ages may be."""
_CHOSEN, _ADDRESS, _TOUCHED = "filters chosen", "filters in the address", "filters touched"
_TIMES_SET = "filters set from outside"
_OPEN, _BUTTON = "filters are open", "filters"

Counts = Mapping[str, Mapping[str, int]]


def chosen_filters(service: SearchService) -> Filters:
    """What is chosen, or what a new address asks for; `FilterError` if it cannot mean anything."""
    address = {name: st.query_params.get_all(name) for name in st.query_params if name != QUESTION}
    touched = st.session_state.pop(_TOUCHED, False)
    if not touched and _is_news(address):
        read = from_parameters(address, service.facet_counts(Filters()))
        _set({field: getattr(read, field) for field in LABELS})
    filters = replace(Filters(), **st.session_state.get(_CHOSEN, {}))
    _write_address(to_parameters(filters))
    return filters


def show_filters(service: SearchService, filters: Filters | None, panel: DeltaGenerator) -> None:
    """Draw the filters and, of those that are active, a chip each; None if they make no sense.

    Opened, they stand in `panel`: what Streamlit floats over the page (a popover) comes last in
    the order of the keys, behind every card.
    """
    chosen: dict[str, Any] = st.session_state.get(_CHOSEN, {})
    is_open = st.session_state.get(_OPEN, False)
    st.button("Hide filters" if is_open else "Filters", key=_BUTTON, on_click=_open_or_hide)
    active = active_filters(chosen)
    for fields, text in active:
        _chip(fields, text)
    if active:
        st.button("Clear filters", on_click=_set, args=({},), type="tertiary")
    if is_open:
        known = service.facet_counts(Filters())
        left = service.facet_counts(filters) if filters else known
        with panel.container(border=True, key="filter_panel"):
            _widgets(chosen, known, left)


def _is_news(address: Mapping[str, Sequence[str]]) -> bool:
    """Whether an address comes from outside: typed, followed, or gone back to.

    Who returns from another page brings an empty address, and means no change by it; the button
    of the filters tells that, which Streamlit forgets as soon as another page is drawn.
    """
    if address == st.session_state.get(_ADDRESS, {}):
        return False
    return bool(address) or _BUTTON in st.session_state


def _widgets(chosen: Mapping[str, Any], known: Counts, left: Counts) -> None:
    """The documents that a choice would leave stand beside it, all other filters as they are."""
    st.html('<p class="cb-filter-note">The numbers count documents.</p>')
    with st.container(horizontal=True, key="filter_ranges"):
        for ends, (least, most) in zip(RANGES, _LIMITS, strict=True):
            for field, _ in ends:
                _number(field, chosen.get(field), least, most)
    with st.container(horizontal=True, key="filter_choices"):
        for field, (facet, _) in CHOICES.items():
            _choice(field, chosen.get(field, ()), known.get(facet, {}), left.get(facet, {}))


def _number(field: str, value: int | None, least: int, most: int) -> None:
    """A number, or none for any: a slider would keep its ends when newer documents come."""
    key = _key(field, "")
    st.number_input(
        LABELS[field], least, most, value, 1, "%d", key, placeholder="any",
        on_change=_take, args=(field, key),
    )  # fmt: skip


def _choice(
    field: str, chosen: Sequence[str], known: Mapping[str, int], left: Mapping[str, int]
) -> None:
    """Values that would leave nothing are not offered, but for those that are chosen."""
    values = [value for value in known if value in left or value in chosen]
    words = {value: option_words(field, value, left.get(value, 0)) for value in values}
    key = _key(field, "\n".join(words.values()))
    st.multiselect(
        LABELS[field], values, [value for value in values if value in chosen],
        format_func=lambda value: words.get(value, value), key=key, placeholder="any",
        select_all=False, on_change=_take, args=(field, key),
    )  # fmt: skip


def _chip(fields: Sequence[str], text: str) -> None:
    """One active filter with what clears it: its words are drawn as a cross, and read aloud."""
    with st.container(horizontal=True, width="content", gap=None, key=f"chip_{fields[0]}"):
        st.html(f'<span class="cb-chip" dir="auto">{escape(text)}</span>', width="content")
        label = f"Clear {LABELS[fields[0]].removesuffix(' from').lower()}"
        st.button(label, key=f"clear_{fields[0]}", on_click=_drop, args=(fields,), type="tertiary")


def _key(field: str, options: str) -> str:
    """New whenever something else than this widget changes what it shows.

    Streamlit 1.67 knows a choice again by its words, which have a number in them.
    """
    return f"filter {field} {st.session_state.get(_TIMES_SET, 0)} {hash(options)}"


def _open_or_hide() -> None:
    st.session_state[_OPEN] = not st.session_state.get(_OPEN, False)


def _take(field: str, key: str) -> None:
    value = st.session_state[key]
    chosen = {**st.session_state.get(_CHOSEN, {})}
    chosen[field] = tuple(value) if isinstance(value, list) else value
    st.session_state[_CHOSEN], st.session_state[_TOUCHED] = chosen, True


def _drop(fields: Sequence[str]) -> None:
    chosen = st.session_state.get(_CHOSEN, {})
    _set({field: value for field, value in chosen.items() if field not in fields})


def _set(chosen: dict[str, Any]) -> None:
    st.session_state[_CHOSEN], st.session_state[_TOUCHED] = chosen, True
    st.session_state[_TIMES_SET] = st.session_state.get(_TIMES_SET, 0) + 1


def _write_address(parameters: dict[str, list[str]]) -> None:
    """Also takes out what the index does not know, and a question that a link brought."""
    if parameters != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(parameters)
    st.session_state[_ADDRESS] = parameters
    st.session_state.pop(_TOUCHED, None)
