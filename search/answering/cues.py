"""Which cues the words of a sentence give: of a diagnosis, a treatment, an outcome and so on. Pure.

The words are data, in `cues.tsv`. Each word is looked up once and kept, for many sentences are
read while someone waits: a sentence costs microseconds, no pattern is matched against it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.keywords import terms
from search.word_lists import read_word_list

CUES_FILE = Path(__file__).with_name("cues.tsv")
DISEASE = "disease"
DISEASE_ENDINGS = (
    *("itis", "oma", "omas", "omata", "osis", "oses", "opathy", "opathies", "emia", "aemia"),
    *("uria", "algia", "plegia", "paresis", "iasis", "megaly", "sarcoma", "carcinoma", "penia"),
    *("philia", "lysis", "cele", "ectasis", "myelitis", "asthenia", "trophy", "malacia", "plasia"),
)
"""Endings of the Greek and Latin names of diseases."""
_NOT_DISEASES = frozenset(
    """diagnosis prognosis analysis hypothesis dialysis hemodialysis haemodialysis paralysis coma
    anastomosis neurolysis thrombolysis arthrodesis urinalysis electrolysis catalysis""".split()
)
KEPT_WORDS = 1 << 15
"""Words whose reading is kept, some 8 MB: more than the passages of a day's questions hold."""
_EDGES = "\"'“”‘’«»()[]{}<>.,;:!?…*†‡§•–—"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as a sentence has it: its bare form, its terms, and the bits of its cues."""

    bare: str
    terms: tuple[str, ...]
    cues: int
    begins_pair: bool
    is_number: bool


_READ = {name: words.split() for name, words in read_word_list(CUES_FILE, columns=2)}
CUE_BITS = {name: 1 << place for place, name in enumerate(_READ)}
"""The bit of each cue, in the order of the file."""
_PAIRS: dict[str, list[tuple[str, bool, int]]] = {}
_WHOLE: dict[str, int] = {}
_BEGINNINGS: dict[str, int] = {}
for _name, _words in _READ.items():
    for _word in _words:
        _first, _, _second = _word.partition("_")
        if _second:
            _PAIRS.setdefault(_first, []).append(
                (_second.rstrip("*"), _second.endswith("*"), CUE_BITS[_name])
            )
        else:
            _table = _BEGINNINGS if _word.endswith("*") else _WHOLE
            _bare = _word.rstrip("*")
            _table[_bare] = _table.get(_bare, 0) | CUE_BITS[_name]
_LONGEST = max(map(len, _BEGINNINGS))
_NUMBER = re.compile(
    r"[<>≥≤~±+-]*\d[\d.,:/–-]*%?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few"
)


@lru_cache(maxsize=KEPT_WORDS)
def read_word(written: str) -> Word:
    """A word between two spaces, read once."""
    bare = written.lower().strip(_EDGES).replace("’", "'")
    cues = _cues_of(bare)
    for part in bare.replace("/", "-").split("-") if "-" in bare or "/" in bare else ():
        cues |= _cues_of(part)
    return Word(bare, tuple(terms(written)), cues, bare in _PAIRS, bool(_NUMBER.fullmatch(bare)))


def pair_cues(first: Word, second: Word) -> int:
    """The cues of two words side by side.

    >>> bool(pair_cues(read_word("due"), read_word("to")) & CUE_BITS["causal"])
    True
    """
    cues = 0
    for word, is_beginning, bits in _PAIRS.get(first.bare, ()):
        if second.bare == word or (is_beginning and second.bare.startswith(word)):
            cues |= bits
    return cues


def _cues_of(word: str) -> int:
    cues = _WHOLE.get(word, 0)
    for length in range(2, min(len(word), _LONGEST) + 1):
        cues |= _BEGINNINGS.get(word[:length], 0)
    if word[:1] in "$€£" and word[1:2].isdigit():
        cues |= CUE_BITS["cost"]
    if len(word) > 5 and word.endswith(DISEASE_ENDINGS) and word not in _NOT_DISEASES:
        cues |= CUE_BITS[DISEASE]
    return cues
