"""The analyzer: text to the terms that BM25 counts. Pure.

Terms are the stems of words of letters and digits (`index.stems`); a word with a hyphen or a
slash gives its parts and the whole ("il-6" gives "il", "6" and "il_6"), so that "covid" finds
"COVID-19" and "IL-6" stays one thing.
"""

import re
from functools import lru_cache

from index.folding import folded
from index.stems import stem

ANALYZER_VERSION = 2
"""Raised whenever a text gives other terms: the keyword index is then made anew."""

KEPT_WORDS = 1 << 16
"""Words whose terms are kept, some 10 MB: all but the rare ones of any corpus."""

_WORD = re.compile(r"[a-z0-9]+(?:[-/.][a-z0-9]+)*")
_PART = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_RAISED_AFTER_WORD = re.compile("(?<=[^\\W\\d_])([⁰¹²³⁴-⁹])")
"""Between a word and its raised citation mark; "10⁹" and "m²" after a figure stay one term."""
STOP_WORDS = frozenset(
    """a about after again all also am an and any are as at be because been before being between
    both but by can cannot could did do does doing down during each few for from further had has
    have having he her here hers him his how i if in into is it its itself just me more most my no
    nor not of off on once only or other our out over own per same she should so some such than
    that the their them then there these they this those through to too under until up very was we
    were what when where which while who whom why will with would you your""".split()
)

_STOP_TERMS = STOP_WORDS | {stem(word) for word in STOP_WORDS}


def terms(text: str) -> list[str]:
    """The terms of a text in order.

    >>> terms("IL-6 in tendons")
    ['il', '6', 'il_6', 'in', 'tendon']
    """
    found: list[str] = []
    for word in _WORD.findall(folded(_parted(text))):
        found.extend(_word_terms(word))
    return found


def query_terms(text: str) -> list[str]:
    """The terms of a question, each once and without stop words.

    >>> query_terms("What is the dose of the PRP?")
    ['dose', 'prp']
    """
    kept = [term for term in terms(text) if term not in _STOP_TERMS]
    return list(dict.fromkeys(kept or terms(text)))


@lru_cache(maxsize=KEPT_WORDS)
def _word_terms(word: str) -> tuple[str, ...]:
    parts = _PART.findall(word)
    whole = ("_".join(parts),) if len(parts) > 1 else ()
    return (*map(stem, parts), *whole)


def _parted(text: str) -> str:
    """A text without possessive endings and with raised citation marks off the words before."""
    if "'s" in text or "’s" in text:
        text = _POSSESSIVE.sub("", text)
    return text if text.isascii() else _RAISED_AFTER_WORD.sub(r" \1", text)
