"""The headed parts of a document in order, and which of them are its abstract. Pure.

Sections know the heading right above them only. What else stands between two sections is
headings without a text of their own ("Case 2" above "History"), and they tell as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.cleaning import words_in
from ingest.documents import Section
from ingest.sections import (
    ABSTRACT,
    BOXED_TEXT,
    CAPTION,
    DISCUSSION,
    FOOTNOTE,
    INTRODUCTION,
    KEYWORDS,
    TABLE,
    section_kind,
)

SET_APART = frozenset({CAPTION, TABLE, BOXED_TEXT, FOOTNOTE})
MAX_ABSTRACT_PARTS = 8
MAX_ABSTRACT_WORDS = 700
"""Longer than any journal allows: what is longer is an article whose keywords stand last."""


@dataclass(frozen=True)
class Part:
    """A section with all headings since the section before, the widest first."""

    section: Section
    headings: tuple[str, ...]

    @property
    def is_apart(self) -> bool:
        """Whether it is a caption or the like, set apart from the text around it."""
        return self.section.kind in SET_APART


def read_outline(text: str, sections: Sequence[Section]) -> list[Part]:
    """The parts of a document in text order."""
    parts = []
    end = 0
    for section in sections:
        between = text[end : section.start].split("\n\n")
        headings = tuple(" ".join(line.split()) for line in between if line.strip())
        parts.append(Part(section, headings))
        end = section.end
    return parts


def abstract_size(text: str, parts: Sequence[Part]) -> int:
    """How many parts, counted from the first, are the abstract or stand before it.

    It is what the heading "Abstract" opens: its own text, or labelled parts ("Background",
    "Case presentation", "Conclusions") up to the one that concludes. Without that heading it is
    what stands before keywords, if an introduction follows them.
    """
    at = next(
        (i for i, part in enumerate(parts) if ABSTRACT in map(section_kind, part.headings)), None
    )
    if at is None:
        return _parts_before_keywords(text, parts)
    if section_kind(parts[at].headings[-1]) == ABSTRACT:
        return at + 1
    kinds = [part.section.kind for part in parts[at : at + MAX_ABSTRACT_PARTS]]
    for ending in (DISCUSSION, KEYWORDS):
        if ending in kinds:
            return at + kinds.index(ending) + 1
    return at + 1


def _parts_before_keywords(text: str, parts: Sequence[Part]) -> int:
    kinds = [part.section.kind for part in parts]
    if KEYWORDS not in kinds[: MAX_ABSTRACT_PARTS + 1]:
        return 0
    size = kinds.index(KEYWORDS) + 1
    words = words_in(text[: parts[size - 1].section.end])
    return size if INTRODUCTION in kinds[size:] and words <= MAX_ABSTRACT_WORDS else 0
