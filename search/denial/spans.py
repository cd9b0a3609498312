"""The words of a sentence that it denies. Pure.

The way of NegEx (Chapman et al., J Biomed Inform 34, 2001, https://doi.org/10.1006/jbin.2001.1029)
and ConText (Harkema et al., J Biomed Inform 42, 2009, https://doi.org/10.1016/j.jbi.2009.05.002):
a trigger denies what stands after or before it as far as a word that ends its scope. The triggers
are data, in `triggers.tsv`; here is how far each kind reaches.

Own rules, for the kept libraries (negspacy, medspacy) want spaCy, the light ones (pycontextnlp,
pynegex) are kept no longer, and all want the findings named beforehand; here any word may be asked
for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from search.word_lists import read_word_list

TRIGGERS = Path(__file__).with_name("triggers.tsv")

_KINDS = ("pseudo", "after", "part", "alone", "nobody", "not", "no", "sound", "end")
"""In the order in which they are tried at one place."""
_CUE = re.compile(
    r"\b(?:no|nor|not|none|nobody|nothing|never|neither|nil|cannot|without|un|deni|deny|absen"
    r"|negativ|lack|devoid|exclu|rul|fail|normal|intact|spared|missing|disprov|non|within|argue|reference"
    r"|inab)|n['’]t\b|\bfree\b|\bclear of"
)
"""Without one of these a sentence denies nothing: read before anything else, for speed."""


@dataclass(frozen=True)
class _Mark:
    kind: str
    start: int
    end: int


def _read_triggers() -> dict[str, str]:
    """The words of each kind and, under its name in braces, of each set."""
    read: dict[str, list[str]] = {}
    for kind, words, _example in read_word_list(TRIGGERS, columns=3):
        read.setdefault(kind, []).append(words)
    return {kind: "|".join(words) for kind, words in read.items()}


_READ = _read_triggers()


def _pattern(words: str) -> str:
    """A regular expression of `triggers.tsv` with its sets filled in."""
    for name, meant in _READ.items():
        if name.startswith("{"):
            words = words.replace(name, f"(?:{meant})")
    return words.replace(" ", r"\s")


def _words(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_pattern(words)})\b")


_TRIGGER = re.compile(
    r"(?:(?<![\w-])|(?=[- ](?:free|negative)|[;:–—]))(?:"
    + "|".join(f"(?P<{kind}>{_pattern(_READ[kind])})" for kind in _KINDS)
    + r")(?![\w-])"
)
_VERB = _words("{finite}|(?P<act>{act})")
"""What follows one of these verbs is no longer part of the noun phrase before it."""
_VERB_FORM = _words(r"{finite}|{act}|\w+ed")
_ENDS_NOT = _words("{time}")
_ENDS_NO = _words("{time}|{means}")
_ENDS_SOUND = re.compile(rf"\b(?:{_pattern('{time}|{means}|with|and (?:{ill})')})\b|,")
_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]")
_FIRST_WORD = re.compile(r",?\s*(?:any |the |an? )?[\w'’-]+,?")
_NO_LIST_ITEM = re.compile(
    rf"(?:and )?(?:(?:{_pattern('{determiner}|{preposition}|{ill}')}|he|she|it|we|they|there|\w+ly"
    r"|\d\S*)\b(?<!family)|(?!bleed|vomit|swell|tingl|wheez|bruis)\w+ing\s\w)"
)
_AND = re.compile(r"\s*(?:and|or|nor|and/or)\s")
_CONJUNCTION = re.compile(r"\b(?:and|or|nor)\s")
_OR = re.compile(r"\b(?:or|nor|including|such as)\b")
_NOT_A_SUBJECT = re.compile(
    rf"\s*(?:{_pattern('{preposition}')}|additionally|moreover|furthermore|\w+ly)\b(?<!family)"
)
_DETERMINER = re.compile(r"\b(?:the|his|her|its|our|their)\b")
_PERSON = re.compile(r"\s*(?:and )?(?:the |our |this )?(?:patient|he|she|it|they|we|there)\s*$")
_STANDS_FOR_ANOTHER = re.compile(r"(?:which|however|therefore|thus)[\s,]*")


def denied_spans(sentence: str) -> list[tuple[int, int]]:
    """Start and end of what a sentence denies, in order; the triggers themselves are left out.

    >>> text = "He had no fever, chills or cough, but his calf was swollen."
    >>> [text[start:end] for start, end in denied_spans(text)]
    ['fever, chills or cough']
    """
    text = sentence.lower()
    if len(text) != len(sentence):  # offsets must stay: "İ" has two letters in lower case
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in sentence)
    if not _CUE.search(text):
        return []
    found: list[tuple[int, int]] = []
    while inner := _BRACKETED.search(text):
        found += _denied(text, inner.start() + 1, inner.end() - 1)
        text = text[: inner.start()] + " " * len(inner[0]) + text[inner.end() :]
    return _merged(found + list(_denied(text, 0, len(text))))


def _denied(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    marks = [
        _Mark(place.lastgroup or "", place.start(), place.end())
        for place in _TRIGGER.finditer(text, start, end)
        if place.lastgroup != "pseudo"
    ]
    for at, mark in enumerate(marks):
        span = _trimmed(text, *_scope(text, start, marks, at, end))
        if mark.kind != "end" and span[0] < span[1]:
            yield span


def _scope(text: str, start: int, marks: list[_Mark], at: int, end: int) -> tuple[int, int]:
    mark = marks[at]
    floor = marks[at - 1].end if at else start
    if mark.kind == "after":
        if at and _STANDS_FOR_ANOTHER.fullmatch(text, marks[at - 1].start, mark.start):
            return _subject(text, start, marks[at - 1].start, joined=True)  # "…, which was normal"
        return _subject(text, _clause_start(text, start, marks[:at]), mark.start)
    if mark.kind == "part":
        return max(floor, text.rfind(" ", floor, mark.start) + 1), mark.start
    if mark.kind == "alone":
        return mark.start + len(text[mark.start : mark.end].split(maxsplit=1)[0]), mark.end
    return mark.end, _reach(text, mark, floor, _limit(text, mark.end, marks[at + 1 :], end))


def _clause_start(text: str, start: int, before: list[_Mark]) -> int:
    """Where the subject of a trigger may begin: an "and" between two nouns is passed over."""
    while before and before[-1].kind == "end" and text.startswith("and", before[-1].start):
        opened = before[-2] if len(before) > 1 else _Mark("end", start, start)
        if opened.kind not in ("end", "after") or _VERB_FORM.search(
            text, opened.end, before[-1].start
        ):
            return before[-1].end
        before = before[:-1]
    return before[-1].end if before else start


def _limit(text: str, start: int, later: list[_Mark], end: int) -> int:
    """Where the next mark closes a scope; one that denies backwards takes its subject along."""
    for mark in later:
        if mark.kind == "after":
            return _subject(text, start, mark.start, joined=True)[0]
        if mark.kind != "part":
            return mark.start
    return end


def _reach(text: str, mark: _Mark, floor: int, limit: int) -> int:
    """Where the scope of a trigger that denies forwards ends."""
    word = _FIRST_WORD.match(text, mark.end, limit)
    start = word.end() if word else mark.end  # "no reported case", "neither using …"
    if mark.kind == "sound":
        return _first(text, start, _first(text, start, limit, _VERB), _ENDS_SOUND)
    if mark.kind in ("not", "nobody"):
        return _list_end(text, start, _first(text, start, limit, _ENDS_NOT), or_only=True)
    end = _first(text, start, limit, _ENDS_NO)
    verb = _VERB.search(text, start, end)
    if verb is None:
        return _list_end(text, mark.end, end)
    if verb["act"] and not text[floor : mark.start].strip(" ,"):  # "no drug relieved the pain"
        return _list_end(text, start, _first(text, start, limit, _ENDS_NOT), or_only=True)
    return _list_end(text, mark.end, verb.start(), verb=verb)


def _first(text: str, start: int, end: int, what: re.Pattern[str]) -> int:
    place = what.search(text, start, end)
    return place.start() if place else end


def _list_end(
    text: str, start: int, end: int, *, or_only: bool = False, verb: re.Match[str] | None = None
) -> int:
    """The first comma that does not part two members of a list, or `end`.

    Before a `verb` the last member may be the subject of a new clause.
    """
    comma = text.find(",", start, end)
    while comma >= 0:
        following = text.find(",", comma + 1, end)
        item = text[comma + 1 : following if following >= 0 else end]
        if _NO_LIST_ITEM.match(item.strip()):
            return comma
        if verb and following < 0 and (verb["act"] or _begins_clause(text[start:comma], item)):
            return comma
        if or_only and not _OR.search(text, start, end):
            return comma
        comma = following
    return end


def _begins_clause(before: str, item: str) -> bool:
    """Whether the last item before a verb is that verb's subject, and no member of a list."""
    joined = _AND.match(item)
    if joined is None:
        return _CONJUNCTION.search(item) is None
    return "," not in before and joined[0].strip() == "and"


