"""What can be done with a hit: read around it, find cases like it, copy it, keep it."""

from pathlib import Path

import streamlit as st

from search.hits import Hit
from search.service import SearchService
from ui.closer_look import View, look_closer
from ui.copying import copy_button, copy_script
from ui.kept_list import keep_button

_STYLE = Path(__file__).with_suffix(".css")


def prepare_hit_actions() -> None:
    """What every row and dialog on a page needs, drawn once: their looks, and what copies."""
    st.html(_STYLE)
    copy_script()


def hit_actions(service: SearchService, hit: Hit) -> None:
    """The row of buttons below a card of the results."""
    passage_id = hit.passage.passage_id
    with st.container(horizontal=True, key=f"actions {passage_id}"):
        # Keyed by passage: another question's first card must not come opened.
        if st.button("Show in context", key=f"context {passage_id}", type="tertiary"):
            look_closer(service, View("context", hit))
        if st.button("Similar cases", key=f"similar {passage_id}", type="tertiary"):
            look_closer(service, View("similar", hit))
        copy_button(hit)
        keep_button(hit, "results")
