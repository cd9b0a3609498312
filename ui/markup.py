"""Text of documents as HTML that shows it letter by letter. Pure.

Whatever a page takes from a document, a path, a question or an error goes through `escape` and is
shown by `st.html` inside our own tags. Streamlit's other ways of showing text read Markdown in it,
and fetch the images that it names.
"""

import html
from collections.abc import Sequence
from urllib.parse import urlsplit

_STEERING = {mark: f"[U+{mark:04X}]" for mark in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Marks that turn the text after them round (Unicode TR9): seen as what they are, not obeyed."""


def escape(text: str) -> str:
    """Text as it may stand between our tags and in our quoted attributes.

    >>> escape('<img src="x"> & \u202egnp')
    '&lt;img src=&quot;x&quot;&gt; &amp; [U+202E]gnp'
    """
    return html.escape(visible(text))


def visible(text: str) -> str:
    """Text for a place that reads no HTML, as the clipboard: marks that steer it are seen.

    >>> visible("a\u202eb")
    'a[U+202E]b'
    """
    return text.translate(_STEERING)


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


def few_and_more(items: Sequence[str], few: int) -> str:
    """Ready items as a list; of many, those after the first few are folded away, with their number.

    One alone is not folded: it takes no more room than the word for it.

    >>> few_and_more(["a", "b", "c"], 1)
    '<ul><li>a</li></ul><details><summary>2 more</summary><ul><li>b</li><li>c</li></ul></details>'
    """
    last = few if len(items) > few + 1 else len(items)
    shown, folded = items[:last], items[last:]
    more = f"<details><summary>{len(folded)} more</summary>{_list(folded)}</details>"
    return _list(shown) + (more if folded else "")


def _list(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def site_of(source: str) -> str:
    """The host of a web address, "" for a path.

    >>> site_of("https://www.example.org/a/b"), site_of("/home/me/a.pdf")
    ('example.org', '')
    """
    if not is_web_address(source):
        return ""
    return (urlsplit(source).hostname or "").removeprefix("www.")
