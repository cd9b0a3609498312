r"""Word lists that come with the program: tables of text with tabs between the columns. Pure.

Blank lines and those that begin with "#" are for people. Which columns there are, each list says
in its first lines and its reader in its module.
"""

from collections.abc import Iterator
from pathlib import Path


def read_word_list(path: Path, columns: int) -> list[list[str]]:
    """The lines of a list of so many columns; ValueError names a line that has others."""
    found = []
    for number, line in lines_of(path.read_text("utf-8")):
        if len(line) != columns:
            raise ValueError(f"{path.name}: line {number} has {len(line)} columns, not {columns}")
        found.append(line)
    return found


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    r"""Each line that is for the program with its number from 1, parted at its tabs.

    >>> list(lines_of("# a comment\n=\tfrozen shoulder\tadhesive capsulitis"))
    [(2, ['=', 'frozen shoulder', 'adhesive capsulitis'])]
    """
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")
