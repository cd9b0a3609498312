"""What is an English word: pyspellchecker's list (MIT), made from the subtitles of films.

It says what to leave alone. A right word that a corpus merely lacks is no misspelling, and an
everyday word is no abbreviation unless it is typed as one.
"""

import gzip
import json
from functools import cache
from importlib.resources import files

EVERYDAY = 2_000
"""Counts in the list: "pin", "dish" and "hit" have more than ten times this, "rom" and "mas" (by
chance in the list) and "tibial" have fewer."""


def is_english(word: str) -> bool:
    """Whether a small word, or its singular, is in the list."""
    listed = _counts()
    return word in listed or (word.endswith("s") and word[:-1] in listed)


def is_everyday(word: str) -> bool:
    """Whether a small word is so common that in small letters it means just this."""
    return _counts().get(word, 0) >= EVERYDAY


@cache
def _counts() -> dict[str, int]:
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return counts
