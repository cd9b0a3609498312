"""Cases like one that was found."""

from collections.abc import Callable

import streamlit as st

from search.hits import Hit
from search.service import SearchService
from ui.cards import card
from ui.kept_list import keep_button
from ui.markup import escape

NONE_SIMILAR = "No other document in this index tells of something like it."


def show_similar(service: SearchService, hit: Hit, read: Callable[[Hit], None]) -> None:
    """Cards of the nearest passages of other documents; `read` opens one in its context."""
    st.html(
        '<header class="cb-look"><p>Cases like the one in</p>'
        f'<h3 class="cb-title" dir="auto">{escape(hit.title)}</h3></header>'
    )
    similar = service.similar(hit.passage.passage_id)
    if not similar:
        st.html(f'<p class="cb-aside" role="status">{NONE_SIMILAR}</p>')
    for one in similar:
        with st.container(border=True, horizontal=True, key=f"similar-{one.rank}"):
            st.html(card(one))
            key = f"context similar {one.passage.passage_id}"
            st.button("Show in context", key=key, type="tertiary", on_click=read, args=(one,))
            keep_button(one, "similar")
