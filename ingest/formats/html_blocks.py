"""An HTML tree to headings and paragraphs: shared by HTML, Markdown and DOCX."""

from lxml.html import HtmlElement

from ingest.blocks import Block

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    """p div section article main body html ul ol li dl dt dd table thead tbody tfoot tr caption
    figure figcaption blockquote pre header footer aside address hr details summary""".split()
)
_UNREAD = frozenset("script style noscript template head svg math img iframe form button".split())
_CELL_BREAK = " | "


def html_blocks(root: HtmlElement) -> list[Block]:
    """Headings and paragraphs in document order; a table row is one line, cells parted by bars."""
    blocks: list[Block] = []
    loose: list[str] = []
    _walk(root, blocks, loose)
    _flush(blocks, loose)
    return blocks


def _walk(element: HtmlElement, blocks: list[Block], loose: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else None
    if tag is not None and tag not in _UNREAD:
        if tag in _HEADINGS:
            _flush(blocks, loose)
            blocks.append(Block(_inline_text(element), is_heading=True))
        elif tag == "tr":
            _flush(blocks, loose)
            cells = [_inline_text(cell) for cell in element if isinstance(cell.tag, str)]
            blocks.append(Block(_CELL_BREAK.join(cell for cell in cells if cell)))
        else:
            _walk_inside(element, tag, blocks, loose)
    loose.append(element.tail or "")


def _walk_inside(element: HtmlElement, tag: str, blocks: list[Block], loose: list[str]) -> None:
    if tag in _BLOCKS:
        _flush(blocks, loose)
    if tag == "br":
        loose.append("\n")
    loose.append(element.text or "")
    for child in element:
        _walk(child, blocks, loose)
    if tag in _BLOCKS:
        _flush(blocks, loose)


def _inline_text(element: HtmlElement) -> str:
    parts: list[str] = []

    def gather(node: HtmlElement) -> None:
        if isinstance(node.tag, str) and node.tag not in _UNREAD:
            parts.append(" " if node.tag in _BLOCKS or node.tag == "br" else "")
            parts.append(node.text or "")
            for child in node:
                gather(child)
                parts.append(child.tail or "")

    gather(element)
    return " ".join("".join(parts).split())


def _flush(blocks: list[Block], loose: list[str]) -> None:
    # Line breaks in the source are white space; those that <br> gave are real.
    text = "".join(part if part == "\n" else " ".join(_spaced(part)) for part in loose)
    loose.clear()
    if text.strip():
        blocks.append(Block(text.strip()))


def _spaced(part: str) -> list[str]:
    """The words of a part, with an empty one where white space stands at an end."""
    words = part.split()
    if not words:
        return ["", ""] if part else []
    before = [""] if part[0].isspace() else []
    after = [""] if part[-1].isspace() else []
    return [*before, *words, *after]
