"""The analyzer: text to the terms that BM25 counts. Pure.

Terms are the stems of words of letters and digits (`index.stems`); a word with a hyphen or a
slash gives its parts and the whole ("il-6" gives "il", "6" and "il_6"), so that "covid" finds
"COVID-19" and "IL-6" stays one thing.
"""

import re
import unicodedata

from index.stems import stem

ANALYZER_VERSION = 2
"""Raised whenever a text gives other terms: the keyword index is then made anew."""

_WORD = re.compile(r"[a-z0-9]+(?:[-/.][a-z0-9]+)*")
_PART = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_RAISED_AFTER_WORD = re.compile("(?<=[^\\W\\d_])(?=[⁰¹²³⁴-⁹])")
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
    for word in _WORD.findall(_folded(text)):
        parts = _PART.findall(word)
        found.extend(stem(part) for part in parts)
        if len(parts) > 1:
            found.append("_".join(parts))
    return found


def query_terms(text: str) -> list[str]:
    """The terms of a question, each once and without stop words.

    >>> query_terms("What is the dose of the PRP?")
    ['dose', 'prp']
    """
    kept = [term for term in terms(text) if term not in _STOP_TERMS]
    return list(dict.fromkeys(kept or terms(text)))


def _folded(text: str) -> str:
    """Lower case, compatibility forms and accents folded, as keywords alone are compared."""
    text = _RAISED_AFTER_WORD.sub(" ", _POSSESSIVE.sub("", text))
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
