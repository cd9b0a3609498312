"""What trafilatura takes for the article, as evidence about each block of a page.

It judges well which part of a page is the article, but it drops lists, figures, folded text and
whatever has an unlucky class name, and it gives no levels of headings. So its output is not read
but asked: is this block of the page in it?
"""

from collections.abc import Iterable
from contextlib import suppress
from itertools import islice

import trafilatura
from lxml import html
from lxml.html import HtmlElement

from ingest.formats.html.blocks import html_blocks

RUN = 5
"""Words of a run: blocks with fewer are looked for as whole lines, "Share" stands in many."""
MIN_SHARE = 0.5
"""A block is in the output when this share of its runs is: marks in it may be written otherwise."""


class Extraction:
    """The words of an extracted article, for asking whether a block of the page is in it."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = [normalised(line) for text in texts for line in text.split("\n")]
        self._lines = set(lines)
        self._runs = {run for line in lines for run in _runs(line.split())}

    def __bool__(self) -> bool:
        return bool(self._lines - {""})

    def has(self, text: str) -> bool:
        """Whether a block's text is in the article."""
        words = normalised(text).split()
        if len(words) < RUN:
            return " ".join(words) in self._lines
        runs = _runs(words)
        return sum(run in self._runs for run in runs) >= MIN_SHARE * len(runs)


def extract(page: HtmlElement) -> Extraction:
    """Ask trafilatura for the article of a page; nothing where it finds none."""
    article = None
    # Its own errors (it documents ValueError) and lxml's on odd characters: no evidence then.
    with suppress(Exception):
        article = trafilatura.extract(
            page,
            output_format="html",
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            deduplicate=False,
        )
    if not article:
        return Extraction(())
    return Extraction(block.text for block in html_blocks(html.fromstring(article)))


def normalised(text: str) -> str:
    """Letters and digits of a text in lower case, words parted by single spaces.

    >>> normalised("Knee-pain (left),  10 years.")
    'knee pain left 10 years'
    """
    kept = "".join(character if character.isalnum() else " " for character in text.lower())
    return " ".join(kept.split())


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(islice(words, start, None) for start in range(RUN)), strict=False))
