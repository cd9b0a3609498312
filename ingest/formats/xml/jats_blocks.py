"""The parts of a JATS article as blocks: paragraphs, lists, captions, tables, boxes, footnotes.

Elements that this module does not know are read as what they hold, so that no word is lost.
Source of the element names: https://jats.nlm.nih.gov/archiving/tag-library/1.3/
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from ingest.blocks import Block
from ingest.formats.xml.jats_tables import table_lines
from ingest.formats.xml.tree import attribute, inline_text, local_name, take_out
from ingest.sections import BOXED_TEXT, CAPTION, FOOTNOTE, TABLE

FOOTNOTES = "Footnotes"
_APART = (
    "fig fig-group table-wrap table-wrap-group boxed-text supplementary-material media graphic fn "
    "chem-struct-wrap"
).split()
"""Found inside a paragraph, these interrupt no sentence of it."""
_FLOWING = frozenset(
    "list def-list disp-quote verse-group speech statement table array preformat code p sec".split()
)
"""Found inside a paragraph, these part it into what stands before and after."""
_ELSEWHERE = frozenset(["ref-list", "contrib-group"])
"""What the reader of the whole article takes from where it stands."""
_INLINE = frozenset(
    """bold italic sub sup sc underline monospace overline strike roman sans-serif xref ext-link uri
    email named-content styled-content abbrev inline-formula math tex-math break target chem-struct
    inline-supplementary-material inline-graphic milestone-start milestone-end private-char
    fixed-case related-article related-object institution country label""".split()
)
_UNTITLED = {
    "intro": "Introduction",
    "introduction": "Introduction",
    "methods": "Methods",
    "materials|methods": "Methods",
    "materials": "Methods",
    "cases": "Case presentation",
    "case-report": "Case presentation",
    "results": "Results",
    "discussion": "Discussion",
    "conclusions": "Conclusions",
    "coi-statement": "Competing interests",
    "data-availability": "Data availability",
    "supplementary-material": "Supplementary material",
}
"""What a section without a title is called, by its `sec-type`."""
MAX_LABEL_WORDS = 4
"""A title with no more words than "Additional file 1:" is a label."""
_PLACEHOLDER = re.compile(r"^click here (?:for|to) [\w ]{4,40}\.?$", re.IGNORECASE)
"""What PubMed Central writes under every additional file."""
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class BlockWriter:
    """Collects the blocks of an article in reading order.

    While something set apart is read, all blocks carry its `kind` and `label`; `opening` is put
    before the next paragraph ("Figure 1", "a)").
    """

    blocks: list[Block] = field(default_factory=list)
    kind: str = ""
    label: str = ""
    opening: str = ""

    def heading(self, text: str, level: int) -> None:
        """A heading; inside something set apart it is a paragraph like the others."""
        if self.kind:
            self.paragraph(text)
        elif text:
            self.blocks.append(Block(text, is_heading=True, level=level))

    def paragraph(self, text: str) -> None:
        """A paragraph, if it says anything."""
        if not any(c.isalnum() for c in text) and self.kind != TABLE:
            return
        if text and not (self.kind == CAPTION and _PLACEHOLDER.match(text)):
            text, self.opening = f"{self.opening} {text}".strip(), ""
            self.blocks.append(Block(text, kind=self.kind, label=self.label))

    def has_text(self, text: str) -> bool:
        """Whether these words have been written already."""
        return any(text in block.text for block in self.blocks)

    @contextmanager
    def set_apart(self, kind: str, label: str = "") -> Iterator[None]:
        """All that is written meanwhile is of this kind."""
        before = self.kind, self.label
        self.kind, self.label = kind, label
        yield
        (self.kind, self.label), self.opening = before, ""

    def section(self, element: etree._Element, level: int, heading: str = "") -> None:
        """A headed part; `heading` is what it is called where it has no title."""
        title, label = element.find("title"), element.find("label")
        footnotes = _taken_out(title, ("fn",)) if title is not None else []
        self.heading(heading_of(element) or heading, level)
        for footnote in footnotes:
            self.read(footnote, level + 1)
        self.parts(element, level + 1, said=(title, label))

    def parts(
        self, element: etree._Element, level: int, said: Collection[etree._Element | None]
    ) -> None:
        """Write an element part by part, without those that are said already."""
        self.paragraph((element.text or "").strip())
        for child in list(element):
            after = (child.tail or "").strip()
            if child not in said:
                self.read(child, level)
            self.paragraph(after)

    def read(self, element: etree._Element, level: int) -> None:
        """Write one element with all that it holds."""
        name = local_name(element)
        if name in _READERS:
            _READERS[name](self, element, level)
        elif name not in _ELSEWHERE:
            self.contents(element, level)

    def contents(self, element: etree._Element, level: int, parting: Collection[str] = ()) -> None:
        """Write what an element holds: its text in runs, parted by the children that are blocks.

        These are the elements named in `parting`, or else all that never stand in a line.
        """
        run = _empty_run(element.text)
        for child in list(element):
            name = local_name(child)
            if name in parting if parting else name not in _INLINE:
                tail, child.tail = child.tail, None
                self.paragraph(inline_text(run))
                self.read(child, level)
                run = _empty_run(tail)
            else:
                run.append(child)
        self.paragraph(inline_text(run))


def heading_of(section: etree._Element) -> str:
    """What a section is called: its label and title, else what its type says."""
    named = f"{inline_text(section.find('label'))} {inline_text(section.find('title'))}".strip()
    kind = attribute(section, "sec-type") or attribute(section, "notes-type")
    return named or _UNTITLED.get(kind.lower(), "")


def _empty_run(text: str | None) -> etree._Element:
    run = etree.Element("run")
    run.text = text
    return run


def _taken_out(element: etree._Element, names: Collection[str]) -> list[etree._Element]:
    """The outermost elements of these names inside another, out of its text now."""
    found: dict[etree._Element, None] = {}
    for node in list(element.iter(*names)):
        if node is not element and not any(above in found for above in node.iterancestors()):
            found[node] = None
    for node in found:
        take_out(node)
        node.tail = None
    return list(found)


def _paragraph(writer: BlockWriter, element: etree._Element, level: int) -> None:
    apart = _taken_out(element, _APART)
    writer.contents(element, level, _FLOWING)
    for one in apart:
        writer.read(one, level)


def _formula(writer: BlockWriter, element: etree._Element, level: int) -> None:
    writer.paragraph(inline_text(element))


def _list(writer: BlockWriter, element: etree._Element, level: int) -> None:
    kind = attribute(element, "list-type")
    outer, number = writer.opening, 0
    for child in list(element):
        if local_name(child) == "list-item":
            number += 1
            label = child.find("label")
            mark = _mark(kind, number) if label is None else inline_text(label)
            if label is not None:
                take_out(label)
            writer.opening = f"{outer} {mark if any(map(str.isalnum, mark)) else ''}".strip()
            outer = ""
        writer.read(child, level)
    writer.opening = ""


def _mark(kind: str, number: int) -> str:
    """What is printed before an item of a list that counts."""
    style, _, case = kind.partition("-")
    marks = {"alpha": [*_LETTERS], "roman": _ROMAN}.get(style, [])
    mark = marks[number - 1] if number <= len(marks) else str(number)
    known = style in ("order", "alpha", "roman")
    return f"{mark.upper() if case == 'upper' else mark}." if known else ""


def _definitions(writer: BlockWriter, element: etree._Element, level: int) -> None:
    for child in element:
        if local_name(child) != "def-item":
            writer.read(child, level)
            continue
        terms = ", ".join(inline_text(term) for term in child.findall("term"))
        meanings = " ".join(inline_text(meaning) for meaning in child.findall("def"))
        between = " " if terms.endswith((":", "=", "–")) or not terms or not meanings else ": "
        writer.paragraph(f"{terms}{between}{meanings}".strip())


def _figure(writer: BlockWriter, element: etree._Element, level: int) -> None:
    _captioned(writer, element, level, CAPTION)


def _table(writer: BlockWriter, element: etree._Element, level: int) -> None:
    _captioned(writer, element, level, TABLE)


def _rows(writer: BlockWriter, element: etree._Element, level: int) -> None:
    lines = table_lines(element)
    if writer.kind == TABLE:
        lines = [*filter(None, [writer.opening]), *lines]
        writer.opening = ""
        writer.paragraph("\n".join(lines))
    else:
        with writer.set_apart(TABLE, writer.label):
            writer.paragraph("\n".join(lines))


def _captioned(writer: BlockWriter, element: etree._Element, level: int, kind: str) -> None:
    """What has a label and a caption: they open it, and all inside is of its kind."""
    label, caption = element.find("label"), element.find("caption")
    name = inline_text(label)
    # What publishers call an additional file stands in its title.
    title = element.find("caption/title") if kind == CAPTION and not name else None
    with writer.set_apart(kind, (name or _short(inline_text(title))).rstrip(".: ")):
        writer.opening = name
        if caption is not None:
            writer.read(caption, level)
        writer.parts(element, level, said=(label, caption))


def _short(title: str) -> str:
    return title if len(title.split()) <= MAX_LABEL_WORDS else ""


def _box(writer: BlockWriter, element: etree._Element, level: int) -> None:
    label, caption = element.find("label"), element.find("caption")
    title = element.find("title") if caption is None else caption.find("title")
    name = f"{inline_text(label)} {inline_text(title)}".strip()
    with writer.set_apart(BOXED_TEXT, (inline_text(label) or name).rstrip(".: ")):
        writer.paragraph(name)
        if caption is not None:
            writer.parts(caption, level, said=(title,))
        writer.parts(element, level, said=(label, caption, title))


def _footnote(writer: BlockWriter, element: etree._Element, level: int) -> None:
    """A footnote; those of tables, boxes and captions belong to these."""
    if writer.kind:
        _open_with_label(writer, element, level)
    else:
        with writer.set_apart(FOOTNOTE, FOOTNOTES):
            _open_with_label(writer, element, level)


def _open_with_label(writer: BlockWriter, element: etree._Element, level: int) -> None:
    """The element's label ("1", "Theorem 2", "Dr Lima:") before its first paragraph."""
    labels = [child for child in element if local_name(child) in ("label", "speaker")]
    writer.opening = " ".join(
        f"{inline_text(label)}:" if local_name(label) == "speaker" else inline_text(label)
        for label in labels
    )
    for label in labels:
        take_out(label)
    writer.contents(element, level)
    writer.opening = ""


def _section(writer: BlockWriter, element: etree._Element, level: int) -> None:
    writer.section(element, level)


_READERS: dict[str, Callable[[BlockWriter, etree._Element, int], None]] = {
    "p": _paragraph,
    "sec": _section,
    "app": _section,
    "list": _list,
    "def-list": _definitions,
    "fig": _figure,
    "chem-struct-wrap": _figure,
    "fig-group": _figure,
    "table-wrap": _table,
    "table-wrap-group": _table,
    "table": _rows,
    "tgroup": _rows,
    "array": _rows,
    "supplementary-material": _figure,
    "media": _figure,
    "graphic": _figure,
    "disp-formula": _formula,
    "boxed-text": _box,
    "fn": _footnote,
    "statement": _open_with_label,
    "speech": _open_with_label,
}
"""What writes an element; those that are not here are written as their parts."""
