"""Text of documents as HTML that shows it letter by letter. Pure.

Whatever a page takes from a document, a path, a question or an error goes through `escape` and is
shown by `st.html` inside our own tags. Streamlit's other ways of showing text read Markdown in it,
and fetch the images that it names.
"""

import html
from urllib.parse import urlsplit

_STEERING = {mark: f"[U+{mark:04X}]" for mark in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Marks that turn the text after them round (Unicode TR9): seen as what they are, not obeyed."""


def escape(text: str) -> str:
    """Text as it may stand between our tags and in our quoted attributes.

    >>> escape('<img src="x"> & \u202egnp')
    '&lt;img src=&quot;x&quot;&gt; &amp; [U+202E]gnp'
    """
    return html.escape(text.translate(_STEERING))


def is_web_address(text: str) -> bool:
    """Whether a text may become a link: http or https with a host, nothing that runs.

    >>> is_web_address("https://doi.org/10.1136/bmj.1"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        address = urlsplit(text)
        return address.scheme in ("http", "https") and bool(address.hostname)
    except ValueError:
        return False


def link_or_text(source: str) -> str:
    """A source as a link where it is a web address, else as the text that it is."""
    shown = escape(source)
    if not is_web_address(source):
        return f"<span>{shown}</span>"
    return f'<a href="{shown}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def site_of(source: str) -> str:
    """The host of a web address, "" for a path.

    >>> site_of("https://www.example.org/a/b"), site_of("/home/me/a.pdf")
    ('example.org', '')
    """
    if not is_web_address(source):
        return ""
    return (urlsplit(source).hostname or "").removeprefix("www.")
