"""Whether a full stop ends its sentence, judged by the words around it. Pure.

The questions are asked in an order: first what can stand after any sentence or none, then what
kind of word stands before the stop (a figure, a letter, a dotted word, an abbreviation). The
word lists and what each means are in `ingest.abbreviations`.
"""

import re
from dataclasses import dataclass

from ingest.abbreviations import (
    BEFORE_NUMBERS,
    CAPITALISED_NEVER_LAST,
    DRUG_FORMS,
    NAMED_BY_LETTER,
    NEVER_LAST,
    RARELY_LAST,
    SMALL_CONTINUERS,
    SMALL_STARTERS,
    SPECIES,
    STARTERS,
    TIME_UNITS,
    UPPER_CASE,
    WEEKDAYS_AND_MONTHS,
)

CONTEXT = 60
"""Characters that are looked at on either side: they hold the three words that are asked about."""

_LISTED = (
    NEVER_LAST | RARELY_LAST | BEFORE_NUMBERS | DRUG_FORMS | SPECIES | UPPER_CASE | {"etc", "no"}
)
_NOT_BEFORE_SMALL = _LISTED | TIME_UNITS
_LIST_LEADS = (";", ":")
"""What the first number of a list stands after; the later ones only after the first sign."""
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\S*\d")
_NUMBER_OR_LETTER = re.compile(r"\S*\d|(?:[A-Z]|[IVX]+)\b(?! [a-z])")
_NUMBER_OR_DOSE = re.compile(r"\d|\w+\s\d")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,4}|[ivx]{1,4}|[A-Za-z])")
_FIRST_HALF = re.compile(r"(?<![\w.,-])\d{1,3}$")
_SECOND_HALF = re.compile(
    r"""\d{1,3}(?: \s?(?: [%°µμ×/),;\]±–-] | x\s?10 | versus\b | (?:[mcknp]?[gm]|gm|[mdcuµμ]?[lL]
    | mmol|mEq|IU|U|kPa|Gy|sec|seconds|[cC])(?![a-zA-Z]) ) | \s\d\s?% )""",
    re.VERBOSE,
)
_FRACTION = re.compile(r"0\d{1,3}(?![\d:])")
_VOLUME = re.compile(r"\d{1,4}(?:\(\d+\))?[,:;]\s?\d")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,5}\.)+[^\W\d_]{1,2}")
_VARIANT = re.compile(r".*[:(;-][cgmnpr]")
_NAMING_ENDING = re.compile(r"[a-z]{3,}(?:in|ine|ase|ide|osis|itis)")
_COUNTED = re.compile(r"[A-Z]{1,3}|[IVX]{1,4}|[A-Z]?\d+[a-z]?")
_MORE_OF_A_NAME = re.compile(r"[A-Z]\.(?!\s[a-z])|A [A-Z][a-z]")
_SMALL_NAME = re.compile(
    r"""[a-z]{1,5}-?[A-Z\d] | [a-z]-[a-z] | [α-ω] | (?:alpha|beta|gamma|delta|kappa)\b
    | [cgp]\.\d | (?:[a-h]|[ivx]{1,4})[.)]\s
    | (?:van|von|de|di|du|la|le)\s(?:de[rn]?\s|la\s)?[A-Z]""",
    re.VERBOSE,
)
_LONG_WORD = re.compile(r"[a-z]{5,}|[a-z]{3}s|[\d.,]*[a-zA-Zµμ]{1,4}\d?/[a-zA-Z]{1,4}")


@dataclass(frozen=True, slots=True)
class Stop:
    """A full stop with its surroundings.

    `word`, `previous` and `earlier` stand before it, the nearest first and "" where the sentence
    or the bracket that is open has no more. `following` begins with a letter, figure or sign;
    `bracketed` says whether an opening bracket or quote stands before that. `enclosed`: the
    sentence began with a bracket; `asked`: the sentence before it was a question.
    """

    word: str
    previous: str
    earlier: str
    following: str
    bracketed: bool
    enclosed: bool
    asked: bool

    @property
    def opens(self) -> bool:
        """Whether the word is all that the sentence or the bracket has so far."""
        return not self.previous

    @property
    def before_starter(self) -> bool:
        """Whether a word follows that begins sentences as a rule."""
        word = _WORD.match(self.following)
        return word is not None and word[0] in STARTERS and self.following[word.end()] != "."

    @property
    def before_capital(self) -> bool:
        """Whether a capital follows, and no bracket before it."""
        return self.following[0].isupper() and not self.bracketed


def is_ordinary(text: str, start: int, at: int) -> bool:
    """Whether the word before the stop at `at` is of small letters only and no abbreviation."""
    word = text[text.rfind(" ", max(start, at - CONTEXT), at) + 1 : at]
    return len(word) > 3 and word.isalpha() and word.islower() and word not in _LISTED


