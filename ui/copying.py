"""A button that copies a passage with its citation, in one click and without the network.

What it copies stands hidden beside it, escaped as all text of documents is. One script for the
whole page does the copying (`ui.scripts`). Pure.
"""

from search.hits import Hit
from search.output import place_of
from ui.markup import escape, visible


def copying(text: str) -> str:
    """The button as HTML, with what it copies: a part of the card, not an element of its own."""
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
