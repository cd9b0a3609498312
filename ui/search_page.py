"""The search page: asks the service and shows hits; it decides nothing about ranking.

The question lives in the session only: not in the address, not in a log.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from index.location import index_folder
from search.hits import Answer, Hit
from search.queries import Filters, Query
from search.ranking import Ranking
from search.service import SearchService
from ui import notices
from ui.cards import card
from ui.failures import failures_shown
from ui.filters import choose_filters
from ui.opening import service_or_build

STYLE = Path(__file__).with_suffix(".css")
EXAMPLES = (
    "Low platelets while on an antibiotic for an infected shoulder",
    "Long-standing calf pain in a runner: does hydrodissection help?",
    "Numb fingers and a swollen hand after a cat bite",
    "Both quadriceps tendons torn without an injury",
    "Painful lump in the crook of the elbow",
)
_QUESTION, _ASKED, _ANSWER, _OWN_WORDS = "question", "asked", "answer", "own words"


def search_page() -> None:
    """Draw the page from what the session holds."""
    st.html(STYLE)
    st.html(notices.HEADER)
    index_line = st.container(key="index")
    asked = _ask()
    with failures_shown():
        service = service_or_build(index_folder())
        if service is None:
            return
        index_line.html(notices.index_line(service.state()))
        filters = choose_filters(service.document_types())
        understood = st.container(horizontal=True, vertical_alignment="top", key="understood")
        read_as = understood.empty()
        place = st.empty()  # one thing at a time stands here, so nothing old is seen under it
        if not asked:
            _show_examples(place)
            return
        answer = _answer(service, Query(asked, filters=filters), place)
        with understood:
            _show_expansions(answer, read_as)
        with place.container():
            _show(service, answer, filters)


def _ask() -> str:
    """The question box; gives what was last asked, "" before that."""
    with (
        st.form(_QUESTION + "_form", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(
            "Your question, or a whole case",
            type="search",
            key=_QUESTION,
            placeholder="Ask in your own words, or paste a case",
            autocomplete="off",
        )
        st.form_submit_button("Search", type="primary", on_click=_remember_question)
    asked: str = st.session_state.get(_ASKED, "")
    return asked


def _remember_question() -> None:
    st.session_state[_ASKED] = st.session_state[_QUESTION].strip()


def _ask_example(question: str) -> None:
    st.session_state[_QUESTION] = st.session_state[_ASKED] = question


def _show_examples(place: DeltaGenerator) -> None:
    with place.container():
        st.html(notices.EXAMPLES_HEADING)
        with st.container(horizontal=True, key="examples"):
            for question in EXAMPLES:
                st.button(question, on_click=_ask_example, args=(question,), wrap=True)


def _answer(service: SearchService, query: Query, place: DeltaGenerator) -> Answer:
    """The answer of the newest generation; asked once, however often the page is drawn."""
    ranking = Ranking(vocabulary=not _own_words_only())
    kept: tuple[object, Answer] | None = st.session_state.get(_ANSWER)
    if kept and kept[0] == (query, ranking, service.state().generation):
        return kept[1]
    place.html(notices.WAITING)
    answer = service.search(query, ranking)
    st.session_state[_ANSWER] = ((query, ranking, answer.index.generation), answer)
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


def _show(service: SearchService, answer: Answer, filters: Filters) -> None:
    if answer.answered:
        st.html(notices.found_line(answer))
        _show_hits(service, [hit for hit in answer.hits if hit.strength != "none"])
        folded = [hit for hit in answer.hits if hit.strength == "none"]
        label = f"{len(folded)} more, probably about something else"
    else:
        st.html(notices.nothing_fits(filters.any_set()))
        folded, label = list(answer.hits), "The nearest passages, none of them relevant"
    if folded:
        with st.expander(label):
            _show_hits(service, folded)


def _show_hits(service: SearchService, hits: Sequence[Hit]) -> None:
    for hit in hits:
        _show_hit(service, hit)


def _show_hit(service: SearchService, hit: Hit) -> None:
    with st.container(border=True, key=f"hit-{hit.rank}"):
        body = st.empty()
        # Keyed by passage: another question's first card must not come opened.
        opened = st.toggle("Show in context", key=f"context {hit.passage.passage_id}")
        context = service.context(hit.passage.passage_id) if opened else []
        body.html(card(hit, context))
        if opened and hit.passage not in context:
            st.html(notices.problem("The index has changed since: search again for the context."))
