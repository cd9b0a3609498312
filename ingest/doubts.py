"""Signs in a text that it is not what its author wrote: lost lists, doubled or mixed lines. Pure.

Each is a warning for a person who can look at the source; nothing is changed. The signs are
narrow: a warning that is mostly wrong is not read.
"""

import re
from collections import Counter
from collections.abc import Sequence

import ftfy
from ftfy.badness import is_bad

from ingest.cleaning import words_in
from ingest.sections import OTHER, section_kind

MIN_OPENER_WORDS = 4
"""Fewer words before a colon are a label ("Our patient:"), not the beginning of a list."""
LIST_ITEM_WORDS = 12
"""A line of at most so many words can be an item; a longer one that is a sentence is text."""
TEXT_WORDS = 8
"""A line of so many words below what looks like a heading is the text of a section."""
LIST_SENTENCE_WORDS = 30
"""An item that is a sentence has rarely more; a paragraph has."""
DOUBLED_LINE_WORDS = 8
"""Shorter lines recur in sound texts ("Day 3: no change")."""
MIN_DOUBLED = 2
DOUBLED_SHARE = 0.2
"""Share of the longer lines that stand twice where a text was copied twice; forms repeat some."""
QUOTED_CHARACTERS = 50
MIN_GAPPED_LINES = 8
GAPPED_SHARE = 0.4
MIN_LOST_CHARACTERS = 2

# What comes before the colon asks for things to be named, so a sentence is no answer to it.
_ASKS = re.compile(
    r"\b(?:such as|includ(?:e|es|ed|ing)|like|namely|for example|e\.g\.|consist(?:s|ed)? of"
    r"|compris(?:e|es|ed|ing)|involv(?:e|es|ed|ing)|contain(?:s|ed|ing)?|of|by|with|to|for|from|as"
    r"|(?:can|may|could|will|would|should|might|to|and|or) \w+|reveal(?:s|ed)?|offers?|provides?"
    r"|ensures?|treats?|helps?|causes?|are|were)\s*:\s*$",
    re.IGNORECASE,
)
# It asks for several, which can be told in sentences; one long paragraph is no answer.
_ASKS_FOR_SEVERAL = re.compile(
    r"\b(?:following|these|several|some|many|various|two|three|four|five|six|seven|main|common|key)"
    r"\b[^.:]{0,60}:\s*$",
    re.IGNORECASE,
)
_OPENER = re.compile(r":\s*$")
_MARKED = re.compile(r"^\s*(?:[^\w\s\"'“‘(\[]|\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]\s)")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|may|will|would|should|could|must|might"
    r"|showed|underwent|presented|improved|received|developed|reported|remained|became|found)\b"
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s*$")
_GAP = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")
_LOST_CHARACTER = re.compile(r"(?<![\w/=&?])[a-z]{2,}\?[a-z]{1,12}(?![\w/=&?.])", re.IGNORECASE)


def text_doubts(lines: Sequence[str]) -> tuple[str, ...]:
    """A warning for each sign of damage in the lines of a text."""
    mended = mended_lines(lines)
    doubts = (
        f"{mended} lines were once read in a wrong encoding: mended" if mended else "",
        _lost_lists(lines),
        _doubled_lines(lines),
        _mixed_columns(lines),
        _lost_characters(lines),
    )
    return tuple(doubt for doubt in doubts if doubt)


def mended_lines(lines: Sequence[str]) -> int:
    """How many lines hold characters such as "Ã©" for "é", which cleaning mends.

    >>> mended_lines(["Ã©paule gelÃ©e", "épaule gelée"])
    1
    """
    return sum(1 for line in lines if is_bad(line) and ftfy.fix_encoding(line) != line)


def unanswered_openers(lines: Sequence[str]) -> list[str]:
    """The lines that announce a list which is not there.

    >>> unanswered_openers(["MRI cannot show what moves, such as:"])
    ['MRI cannot show what moves, such as:']
    >>> unanswered_openers(["We advised the patient on:", "• Rest"])
    []
    """
    shown = [line.strip() for line in lines if line.strip()]
    return [
        line
        for place, line in enumerate(shown)
        if _is_opener(line) and not _is_answered(line, shown[place + 1 : place + 3])
    ]


def _is_opener(line: str) -> bool:
    return bool(_OPENER.search(line)) and words_in(line) >= MIN_OPENER_WORDS


def _is_answered(opener: str, following: Sequence[str]) -> bool:
    if not following:
        return False
    answer = following[0]
    asks = bool(_ASKS.search(opener))
    several = bool(_ASKS_FOR_SEVERAL.search(opener))
    if _MARKED.match(answer) or not answer[0].isupper() or not (asks or several):
        return True
    if _is_opener(answer):
        return words_in(answer) <= MIN_OPENER_WORDS
    if _is_heading(*following):
        return False
    longest = LIST_ITEM_WORDS if asks else LIST_SENTENCE_WORDS
    is_sentence = _SENTENCE_END.search(answer) and _FINITE.search(answer)
    return words_in(answer) <= longest or not is_sentence or _are_alike(*following)


def _is_heading(answer: str, after: str = "") -> bool:
    """Whether a line that could be an item is a section's name, with its text below."""
    is_name = not _SENTENCE_END.search(answer) and section_kind(answer) != OTHER
    return is_name and words_in(answer) <= LIST_ITEM_WORDS and words_in(after) >= TEXT_WORDS


def _are_alike(answer: str, after: str = "") -> bool:
    """Whether two lines begin alike, as the items of a list of sentences do."""
    return answer.split()[:1] == after.split()[:1]


def _lost_lists(lines: Sequence[str]) -> str:
    lost = unanswered_openers(lines)
    if not lost:
        return ""
    others = f", and {len(lost) - 1} more" if len(lost) > 1 else ""
    return f"probably lost a list: nothing answers “{_end_of(lost[0])}”{others}"


def _end_of(line: str) -> str:
    return line if len(line) <= QUOTED_CHARACTERS else f"…{line[-QUOTED_CHARACTERS:].lstrip()}"


def _doubled_lines(lines: Sequence[str]) -> str:
    long = [" ".join(line.split()) for line in lines if words_in(line) >= DOUBLED_LINE_WORDS]
    doubled = [line for line, count in Counter(long).items() if count > 1]
    if len(doubled) < max(MIN_DOUBLED, DOUBLED_SHARE * len(set(long))):
        return ""
    return f"{len(doubled)} lines stand in it twice or more: see whether it was copied twice"


def _mixed_columns(lines: Sequence[str]) -> str:
    """Two columns side by side: most lines have a wide gap, with words on both sides of it.

    A table has such gaps too, but not most lines of a text, with so many words beside them.
    """
    shown = [line for line in lines if line.strip()]
    gapped = [line for line in shown if _parts_words(line)]
    if len(gapped) < MIN_GAPPED_LINES or len(gapped) < GAPPED_SHARE * len(shown):
        return ""
    return f"probably two columns side by side in {len(gapped)} lines: their sentences are mixed"


def _parts_words(line: str) -> bool:
    sides = _GAP.split(line.strip())
    return len(sides) == 2 and all(words_in(side) >= 4 and not side.isupper() for side in sides)


def _lost_characters(lines: Sequence[str]) -> str:
    lost = [match[0] for line in lines for match in _LOST_CHARACTER.finditer(line)]
    if len(lost) < MIN_LOST_CHARACTERS:
        return ""
    return f"{len(lost)} characters are probably lost, as in “{lost[0]}”"
