"""The lines of PDF pages to headings and paragraphs. Pure.

A PDF knows where letters stand and nothing else: running headers, hyphens and the ends of
paragraphs are read from the lines themselves.
"""

import re
import statistics
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.blocks import Block
from ingest.formats.text import VERB, looks_like_heading, split_label
from ingest.sections import OTHER, section_kind

EDGE_LINES = 4
"""Running headers and footers are looked for in this many lines at each end of a page."""
RECURRING_SHARE = 0.25
SHORT_LINE = 0.8
"""A line shorter than this share of the usual one, with a full stop, ends a paragraph."""
MAX_HEADING_WORDS = 20
MAX_PLAIN_HEADING_WORDS = 3

_PAGE_NUMBER = re.compile(r"^(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = (".", "!", "?", ":", ".)", ".”", '."')


def page_blocks(texts: Sequence[str], emphasised: Sequence[Collection[str]]) -> list[Block]:
    """Blocks of all pages in order; a paragraph cut by a page break is marked as going on.

    `emphasised` holds for each page the lines that its fonts set apart.
    """
    pages = _without_running_lines([_lines(text) for text in texts])
    words = Counter(w.lower() for lines in pages for line in lines for w in _WORD.findall(line))
    lengths = [len(line) for lines in pages for line in lines if len(line) > 20]
    usual = statistics.median(lengths) if lengths else 0.0
    blocks: list[Block] = []
    ended = True
    for number, lines in enumerate(pages, 1):
        apart = emphasised[number - 1]
        for index, line in enumerate(lines):
            if line in apart and _can_be_heading(line):
                after_heading = index > 0 and lines[index - 1] in apart and blocks[-1].is_heading
                _add_heading(blocks, line, number, goes_on=after_heading)
                ended = True
            elif ended and _names_a_kind(line):
                _add_heading(blocks, line, number, goes_on=False)
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
        blocks.append(Block(line, page=page, continues=True))


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers, and lines that recur with other digits at the ends of pages."""
    counts = Counter(
        masked
        for lines in pages
        for masked in {_masked(line) for line in lines[:EDGE_LINES] + lines[-EDGE_LINES:]}
    )
    # Two pages that share an edge line are all the evidence a two-page document can give.
    enough = 2 if len(pages) == 2 else max(3, RECURRING_SHARE * len(pages))
    kept = []
    for lines in pages:
        inner = range(EDGE_LINES, len(lines) - EDGE_LINES)
        kept.append(
            [
                line
                for index, line in enumerate(lines)
                if index in inner
                or not (counts[_masked(line)] >= enough or _is_page_number(line, index, len(lines)))
            ]
        )
    return kept


def _masked(line: str) -> str:
    return _DIGITS.sub("#", line)


def _is_page_number(line: str, index: int, count: int) -> bool:
    return bool(_PAGE_NUMBER.match(line)) and (index < 2 or index >= count - 2)


def _can_be_heading(line: str) -> bool:
    return len(line.split()) <= MAX_HEADING_WORDS and not line.endswith((",", ";", "."))


def _names_a_kind(line: str) -> bool:
    """A heading that the fonts do not show: a few words that name a kind of section."""
    few = len(line.split()) <= MAX_PLAIN_HEADING_WORDS and not VERB.search(line)
    return few and looks_like_heading(line) and section_kind(line) != OTHER


def _joined(before: str, line: str, words: Counter[str]) -> str:
    """Two lines as one; a hyphen at the break goes unless the document writes the word with it."""
    if not re.search(r"[^\W\d_]-$", before) or not line[0].islower():
        return f"{before} {line}"
    first = _WORD.findall(before)
    second = _WORD.match(line)
    if not first or second is None:
        return f"{before}{line}"
    whole, hyphened = f"{first[-1]}{second[0]}".lower(), f"{first[-1]}-{second[0]}".lower()
    return f"{before}{line}" if words[hyphened] > words[whole] else f"{before[:-1]}{line}"
