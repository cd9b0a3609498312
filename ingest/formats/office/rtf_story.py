"""One flow of an RTF file, its body, a note or a text box, from characters to items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.formats.office.styled import Item, Paragraph, Table
from ingest.formats.xml.raised import write_raised_digits

_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Look:
    """How characters are set; `page` is the code page of their font, `size` in points."""

    font: str = ""
    page: str = ""
    size: float = 12.0  # what the specification sets where a file is silent
    position: str = ""
    is_bold: bool = False
    is_hidden: bool = False
    is_deleted: bool = False


@dataclass(frozen=True)
class Setting:
    """How a paragraph is set; `depth` counts the tables that it stands in."""

    style: int = 0
    level: int = 0
    is_centred: bool = False
    depth: int = 0


@dataclass
class Story:
    """Items so far, and the paragraph, cell and row under way."""

    kind: str = ""
    items: list[Item] = field(default_factory=list)
    setting: Setting = field(default_factory=Setting)
    _pieces: list[tuple[str, Look]] = field(default_factory=list)
    _mark: str = ""
    _attached: list[Item] = field(default_factory=list)
    _cells: list[list[Item]] = field(default_factory=lambda: [[], []])
    _rows: list[list[tuple[Item, ...]]] = field(default_factory=lambda: [[], []])
    _tables: list[list[tuple[tuple[Item, ...], ...]]] = field(default_factory=lambda: [[], []])

    def add(self, text: str, look: Look) -> None:
        """Add characters; those that are hidden or deleted are no text."""
        if not look.is_hidden and not look.is_deleted:
            self._pieces.append((text, look))

    def mark(self, text: str) -> None:
        """Set the number or bullet before the paragraph under way."""
        self._mark = " ".join(text.split())

    def attach(self, items: Sequence[Item]) -> None:
        """Keep items that are anchored in the paragraph under way until it ends."""
        self._attached += items

    def end_paragraph(self, styles: dict[int, tuple[str, int]]) -> None:
        """Close the paragraph: into the cell under way, or into the body."""
        depth = min(self.setting.depth, 2)
        if not self._pieces and not self._attached:
            self._mark = ""
            if not depth:
                self.end_table()
            return
        ended = [*self._paragraph(styles), *self._attached]
        self._pieces, self._mark, self._attached = [], "", []
        if depth:
            self._cells[depth - 1] += ended
        elif ended:
            self.end_table()
            self.items += ended

    def end_cell(self, styles: dict[int, tuple[str, int]], depth: int) -> None:
        """Close a cell of the table, or (`depth` 2) of the table in it."""
        self.setting = replace(self.setting, depth=depth)
        self.end_paragraph(styles)
        if depth == 1:
            self._end_nested()
        self._rows[depth - 1].append(tuple(self._cells[depth - 1]))
        self._cells[depth - 1] = []

    def end_row(self, depth: int) -> None:
        """Close a row."""
        if self._rows[depth - 1]:
            self._tables[depth - 1].append(tuple(self._rows[depth - 1]))
        self._rows[depth - 1] = []

    def end_table(self) -> None:
        """Close the table, with what a row that was cut off holds."""
        self._end_nested()
        if self._cells[0]:
            self._rows[0].append(tuple(self._cells[0]))
            self._cells[0] = []
        self.end_row(1)
        if self._tables[0]:
            self.items.append(Table(tuple(self._tables[0])))
            self._tables[0] = []

    def end(self, styles: dict[int, tuple[str, int]]) -> list[Item]:
        """All items, whatever was left open closed."""
        self.end_paragraph(styles)
        self.end_table()
        return self.items

    def _end_nested(self) -> None:
        if self._cells[1]:
            self._rows[1].append(tuple(self._cells[1]))
            self._cells[1] = []
        self.end_row(2)
        if self._tables[1]:
            self._cells[0].append(Table(tuple(self._tables[1])))
            self._tables[1] = []

    def _paragraph(self, styles: dict[int, tuple[str, int]]) -> list[Item]:
        text = _joined(self._pieces).strip()
        if not text:
            return []
        style, level = styles.get(self.setting.style, ("", 0))
        inked = [look for piece, look in self._pieces if piece.strip()]
        return [
            Paragraph(
                text,
                style=style,
                level=self.setting.level or level,
                is_bold=all(look.is_bold for look in inked),
                is_centred=self.setting.is_centred,
                size=inked[0].size,
                mark=self._mark,
                kind=self.kind,
            )
        ]


def _joined(pieces: Sequence[tuple[str, Look]]) -> str:
    """The pieces as one text, raised and lowered digits as such."""
    if not any(look.position for _, look in pieces):
        return _characters("".join(text for text, _ in pieces))
    root = etree.Element("p")
    run: list[str] = []
    position = ""
    for text, look in [*pieces, ("", Look(position="end"))]:
        if look.position != position:
            element = etree.SubElement(root, position or "span")
            element.text = _characters("".join(run))
            run, position = [], look.position
        run.append(text)
    write_raised_digits(root)
    return "".join(map(str, root.itertext()))


def _characters(text: str) -> str:
    r"""Characters that XML can hold; \u writes those beyond U+FFFF in two halves."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _NOT_XML.sub("", whole)
