"""Hits as files to save: one button for each format, under a name that tells nothing of them."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from search.exports import EXPORTS, Export
from search.hits import Hit


def export_hits(hits: Sequence[Hit], what: str) -> None:
    """Offer hits in every format; `what` ("results", "kept") is part of the files' names."""
    if not hits:
        return
    with st.popover(f"Export {what}", type="tertiary", key=f"export-{what}"):
        st.html('<p class="cb-aside">The question is in none of these files.</p>')
        export_buttons(hits, what)


def export_buttons(hits: Sequence[Hit], what: str) -> None:
    """The buttons alone, for a place that is about these hits already."""
    with st.container(horizontal=True, key=f"exports-{what}"):
        for export in EXPORTS:
            st.download_button(
                export.name,
                partial(_written, export, tuple(hits)),
                file_name=file_name(what, export, date.today()),
                mime=export.media_type,
                key=f"export-{what}-{export.ending}",
                on_click="ignore",
            )


def file_name(what: str, export: Export, day: date) -> str:
    """What a file is called: never after the question.

    >>> file_name("results", EXPORTS[0], date(2026, 11, 22))
    'casebook-results-2026-11-22.ris'
    """
    return f"casebook-{what}-{day.isoformat()}.{export.ending}"


def _written(export: Export, hits: Sequence[Hit]) -> bytes:
    # Half of a surrogate pair, as a damaged document may hold, has no UTF-8.
    return export.write(hits).encode("utf-8", "replace")
