"""What is asked: a question or a pasted case, how many hits, and which documents may answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.sections import KINDS
from ingest.source_types import SOURCE_TYPES
from search.errors import BrokenTextError, EmptyQueryError, FilterError, QueryTooLongError

MAX_WORDS = 5_000
"""The longest case report of 9,784 has about 4,000 words."""
MAX_CHARACTERS = 100_000
"""Of 5,000 long words; some scripts put no spaces between words, and some files have none."""
MAX_HITS = 1_000
DEFAULT_HITS = 10
LAST_YEAR = 9999
MAX_AGE = 130
"""Nobody has been older; a greater number is a slip of the keyboard."""
SEXES = ("female", "male")
NOT_STATED = "not stated"
"""What a filter calls documents and passages that do not state what it looks at."""


def _check_range(name: str, low: int | None, high: int | None, least: int, most: int) -> None:
    for bound in (low, high):
        if bound is not None and not least <= bound <= most:
            raise FilterError(f"{bound} is no {name} from {least} to {most}")
    if low is not None and high is not None and low > high:
        raise FilterError(f"no {name} lies from {low} to {high}")


def _check_words(name: str, wanted: Sequence[str], known: Sequence[str]) -> None:
    allowed = {word.lower() for word in known}
    for word in wanted:
        if word.lower() not in allowed:
            raise FilterError(f"{word!r} is no {name} ({', '.join(dict.fromkeys(known))})")


@dataclass(frozen=True)
class Filters:
    """Which passages may answer; None and empty mean any.

    `section_kinds` are those of `ingest.sections`, `languages` codes of ISO 639-1, `source_types`
    words of `ingest.source_types`. Ages are in completed years: a child of nine months is 0. Age
    and sex are those of the patient whom a passage is about. What does not state a year or an age
    is left out when one is asked for; texts that are not stated are asked for as "not stated".
    """

    year_from: int | None = None
    year_to: int | None = None
    document_types: tuple[str, ...] = ()
    section_kinds: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    sexes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a range that nothing lies in, and words that no document could have."""
        _check_range("year", self.year_from, self.year_to, 1, LAST_YEAR)
        _check_range("age", self.age_from, self.age_to, 0, MAX_AGE)
        _check_words("sex", self.sexes, (*SEXES, NOT_STATED))
        _check_words("kind of section", self.section_kinds, KINDS)
        _check_words("source type", self.source_types, tuple(SOURCE_TYPES.values()))

    def any_set(self) -> bool:
        """Whether anything is left out."""
        return self != ANY


ANY = Filters()
"""No filter."""


@dataclass(frozen=True)
class Query:
    """One information need."""

    text: str
    k: int = DEFAULT_HITS
    filters: Filters = field(default_factory=Filters)

    def __post_init__(self) -> None:
        """Refuse what cannot be searched for."""
        words = len(self.text.split())
        if not any(character.isalnum() for character in self.text):
            raise EmptyQueryError
        if words > MAX_WORDS:
            raise QueryTooLongError(words, MAX_WORDS)
        if len(self.text) > MAX_CHARACTERS:
            raise QueryTooLongError(len(self.text), MAX_CHARACTERS, "characters")
        if any("\ud800" <= character <= "\udfff" for character in self.text):
            raise BrokenTextError
        if not 1 <= self.k <= MAX_HITS:
            raise FilterError(f"between 1 and {MAX_HITS} hits can be asked for, not {self.k}")
