"""The body of a Word file, its notes and its page headers, to paragraphs and tables."""

from collections.abc import Iterator

from lxml import etree

from ingest.formats.office.docx_numbering import Numbering
from ingest.formats.office.docx_package import (
    WordPackage,
    attribute,
    child,
    is_on,
    name_of,
    value,
)
from ingest.formats.office.docx_styles import outline_level, read_styles
from ingest.formats.office.docx_text import Inline, InlineReader, chosen_alternative
from ingest.formats.office.styled import Item, Paragraph, Table
from ingest.sections import BOXED_TEXT, FOOTNOTE

_NOTE_KINDS = ("footnote", "endnote")
_UNREAD = frozenset({"sectPr", "del", "moveFrom", "tblPr", "tblGrid", "sdtPr", "sdtEndPr", "pPr"})


class BodyReader:
    """Reads the parts of one Word file that hold paragraphs; `warnings` grows as it reads."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._styles = read_styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"), self._styles)
        self._inline = InlineReader(self._styles)
        self._notes = {kind: self._notes_of(kind) for kind in _NOTE_KINDS}
        self._related_parts = package.relationships(package.main)
        self._held: list[etree._Element] = []
        self._endnotes: list[Item] = []
        self._formulas_unread = 0
        self._unread_parts = 0

    def items(self) -> list[Item]:
        """The paragraphs and tables of the body in order, notes after what refers to them."""
        body = child(self._package.part(self._package.main), "body")
        items = self._read_all(body)
        return items + self._endnotes

    def headers(self) -> list[str]:
        """The text of each page header and footer, on one line."""
        texts = []
        for kind in ("header", "footer"):
            for name in self._package.related(self._package.main, kind):
                items = self._read_all(self._package.part_or_none(name))
                texts.append(" ".join(i.text for i in items if isinstance(i, Paragraph)))
        return [text for text in texts if text.strip()]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What could not be read, one line each."""
        told = []
        if self._formulas_unread:
            told.append(f"{self._formulas_unread} equations are pictures: their text is not read")
        if self._unread_parts:
            told.append(f"{self._unread_parts} parts of other formats inside it are not read")
        missing = [kind for kind in _NOTE_KINDS if self._notes[kind] is None]
        return (*told, *(f"its {kind}s are damaged and were left out" for kind in missing))

    def _related(self, kind: str) -> etree._Element | None:
        name = next(self._package.related(self._package.main, kind), "")
        return self._package.part_or_none(name)

    def _notes_of(self, kind: str) -> dict[str, etree._Element] | None:
        """The notes of a kind by id; None where the part is there and cannot be read."""
        name = next(self._package.related(self._package.main, f"{kind}s"), "")
        root = self._package.part_or_none(name)
        if root is None:
            return None if name else {}
        return {attribute(note, "id"): note for note in root if name_of(note) == kind}

    def _blocks(self, parent: etree._Element | None) -> Iterator[etree._Element]:
        """Paragraphs and tables, out of whatever they are wrapped in."""
        for part in parent if parent is not None else ():
            name = name_of(part)
            if name in ("p", "tbl"):
                yield part
            elif name == "sdt":
                if not is_on(part, "sdtPr", "showingPlcHdr"):
                    yield from self._blocks(child(part, "sdtContent"))
            elif name == "AlternateContent":
                yield from self._blocks(chosen_alternative(part))
            elif name == "altChunk":
                self._unread_parts += 1
            elif name not in _UNREAD:
                yield from self._blocks(part)

    def _read_all(self, parent: etree._Element | None) -> list[Item]:
        outer, self._held = self._held, []
        items: list[Item] = []
        for part in self._blocks(parent):
            items += [self._table(part)] if name_of(part) == "tbl" else self._paragraph(part)
        items += self._released(None)
        self._held = outer
        return items

    def _paragraph(self, element: etree._Element) -> list[Item]:
        properties = child(element, "pPr")
        mark = child(properties, "rPr")
        self._held.append(element)
        # A paragraph whose end was deleted or moved away goes on in the next one.
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            return []
        return self._released(properties)

    def _released(self, properties: etree._Element | None) -> list[Item]:
        """The paragraph that those which are held make together."""
        held, self._held = self._held, []
        if not held:
            return []
        whole = held[0] if len(held) == 1 else etree.Element(held[0].tag)
        for part in held if len(held) > 1 else ():
            whole.extend(one for one in list(part) if name_of(one) != "pPr")
        return self._items_of(whole, properties)

    def _items_of(self, element: etree._Element, properties: etree._Element | None) -> list[Item]:
        style_id = value(properties, "pStyle") or self._styles.default
        inline = self._inline.read(element, style_id)
        self._formulas_unread += inline.formulas_unread
        own_level = value(properties, "outlineLvl")
        level = outline_level(own_level) if own_level else self._styles.heading_level(style_id)
        paragraph = Paragraph(
            inline.text.strip(),
            style=self._styles.name(style_id),
            level=level,
            is_bold=inline.is_bold,
            is_centred=value(properties, "jc") == "center",
            size=inline.size,
            # The number of a heading counts on, but is no part of what it is called.
            mark=self._mark(properties, style_id, inline),
            has_picture=inline.has_picture,
        )
        anchored = (*self._boxes(inline), *self._diagrams(inline), *self._footnotes(inline))
        return [paragraph, *anchored]

    def _mark(self, properties: etree._Element | None, style_id: str, inline: Inline) -> str:
        return self._numbering.mark(properties, style_id) if inline.text.strip() else ""

    def _boxes(self, inline: Inline) -> Iterator[Item]:
        for box in inline.boxes:
            for item in self._read_all(box):
                yield _apart(item, BOXED_TEXT) if isinstance(item, Paragraph) else item

    def _diagrams(self, inline: Inline) -> Iterator[Item]:
        """The words of each box of a diagram."""
        for relationship in inline.diagrams:
            _, name = self._related_parts.get(relationship, ("", ""))
            root = self._package.part_or_none(name)
            for point in root.iter("pt") if root is not None else ():
                lines = ("".join(t.text or "" for t in line.iter("t")) for line in point.iter("p"))
                text = " ".join(line.strip() for line in lines if line.strip())
                if text:
                    yield Paragraph(text, kind=BOXED_TEXT)

    def _footnotes(self, inline: Inline) -> Iterator[Item]:
        for kind, note_id in inline.notes:
            note = (self._notes[kind] or {}).get(note_id)
            items = self._read_all(note)
            number = f"{self._inline.note_number(kind, note_id)}."
            marked: list[Item] = []
            for item in items:
                if isinstance(item, Paragraph) and item.text:
                    marked.append(_apart(item, FOOTNOTE, "" if marked else number))
            if kind == "endnote":
                self._endnotes += marked
            else:
                yield from marked

    def _table(self, element: etree._Element) -> Table:
        rows = []
        for row in _descendants(element, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            cells = []
            for cell in _descendants(row, "tc"):
                if child(cell, "tcPr", "cellDel") is None:
                    cells.append(tuple(self._read_all(cell)))
            rows.append(tuple(cells))
        return Table(tuple(rows))


def _apart(paragraph: Paragraph, kind: str, mark: str = "") -> Paragraph:
    return Paragraph(
        paragraph.text,
        style=paragraph.style,
        is_bold=paragraph.is_bold,
        mark=mark or paragraph.mark,
        kind=paragraph.kind or kind,
        has_picture=paragraph.has_picture,
    )


def _descendants(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also where a form wraps them."""
    for part in element:
        if name_of(part) == name:
            yield part
        elif name_of(part) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _descendants(part, name)
