"""Headings and paragraphs on their way from a format to the one text of a document.

Every reader gives a list of blocks; `assemble` alone decides where each stands in the text, so
that sections and pages have the same offsets whatever the format.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from ingest.cleaning import clean
from ingest.documents import Page, Section
from ingest.sections import OTHER, section_kind

PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph.

    A heading's `level` counts from 1 for the widest; 0 where the format does not say. A block
    with a `kind` ("caption", "table" …, see `ingest.sections`) stands apart from the text around
    it: it becomes a section of that kind, named by its `label` ("Figure 2"), after the section
    that it stands in, so that it interrupts no sentence. `continues` marks a paragraph that goes
    on where the one before it stopped, as over a page break. `page` counts from 1.
    """

    text: str
    is_heading: bool = False
    page: int | None = None
    continues: bool = False
    level: int = 0
    kind: str = ""
    label: str = ""


@dataclass(frozen=True)
class Layout:
    """A document's text with the places of its sections and pages."""

    text: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...]


def assemble(blocks: Iterable[Block]) -> Layout:
    r"""Join blocks into one text; a heading opens a section that runs to the next heading.

    >>> layout = assemble([Block("Case", is_heading=True), Block("Fever rose.")])
    >>> layout.text
    'Case\n\nFever rose.'
    >>> layout.text[layout.sections[0].start : layout.sections[0].end]
    'Fever rose.'
    """
    assembly = _Assembly()
    for block, content in _with_content(blocks):
        if block.kind:
            assembly.set_apart(block, content)
        elif block.is_heading:
            assembly.open_section(block, content)
        else:
            assembly.append(block, content)
    return assembly.layout()


@dataclass
class _Assembly:
    """A layout under way."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    sections: list[Section] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    heading: str = ""
    kind: str = OTHER
    section_start: int | None = None
    above: list[tuple[int, str]] = field(default_factory=list)
    apart: list[tuple[Block, str]] = field(default_factory=list)

    def append(self, block: Block, content: str) -> int:
        """Add a block's text; gives its first character's place."""
        separator = "" if not self.parts else " " if block.continues else PARAGRAPH_BREAK
        start = self.length + len(separator)
        self.parts += [separator, content]
        self.length = start + len(content)
        if not block.is_heading and self.section_start is None:
            self.section_start = start
        if block.page is not None:
            self._note_page(block.page, start)
        return start

    def open_section(self, block: Block, content: str) -> None:
        self._close_section()
        self.append(block, content)
        self.heading = " ".join(content.split())
        self.kind = self._kind(block.level)

    def set_apart(self, block: Block, content: str) -> None:
        """Keep a block for the end of its section; those of one label make one section."""
        self.apart.append((block, content))

    def layout(self) -> Layout:
        self._close_section()
        return Layout("".join(self.parts), tuple(self.sections), tuple(self.pages))

    def _kind(self, level: int) -> str:
        """The heading's own kind, else that of the narrowest heading it stands under."""
        own = section_kind(self.heading)
        self.above = [one for one in self.above if one[0] < level]
        if own == OTHER and self.above:
            own = self.above[-1][1]
        if level:
            self.above.append((level, own))
        return own

    def _close_section(self) -> None:
        if self.section_start is not None:
            self._add_section(self.heading, self.kind, self.section_start)
        for (label, kind), group in groupby(self.apart, lambda one: (one[0].label, one[0].kind)):
            starts = [self.append(replace(block, continues=False), text) for block, text in group]
            self._add_section(label or self.heading, kind, starts[0])
        self.apart, self.section_start = [], None

    def _add_section(self, heading: str, kind: str, start: int) -> None:
        self.sections.append(Section(heading, kind, start, self.length))

    def _note_page(self, number: int, start: int) -> None:
        """Close the page before and open this one; a page ends where the next one begins."""
        if self.pages and self.pages[-1].number == number:
            self.pages[-1] = replace(self.pages[-1], end=self.length)
            return
        if self.pages:
            self.pages[-1] = replace(self.pages[-1], end=start)
        self.pages.append(Page(number, start, self.length))


def _with_content(blocks: Iterable[Block]) -> list[tuple[Block, str]]:
    """Blocks and their cleaned text; a heading with nothing after it is the last paragraph."""
    cleaned = [(block, content) for block in blocks if (content := clean(block.text))]
    if cleaned and cleaned[-1][0].is_heading:
        block, content = cleaned[-1]
        cleaned[-1] = replace(block, is_heading=False), content
    return cleaned
