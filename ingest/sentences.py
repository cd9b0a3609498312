"""Text to sentence spans. Pure.

A line break always ends a sentence: blocks are cleaned of soft line breaks before they come here.
Else a stop ends one where white space and something that can begin one follow it, unless
`ingest.full_stops` says that what stands before a full stop is an abbreviation, an initial, a
list number or half of a number. Citation marks and closing quotes after a stop belong to the
sentence before it. A missing space ("pain.The leg") and a small first letter ("pain. the leg")
are taken for slips only where the words around leave little doubt. `evaluation/sentences.py`
measures all this on judged places.
"""

import re

from ingest.full_stops import CONTEXT, full_stop_ends, is_ordinary, stop_at

_STOPS = (".", "!", "?", "…")
_OPENING = "([\"'“‘«"
_CLOSING = (")", "]")
_LEADER_DOTS = 3
"""More dots than this before a figure lead to a page number, as in a table of contents."""

_LINE_ENDS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
"""What `str.splitlines` breaks at."""
_ADDRESS = re.compile(r"(?:www\.|://|@)\S*$")
_BRACKETED = r"\[\d[\d,\s–-]{0,60}\]"
_CITATION = rf"""(?:
      \ ?{_BRACKETED}                                      # [5,6], with or without a space
    | \(\d{{1,3}}(?:[,–-]\ ?\d{{1,3}}){{0,9}}\)              # (5,6)
    | [⁰¹²³⁴-⁹][⁰¹²³⁴-⁹,⁻–]{{0,30}}
    | (?:(?<=[^\W\d_]\.) | (?<=[)%\]]\.) | (?<=[.!?]["”’]) | (?<=\b(?:19|20)\d\d\.))
      \d{{1,3}}(?:[,–\ -]\ ?\d{{1,3}}){{0,9}}                # raised in print, bare in many PDFs
      (?=\s+["“]?[A-Z] | [A-Z][a-z])
    | \ \d{{1,2}}(?:[,–\ -]\ ?\d{{1,2}}){{0,9}}              # … and set apart in many web pages
      (?=\ (?:The|It|In|This|These|He|She|However)\ )
    | [*†‡§]{{1,3}}(?=\s)                                  # to a footnote
    )"""
_AFTER_SPACE = rf"""(?P<gap>[^\S{_LINE_ENDS}]+)
    (?!{_BRACKETED}[.,;:])                                 # as in: ("hurts?" [28])
    (?=["'“‘«(\[]{{0,4}}(?:[^\W_] | [<>≥≤∼~©#•*†‡–—-]))"""
# "pain.The leg" is taken for a slip, "Node.js" and "p.Gly35Asp" are not.
_WITHOUT_SPACE = r"""
      (?: (?<=[a-z][a-z][.!?]) | (?<=/[A-Za-z]\.) )(?=(?:[A-Z][A-Za-z]+|A)[\s,;:/'’-])
    | (?<=\d[.!?])(?=(?:[A-Z][a-z]+|A)[\s,;:’])
    | (?<=[)\]%"”][.!?])(?=[A-Z][a-z]|A\s)
    | (?<=[A-Z][A-Z]\.)(?=[A-Z][a-z]{2,30}\s)
    | (?: (?<=[a-z][a-z][a-z]\.) | (?<=[)\]%]\.) )
      (?=(?:the|he|she|they|there|this|these|his|her|after|on)\s)
    | (?<=[a-z][a-z]\.\d)(?=[A-Z][a-z])
    | (?<=[\w)\]][.!?])(?=[•†‡*][\w\s])
    | (?=\(ABSTRACT\ TRUNCATED)                            # the end of a long one in MEDLINE
    """
# The first element is a plain character class: `re` then skips fast to the next candidate. Every
# repetition that may be tried again has a bound, so that no run of marks costs quadratic time.
_PLACE = re.compile(
    rf"""
    [.!?…{_LINE_ENDS}]
    (?: (?<![.!?…])(?P<line>\s*)
    | (?P<mark>
        (?:\ ?[.!?…]){{0,9}}
        ["'”’»)\]]{{0,4}} (?:\ ["”](?=\s))?
        {_CITATION}?
        ["'”’»)\]]{{0,4}}
      )
      (?: {_AFTER_SPACE} | {_WITHOUT_SPACE} )
    )
    """,
    re.VERBOSE,
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, in order, white space around them left out.

    Every character but white space stands in exactly one span.

    >>> [text[a:b] for text in ["Dr. Lee saw her. Pain fell 2.5 points."]
    ...  for a, b in sentence_spans(text)]
    ['Dr. Lee saw her.', 'Pain fell 2.5 points.']
    """
    spans = []
    start = 0
    for place in _PLACE.finditer(text):
        if place["line"] is None and not _ends_sentence(text, start, place):
            continue
        end = place.start() if place["line"] is not None else place.end("mark")
        spans.append(_trimmed(text, start, end))
        start = place.end()
    spans.append(_trimmed(text, start, len(text)))
    return [(start, end) for start, end in spans if start < end]


def _ends_sentence(text: str, start: int, place: re.Match[str]) -> bool:
    at, mark, after = place.start(), place["mark"], place.end()
    opening = after
    while text[opening] in _OPENING:
        opening += 1
    if place["gap"] is None and _ADDRESS.search(text, max(start, at - CONTEXT), at):
        return False
    if text[at] != "." or mark.lstrip(" ").startswith(_STOPS):
        return _marks_end(text[max(start, at - 1) : at], text[at] + mark, text[opening])
    if not mark and is_ordinary(text, start, at) and not text[opening].islower() and place["gap"]:
        return True  # so it is with four stops in five
    stop = stop_at(text, start, at, after, opening)
    return stop is not None and full_stop_ends(stop, closes_bracket=mark.startswith(_CLOSING))


def _marks_end(before: str, marks: str, first: str) -> bool:
    """Whether dots, question and exclamation marks end a sentence; `before` is one character."""
    if first.islower() or not before:
        return False
    if first.isdigit():
        return marks.count(".") <= _LEADER_DOTS and not (marks[0] == "?" and before.isspace())
    return True


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
