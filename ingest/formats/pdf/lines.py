"""The lines of PDF pages to headings, paragraphs and what stands apart from them. Pure."""

import statistics
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from ingest.blocks import Block
from ingest.formats.pdf.captions import Apart, captions
from ingest.formats.pdf.fonts import LARGER, Typography
from ingest.formats.pdf.headings import (
    MAX_HEADING_LINES,
    MAX_PLAIN_HEADING_WORDS,
    SURE_KINDS,
    Style,
    are_one_heading,
    can_be_heading,
    names_a_kind,
    take_run_in,
    with_levels,
)
from ingest.formats.pdf.interruptions import Piece, without_interruptions
from ingest.formats.pdf.line_numbers import without_line_numbers
from ingest.formats.pdf.paragraphs import (
    SENTENCE_END,
    Paragraphs,
    Words,
    is_broken,
    is_item,
    joined,
)
from ingest.formats.pdf.print import Line, PrintedPage
from ingest.formats.pdf.references import with_references
from ingest.formats.pdf.running import without_running_lines
from ingest.formats.pdf.tables import apart_text
from ingest.sections import FOOTNOTE, section_kind


def page_blocks(pages: Sequence[PrintedPage], listed: Container[str] = frozenset()) -> list[Block]:
    """Blocks of all pages in order; a paragraph cut by a page break is marked as going on.

    `listed` holds the words of the document's language: without them, a word that was broken at a
    line end keeps its hyphen only where the document writes it so elsewhere.
    """
    pages = without_line_numbers(pages)
    typography = Typography.of(pages)

    def is_heading(line: Line) -> bool:
        short = len(line.text.split()) <= MAX_PLAIN_HEADING_WORDS
        return names_a_kind(line.text) or (typography.stands_out(line) and short)

    pages = without_running_lines(pages, is_heading, typography.size)
    pieces = without_interruptions(_pieces(pages, typography), typography)
    words = Words.of((piece.line.text for piece in pieces), listed)
    building = _Building(words, typography, Paragraphs(typography, _usual_characters(pieces)))
    for (apart, _), group in groupby(pieces, lambda piece: (piece.apart, piece.page)):
        own = [*group]
        if apart is None:
            building.add_text(own)
        else:
            building.add_apart(own, apart)
    return with_references(with_levels(building.finished(), building.styles))


def _pieces(pages: Sequence[PrintedPage], typography: Typography) -> list[Piece]:
    """All lines in order; those of one figure or table together, where the first of them stands."""
    pieces: list[Piece] = []
    for number, page in enumerate(pages, 1):
        found = captions(page.lines, typography)
        first = {apart: index for index, apart in sorted(found.items(), reverse=True)}
        order = sorted(
            range(len(page.lines)),
            key=lambda n: (first[found[n]], n) if n in found else (n, n),
        )
        turned = {n: Apart(FOOTNOTE) for n in order if page.lines[n].turned}
        pieces += [Piece(page.lines[n], number, (turned | found).get(n)) for n in order]
    return pieces


def _usual_characters(pieces: Sequence[Piece]) -> float:
    lengths = [len(piece.line.text) for piece in pieces if len(piece.line.text) > 20]
    return statistics.median(lengths) if lengths else 0.0


@dataclass
class _Building:
    """Blocks under way; `paragraph` is the one that the next line may go on with."""

    words: Words
    typography: Typography
    paragraphs: Paragraphs
    blocks: list[Block] = field(default_factory=list)
    styles: dict[int, Style] = field(default_factory=dict)
    paragraph: Block | None = None
    opened: Line = field(default_factory=lambda: Line(""))
    last: Line = field(default_factory=lambda: Line(""))
    heading_lines: int = 0

    def add_text(self, pieces: Sequence[Piece]) -> None:
        """Add lines of the text, of one page and in order."""
        for index, piece in enumerate(pieces):
            after = pieces[index + 1].line if index + 1 < len(pieces) else None
            if not piece.line.text:
                self._close()
            elif self._is_heading(piece.line, after):
                self._add_heading(piece)
            else:
                self._add_line(piece, after)
            self.last = piece.line

    def add_apart(self, pieces: Sequence[Piece], apart: Apart) -> None:
        """Add the lines of a figure, a table or a note; the paragraph around them goes on."""
        text = apart_text([piece.line for piece in pieces], apart.kind, self.words)
        block = Block(text, page=pieces[0].page, kind=apart.kind, label=apart.label)
        self.blocks.append(block)

    def finished(self) -> list[Block]:
        """All blocks."""
        self._close()
        return self.blocks

    def _close(self) -> None:
        if self.paragraph is not None:
            self.blocks.append(self.paragraph)
        self.paragraph = None

    def _begins(self, line: Line, after: Line | None) -> bool:
        return self.paragraph is None or self.paragraphs.begins(line, self.last, self.opened, after)

    def _is_heading(self, line: Line, after: Line | None) -> bool:
        if self.typography.stands_out(line) and can_be_heading(line.text):
            sure = line.size > self.typography.size * LARGER or line.bold
            if not sure and is_item(line.text):
                return False
            ended = sure and self.last.text.endswith(SENTENCE_END)
            return ended or self._begins(line, after)
        if not names_a_kind(line.text):
            return False
        return section_kind(line.text) in SURE_KINDS or self._begins(line, after)

    def _add_heading(self, piece: Piece) -> None:
        style = Style.of(piece.line)
        text = piece.line.text
        if self.paragraph is None and self._goes_on_heading(piece, style):
            above = self.blocks.pop().text
            text = joined(above, text, self.words)
            self.heading_lines += 1
        else:
            self._close()
            self.heading_lines = 1
        self.blocks.append(Block(text, is_heading=True, page=piece.page))
        if piece.line.size:
            self.styles[len(self.blocks) - 1] = style

    def _goes_on_heading(self, piece: Piece, style: Style) -> bool:
        """Whether the last block is a heading set like this line, and the two are one."""
        if not self.blocks or not self.blocks[-1].is_heading:
            return False
        above = self.blocks[-1]
        other = self.styles.get(len(self.blocks) - 1)
        large = style.size > self.typography.size * LARGER
        same = other == style or (large and other is not None and other.size == style.size)
        alike = same and above.page == piece.page
        few = self.heading_lines < MAX_HEADING_LINES
        return alike and few and are_one_heading(above.text, piece.line.text)

    def _add_line(self, piece: Piece, after: Line | None) -> None:
        line, page = piece.line.text, piece.page
        if self.paragraph is None or self._begins(piece.line, after):
            self._close()
            label, rest = take_run_in(line)
            if label:
                self.blocks.append(Block(label, is_heading=True, page=page))
            self.paragraph, self.opened = Block(rest, page=page), piece.line
        elif self.paragraph.page == page:
            text = joined(self.paragraph.text, line, self.words)
            self.paragraph = replace(self.paragraph, text=text)
        else:
            if is_broken(self.paragraph.text) and line[0].islower():
                rest_of_word, _, line = line.partition(" ")
                text = joined(self.paragraph.text, rest_of_word, self.words)
                self.paragraph = replace(self.paragraph, text=text)
            self._close()
            self.paragraph = Block(line, page=page, continues=True)
