"""A hit among the passages around it, and on the page as it was printed."""

from collections.abc import Sequence

import streamlit as st

from ingest.documents import Passage
from search.hits import Hit
from search.output import place_of
from search.service import SearchService
from ui.cards import marked, without_overlap
from ui.markup import escape, is_web_address, link_or_text
from ui.notices import problem
from ui.page_picture import show_pages

INDEX_CHANGED = "The index has changed since: search again for the context."
_TEXT, _PRINTED = "Text", "Page as printed"


def show_context(service: SearchService, hit: Hit) -> None:
    """The section around a hit; for a PDF its page as a picture as well."""
    passage_id = hit.passage.passage_id
    passages = service.context(passage_id)
    if hit.passage not in passages:
        st.html(problem(INDEX_CHANGED))
        return
    st.html(heading(hit))
    shown = _TEXT
    if hit.passage.page is not None:
        shown = st.segmented_control(
            "Show the passage as", (_TEXT, _PRINTED), default=_TEXT, required=True,
            key=f"shown as {passage_id}", label_visibility="collapsed",
        )  # fmt: skip
    if shown == _PRINTED:
        show_pages(service, hit)
    else:
        st.html(around(hit, passages))


def heading(hit: Hit) -> str:
    """What is read, and where it comes from."""
    source = hit.metadata.url or hit.source
    link = f"<p>{link_or_text(source)}</p>" if is_web_address(source) else ""
    return (
        f'<header class="cb-look"><h3 class="cb-title" dir="auto">{escape(hit.title)}</h3>'
        f'<p class="cb-place" dir="auto">{escape(place_of(hit))}</p>{link}</header>'
    )


def around(hit: Hit, passages: Sequence[Passage]) -> str:
    """The passages in their order, nothing twice, the hit's own set apart among them."""
    centre = list(passages).index(hit.passage)
    parts = []
    for place, text in enumerate(without_overlap(passages, centre)):
        passage = passages[place]
        if passage.section and (place == 0 or passages[place - 1].section != passage.section):
            parts.append(f'<h4 class="cb-place" dir="auto">{escape(passage.section)}</h4>')
        if place == centre:
            parts.append(
                '<div class="cb-passage" dir="auto" role="group" aria-label="The passage found">'
                f"{marked(hit)}</div>"
            )
        elif text:
            parts.append(f'<div class="cb-neighbour" dir="auto">{escape(text)}</div>')
    return f'<div class="cb-context">{"".join(parts)}</div>'
