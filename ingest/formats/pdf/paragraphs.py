"""Where one paragraph ends and the next begins, and how two lines become one. Pure.

A PDF knows where letters stand and nothing else. Where places are known, indents and spaces tell
of paragraphs; where they are not, a short line with a full stop does.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from ingest.formats.pdf.fonts import Typography
from ingest.formats.pdf.headings import take_run_in
from ingest.formats.pdf.print import Line

SHORT_LINE = 0.8
"""A line shorter than this share of the usual one, with a full stop, ends a paragraph."""
LOOSE = 1.35
"""In usual distances of lines: a larger one parts two paragraphs."""
INDENT = 0.6
"""In letter sizes: the first line of a paragraph begins so much further right, or more."""
MAX_INDENT = 6.0
"""In letter sizes: what begins further right than this is centred or set apart."""
SHORTEST_PART = 3
"""Letters of a part that is a word: two are a syllable as well."""
OTHER_LETTERS = 0.08
"""Lines of one paragraph differ less in size."""
SENTENCE_END = (".", "!", "?", ":", ".)", ".”", '."', ".’", "?”", "!”")

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ITEM = re.compile(r"(?:[•●▪■◦‣∙·–—*]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")


@dataclass(frozen=True)
class Words:
    """What tells of a hyphen at a line's end: a document's own words, and those of a list."""

    own: Counter[str] = field(default_factory=Counter)
    listed: Container[str] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str], listed: Container[str] = frozenset()) -> "Words":
        """The words of a document's lines, hyphened words as one."""
        return cls(Counter(w.lower() for text in texts for w in _WORD.findall(text)), listed)

    def keep_hyphen(self, first: str, second: str) -> bool:
        """Whether a word broken between its parts is written with a hyphen.

        As the document writes it elsewhere; where it does not, "fast-moving" is, because both
        parts are words and the whole is none. Against publishers' XML all of 15 such were.
        """
        whole, hyphened = f"{first}{second}".lower(), f"{first}-{second}".lower()
        if self.own[whole] or self.own[hyphened]:
            return self.own[hyphened] > self.own[whole]
        parts = (first.rpartition("-")[2].lower(), second.partition("-")[0].lower())
        shortest = 1 if "-" in first else SHORTEST_PART
        are_words = all(part in self.listed and len(part) >= shortest for part in parts)
        return are_words and whole not in self.listed


def is_broken(text: str) -> bool:
    """Whether a line ends within a word."""
    return text.endswith("-") and text[-2:-1].isalpha()


def is_item(text: str) -> bool:
    """Whether a line begins as an item of a list does."""
    return bool(_ITEM.match(text))


def joined(before: str, line: str, words: Words) -> str:
    """Two lines as one; a hyphen at the break goes unless the word is written with it.

    >>> joined("by hydro-", "dissection", Words()), joined("at L4-", "L5", Words())
    ('by hydrodissection', 'at L4-L5')
    """
    if not before or not line:
        return before or line
    if not before.endswith("-") or not (before[-2:-1].isalnum() or before[-2:-1] == ")"):
        return f"{before} {line}"
    if not is_broken(before) or not line[0].islower():
        return f"{before}{line}"
    first, second = _WORD.findall(before), _WORD.match(line)
    if not first or second is None:
        return f"{before}{line}"
    stays = words.keep_hyphen(first[-1], second[0])
    return f"{before}{line}" if stays else f"{before[:-1]}{line}"


class Paragraphs:
    """Tells whether a line begins a paragraph, from the two lines before it in the text."""

    def __init__(self, typography: Typography, usual_characters: float) -> None:
        self.typography = typography
        self.usual_characters = usual_characters

    def begins(self, line: Line, before: Line, opened: Line, after: Line | None) -> bool:
        """Whether `line` begins a paragraph and not goes on with the one of `before`.

        `opened` is the first line of that paragraph, `after` the line that follows `line`.
        """
        if is_broken(before.text) or line.text[:1].islower():
            return False
        ended = before.text.endswith(SENTENCE_END)
        if self._are_other_letters(line, before) or (ended and take_run_in(line.text)[0]):
            return True
        if line.box is None or before.box is None:
            return ended and len(before.text) < SHORT_LINE * self.usual_characters
        if self._follows(before, line):
            return self._is_apart(line, before, opened, ended)
        is_short = len(before.text) < SHORT_LINE * self.usual_characters
        return ended and (is_short or self._is_indented_over(line, after))

    def _are_other_letters(self, line: Line, before: Line) -> bool:
        return abs(line.size - before.size) > OTHER_LETTERS * min(line.size, before.size)

    def _follows(self, before: Line, line: Line) -> bool:
        """Whether a line stands under the one before it, in its column."""
        if line.box is None or before.box is None:
            return False
        return line.box.top > before.box.top and line.box.beside(before.box) > 0

    def _is_apart(self, line: Line, before: Line, opened: Line, ended: bool) -> bool:
        if line.box is None or before.box is None or opened.box is None:
            return False
        distance = line.box.top - before.box.top
        if distance > LOOSE * self.typography.pitch(line):
            return True
        indent = (line.box.left - before.box.left) / max(line.size, 1.0)
        short = len(before.text) < SHORT_LINE * self.usual_characters
        if is_item(line.text) and (ended or short):
            return True
        if INDENT < indent < MAX_INDENT:
            hangs = before is opened and not (ended and short)
            return ended and not hangs
        outdent = before is not opened and indent < -INDENT and opened.box.left < before.box.left
        return outdent or (ended and short and before.box.right < line.box.right)

    def _is_indented_over(self, line: Line, after: Line | None) -> bool:
        """Whether a line at the top of a column begins further right than the one under it."""
        if after is None or line.box is None or after.box is None:
            return False
        indent = (line.box.left - after.box.left) / max(line.size, 1.0)
        return self._follows(line, after) and INDENT < indent < MAX_INDENT
