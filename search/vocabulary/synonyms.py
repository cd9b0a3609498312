"""Equal terms from a small list of musculoskeletal and clinical words. Pure but for the list.

`synonyms.tsv` holds a group in each line: its relation, then its terms, with tabs between.

    =      all say the same
    >      the first is a loose or lay word for the others, which never stand for it
    abbr   the first is an abbreviation of the second, for corpora that do not explain it
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.abbreviations import phrase_key, short_key
from search.word_lists import lines_of

SYNONYMS = Path(__file__).parent / "synonyms.tsv"
EQUAL, LOOSE, SHORT = "=", ">", "abbr"


@dataclass(frozen=True)
class SynonymList:
    """The list, looked up by key: what a term is searched as beside itself."""

    equal: dict[str, tuple[str, ...]]
    long_forms: dict[str, tuple[str, ...]]
    short_forms: dict[str, tuple[str, ...]]
    words: frozenset[str]


@cache
def synonym_list() -> SynonymList:
    """The list as it is shipped."""
    return read_synonyms(SYNONYMS.read_text("utf-8"))


def read_synonyms(text: str) -> SynonymList:
    r"""A list from its text; ValueError names the first line that is none.

    >>> read_synonyms("=\tfrozen shoulder\tadhesive capsulitis").equal["frozen shoulder"]
    ('adhesive capsulitis',)
    """
    equal: dict[str, tuple[str, ...]] = {}
    long_forms: dict[str, tuple[str, ...]] = {}
    short_forms: dict[str, tuple[str, ...]] = {}
    words: set[str] = set()
    for number, (relation, *group) in lines_of(text):
        if relation not in (EQUAL, LOOSE, SHORT) or len(group) < 2 or not all(group):
            raise ValueError(
                f"line {number} is no group of synonyms: {' '.join((relation, *group))}"
            )
        words.update(word for term in group for word in term.lower().replace("-", " ").split())
        if relation == SHORT:
            _add(long_forms, short_key(group[0]), group[1:])
            _add(short_forms, phrase_key(group[1]), group[:1])
        for term in {EQUAL: group, LOOSE: group[:1], SHORT: []}[relation]:
            _add(equal, phrase_key(term), [other for other in group if other != term])
    return SynonymList(equal, long_forms, short_forms, frozenset(words))


def _add(table: dict[str, tuple[str, ...]], key: str, terms: list[str]) -> None:
    table[key] = tuple(dict.fromkeys((*table.get(key, ()), *terms)))
