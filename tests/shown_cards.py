"""Hits made by hand for tests of the page, and what a browser makes of HTML."""

from html.parser import HTMLParser

from ingest.documents import Metadata, Passage
from search.hits import Hit, Snippet

HOSTILE = (
    '<img src=x onerror="alert(1)"><script>alert(2)</script> </mark></article> '
    "![seen](http://evil.example/?q) [here](javascript:alert(3)) $\\frac{1}{2}$ :red[alarm] "
    "{{ form }} &lt;b&gt; `code`"
)
NOTHING_STATED = Metadata()


class Letters(HTMLParser):
    """What a browser makes of HTML: the tags that it opens, and the text that it shows."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.chunks: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.chunks.append(data)

    @property
    def text(self) -> str:
        """All that is shown, letter by letter."""
        return "".join(self.chunks)


def passage(start: int, text: str, ordinal: int = 0, section: str = "Findings") -> Passage:
    return Passage("d", ordinal, section, "", None, None, start, start + len(text), text)


def hit(
    text: str = "One. Two. Three.",
    snippet: tuple[int, int] = (5, 9),
    title: str = "A case",
    source: str = "/a/b.pdf",
    metadata: Metadata = NOTHING_STATED,
    pages: tuple[int | None, int | None] = (None, None),
) -> Hit:
    """A hit whose passage starts at character 100 of its document."""
    shown = Passage("d", 0, "Findings", "", *pages, 100, 100 + len(text), text)
    start, end = snippet
    marked = Snippet(100 + start, 100 + end, text[start:end])
    return Hit(1, 0.42, shown, title, metadata, source, "Doe J. A case.", marked)


def hostile_hit() -> Hit:
    stated = Metadata(journal=HOSTILE, document_type=HOSTILE)
    return hit(HOSTILE, (0, 20), HOSTILE, f"javascript:{HOSTILE}", stated)
