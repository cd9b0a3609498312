"""A link that asks the same question again: made only when somebody asks for it.

The page says first what the link means. A link that was followed is asked once and taken out of
the address at once (`ui.filters` writes the address anew), so that it is not shared by accident.
"""

import streamlit as st

from search.queries import Filters
from ui import notices
from ui.address import MAX_QUESTION, QUESTION, link
from ui.question_box import ask

_WANTED = "link wanted for"


def ask_what_a_link_brought() -> None:
    """Ask the question of the address, once; nothing where it holds none."""
    question = st.query_params.get(QUESTION, "")
    if question:
        del st.query_params[QUESTION]
        if len(question) <= MAX_QUESTION:
            ask(question)


def share_button(question: str, filters: Filters) -> None:
    """What a link with the question means, and then the link."""
    with st.popover("Link with the question", type="tertiary", key="share"):
        st.html(notices.SHARE_WARNING)
        if len(question) > MAX_QUESTION:
            st.html(notices.problem(notices.LINK_TOO_LONG))
        elif st.session_state.get(_WANTED) == (question, filters):
            # Letters, digits and % only (`link`): a code block reads no Markdown.
            st.code(link(st.context.url or "", filters, question), language=None, wrap_lines=True)
        else:
            st.button("Make the link", key="make_link", on_click=_want, args=(question, filters))


def _want(question: str, filters: Filters) -> None:
    st.session_state[_WANTED] = (question, filters)
