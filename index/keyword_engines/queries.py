"""What an engine is asked for: terms, phrases that may stand for them, and which documents."""

from dataclasses import dataclass

TITLE_WEIGHT, HEADING_WEIGHT, BODY_WEIGHT = 1.0, 0.5, 1.0
"""What one occurrence counts in each column of a passage."""

_SQL = {"age": "CAST(age_years AS INTEGER)", "section_kind": "kind"}
"""Facets whose expression in SQL is not their name."""


@dataclass(frozen=True)
class Alternative:
    """A phrase that is looked for as well, and the words of the query that it stands for.

    Both are terms in order; `stands_for` has at least one term of the query. A passage that has
    `stands_for` itself gains nothing by the phrase.
    """

    phrase: tuple[str, ...]
    stands_for: tuple[str, ...]


@dataclass(frozen=True)
class KeywordQuery:
    """The terms of `index.keywords`, any of which a passage may have, each once."""

    terms: tuple[str, ...]
    alternatives: tuple[Alternative, ...] = ()
    title_weight: float = TITLE_WEIGHT

    @property
    def phrases(self) -> list[tuple[str, ...]]:
        """All that counts by itself, each once: terms, as phrases of one, and alternatives."""
        alone = [(term,) for term in self.terms]
        return list(dict.fromkeys([*alone, *(one.phrase for one in self.alternatives)]))

    @property
    def column_weights(self) -> tuple[float, float, float]:
        """The weights of title, heading and body."""
        return self.title_weight, HEADING_WEIGHT, BODY_WEIGHT


@dataclass(frozen=True)
class DocumentFilter:
    """Which documents and which of their passages may answer; None and empty mean any.

    What does not state what is asked for is left out; values are as the columns of `documents`
    and `passages` have them, "" for a type, language or sex that is not stated. Ages are in
    completed years.
    """

    year_from: int | None = None
    year_to: int | None = None
    document_types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    section_kinds: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    sexes: tuple[str, ...] = ()

    @property
    def any_set(self) -> bool:
        """Whether anything is left out."""
        return self != ANY_DOCUMENT

    @property
    def ranges(self) -> tuple[tuple[str, int | None, int | None], ...]:
        """Facets that are numbers, each with its least and greatest value."""
        return (("year", self.year_from, self.year_to), ("age", self.age_from, self.age_to))

    @property
    def choices(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Facets that are texts, each with the values that may answer."""
        return (
            ("document_type", self.document_types),
            ("language", self.languages),
            ("format", self.formats),
            ("section_kind", self.section_kinds),
            ("sex", self.sexes),
        )

    def condition(self) -> tuple[str, list[object]]:
        """SQL over `documents` and `passages`, "" for no filter, and its values.

        No string of the user's is in the SQL.

        >>> DocumentFilter(year_from=1999, languages=("en", "de")).condition()
        ('year >= ? AND language IN (?, ?)', [1999, 'en', 'de'])
        """
        conditions: list[str] = []
        values: list[object] = []
        for column, low, high in self.ranges:
            for bound, comparison in ((low, ">="), (high, "<=")):
                if bound is not None:
                    conditions.append(f"{_SQL.get(column, column)} {comparison} ?")
                    values.append(bound)
        for column, wanted in self.choices:
            if wanted:
                conditions.append(f"{_SQL.get(column, column)} IN ({', '.join('?' * len(wanted))})")
                values.extend(wanted)
        return " AND ".join(conditions), values


ANY_DOCUMENT = DocumentFilter()
"""No filter."""
