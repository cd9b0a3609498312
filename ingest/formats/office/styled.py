"""Paragraphs with styles, as word processors write them, to blocks: for Word files and RTF.

What a paragraph is, its style says; where all is set in one style, bold lines that stand alone
and the known names of sections are headings. A table is rows in the text, cells parted by bars;
one with a caption stands apart with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.captions import caption_label, is_table_label
from ingest.cleaning import words_in
from ingest.formats.text import looks_like_heading, split_label
from ingest.sections import BOXED_TEXT, CAPTION, OTHER, TABLE, section_kind

MAX_HEADING_WORDS = 40
"""More words in a heading's style are a paragraph that somebody wanted to look so."""
MAX_PLAIN_HEADING_WORDS = 4
"""Words of a line in plain type that is a heading only because it is a section's known name."""
BOLD_LEVEL = 7
"""Level of a heading that is only bold: below Word's six that count, beside its like."""
LABEL_LEVEL = 8
LAYOUT_CELL_WORDS = 80
"""A cell with more words is a column of text, and its table a layout: read cell after cell."""
CELL_BREAK = " | "
TITLE_STYLE = re.compile(r"(?:^|[_\s.\d-]|article|paper|chapter)title$")
_HEADING = re.compile(
    r"^(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek"
    r"|nadpis|címsor|заголовок|başlık|επικεφαλίδα|标题|標題|見出し|제목)\s*([1-9])$"
)
"""Word writes "heading 1" in every language; other programs write what their menu shows."""
_CAPTION_STYLE = re.compile(r"caption|legend|beschriftung|légende|leyenda|didascalia")
_CONTENTS_STYLE = re.compile(
    r"^(?:toc|verzeichnis|inhaltsverzeichnis|tm|tdc|sommario|contents|table of figures)\s*\d*$"
)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph and how it is set; `level` from 1 for headings, `size` in points or 0.

    `mark` is the number or bullet before a list's item; `kind` and `label` are those of a block
    that stands apart, as notes do.
    """

    text: str
    style: str = ""
    level: int = 0
    is_bold: bool = False
    is_centred: bool = False
    size: float = 0.0
    mark: str = ""
    kind: str = ""
    label: str = ""
    has_picture: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; a cell holds paragraphs and tables."""

    rows: tuple[tuple[tuple["Item", ...], ...], ...]


Item = Paragraph | Table


def blocks_of(items: Sequence[Item], title: Paragraph | None = None) -> list[Block]:
    """Headings, paragraphs, rows and captions in the order of the document."""
    shown = [item for item in items if isinstance(item, Table) or item.text.strip()]
    labels = _table_labels(shown)
    # A heading stands above text; where all that follows is bold too, it is an emphasis.
    plain = [i for i, one in enumerate(shown) if isinstance(one, Table) or not one.is_bold]
    last_plain = plain[-1] if plain else -1
    blocks: list[Block] = []
    for place, item in enumerate(shown):
        if place in labels:
            blocks += [Block(t, kind=TABLE, label=labels[place]) for t in _texts(item)]
        elif isinstance(item, Table):
            blocks += _table(item)
        elif _is_caption(item):
            label = caption_label(item.text)
            kind = TABLE if is_table_label(label) else CAPTION
            blocks.append(Block(item.text, kind=kind, label=label))
        else:
            below = shown[place + 1] if place + 1 < len(shown) else None
            level = _heading_level(item, below, place < last_plain)
            blocks += _paragraph(item, item is title, level)
    return blocks


def _table_labels(shown: Sequence[Item]) -> dict[int, str]:
    """For each table that has a caption, and for the caption, what both are called.

    The caption stands before the table, in one paragraph or with its number on a line of its own,
    or else after it.
    """
    labels: dict[int, str] = {}
    for place, item in enumerate(shown):
        label = caption_label(item.text) if isinstance(item, Paragraph) else ""
        if isinstance(item, Table) or not is_table_label(label) or not _is_caption(item):
            continue
        ahead = [isinstance(one, Table) for one in shown[place + 1 : place + 3]]
        is_number_alone = len(item.text.split()) <= len(label.split())
        if ahead[:1] == [True]:
            labels |= {place: label, place + 1: label}
        elif is_number_alone and ahead == [False, True]:
            labels |= {place: label, place + 1: label, place + 2: label}
        elif place and isinstance(shown[place - 1], Table) and place - 1 not in labels:
            labels |= {place - 1: label, place: label}
    return labels


def level_of_style(name: str) -> int:
    """The level of the headings that a style of this name is made for; 0 for other styles.

    >>> level_of_style("heading 2"), level_of_style("Body Text")
    (2, 0)
    """
    named = _HEADING.match(name.strip().lower())
    return int(named[1]) if named else 0


def plain_text(items: Sequence[Item]) -> str:
    """All text of items on one line, as for a cell."""
    return " ".join(text for item in items for text in _texts(item))


def _texts(item: Item) -> Iterator[str]:
    if isinstance(item, Paragraph):
        if item.text.strip():
            yield " ".join(f"{item.mark} {item.text}".split())
    else:
        yield from filter(None, map(_row_text, item.rows))


def _row_text(row: tuple[tuple[Item, ...], ...]) -> str:
    return CELL_BREAK.join(text for cell in row if (text := plain_text(cell)))


def _table(table: Table) -> list[Block]:
    """Rows in the text; those of one cell, and columns of text, as what stands in them."""
    blocks: list[Block] = []
    for row in table.rows:
        cells = [cell for cell in row if plain_text(cell)]
        is_layout = any(words_in(plain_text(cell)) > LAYOUT_CELL_WORDS for cell in cells)
        if len(cells) == 1 or is_layout:
            for cell in cells:
                blocks += blocks_of(cell)
        elif cells:
            blocks.append(Block(_row_text(row)))
    return blocks


def _is_caption(item: Item) -> bool:
    if isinstance(item, Table) or item.level or item.kind not in ("", BOXED_TEXT):
        return False
    return bool(caption_label(item.text) or _CAPTION_STYLE.search(item.style))


def _paragraph(item: Paragraph, is_title: bool, level: int) -> list[Block]:
    if item.kind:
        return [Block(f"{item.mark} {item.text}".strip(), kind=item.kind, label=item.label)]
    if is_title:
        return [Block(item.text, is_heading=True)]
    if _CONTENTS_STYLE.match(item.style):
        return []  # the headings stand in the text
    if level:
        return [Block(item.text, is_heading=True, level=level)]
    label, rest = ("", item.text) if item.mark else split_label(item.text.strip())
    heading = [Block(label, is_heading=True, level=LABEL_LEVEL)] if label else []
    return [*heading, Block(f"{item.mark} {rest}".strip())]


def _heading_level(item: Paragraph, below: Item | None, has_text_below: bool) -> int:
    """The level of a paragraph as a heading, from 1; 0 for text."""
    if item.level:
        return item.level if words_in(item.text) <= MAX_HEADING_WORDS else 0
    wording = " ".join(item.text.split()).rstrip(":")
    if below is None or not looks_like_heading(wording) or _is_list_item(item, below):
        return 0
    if item.is_bold and has_text_below:
        return BOLD_LEVEL
    is_known = words_in(wording) <= MAX_PLAIN_HEADING_WORDS and section_kind(wording) != OTHER
    return BOLD_LEVEL if is_known and not item.mark else 0


def _is_list_item(item: Paragraph, following: Item) -> bool:
    """Whether a mark is a list's: a number before a lone bold line is a heading's."""
    is_followed = isinstance(following, Paragraph) and bool(following.mark)
    return bool(item.mark) and (item.mark[0] not in "0123456789IVX" or is_followed)
