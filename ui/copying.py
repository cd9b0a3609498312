"""A button that copies a passage with its citation, in one click and without the network.

What it copies stands hidden beside it, escaped as all text of documents is. One script for the
whole page does the copying; the Content-Security-Policy lets it in by its hash.
"""

from pathlib import Path

import streamlit as st

from search.hits import Hit
from search.output import place_of
from ui.markup import escape, visible

COPY_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8").strip()
"""To be allowed by its hash in the Content-Security-Policy (`ui.server`)."""


def copy_script() -> None:
    """What makes the copy buttons work, wherever they stand; once on a page."""
    st.html(f"<script>{COPY_SCRIPT}</script>", unsafe_allow_javascript=True)


def copy_button(hit: Hit) -> None:
    """Copies what `quotation` gives."""
    st.html(copying(quotation(hit)), width="content")


def copying(text: str) -> str:
    """The button as HTML, with what it copies."""
    return (
        '<div class="cb-copying"><button type="button" class="cb-copy-button">Copy with citation'
        '</button><span role="status"></span>'
        f'<span class="cb-quotation" hidden>{escape(text)}</span></div>'
    )


def quotation(hit: Hit) -> str:
    """A passage in quotation marks, where it stands, and its citation in AMA style."""
    place = place_of(hit)
    quote = f"“{hit.passage.text.strip()}”" + (f" ({place})" if place else "")
    return visible(f"{quote}\n{hit.citation}\n")
