"""The door of the page: lets in who may read, shows everybody else why not and what to do."""

import streamlit as st

from ui import notices
from ui.access import READ, end_sign_in, may, require, rules, signed_in, signed_in_name
from ui.markup import escape
from ui.rules import Rules, RulesError
from ui.search_page import STYLE

_MOST_SECONDS_BETWEEN_LOOKS = 15.0
"""An open page looks this often whether its sign-in has ended, to clear what it shows."""
_HEADER = (
    '<header class="cb-header"><h1>Casebook</h1>'
    "<p>Sign in to search the case literature on this server.</p></header>"
)
_ONLY_HERE = (
    "This page opens only on the machine that it runs on, and without a proxy before it. "
    "For a server with sign-in see docs/hospital.md."
)


def admitted() -> bool:
    """Whether the visitor may read; draws the door where they may not."""
    try:
        in_force = rules()
    except RulesError as error:
        st.html(notices.problem(f"Nobody is let in: {error} See docs/hospital.md."))
        return False
    if may(READ):
        require(READ)  # being here is using
        if in_force:
            _account(in_force)
        return True
    # What the session holds was asked by somebody who is no longer, or never was, let in.
    st.session_state.clear()
    if in_force:
        _door()
    else:
        st.html(notices.problem(_ONLY_HERE))
    return False


def sign_out() -> None:
    """End the visitor's sign-in here, in other tabs, and at the provider where it offers that."""
    end_sign_in()
    st.session_state.clear()
    st.logout()


def _account(in_force: Rules) -> None:
    """Who is signed in, the way out, and the look at the clock."""
    place = st.container(
        horizontal=True, horizontal_alignment="right", vertical_alignment="center", key="account"
    )
    with place:
        st.html(
            f"<p class='cb-aside'>Signed in as <b>{escape(signed_in_name())}</b></p>",
            width="content",
        )
        st.button("Sign out", on_click=sign_out, type="tertiary")
    seconds = min(_MOST_SECONDS_BETWEEN_LOOKS, in_force.idle_minutes * 60 / 4)
    st.fragment(_leave_when_ended, run_every=seconds)()


def _leave_when_ended() -> None:
    if not may(READ):
        st.rerun()


def _door() -> None:
    st.html(STYLE)
    st.html(_HEADER)
    if signed_in():
        st.html(
            '<div class="cb-notice" role="status"><h2>Nothing is open to you now</h2>'
            f"<p>{escape(signed_in_name())}, either your sign-in lay unused for a while, or you "
            "have not been given a part here. Sign in again, or ask whoever runs this server.</p>"
            "</div>"
        )
    st.button("Sign in", on_click=st.login, type="primary")
