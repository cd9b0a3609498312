"""Which lines of a PDF are headings, and how wide a part each opens. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ingest.blocks import Block
from ingest.formats.pdf.print import Line
from ingest.formats.text import VERB, looks_like_heading, split_label
from ingest.sections import ABSTRACT, BACK_MATTER, KEYWORDS, OTHER, REFERENCES, section_kind

MAX_HEADING_WORDS = 20
MAX_PLAIN_HEADING_WORDS = 3
MAX_HEADING_LINES = 5
"""More lines set alike, one under the other, are a paragraph in other letters."""
SURE_KINDS = frozenset({REFERENCES, ABSTRACT, BACK_MATTER})
"""A line that is one of these names is a heading wherever it stands; other names are words too."""
MIN_NUMBERED = 3
"""So many headings with numbers ("2.1 …") show that the numbers tell how wide a part is."""

_RUN_IN = re.compile(
    r"(A ?B ?S ?T ?R ?A ?C ?T|Abstract|Summary|S ?U ?M ?M ?A ?R ?Y|Key ?[Ww]ords|KEY ?WORDS)"
    r"(?:\s*[.:—–-]\s*|\s+)(?=[A-Z“\"])"
)
_NUMBERED_RUN_IN = re.compile(r"(\d{1,2}(?:\.\d{1,2})+\.?\s+[A-Z][^.:!?]{2,80})\.\s+(?=[A-Z])")
_NUMBERING = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")


class Style(NamedTuple):
    """How a line is set: lines of one heading are set alike."""

    size: float
    bold: bool
    italic: bool = False
    font: str = ""

    @classmethod
    def of(cls, line: Line) -> "Style":
        """How this line is set."""
        return cls(line.size, line.bold, line.italic, line.font)


def can_be_heading(text: str) -> bool:
    """Whether words that are set as a heading can be one."""
    return (
        len(text.split()) <= MAX_HEADING_WORDS
        and not text.endswith((",", ";", "."))
        and sum(c.isalpha() for c in text) > 1
    )


def names_a_kind(text: str) -> bool:
    """A heading that the fonts do not show: a few words that name a kind of section."""
    few = len(text.split()) <= MAX_PLAIN_HEADING_WORDS and not VERB.search(text)
    return few and looks_like_heading(text) and section_kind(text) != OTHER


def take_run_in(text: str) -> tuple[str, str]:
    """A heading that a paragraph's first line begins with, and the rest; "" without one.

    >>> take_run_in("Abstract We saw a dancer."), take_run_in("Abstract thoughts help.")
    (('Abstract', 'We saw a dancer.'), ('', 'Abstract thoughts help.'))
    """
    match = _RUN_IN.match(text)
    if match and section_kind(match[1].replace(" ", "")) in (ABSTRACT, KEYWORDS):
        return match[1], text[match.end() :]
    numbered = _NUMBERED_RUN_IN.match(text)
    return (numbered[1], text[numbered.end() :]) if numbered else split_label(text)


def are_one_heading(above: str, line: str) -> bool:
    """Whether two lines that are set alike can be one heading that was too long for a line."""
    if names_a_kind(above) and not line[:1].islower():
        return False
    return section_kind(above) not in SURE_KINDS and section_kind(line) not in SURE_KINDS


def with_levels(blocks: Sequence[Block], styles: Mapping[int, Style]) -> list[Block]:
    """The blocks with each heading's level: by its number where they have them, else its letters.

    `styles` tells by a block's index how its heading is set. The title, and what stands above the
    first heading that names a kind of section, opens no part and keeps level 0.
    """
    headings = {index: block for index, block in enumerate(blocks) if block.is_heading}
    first = _first(headings, styles)
    ranked = {n: styles[n] for n in headings if n in styles and n >= first}
    order = sorted({(-style.size, not style.bold, style.italic) for style in ranked.values()})
    depths = {n: match[1].count(".") + 1 for n, b in headings.items() if (match := _number(b))}
    levels = {
        n: order.index((-style.size, not style.bold, style.italic)) + 1
        for n, style in ranked.items()
    }
    if len(depths) >= MIN_NUMBERED:
        levels.update(depths)
    return [replace(b, level=levels[n]) if n in levels else b for n, b in enumerate(blocks)]


def _first(headings: Mapping[int, Block], styles: Mapping[int, Style]) -> int:
    """The first heading that names a kind of section and is not set as large as the title."""
    on_first_page = [
        styles[n].size for n, block in headings.items() if block.page == 1 and n in styles
    ]
    largest = max(on_first_page, default=0.0)
    if sum(style.size == largest for style in styles.values()) > 1:
        largest = 0.0  # a title is alone
    named = (
        n
        for n, block in headings.items()
        if section_kind(block.text) != OTHER and not (n in styles and styles[n].size == largest)
    )
    return next(named, len(headings) and max(headings) + 1)


def _number(block: Block) -> re.Match[str] | None:
    return _NUMBERING.match(block.text)
