"""The question box: one line for a question, several for a pasted case; both ask the same way.

Enter and the button ask. A long text that was pasted into the line opens the larger box by itself,
where all of it can be read and changed; there Enter begins a new line, and Ctrl + Enter asks.
The question lives in the session only.
"""

import streamlit as st

ASKED = "asked"
QUESTION, CASE = "question", "case"
_IN_CASE = "a case is being written"
_LINE_CHARACTERS = 160
"""About two widths of the line on a desk's screen: more cannot be read in it."""
_CASE_HEIGHT = 150
"""Pixels, six lines: the first hit stays in sight under it. It can be drawn larger."""


def question_box() -> str:
    """Draw the box; gives what was last asked, "" before that."""
    in_case = bool(st.session_state.get(_IN_CASE))
    with st.form("question_form", border=False), st.container(key="ask"):
        if in_case:
            _case_box()
        else:
            _line_box()
        st.form_submit_button(
            "Use one line" if in_case else "Paste a whole case",
            key="change_box",
            type="tertiary",
            on_click=_change_box,
        )
    asked: str = st.session_state.get(ASKED, "")
    return asked


def ask(question: str) -> None:
    """Ask as if it had been typed."""
    text = question.strip()
    st.session_state[ASKED] = text
    _put(text, in_case=len(text) > _LINE_CHARACTERS or "\n" in text)


def _line_box() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Your question",
            type="search",
            key=QUESTION,
            placeholder="Ask in your own words, or paste a case",
            autocomplete="off",
            persist_state="session",
        )
        st.form_submit_button("Search", type="primary", on_click=_ask_written, key="search")


def _case_box() -> None:
    st.text_area(
        "Your case (Ctrl + Enter searches)",
        key=CASE,
        height=_CASE_HEIGHT,
        placeholder="Paste the case: history, findings, what was done",
        persist_state="session",
    )
    st.form_submit_button("Search", type="primary", on_click=_ask_written, key="search")


def _written() -> str:
    text: str = st.session_state.get(CASE if st.session_state.get(_IN_CASE) else QUESTION) or ""
    return text


def _ask_written() -> None:
    """A case stays in the larger box also where it is short: whoever opened it may add to it."""
    if st.session_state.get(_IN_CASE):
        st.session_state[ASKED] = _written().strip()
    else:
        ask(_written())


def _change_box() -> None:
    text = _written()
    if st.session_state.get(_IN_CASE):
        _put(" ".join(text.split()), in_case=False)
    else:
        _put(text, in_case=True)


def _put(text: str, in_case: bool) -> None:
    st.session_state[_IN_CASE] = in_case
    st.session_state[CASE if in_case else QUESTION] = text
