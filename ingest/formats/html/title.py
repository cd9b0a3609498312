"""The title of a page without the marks and the site's name around it. Pure."""

import html
import re
from collections.abc import Collection

_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+(?:\||»|›|::|·|•|–|—|-|/)\s+|\s*\|\s*")
_HARD = re.compile(r"\s*[|»›•·]\s*|\s*::\s*")
_LETTERS = re.compile(r"[^\W_]+")
MIN_TITLE_WORDS = 2
"""What is left of a title when the site's name is taken off has at least so many words."""


def bare_title(title: str) -> str:
    """A title as one line of plain text: no tags, no entities.

    >>> bare_title("Growth of &lt;i&gt;Kingella&lt;/i&gt; in a  knee")
    'Growth of Kingella in a knee'
    """
    once = html.unescape(title)
    return " ".join(html.unescape(_MARKUP.sub("", once)).split())


def without_site(title: str, headings: Collection[str], sites: Collection[str]) -> str:
    """A page's `<title>` without the site's name at its end or beginning.

    The name is what a bar parts off, or a dash where a heading of the page or a name that the site
    gives itself says so: "Hip pain - a case report" stays whole.

    >>> without_site("Calf pain | Blog | North Clinic", [], [])
    'Calf pain'
    >>> without_site("Hip pain - a case report", [], []), without_site("Hip - Clinic", ["Hip"], [])
    ('Hip pain - a case report', 'Hip')
    """
    title = bare_title(title)
    own = {_key(one) for one in headings}
    names = {_key(one) for one in sites} - {""}
    parts = [part for part in _BETWEEN.split(title) if part]
    heading = next((part for part in parts if _key(part) in own), "")
    if heading:
        return heading
    rest = [part for part in parts if _key(part) not in names]
    if len(rest) < len(parts) and rest:
        title = _between(title, rest)
    first = _HARD.split(title)[0].strip()
    return first if len(first.split()) >= MIN_TITLE_WORDS else title


def _between(title: str, rest: list[str]) -> str:
    """The title from the first of the parts that are left to the last."""
    start = title.index(rest[0])
    return title[start : title.rindex(rest[-1]) + len(rest[-1])]


def _key(text: str) -> str:
    return "".join(_LETTERS.findall(text.lower()))
