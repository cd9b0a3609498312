"""The search page: asks the service and shows hits; it decides nothing about ranking.

The question lives in the session only: not in the address, not in a log. What stands below the box
belongs to one question: the place is cleared before anything else is asked, so that no card of an
earlier one is ever seen under a new one.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from index.location import index_place
from search.errors import FilterError
from search.hits import Answer, Hit, IndexState
from search.queries import Filters, Query
from search.ranking import Ranking
from search.service import SearchService
from ui import notices
from ui.access import rules
from ui.cards import card
from ui.exporting import export_hits
from ui.failures import failures_shown
from ui.filters import chosen_filters, show_filters
from ui.hit_actions import hit_actions, prepare_hit_actions
from ui.kept_list import kept_list_button
from ui.opening import asked_host, is_asked_elsewhere, service_or_build
from ui.question_box import ask, question_box
from ui.scripts import run_scripts
from ui.sharing import ask_what_a_link_brought, share_button

STYLE = Path(__file__).with_suffix(".css")
EXAMPLES = (
    "Low platelets while on an antibiotic for an infected shoulder",
    "Long-standing calf pain in a runner: does hydrodissection help?",
    "Numb fingers and a swollen hand after a cat bite",
    "Both quadriceps tendons torn without an injury",
    "Painful lump in the crook of the elbow",
)
_ANSWER, _OWN_WORDS = "answer", "own words"
_Key = tuple[Query, Ranking, int]


def search_page() -> None:
    """Draw the page from what the session holds."""
    st.html(STYLE)
    prepare_hit_actions()
    run_scripts()
    machine = notices.SERVER if rules() or is_asked_elsewhere() else notices.MACHINE
    st.html(notices.header(machine))
    index_line = st.container(key="index")
    ask_what_a_link_brought()
    asked = question_box()
    with failures_shown():
        place = index_place()
        opened = service_or_build(place)
        if opened is None:
            return
        service, state = opened
        index_line.html(notices.index_line(state, machine, asked_host(place)))
        tools = st.container(key="tools")
        filters = _filters(service, tools)
        if filters is None:
            return
        if asked:
            _results(service, state, Query(asked, filters=filters), tools)
        else:
            _show_tools(service, filters, tools)
            _show_examples()


def _filters(service: SearchService, tools: DeltaGenerator) -> Filters | None:
    """The filters in force; None where they make no sense, which is said."""
    try:
        return chosen_filters(service)
    except FilterError as error:
        _show_tools(service, None, tools)
        st.html(notices.problem(str(error)))
        return None


def _show_tools(service: SearchService, filters: Filters | None, place: DeltaGenerator) -> None:
    with place:
        row = st.container(horizontal=True, vertical_alignment="center", key="tools_row")
        panel = st.container(key="filter_place")
        with row:
            show_filters(service, filters, panel)
            kept_list_button()


def _show_examples() -> None:
    st.html(notices.EXAMPLES_HEADING)
    with st.container(horizontal=True, key="examples"):
        for question in EXAMPLES:
            st.button(question, on_click=ask, args=(question,), wrap=True)


def _results(
    service: SearchService, state: IndexState, query: Query, tools: DeltaGenerator
) -> None:
    """The answer to a query, and what can be done with it."""
    understood = st.container(horizontal=True, vertical_alignment="top", key="understood")
    read_as = understood.empty()
    answer = _kept_answer(state, query)
    # One thing at a time stands in this place, and what was there goes before anything is asked.
    # An answer that is still good is drawn over itself: a fold that was opened stays open.
    place = st.container() if answer else st.empty()
    if answer is None:
        place.html(notices.WAITING)
    _show_tools(service, query.filters, tools)
    if answer is None:
        answer = _searched(service, query, place)
    with understood:
        _show_expansions(answer, read_as)
    with place.container():
        _show(service, answer, query)


def _ranking() -> Ranking:
    return Ranking(vocabulary=not _own_words_only())


def _kept_answer(state: IndexState, query: Query) -> Answer | None:
    """The answer that is shown already, if it is that of the newest generation."""
    kept: tuple[_Key, Answer] | None = st.session_state.get(_ANSWER)
    asked = (query, _ranking(), state.generation)
    return kept[1] if kept and kept[0] == asked else None


def _searched(service: SearchService, query: Query, place: DeltaGenerator) -> Answer:
    """A new answer; where there is none, nothing is left that looks like waiting for it."""
    try:
        answer = service.search(query, _ranking())
    except Exception:
        place.empty()
        raise
    st.session_state[_ANSWER] = ((query, _ranking(), answer.index.generation), answer)
    return answer


def _own_words_only() -> bool:
    return bool(st.session_state.get(_OWN_WORDS))


def _show_expansions(answer: Answer, line: DeltaGenerator) -> None:
    """What was searched for as well, and its switch; neither where there is nothing to switch."""
    if not (answer.expansions or _own_words_only()):
        return
    line.html(notices.expansions_line(answer) or notices.OWN_WORDS_ONLY)
    # Kept for the session: a question without expansions has no switch and must not reset it.
    st.toggle("Search only my own words", key=_OWN_WORDS, persist_state="session")


def _show(service: SearchService, answer: Answer, query: Query) -> None:
    st.html(notices.asked_line(answer.query))
    likely = [hit for hit in answer.hits if hit.strength != "none"]
    others = [hit for hit in answer.hits if hit.strength == "none"]
    if answer.answered:
        with st.container(horizontal=True, vertical_alignment="center", key="found"):
            st.html(notices.found_line(answer))
            share_button(answer.query, query.filters)
            export_hits(likely, "results")
        label = f"{len(others)} more, probably about something else"
    else:
        st.html(notices.nothing_fits(query.filters.any_set()))
        label = "The nearest passages, none of them relevant"
    _show_hits(service, answer, likely)
    if others:
        with st.expander(label):
            _show_hits(service, answer, others)


def _show_hits(service: SearchService, answer: Answer, hits: Sequence[Hit]) -> None:
    for hit in hits:
        with st.container(border=True, horizontal=True, key=f"hit-{hit.rank}"):
            st.html(card(hit, answer.expansions))
            hit_actions(service, hit)
