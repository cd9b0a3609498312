"""What can be wrong with a question. Each message is one line for a person.

QueryError
├── EmptyQueryError
├── QueryTooLongError
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

    def __init__(self, words: int, limit: int) -> None:
        super().__init__(
            f"the question has {words:,} words, and at most {limit:,} are read. "
            "Shorten it, or add it to the index as a document: python -m index build PATH …"
        )


class FilterError(QueryError):
    """A filter that cannot mean anything."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}. See the filters: python query.py --help")
