"""Tables of JATS, BMC and CALS as lines: one a row, cells parted by bars, columns kept in place.

Sources of the attributes: https://jats.nlm.nih.gov/archiving/tag-library/1.3/element/td.html and
the OASIS Exchange Table Model, https://www.oasis-open.org/specs/a503.htm
"""

import re
from collections.abc import Sequence

from lxml import etree

from ingest.formats.xml.tree import attribute, inline_text, local_name

CELL_BREAK = " | "
MAX_SPAN = 100
"""A cell that claims to span more columns or rows is taken at this: no table prints so."""
MAX_REPEATED_CHARACTERS = 60
"""The name of a group is said again in each row that it spans; a text so long is said once."""
_ROWS = ("tr", "row", "r")
_CELLS = frozenset(["td", "th", "entry", "c"])
_DIGITS = re.compile(r"\d+")


def table_lines(table: etree._Element) -> list[str]:
    """The rows with anything in them, the foot last; a cell over several rows stands in each."""
    lines = []
    columns = [attribute(column, "colname") for column in table.iter("colspec")]
    spanning: dict[int, tuple[int, str]] = {}
    for row in _rows(table):
        cells = _cells(row, columns, spanning)
        while cells and not cells[-1]:
            cells.pop()
        if any(cells):
            lines.append(CELL_BREAK.join(cells))
    return lines


def _rows(table: etree._Element) -> list[etree._Element]:
    rows = [row for row in table.iter(*_ROWS) if not _within(row, _CELLS, table)]
    return sorted(rows, key=lambda row: _within(row, frozenset(["tfoot"]), table))


def _within(row: etree._Element, names: frozenset[str], table: etree._Element) -> bool:
    for ancestor in row.iterancestors():
        if ancestor is table:
            return False
        if local_name(ancestor) in names:
            return True
    return False


def _cells(
    row: etree._Element, columns: Sequence[str], spanning: dict[int, tuple[int, str]]
) -> list[str]:
    """The texts of one row, column by column; `spanning` holds what goes on from rows above."""
    texts: list[str] = []
    for cell in [child for child in row if local_name(child) in _CELLS]:
        _fill_from_above(texts, spanning)
        text = inline_text(cell)
        width, height = _width(cell, columns), _height(cell)
        repeated = text if len(text) <= MAX_REPEATED_CHARACTERS else ""
        if height > 1:
            spanning |= {len(texts): (height - 1, repeated)}
            spanning |= {len(texts) + n: (height - 1, "") for n in range(1, width)}
        texts += [text, *[""] * (width - 1)]
    _fill_from_above(texts, spanning)
    return texts


def _fill_from_above(texts: list[str], spanning: dict[int, tuple[int, str]]) -> None:
    while len(texts) in spanning:
        rows, text = spanning.pop(len(texts))
        if rows > 1:
            spanning[len(texts)] = (rows - 1, text)
        texts.append(text)


def _width(cell: etree._Element, columns: Sequence[str]) -> int:
    first, last = attribute(cell, "namest"), attribute(cell, "nameend")
    if first in columns and last in columns:
        return min(max(columns.index(last) - columns.index(first) + 1, 1), MAX_SPAN)
    return _count(attribute(cell, "colspan") or attribute(cell, "cspan"), 1)


def _height(cell: etree._Element) -> int:
    more = _count(attribute(cell, "morerows"), 0)
    return more + 1 if more else _count(attribute(cell, "rowspan") or attribute(cell, "rspan"), 1)


def _count(value: str, default: int) -> int:
    digits = _DIGITS.match(value)
    return min(max(int(digits[0][:6]), default), MAX_SPAN) if digits else default
