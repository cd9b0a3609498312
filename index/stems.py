"""A word to the stem that stands for it in the keyword index. Pure.

Porter's English stemmer (https://snowballstem.org/algorithms/english/stemmer.html) joins the
forms of a word, and sometimes two words; what clinical texts need before it is done here: one
spelling for British and American words, the Latin and Greek plurals that it does not know, and
words that it must not join ("organ" and "organization", "immune" and "immunization").
"""

import re
from functools import lru_cache

import Stemmer

_PORTER = Stemmer.Stemmer("english", 0)  # its own cache is not safe between threads
_KEPT_APART = frozenset({"organic", "organism", "organisms", "university", "universities"})
_IRREGULAR = {
    "children": "child", "women": "woman", "men": "man", "feet": "foot", "teeth": "tooth",
    "tore": "tear", "torn": "tear", "broke": "break", "broken": "break", "bitten": "bite",
    "bled": "bleed", "swollen": "swell", "swelled": "swell", "fell": "fall", "fallen": "fall",
    "ran": "run", "grew": "grow", "grown": "grow", "gave": "give", "given": "give",
}  # fmt: skip
"""Forms that no ending tells; of those that patients' stories are full of."""
_SHORTEST_CHANGED = 5
"""Letters; shorter words are never respelt ("toe", "hour", "acre")."""

_RESPELT = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"ae$", "a"),  # bursae, vertebrae: a Latin plural, not a British spelling
        (r"(?<=sta|gno|eno|bro|cro|lly|aly|oly|the|cri)ses$", "sis"),  # metastases, stenoses
        (r"(?<=.)ae|(?<=.)oe(?!s?$)", "e"),  # haematoma, oedema's inner letters, diarrhoea
        (r"^oe(?=[dst])", "e"),  # oedema, oesophagus, oestrogen
        (r"^ae(?=[st])", "e"),  # aesthetic, aetiology
        (r"(?<=..)our(?=s?$|ed$|ing$|al$)", "or"),  # tumour, colour, behavioural
        (r"(?<=[bt])re(?=s?$)", "er"),  # fibre, centre, litres
        (r"ys(?=e[ds]?$|ing$|is$)", "yz"),  # paralyse, analysing, and their nouns
    )
)
_MADE_VERB = re.compile(r"^(.{3,}i)[sz](?:e|ed|es|er|ers|ing|ation|ations|ational)$")
_NO_MADE_VERB = re.compile(
    r"(?:ra|pra|prom|exerc|surpr|prec|compr|prev|adv|dev|expert|rev|superv)i"
)
"""A word that ends in "ise" without being made from another: raise, exercise, revise."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a lower-case word.

    >>> [stem(word) for word in ("tendinopathies", "injected", "haematoma", "metastases")]
    ['tendinopathi', 'inject', 'hematoma', 'metastas']
    >>> stem("organization") == stem("organ"), stem("organisation") == stem("organization")
    (False, True)
    """
    if word in _KEPT_APART:
        return word.removesuffix("s")
    word = _respelt(_IRREGULAR.get(word, word))
    made = _MADE_VERB.match(word)
    if made and not _NO_MADE_VERB.search(made.group(1)):
        return made.group(1) + "z"
    found = str(_PORTER.stemWord(word))
    # Greek nouns in -sis meet their verbs: diagnosis and diagnosed, paralysis and paralysed.
    return found[:-1] if found.endswith(("osi", "asi", "yzi")) else found


def _respelt(word: str) -> str:
    if len(word) < _SHORTEST_CHANGED:
        return word
    for pattern, replacement in _RESPELT:
        word = pattern.sub(replacement, word)
    return word
