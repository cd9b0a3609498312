"""The names by which a document tells its cases apart: "Case 2", "Patient B", "the first case".

Pure.
"""

import re
from dataclasses import dataclass

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_WORDS = "one two three four five six seven eight nine ten".split()
_ROMAN = "i ii iii iv v vi vii viii ix x".split()
_LETTERS = "abcdefgh"

_WHO = r"(?:case|patient|client|observation)"
_WHAT = r"(?:\s+(?:report|presentation|study|description|history|summary))?"
_NUMBER = (
    r"(?P<number>\d{1,2}(?![\d.]*\d|\s?%|-year|\s+(?:years?|months?|days?|weeks?)\b)"
    rf"|(?:{'|'.join(_WORDS)})\b|(?-i:[IVX]{{1,4}}|[A-H])\b)"
)
_LABEL = re.compile(
    rf"\b{_WHO}{_WHAT}[\s:–—-]*(?:(?:patient|case)\s+)?(?:n[o°º]\.?\s?|number\s|nr\.?\s|\#\s?)?"
    rf"{_NUMBER}"
    rf"|\b(?P<ordinal>{'|'.join(_ORDINALS)}|\d(?:st|nd|rd|th)|(?<=the )other)"
    rf"\s+{_WHO}\b",
    re.IGNORECASE,
)
_BEFORE_LABEL = re.compile(
    r"\W{0,2}(?:(?:in|for|regarding|clinical|illustrative|postural|this|the|our|a|patient)\s+){0,3}$",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:\band|\bwhile|\bwhereas|[,;])\s+(?:in\s)?(?:the\s|an?\s)?$", re.IGNORECASE)
_NO_LABEL = re.compile(
    r"['’]s\b|\s+(?:of\b|to be\b|reports?\b|series\b"
    r"|(?:was|were)\s+(?:first )?(?:reported|described)\b)"
)
_MANY = (
    r"(?:cases|patients|siblings|sisters|brothers|twins|women|men|children|babies|clients)"
    r"(?!['’])"  # a children's hospital
)
_SEVERAL = re.compile(
    r"^both (?:of them|were|had|made|\w+ed)\b"
    rf"|^(?:in\s+)?(?:neither|none|each|two|three|four|five|six)\b[^.]{{0,30}}\b{_MANY}\b"
    rf"|\b(?:both|all|neither|these|those|the|our)(?: of (?:the|our))?"
    rf"(?: (?:two|three|four|five))? {_MANY}\b"
    r"|^(?:cases|patients)\s+(?:\d|one|a\b)"
    r"|^(?:[\w,]+\s){0,6}(?:two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2})\s(?:[\w-]+\s){0,4}?"
    r"(?:cases|patients)\b"
    r"|^(?:[\w,]+\s+){0,3}(?:report|present|describe)\w*\b[^.]{0,60}\b(?:cases|patients)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class CaseLabel:
    """A case's name as it stands and the number that it means, from 1."""

    words: str
    number: int


def leading_label(text: str) -> CaseLabel | None:
    """The case that a heading or a sentence begins by naming.

    >>> leading_label("Case report 2: a runner"), leading_label("The second patient was a boy.")
    (CaseLabel(words='Case report 2', number=2), CaseLabel(words='The second patient', number=2))
    >>> leading_label("The first case of rabies was seen in 1950.")
    """
    match = _LABEL.search(text[:60])
    if match is None or not _BEFORE_LABEL.fullmatch(text[: match.start()]):
        return None
    if _NO_LABEL.match(text, match.end()):
        return None
    return CaseLabel(text[: match.end()].strip(" ("), _number(match))


def labels_in(text: str) -> list[CaseLabel]:
    """All cases that a text names, in order.

    >>> [label.number for label in labels_in("Outcome of case 1")]
    [1]
    """
    return [
        CaseLabel(match[0].strip(), _number(match))
        for match in _LABEL.finditer(text)
        if not _NO_LABEL.match(text, match.end())
    ]


def names_side_by_side(sentence: str) -> bool:
    """Whether a sentence tells of two cases as equals: it is no single one's.

    >>> names_side_by_side("Case 1 was a boy and case 2 was a girl.")
    True
    >>> names_side_by_side("Case 2 was treated like case 1.")
    False
    """
    found = [
        match for match in _LABEL.finditer(sentence) if not _NO_LABEL.match(sentence, match.end())
    ]
    numbers = {_number(match) for match in found}
    return len(numbers) > 1 and any(_AND.search(sentence[: match.start()]) for match in found[1:])


def speaks_of_several(sentence: str) -> bool:
    """Whether a sentence speaks of more than one case of the document.

    >>> speaks_of_several("Both patients recovered."), speaks_of_several("She recovered.")
    (True, False)
    """
    return bool(_SEVERAL.search(sentence))


def _number(match: re.Match[str]) -> int:
    if match["ordinal"]:
        word = match["ordinal"].lower()
        if word == "other":  # of two: where there are more, there is no "the other"
            return 2
        return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[0])
    word = match["number"].lower()
    if word.isdigit():
        return int(word)
    for names in (_WORDS, _ROMAN, list(_LETTERS)):
        if word in names:
            return names.index(word) + 1
    return 1
