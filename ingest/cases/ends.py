"""Where a patient's story ends in a text whose headings do not say so. Pure."""

import re

from ingest.cases.patients import speaks_of_patient
from ingest.cleaning import words_in

MAX_UNTOLD_WORDS = 60
"""Paragraphs without a word of the patient that may end a story told without headings."""
_CLOSING = re.compile(
    r"^(?:in (?:conclusion|summary)|conclusions?\b|to (?:our|the best of our) knowledge|we conclude"
    r"|(?:this|our|the present) (?:case|report)\w* (?:report )?(?:highlights?|illustrates?"
    r"|demonstrates?|shows?|underlines?|emphasi[sz]es?|suggests?|underscores?|reminds?)"
    r"|(?:we|the authors?|this (?:article|paper|report))\b[^.]{0,40}\b(?:discuss|review|suggest"
    r"|recommend|propose|emphasi[sz]e|highlight)(?:es|s)?)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|had|did|showed|revealed|found|became|remained|confirmed)\b")
_PRAISE_OF_DOCTOR = re.compile(r"^(?:Dr|Prof|Doctor|Professor)\b")


def closes(sentence: str) -> bool:
    """Whether a sentence leaves the story for what it teaches.

    >>> closes("This case illustrates that gout can mimic infection."), closes("He recovered.")
    (True, False)
    """
    return bool(_CLOSING.match(sentence))


def told_end(text: str, start: int, end: int) -> int:
    """Where the story ends in a text without headings: much that explains may stand after it."""
    paragraphs = text[start:end].split("\n\n")
    told = len(paragraphs)
    while told > 1 and not _is_told_of(paragraphs[told - 1]):
        told -= 1
    untold = sum(words_in(paragraph) for paragraph in paragraphs[told:])
    is_other_text = untold >= MAX_UNTOLD_WORDS and 2 * told >= len(paragraphs)
    return start + len("\n\n".join(paragraphs[:told])) if is_other_text else end


def _is_told_of(paragraph: str) -> bool:
    """Whether a paragraph tells of the patient, or at least of what was; not what is always so."""
    if _PRAISE_OF_DOCTOR.match(paragraph):
        return False
    return speaks_of_patient(paragraph) or bool(_PAST.search(paragraph))
