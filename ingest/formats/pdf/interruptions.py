"""Lines that stand between the two halves of a sentence and are no part of it. Pure.

Footnotes at the end of a column, a publisher's notes beside the text, addresses under an abstract:
where the text breaks off before them and goes on after them, they are set apart.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ingest.formats.pdf.captions import Apart
from ingest.formats.pdf.fonts import Typography
from ingest.formats.pdf.paragraphs import SENTENCE_END, is_broken
from ingest.formats.pdf.print import Line
from ingest.sections import FOOTNOTE, REFERENCES, section_kind

MAX_LINES = 100
"""What is longer interrupts no sentence: it is the text."""
MIN_WORDS = 5
"""A line with fewer words may be a heading or an item of a list, which ends without a full stop."""

_MARK = re.compile(r"[*†‡§¶‖#✉]|\d{1,2}[A-Z]|[a-z][A-Z][a-z]")
_NOTE = re.compile(
    r"(?:\W*(?:correspond\w+|e-?mail|©|copyright|received|accepted|published|abbreviations"
    r"|academic editor|edited by|reviewed by|how to cite|cite this|citation|present address"
    r"|full list of author|communicated by|these authors|presented at|open access)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Piece:
    """A line on its page, and what it belongs to if it stands apart from the text."""

    line: Line
    page: int
    apart: Apart | None = None


def without_interruptions(pieces: Sequence[Piece], typography: Typography) -> list[Piece]:
    """The pieces of a document with those set apart that interrupt its text."""
    result = [*pieces]
    flow = [index for index, piece in enumerate(pieces) if piece.apart is None]
    is_text = [typography.is_text_size(pieces[index].line) for index in flow]
    references = _references_start(pieces)
    texts: defaultdict[int, list[Line]] = defaultdict(list)
    for index, large in zip(flow, is_text, strict=True):
        if large:
            texts[pieces[index].page].append(pieces[index].line)
    edges = [0, *(n for n in range(1, len(flow)) if is_text[n] != is_text[n - 1]), len(flow)]
    for start, end in pairwise(edges):
        if is_text[start : start + 1] != [False]:
            continue
        before = pieces[flow[start - 1]].line if start else None
        after = pieces[flow[end]].line if end < len(flow) else None
        own = [pieces[index] for index in flow[start:end]]
        if (
            before
            and after
            and _interrupts(before, [piece.line for piece in own], after, typography)
        ):
            chosen = [*range(start, end)]
        elif before and not typography.stands_out(before):
            chosen = [start + n for n in _notes(own, texts, typography)]
            chosen = [n for n in chosen if flow[n] < references]
        else:
            chosen = []
        for n in chosen:
            result[flow[n]] = replace(result[flow[n]], apart=Apart(FOOTNOTE))
    return result


def _references_start(pieces: Sequence[Piece]) -> int:
    """The index of the heading over the references, which are small print but no notes."""
    short = ((n, piece.line.text) for n, piece in enumerate(pieces) if len(piece.line.text) < 40)
    return next((n for n, text in short if section_kind(text) == REFERENCES), len(pieces))


def _interrupts(before: Line, own: Sequence[Line], after: Line, typography: Typography) -> bool:
    """Whether the text before and after the lines is one sentence."""
    if len(own) > MAX_LINES or before.text.endswith(SENTENCE_END):
        return False
    if is_broken(before.text) or after.text[:1].islower():
        return True
    is_sentence = len(before.text.split()) >= MIN_WORDS and not typography.stands_out(before)
    return is_sentence and all(typography.is_small(line) for line in own)


def _notes(
    own: Sequence[Piece], texts: Mapping[int, Sequence[Line]], typography: Typography
) -> list[int]:
    """The lines of a run of small ones that are notes at the foot of their columns, by index.

    `texts` has the running text of each page.
    """
    found: list[int] = []
    for page, group in groupby(range(len(own)), lambda n: own[n].page):
        indexes = [*group]
        marked = next((n for n in indexes if _begins_note(own[n].line, typography)), None)
        if marked is None:
            continue
        below = [n for n in indexes if n >= marked]
        if not any(_is_over_text(own[n].line, texts.get(page, ())) for n in below):
            found += below
    return found


def _begins_note(line: Line, typography: Typography) -> bool:
    begins = _MARK.match(line.text) or _NOTE.match(line.text)
    return bool(begins) and typography.is_small(line)


def _is_over_text(line: Line, others: Sequence[Line]) -> bool:
    """Whether running text stands further down in the same column."""
    return any(
        line.box is None
        or other.box is None
        or (other.box.top > line.box.top and other.box.beside(line.box) > 0)
        for other in others
    )
