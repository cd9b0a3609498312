"""What can be wrong with a question. Each message is one line for a person.

QueryError
├── EmptyQueryError
├── QueryTooLongError
├── BrokenTextError
└── FilterError
"""


class QueryError(Exception):
    """The question cannot be asked as it stands."""


class EmptyQueryError(QueryError):
    """No word to search for."""

    def __init__(self) -> None:
        super().__init__(
            'the question is empty. Ask something: python query.py "hydrodissection for calf pain"'
        )


class QueryTooLongError(QueryError):
    """Longer than any case report: a file, not a question."""

    def __init__(self, length: int, limit: int, of: str = "words") -> None:
        super().__init__(
            f"the question has {length:,} {of}, and at most {limit:,} are read. "
            "Shorten it, or add it to the index as a document: python -m index build PATH …"
        )


class BrokenTextError(QueryError):
    """Half of a character, as a text that was cut or read wrongly has: no model can read it."""

    def __init__(self) -> None:
        super().__init__(
            "the question has a broken character (half of a surrogate pair). Type it again, or "
            "give it as UTF-8 text"
        )


class FilterError(QueryError):
    """A filter that cannot mean anything."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}. See the filters: python query.py --help")
