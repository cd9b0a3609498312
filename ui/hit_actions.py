"""What can be done with a hit beside copying it: read around it, find cases like it, keep it."""

from pathlib import Path

import streamlit as st

from search.hits import Hit
from search.service import SearchService
from ui.closer_look import View, look_closer
from ui.kept_list import keep_button

_STYLE = Path(__file__).with_suffix(".css")


def prepare_hit_actions() -> None:
    """The looks of what every card and dialog on a page has; once on a page."""
    st.html(_STYLE)


def hit_actions(service: SearchService, hit: Hit) -> None:
    """The buttons below a card of the results, in the card's own container.

    Each element of a page costs the server as much as encoding two words: no row of their own.
    """
    passage_id = hit.passage.passage_id
    # Keyed by passage: another question's first card must not come opened.
    if st.button("Show in context", key=f"context {passage_id}", type="tertiary"):
        look_closer(service, View("context", hit))
    if st.button("Similar cases", key=f"similar {passage_id}", type="tertiary"):
        look_closer(service, View("similar", hit))
    keep_button(hit, "results")
