"""An HTML tree to headings and paragraphs: shared by HTML, Markdown and DOCX."""

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from ingest.blocks import Block

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCK_TAGS = frozenset(_HEADINGS) | frozenset(
    """p div section article main body html ul ol li dl dt dd table thead tbody tfoot tr td th
    caption figure figcaption blockquote pre header footer aside address hr details summary center
    fieldset legend hgroup menu nav form search dialog""".split()
)
"""Elements that a page shows as blocks of their own."""
_UNREAD = frozenset("script style noscript template head svg math img iframe form button".split())
_CELL_BREAK = " | "


@dataclass(frozen=True)
class PlacedBlock:
    """A block and the innermost block element that holds it."""

    block: Block
    element: HtmlElement


def html_blocks(root: HtmlElement) -> list[Block]:
    """Headings and paragraphs in document order; a table row is one line, cells parted by bars."""
    return [placed.block for placed in placed_blocks(root)]


def placed_blocks(root: HtmlElement) -> list[PlacedBlock]:
    """The blocks of `html_blocks`, each with the element that it was read from."""
    walk = _Walk()
    walk.enter(root, root)
    walk.flush(root)
    return walk.blocks


def inline_text(element: HtmlElement) -> str:
    """The text of an element on one line, pictures, forms and scripts left out."""
    parts: list[str] = []

    def gather(node: HtmlElement) -> None:
        if isinstance(node.tag, str) and node.tag not in _UNREAD:
            parts.append(" " if node.tag in BLOCK_TAGS or node.tag == "br" else "")
            parts.append(node.text or "")
            for child in node:
                gather(child)
                parts.append(child.tail or "")
            parts.append(" " if node.tag in BLOCK_TAGS else "")

    gather(element)
    return " ".join("".join(parts).split())


@dataclass
class _Walk:
    """The blocks so far, and the loose text that is not yet one."""

    blocks: list[PlacedBlock] = field(default_factory=list)
    loose: list[str | None] = field(default_factory=list)
    """Text as the source has it, and None for a line break that a page shows."""

    def enter(self, element: HtmlElement, holder: HtmlElement) -> None:
        """Read an element and the text after it; `holder` is the block element around it."""
        tag = element.tag if isinstance(element.tag, str) else None
        if tag is not None and tag not in _UNREAD:
            if tag in _HEADINGS:
                self.flush(holder)
                heading = Block(inline_text(element), is_heading=True, level=_HEADINGS[tag])
                self.blocks.append(PlacedBlock(heading, element))
            elif tag == "tr":
                self.flush(holder)
                self.blocks.append(PlacedBlock(Block(_row_text(element)), element))
            else:
                self._inside(element, tag, holder)
        self.loose.append(element.tail or "")

    def _inside(self, element: HtmlElement, tag: str, holder: HtmlElement) -> None:
        if tag in BLOCK_TAGS:
            self.flush(holder)
            holder = element
        if tag == "br":
            self._break_line(holder)
        self.loose.append(element.text or "")
        for child in element:
            self.enter(child, holder)
        if tag in BLOCK_TAGS:
            self.flush(holder)

    def _break_line(self, holder: HtmlElement) -> None:
        """A second break with nothing between them parts paragraphs, as a page shows it."""
        before = next((part for part in reversed(self.loose) if part is None or part.strip()), "")
        if before is None:
            self.flush(holder)
        else:
            self.loose.append(None)

    def flush(self, holder: HtmlElement) -> None:
        """Make a block of the loose text."""
        text = "".join("\n" if part is None else " ".join(_spaced(part)) for part in self.loose)
        self.loose.clear()
        if text.strip():
            self.blocks.append(PlacedBlock(Block(text.strip()), holder))


def _row_text(row: HtmlElement) -> str:
    cells = [inline_text(cell) for cell in row if isinstance(cell.tag, str)]
    return _CELL_BREAK.join(cell for cell in cells if cell)


def _spaced(part: str) -> list[str]:
    """The words of a part, with an empty one where white space stands at an end."""
    words = part.split()
    if not words:
        return ["", ""] if part else []
    before = [""] if part[0].isspace() else []
    after = [""] if part[-1].isspace() else []
    return [*before, *words, *after]