def _subject(text: str, floor: int, end: int, *, joined: bool = False) -> tuple[int, int]:
    """What stands before a trigger, back to the start of its clause.

    `joined` is for a clause that another trigger stands in too: it begins after the last "and".
    """
    stop, end = _trimmed(text, floor, end)
    for place in _VERB.finditer(text, floor, end):
        stop, joined = place.end(), True
    that = text.rfind(" that ", stop, end)
    if that >= 0:
        stop, joined = that + len(" that "), False
    clause = text[stop:end]
    start = (
        _list_start(clause) if not joined else clause.rfind(",") + 1 or clause.rfind(" and ") + 1
    )
    if _NOT_A_SUBJECT.match(clause, start):  # "On day 2 the wound was normal."
        own = [place.start() for place in _DETERMINER.finditer(clause, start)]
        start = own[-1] if own else start
    return (end, end) if _PERSON.match(clause, start) else (stop + start, end)


def _list_start(clause: str) -> int:
    """Where the list of nouns begins that a clause ends with."""
    comma = clause.rfind(",")
    start = comma + 1
    while comma >= 0:
        if not _CONJUNCTION.search(clause, comma):
            break
        comma = clause.rfind(",", 0, comma)
        if _NOT_A_SUBJECT.match(clause, comma + 1):
            break
        start = comma + 1
    return start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,.;:\n\t":
        start += 1
    while end > start and text[end - 1] in " ,.;:\n\t":
        end -= 1
    return start, end


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
