"""What is asked: a question or a pasted case, how many hits, and which documents may answer."""

from dataclasses import dataclass, field

from search.errors import BrokenTextError, EmptyQueryError, FilterError, QueryTooLongError

MAX_WORDS = 5_000
"""The longest case report of 9,784 has about 4,000 words."""
MAX_CHARACTERS = 100_000
"""Of 5,000 long words; some scripts put no spaces between words, and some files have none."""
MAX_HITS = 1_000
DEFAULT_HITS = 10


@dataclass(frozen=True)
class Filters:
    """Which documents may answer; None and empty mean any.

    A document that does not state its year is left out when a year is asked for.
    """

    year_from: int | None = None
    year_to: int | None = None
    document_types: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a range that no year lies in."""
        for year in (self.year_from, self.year_to):
            if year is not None and not 1 <= year <= 9999:
                raise FilterError(f"{year} is no year from 1 to 9999")
        if (
            self.year_from is not None
            and self.year_to is not None
            and self.year_from > self.year_to
        ):
            raise FilterError(f"no year lies from {self.year_from} to {self.year_to}")

    def any_set(self) -> bool:
        """Whether anything is left out."""
        return self != Filters()


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
