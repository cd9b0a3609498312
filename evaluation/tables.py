"""Tables in Markdown, drawn alike in every results file. Pure."""

from collections.abc import Iterable, Sequence


def markdown_table(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    r"""A heading, a rule and a line for each row, without a line end after the last.

    >>> print(markdown_table(["leg", "found"], [["dense", 3], ["a|b", 4]]))
    | leg | found |
    |---|---|
    | dense | 3 |
    | a\|b | 4 |
    """
    return "\n".join([_row(head), "|---" * len(head) + "|", *map(_row, rows)])


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"
