"""The analyzer: text to the terms that BM25 counts. Pure.

Terms are made of letters and digits; a word with a hyphen or a slash gives its parts and the
whole ("il-6" gives "il", "6" and "il_6"), so that "covid" finds "COVID-19" and "IL-6" stays
one thing.
"""

import re
import unicodedata

ANALYZER_VERSION = 1
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


def terms(text: str) -> list[str]:
    """The terms of a text in order, plural endings taken off.

    >>> terms("IL-6 in tendinopathies")
    ['il', '6', 'il_6', 'in', 'tendinopathy']
    """
    found: list[str] = []
    for word in _WORD.findall(_folded(text)):
        parts = _PART.findall(word)
        found.extend(singular(part) for part in parts)
        if len(parts) > 1:
            found.append("_".join(parts))
    return found


def query_terms(text: str) -> list[str]:
    """The terms of a question, each once and without stop words.

    >>> query_terms("What is the dose of the PRP?")
    ['dose', 'prp']
    """
    kept = [term for term in terms(text) if term not in STOP_WORDS]
    return list(dict.fromkeys(kept or terms(text)))


def singular(word: str) -> str:
    """A word without its plural ending (the S-stemmer of Harman, JASIS 42, 1991).

    >>> [singular(word) for word in ("biopsies", "nerves", "pus", "diagnosis", "abscesses")]
    ['biopsy', 'nerve', 'pus', 'diagnosis', 'abscess']
    """
    if len(word) > 4 and word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    if len(word) > 4 and word.endswith("es") and word[-3] not in "aeo" and word[-4:] != "ises":
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "usi":
        return word[:-1]
    return word


def _folded(text: str) -> str:
    """Lower case, compatibility forms and accents folded, as keywords alone are compared."""
    text = _RAISED_AFTER_WORD.sub(" ", _POSSESSIVE.sub("", text))
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
