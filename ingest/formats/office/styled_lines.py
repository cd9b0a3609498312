"""Paragraphs that are lines: a text that was pasted with a paragraph's end at each line's.

What is copied from a PDF into Word comes so; its sentences would be cut at every line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.formats.office.styled import Item, Paragraph, Table
from ingest.formats.text_lines import shape_of, unbroken


def unbroken_items(items: Sequence[Item]) -> list[Item]:
    """The items, lines of one paragraph joined where nearly all paragraphs are lines."""
    runs = [(is_plain, list(run)) for is_plain, run in groupby(items, _is_plain)]
    lines = [line for _, run in runs for line in (*_texts(run), "")]
    shape = shape_of(lines)
    if not shape.width:
        return list(items)
    joined: list[Item] = []
    for is_plain, run in runs:
        first = run[0]
        if not is_plain or isinstance(first, Table):
            joined += run
            continue
        joined += [replace(first, text=text) for text in unbroken(list(_texts(run)), shape)]
    return joined


def _is_plain(item: Item) -> bool:
    """Whether an item is text in one line and nothing else."""
    return (
        isinstance(item, Paragraph)
        and bool(item.text.strip())
        and not (item.level or item.is_bold or item.mark or item.kind)
        and "\n" not in item.text
    )


def _texts(run: Sequence[Item]) -> Iterator[str]:
    yield from (one.text for one in run if isinstance(one, Paragraph) and _is_plain(one))
