"""Abbreviations that a text itself explains, with their long forms. Pure.

A pair is found where one stands in parentheses after the other, "posterior interosseous nerve
(PIN)" or "PIN (posterior interosseous nerve)", and every letter of the short form is met in the
long one, the first at the start of a word.
Source: Schwartz and Hearst, PSB 2003, https://doi.org/10.1142/9789812776303_0042

Not read: lists of abbreviations without parentheses, and short forms without a capital letter.
"""

import re
from dataclasses import dataclass

from index.folding import folded

MAX_SHORT = 10
"""Characters of a short form, as in the source; longer ones are words."""
MAX_SHORT_WORDS = 2
"""Words of a short form, as in the source ("CRPS I")."""
MAX_LONG_LETTERS = 100
"""Characters of a long form: an abbreviation of few letters for more is a coincidence."""

_PARENTHESES = re.compile(r"\(([^()\n]{2,120})\)")
_ENDS = re.compile(r"[\n;:]|(?<=[^.\s]{3})[.?!]\s")
"""What a long form never runs across."""
_WORD = re.compile(r"[^\W_]+")
_ROMAN_OR_LEVEL = re.compile(r"[IVXivx]+|[A-Za-z]\d+")
"""Numerals and vertebral levels: "(II)" and "(T1)" number things and shorten nothing."""
_EDGES = " \t,;:.\"'“”‘’[]-–—\\/*"
_SMALL_WORDS = frozenset("a an and as at by for from in is of on or the to was were with".split())
_POSSESSIVE = re.compile(r"['’]s\b")
_PLURAL = re.compile(r"(?<=[A-Z0-9])s$")


@dataclass(frozen=True)
class Abbreviation:
    """A short form with the long form that a text gives for it, both as printed."""

    short: str
    long: str


def find_abbreviations(text: str) -> list[Abbreviation]:
    """The abbreviations that a text explains, each pair once, in order.

    >>> find_abbreviations("Compression of the posterior interosseous nerve (PIN) was found.")
    [Abbreviation(short='PIN', long='posterior interosseous nerve')]
    """
    found: dict[Abbreviation, None] = {}
    for match in _PARENTHESES.finditer(text):
        before = _same_sentence(text[max(0, match.start() - 2 * MAX_LONG_LETTERS) : match.start()])
        pair = _explained_before(before, match[1]) or _explained_inside(before, match[1])
        if pair is not None:
            found[pair] = None
    return list(found)


def short_key(short: str) -> str:
    """What short forms are compared by: letters and digits, small, without a plural's s.

    >>> short_key("PMP-22"), short_key("MRIs")
    ('pmp22', 'mri')
    """
    return "".join(_WORD.findall(_PLURAL.sub("", short))).lower()


def phrase_key(phrase: str) -> str:
    """What phrases are compared by: their words, in one number and one spelling.

    Stems would go too far: "tendonitis" has that of "tendon".

    >>> phrase_key("Platelet-rich plasmas"), phrase_key("Oedema of the knees")
    ('platelet rich plasma', 'edema of the knee')
    """
    return " ".join(map(_one_form, _WORD.findall(folded(_POSSESSIVE.sub("", phrase)))))


def _one_form(word: str) -> str:
    """A small word without its plural ending (the S-stemmer of Harman, JASIS 42, 1991)."""
    word = word.replace("ae", "e").replace("oe", "e")
    if len(word) > 4 and word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "usi" else word


def _explained_before(before: str, inside: str) -> Abbreviation | None:
    """The pair "long form (SHORT)"; what follows the short form in the parentheses is left."""
    short = re.split(r"[,;:=]", inside, maxsplit=1)[0].strip(_EDGES)
    if not _is_short_form(short):
        return None
    words = before.split()
    letters = sum(character.isalnum() for character in short)
    start = " ".join(words[-min(letters + 5, letters * 2) :])
    return _pair(short, start)


def _explained_inside(before: str, inside: str) -> Abbreviation | None:
    """The pair "SHORT (long form)"; the long form is all that the parentheses hold."""
    words = before.split()
    short = words[-1].strip(_EDGES) if words else ""
    if not _is_short_form(short) or not before.endswith((" ", "\u00a0")):
        return None
    pair = _pair(short, re.split(r"[,;:=]", inside, maxsplit=1)[0])
    return pair if pair and inside.startswith(pair.long) else None


def _pair(short: str, candidate: str) -> Abbreviation | None:
    singular = _PLURAL.sub("", short)
    long = _by_initials(singular, candidate) or best_long_form(singular, candidate)
    long = long.strip(_EDGES)
    words = _WORD.findall(long)
    letters = sum(character.isalnum() for character in short)
    if (
        len(long) <= len(short)
        or len(long) > MAX_LONG_LETTERS
        or len(words) > min(letters + 5, letters * 2)
        or short_key(short) in (short_key(word) for word in words)
        or words[0].lower() in _SMALL_WORDS
        or any(character in long for character in "()")
        or (len(words) == 1 and len(long) < 2 * len(short))
    ):
        return None
    return Abbreviation(short, long)


def best_long_form(short: str, candidate: str) -> str:
    """The shortest end of a candidate that holds all letters of a short form, "" if none does.

    The source's walk from the right: its first character must begin a word.
    """
    at = len(candidate) - 1
    for place in range(len(short) - 1, -1, -1):
        wanted = short[place].lower()
        if not wanted.isalnum():
            continue
        while at >= 0 and (
            candidate[at].lower() != wanted
            or (place == 0 and at > 0 and candidate[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
        at -= 1
    return candidate[at + 1 :]


def _by_initials(short: str, candidate: str) -> str:
    """The end of a candidate whose words begin with just the letters of a short form, "" if none.

    It goes before the source's walk, which stops at "pump inhibitor" for PPI.
    """
    if not short.isalpha():
        return ""
    words = list(_WORD.finditer(candidate))
    for count in range(len(short), min(len(words), 2 * len(short)) + 1):
        last = words[-count:]
        initials = [w[0][0].lower() for w in last if w[0].lower() not in _SMALL_WORDS]
        if initials == list(short.lower()) and last[0][0].lower() not in _SMALL_WORDS:
            return candidate[last[0].start() :]
    return ""


def _is_short_form(text: str) -> bool:
    return (
        2 <= len(text) <= MAX_SHORT
        and len(text.split()) <= MAX_SHORT_WORDS
        and text[0].isalnum()
        and not any(len(word) > 2 and word.islower() for word in text.split())
        and any(character.isupper() for character in text)
        and not _ROMAN_OR_LEVEL.fullmatch(text)
        # A capital at the start alone is a name or a sentence's first word: "(Smith)".
        and (len(text) == 2 or any(c.isupper() for c in text[1:]) or not text.isalpha())
    )


def _same_sentence(before: str) -> str:
    ends = [match.end() for match in _ENDS.finditer(before)]
    return before[ends[-1] :] if ends else before
