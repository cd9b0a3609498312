"""A question in the corpus's own words: abbreviations, spelling and synonyms.

words.py       a question as words and runs of words; pure
spelling.py    which known word a misspelt one is meant to be; pure
variants.py    British and American spellings; pure
synonyms.py    equal terms, from synonyms.tsv; pure
english.py     what is an English word
corpus.py      what the corpus knows; the only SQL
corrections.py misspelt words of a question
expansions.py  all of these over one question
"""

from search.vocabulary.expansions import (
    ABBREVIATION,
    REASONS,
    SPELLING,
    SYNONYM,
    Expansion,
    expansions,
)
from search.vocabulary.reading import spelled_out

__all__ = (
    "ABBREVIATION",
    "REASONS",
    "SPELLING",
    "SYNONYM",
    "Expansion",
    "expansions",
    "spelled_out",
)
