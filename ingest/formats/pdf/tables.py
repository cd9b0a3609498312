"""The text of captions, tables and notes as it is to be read. Pure."""

from collections.abc import Sequence

from ingest.formats.pdf.paragraphs import Words, joined
from ingest.formats.pdf.print import Line
from ingest.sections import TABLE

CELL_BREAK = " | "
"""Between the cells of a row, which stand on one line."""
MIN_PROSE_WORDS = 6
"""A line with fewer is a cell or a label; longer ones, one under the other, are a sentence."""
_ROW = 2.5


def apart_text(lines: Sequence[Line], kind: str, words: Words) -> str:
    """Lines set apart as text: rows of a table on lines of their own, sentences joined.

    `words` tell which hyphens at line ends stay.
    """
    rows = _rows(lines) if kind == TABLE else [[line] for line in lines if line.text]
    text = ""
    prose_before = False
    for row in rows:
        is_prose = kind != TABLE or (len(row) == 1 and _is_prose(row[0]))
        content = CELL_BREAK.join(line.text for line in row)
        if prose_before and (is_prose or text.endswith("-")):
            text = joined(text, content, words)
        else:
            text = f"{text}\n{content}" if text else content
        prose_before = is_prose
    return text


def _is_prose(line: Line) -> bool:
    return len(line.text.split()) >= MIN_PROSE_WORDS


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines side by side as one row, from the top down; each alone where places are unknown."""
    kept = [line for line in lines if line.text]
    if not all(line.box for line in kept):
        return [[line] for line in kept]
    rows: list[list[Line]] = []
    for line in sorted(kept, key=_middle):
        if rows and abs(_middle(rows[-1][0]) - _middle(line)) < _ROW:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.left if line.box else 0.0) for row in rows]


def _middle(line: Line) -> float:
    return line.box.middle if line.box else 0.0
