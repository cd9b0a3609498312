"""What is heard of a word: misspelt words of the same sound are looked up by it. Pure.

Two errors in a word are forgiven only where the consonants stay (`search.vocabulary.spelling`), so
the words that may be meant are those of one sound, not all words of like length.
"""

import re
from functools import lru_cache

_SILENT = re.compile("^(p(?=[nst])|k(?=n)|w(?=r))")
_NOT_HEARD = re.compile(r"(?<!^)[aeiouyhw]+")
_DOUBLED = re.compile(r"(.)\1+")
_KEPT = 1 << 16
"""Words whose sound is kept, some 10 MB: a batch of documents has most words of the one before."""


def skeleton(word: str) -> str:
    """What is heard of a small word's consonants.

    >>> skeleton("cefixime"), skeleton("pneumonia") == skeleton("numonia")
    ('kfxm', True)
    """
    sounds = _SILENT.sub("", word).replace("ph", "f").replace("c", "k").replace("q", "k")
    return _DOUBLED.sub(r"\1", _NOT_HEARD.sub("", sounds))


@lru_cache(maxsize=_KEPT)
def sound(word: str) -> str:
    """The skeleton without a plural's ending, as words are looked up by it.

    >>> sound("biceps") == sound("bicep")
    True
    """
    return skeleton(word).rstrip("s")
