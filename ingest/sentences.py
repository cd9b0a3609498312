"""Text to sentence spans. Pure.

A full stop ends a sentence where white space and something that can begin one follow it, unless
what stands before it is an abbreviation, an initial or a list number. A line break always ends
one: blocks are cleaned of soft line breaks before they come here.
"""

import re

_BOUNDARY = re.compile(
    r"""
    (?P<mark>[.!?…]+["'”’)\]]*           # stop, closing quotes, a citation mark in its shapes
        (?:\[\d[\d,\s–-]*\] | [⁰¹²³⁴-⁹][⁰¹²³⁴-⁹,⁻–]*
        | (?<=[^\W\d_]\.|[)%]\.)\d{1,3}(?:[,–\ -]\d{1,3})*)?
    )
    (?P<gap>[^\S\n]+)
    (?=•|["'“‘(\[]*(?:[a-z][A-Z]|[A-ZÀ-ÖØ-Þ0-9Α-Ω<>≥≤]))   # "pH" begins small
    | (?P<line>\s*\n\s*)
    """,
    re.VERBOSE,
)
_ABBREVIATIONS = frozenset(
    """dr mr mrs ms prof st sr fig figs tab ref refs eq eqs vs al etc approx ca cf resp inc
    ltd co corp dept univ vol ed eds pp sec suppl jan feb mar apr jun jul aug sept sep oct nov dec
    e.g i.e viz incl max min temp""".split()
)
# "etc." and months end sentences as often as not; the capital after them decides.
_CAN_END = frozenset(
    "etc jan feb mar apr jun jul aug sept sep oct nov dec max min temp co inc".split()
)
_BEFORE_NUMBERS = frozenset(("no", "nos"))
_NAMED_BY_LETTER = frozenset(
    """vitamin hepatitis type group grade stage class protein factor case patient phase level arm
    influenza category part table figure panel and or""".split()
)
_NUMBER = re.compile(r"\S*\d")
_WORD_BEFORE = re.compile(r"(?:(\S+)\s+)?(\S+)$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, white space between them left out.

    >>> [text[a:b] for text in ["Dr. Lee saw her. Pain fell 2.5 points."]
    ...  for a, b in sentence_spans(text)]
    ['Dr. Lee saw her.', 'Pain fell 2.5 points.']
    """
    spans = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        if boundary["line"] is None and not _ends_sentence(text, start, boundary):
            continue
        end = boundary.start() if boundary["line"] is not None else boundary.end("mark")
        if text[start:end].strip():
            spans.append((start, end))
        start = boundary.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return [_trimmed(text, a, b) for a, b in spans]


def _ends_sentence(text: str, start: int, boundary: re.Match[str]) -> bool:
    if boundary["mark"][0] != ".":
        return True
    # 60 characters hold the two words that the rules below ask about.
    before = _WORD_BEFORE.search(text[max(start, boundary.start() - 60) : boundary.start()])
    if before is None:
        return True
    previous, word = before[1] or "", before[2].lstrip("([\"'“‘").lower()
    following = text[boundary.end()]
    if word in _BEFORE_NUMBERS:
        return not _NUMBER.match(text, boundary.end())
    if word in _ABBREVIATIONS:
        return word in _CAN_END and following.isupper()
    if re.fullmatch(r"\d{1,2}", word) and boundary.start() - len(word) == start:
        return False  # "1. Rest" at the start of a sentence is a list number
    if len(word) == 1 and word.isalpha():
        return before[2].islower() or previous.lower() in _NAMED_BY_LETTER
    return True


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