def stop_at(text: str, start: int, at: int, after: int, opening: int) -> Stop | None:
    """The full stop at `at` in the sentence from `start`; None without a word before it.

    What follows begins at `after`, its first letter, figure or sign at `opening`.
    """
    words = text[max(start, at - CONTEXT) : at].rsplit(None, 3)[::-1]
    if not words:
        return None
    return Stop(
        word=words[0].lstrip("([{\"'“‘«") or words[0],
        previous=words[1] if len(words) > 1 and words[0][0] not in "([" else "",
        earlier=words[2] if len(words) > 2 else "",
        following=text[opening : opening + CONTEXT] + " ",
        bracketed=opening > after,
        enclosed=text[start : start + 1] in ("(", "["),
        asked="?" in text[max(0, start - 3) : start],
    )


def full_stop_ends(stop: Stop, closes_bracket: bool = False) -> bool:
    """Whether a sentence ends at this stop; `closes_bracket`: a bracket closes right after it."""
    if closes_bracket and not stop.enclosed:
        return stop.before_starter  # what the bracket interrupted goes on after it
    if not any(map(str.isalnum, stop.word)):
        return True  # a closing quote or bracket that stands apart
    if stop.following[0].islower():
        return _ends_before_small_letter(stop)
    if stop.opens and _LIST_NUMBER.fullmatch(stop.word):
        return False
    if stop.word.isdigit() and stop.previous.endswith(_LIST_LEADS[: 1 + (stop.word == "1")]):
        return False  # "as follows: 1. Rest; 2. Ice"
    if _VARIANT.fullmatch(stop.word):
        return False  # "NM_1234.5:c. 265T > G"
    if stop.word[-1].isdigit():
        return _ends_after_figure(stop)
    if len(stop.word) == 1:
        return _ends_after_letter(stop)
    if _DOTTED.fullmatch(stop.word):
        return _ends_after_dotted(stop)
    return _ends_after_word(stop)


def _ends_after_figure(stop: Stop) -> bool:
    """A figure ends a sentence unless a second half follows: "12. 9 mmol/l"."""
    half = _FIRST_HALF.search(stop.word)
    if half is None or stop.following[0].isalpha():
        return True
    return half[0] != "0" and not _SECOND_HALF.match(stop.following)


def _ends_after_letter(stop: Stop) -> bool:
    """A unit or a name ("36 °C", "vitamin C") ends a sentence, an initial does not."""
    if stop.opens:
        return False
    before = stop.previous.strip("([,")
    if (before[-1:].isdigit() and not stop.previous.endswith(",")) or before in ("°", "º", "o"):
        return not stop.bracketed
    if _MORE_OF_A_NAME.match(stop.following):
        return False
    if stop.before_starter:
        return True
    if stop.word.islower():
        return not stop.word.isascii()
    if before in ("and", "or"):  # "stage B or C", but not "F. Lee and R. Ito"
        return _COUNTED.fullmatch(stop.earlier.rstrip(",")) is not None
    return (
        before.lower() in NAMED_BY_LETTER
        or _NAMING_ENDING.fullmatch(before) is not None
        or before in tuple("<>=/+×")
    )


def _ends_after_dotted(stop: Stop) -> bool:
    """Before a capital "q.d." and "a.m." end a sentence, "U.S." and "J.R." before a starter."""
    lower = stop.word.lower()
    if lower in NEVER_LAST:
        return False
    if stop.before_starter:
        return True
    if lower in RARELY_LAST or not stop.word[0].islower() or not stop.before_capital:
        return False
    following = _WORD.match(stop.following)
    return following is not None and following[0] not in WEEKDAYS_AND_MONTHS


def _ends_after_word(stop: Stop) -> bool:
    word, lower = stop.word, stop.word.lower()
    if lower in ("no", "nos"):
        return (stop.opens and stop.asked) or not _NUMBER.match(stop.following)
    if _FRACTION.match(stop.following):
        return False  # "P = .01 and. 02"
    if word[0].isupper() and _VOLUME.match(stop.following):
        return False  # a journal: "JAMA. 2000;283:3211", "J. Bacteriol. 174:4324"
    if word.isupper() and word not in UPPER_CASE:
        return True  # an acronym
    if lower in NEVER_LAST:
        return False
    if lower in RARELY_LAST or word in CAPITALISED_NEVER_LAST:
        return stop.before_starter
    if lower in SPECIES:
        return stop.before_starter or re.match(r"[A-Z][a-z]", stop.following) is not None
    if lower in DRUG_FORMS:
        return not stop.opens and not _NUMBER_OR_DOSE.match(stop.following)
    if lower in BEFORE_NUMBERS:
        is_unit = lower == "min" and stop.previous[-1:].isdigit()
        return is_unit or not _NUMBER_OR_LETTER.match(stop.following)
    return lower != "etc" or stop.before_capital


def _ends_before_small_letter(stop: Stop) -> bool:
    """Careless writers and some names begin small; most such stops belong to abbreviations."""
    word = stop.word
    if len(word) == 1 and not stop.previous[-1:].isdigit():
        return False
    if word.lower() in _NOT_BEFORE_SMALL or word in CAPITALISED_NEVER_LAST:
        return False
    if _DOTTED.fullmatch(word):
        return False
    if _SMALL_NAME.match(stop.following):
        return True
    following = _WORD.match(stop.following)
    if following is None or following[0] in SMALL_CONTINUERS:
        return False
    return following[0] in SMALL_STARTERS or _LONG_WORD.fullmatch(word) is not None
