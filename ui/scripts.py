"""The page's own scripts: what no widget of Streamlit does. They ask and send nothing.

The Content-Security-Policy lets each in by its hash (`ui.server`). A script runs once in a
browser's tab, however often the page is drawn.
"""

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent
SCRIPTS: tuple[str, ...] = tuple(
    (_FOLDER / name).read_text("utf-8").strip() for name in ("copying.js", "question_box.js")
)
"""What makes the copy buttons work wherever they stand, and the focus follow the question."""


def run_scripts() -> None:
    """Bring the scripts to the browser; once on a page."""
    st.html(
        "".join(f"<script>{script}</script>" for script in SCRIPTS), unsafe_allow_javascript=True
    )
