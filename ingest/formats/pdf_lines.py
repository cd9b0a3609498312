"""The lines of PDF pages to headings and paragraphs. Pure.

A PDF knows where letters stand and nothing else: running headers, hyphens and the ends of
paragraphs are read from the lines themselves.
"""

import re
import statistics
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.formats.pdf_fonts import Style
from ingest.formats.text import VERB, looks_like_heading, split_label
from ingest.sections import ABSTRACT, BACK_MATTER, OTHER, REFERENCES, section_kind

EDGE_LINES = 4
"""Running headers and footers are looked for in this many lines at each end of a page."""
RECURRING_SHARE = 0.25
SHORT_LINE = 0.8
"""A line shorter than this share of the usual one, with a full stop, ends a paragraph."""
MAX_HEADING_WORDS = 20
MAX_PLAIN_HEADING_WORDS = 3
SURE_KINDS = frozenset({REFERENCES, ABSTRACT, BACK_MATTER})
"""A line that is one of these names is a heading wherever it stands; other names are words too."""

_PAGE_NUMBER = re.compile(r"^(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = (".", "!", "?", ":", ".)", ".”", '."')


def page_blocks(texts: Sequence[str], emphasised: Sequence[Mapping[str, Style]]) -> list[Block]:
    """Blocks of all pages in order; a paragraph cut by a page break is marked as going on.

    `emphasised` holds for each page the lines that its fonts set apart.
    """
    pages = _without_running_lines([_lines(text) for text in texts], emphasised)
    words = Counter(w.lower() for lines in pages for line in lines for w in _WORD.findall(line))
    lengths = [len(line) for lines in pages for line in lines if len(line) > 20]
    usual = statistics.median(lengths) if lengths else 0.0
    blocks: list[Block] = []
    ended = True
    for number, lines in enumerate(pages, 1):
        apart = emphasised[number - 1]
        for index, line in enumerate(lines):
            if line in apart and _can_be_heading(line):
                before = lines[index - 1] if index and blocks[-1].is_heading else ""
                _add_heading(blocks, line, number, goes_on=_is_one_heading(before, line, apart))
                ended = True
            elif _names_a_kind(line) and (ended or section_kind(line) in SURE_KINDS):
                _add_heading(blocks, line, number, goes_on=False)
                ended = True
            else:
                _add_line(blocks, line, number, ended, words)
                ended = line.endswith(_SENTENCE_END) and len(line) < SHORT_LINE * usual
    return blocks


def _add_heading(blocks: list[Block], line: str, page: int, goes_on: bool) -> None:
    if goes_on:
        line = f"{blocks.pop().text} {line}"
    blocks.append(Block(line, is_heading=True, page=page))


def _add_line(blocks: list[Block], line: str, page: int, starts: bool, words: Counter[str]) -> None:
    if starts:
        label, rest = split_label(line)
        if label:
            blocks.append(Block(label, is_heading=True, page=page))
        blocks.append(Block(rest, page=page))
    elif blocks[-1].page == page:
        before = blocks.pop()
        blocks.append(replace(before, text=_joined(before.text, line, words)))
    else:
        if _is_broken_word(blocks[-1].text, line):  # the word stays on the page that it begins on
            rest_of_word, _, line = line.partition(" ")
            before = blocks.pop()
            blocks.append(replace(before, text=_joined(before.text, rest_of_word, words)))
        blocks.append(Block(line, page=page, continues=True))


def _is_one_heading(before: str, line: str, apart: Mapping[str, Style]) -> bool:
    """Whether two lines set apart are one heading that was too long for a line."""
    sure = section_kind(before) in SURE_KINDS or section_kind(line) in SURE_KINDS
    return before in apart and apart[before] == apart[line] and not sure


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _without_running_lines(
    pages: list[list[str]], emphasised: Sequence[Collection[str]]
) -> list[list[str]]:
    """Drop page numbers, and lines that recur with other digits at the ends of pages."""
    edges = [set(lines[:EDGE_LINES] + lines[-EDGE_LINES:]) for lines in pages]
    alike = Counter(masked for lines in edges for masked in {_masked(line) for line in lines})
    same = Counter(line for lines in edges for line in lines)
    enough = max(3, RECURRING_SHARE * len(pages))

    def recurs(line: str, apart: Collection[str]) -> bool:
        if len(pages) == 2:  # the same line twice is all the evidence that two pages can give
            return same[line] == 2
        is_numbered_heading = same[line] == 1 and (
            _names_a_kind(line) or (line in apart and _is_short(line))
        )
        return alike[_masked(line)] >= enough and not is_numbered_heading

    return [
        [
            line
            for index, line in enumerate(lines)
            if EDGE_LINES <= index < len(lines) - EDGE_LINES
            or not (recurs(line, apart) or _is_page_number(line, index, len(lines)))
        ]
        for lines, apart in zip(pages, emphasised, strict=True)
    ]


def _masked(line: str) -> str:
    return _DIGITS.sub("#", line)


def _is_short(line: str) -> bool:
    return len(line.split()) <= MAX_PLAIN_HEADING_WORDS


def _is_page_number(line: str, index: int, count: int) -> bool:
    return bool(_PAGE_NUMBER.match(line)) and (index < 2 or index >= count - 2)


def _can_be_heading(line: str) -> bool:
    return len(line.split()) <= MAX_HEADING_WORDS and not line.endswith((",", ";", "."))


def _names_a_kind(line: str) -> bool:
    """A heading that the fonts do not show: a few words that name a kind of section."""
    few = _is_short(line) and not VERB.search(line)
    return few and looks_like_heading(line) and section_kind(line) != OTHER


def _is_broken_word(before: str, line: str) -> bool:
    return bool(re.search(r"[^\W\d_]-$", before)) and line[0].islower()


def _joined(before: str, line: str, words: Counter[str]) -> str:
    """Two lines as one; a hyphen at the break goes unless the document writes the word with it."""
    if not _is_broken_word(before, line):
        return f"{before} {line}"
    first = _WORD.findall(before)
    second = _WORD.match(line)
    if not first or second is None:
        return f"{before}{line}"
    whole, hyphened = f"{first[-1]}{second[0]}".lower(), f"{first[-1]}-{second[0]}".lower()
    return f"{before}{line}" if words[hyphened] > words[whole] else f"{before[:-1]}{line}"
