"""HTML that is a text and no web page to styled paragraphs: for Markdown and the chapters of books.

There is no menu to leave out and no article to find: all of it is text. Notes, captions and what
a picture's description says stand apart.
"""

from collections.abc import Iterator
from itertools import groupby

from lxml import html
from lxml.html import HtmlElement

from ingest.cleaning import words_in
from ingest.formats.html.blocks import PlacedBlock, inline_text, placed_blocks
from ingest.formats.office.styled import Item, Paragraph, Table
from ingest.formats.xml.raised import write_raised_digits
from ingest.sections import BOXED_TEXT, CAPTION, FOOTNOTE

MIN_DESCRIPTION_WORDS = 4
"""A picture's description with fewer words names a file or its kind ("MRI of knee")."""
BULLET = "•"
_NOTE_NAMES = frozenset(
    "footnote footnotes footnote-item rearnote endnote endnotes note doc-footnote doc-endnote "
    "doc-endnotes".split()
)
_REFERENCE_NAMES = frozenset("footnote-ref noteref doc-noteref footnoteref".split())
_BACK_NAMES = frozenset("footnote-backref footnote-back doc-backlink referrer backlink".split())
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def html_items(root: HtmlElement) -> list[Item]:
    """Paragraphs and tables in the order of the text. Changes the tree."""
    _mend_notes(root)
    _describe_pictures(root)
    write_raised_digits(root)
    return list(_items(root))


def names_of(element: HtmlElement) -> frozenset[str]:
    """What an element is called: its classes, its role and its type in EPUB's vocabulary."""
    named = (element.get(key) or "" for key in ("class", "role", "epub:type", _EPUB_TYPE, "type"))
    return frozenset(" ".join(named).lower().split())


def _mend_notes(root: HtmlElement) -> None:
    """Numbers that refer to notes are raised, without brackets; links back go."""
    for link in [*root.iter("a", "sup")]:
        names = names_of(link)
        if not names.isdisjoint(_BACK_NAMES):
            link.drop_tree()
        elif not names.isdisjoint(_REFERENCE_NAMES):
            number = "".join(map(str, link.itertext())).strip().strip("[]()")
            for child in list(link):
                link.remove(child)
            link.tag, link.text = "sup", number


def _describe_pictures(root: HtmlElement) -> None:
    """Put what a picture's description says where the picture stands, as its caption."""
    for picture in list(root.iter("img")):
        description = " ".join((picture.get("alt") or "").split())
        figure = next(picture.iterancestors("figure"), None)
        captions = (
            [inline_text(one) for one in figure.iter("figcaption")] if figure is not None else []
        )
        if words_in(description) >= MIN_DESCRIPTION_WORDS and description not in captions:
            caption = html.Element("figcaption")
            caption.text = description
            picture.addnext(caption)
            # What stood after the picture stands after its caption now.
            picture.tail, caption.tail = None, picture.tail


def _items(root: HtmlElement) -> Iterator[Item]:
    marked: set[HtmlElement] = set()
    for table, blocks in groupby(placed_blocks(root), lambda one: _table_around(one, root)):
        if table is not None:
            yield from _table(table)
            continue
        for placed in blocks:
            yield _paragraph(placed, root, marked)


def _table_around(placed: PlacedBlock, root: HtmlElement) -> HtmlElement | None:
    """The outermost table that a block stands in."""
    around = [one for one in _above(placed.element, root) if one.tag == "table"]
    return around[-1] if around else None


def _above(element: HtmlElement, root: HtmlElement) -> Iterator[HtmlElement]:
    """The element and those around it, without `root` and what is around that."""
    for one in (element, *element.iterancestors()):
        if one is root:
            return
        yield one


def _table(table: HtmlElement) -> Iterator[Item]:
    rows = []
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            rows.append(tuple(tuple(_items(cell)) for cell in cells))
    for caption in table.iterchildren("caption"):
        yield Paragraph(inline_text(caption), style="caption")
    yield Table(tuple(rows))


def _paragraph(placed: PlacedBlock, root: HtmlElement, marked: set[HtmlElement]) -> Paragraph:
    around = list(_above(placed.element, root))
    tags = [str(one.tag) for one in around]
    kind = _kind(around)
    is_caption = "figcaption" in tags or "caption" in names_of(placed.element)
    item = next((one for one in around if one.tag == "li"), None)
    mark = _mark(item, kind) if item is not None and item not in marked else ""
    if item is not None:
        marked.add(item)
    return Paragraph(
        placed.block.text,
        style=CAPTION if is_caption else "",
        level=0 if item is not None else placed.block.level,
        is_bold=_is_bold(placed.element),
        mark="" if placed.block.is_heading else mark,
        kind=kind,
    )


def _kind(around: list[HtmlElement]) -> str:
    for element in around:
        if not names_of(element).isdisjoint(_NOTE_NAMES):
            return FOOTNOTE
        if element.tag == "aside":
            return BOXED_TEXT
    return ""


def _mark(item: HtmlElement, kind: str) -> str:
    """The number or bullet before an item of a list."""
    outer = item.getparent()
    if outer is None or outer.tag != "ol":
        return BULLET
    start = outer.get("start") or "1"
    place = sum(1 for _ in item.itersiblings("li", preceding=True))
    return f"{(int(start) if start.isdecimal() and len(start) < 6 else 1) + place}."


def _is_bold(element: HtmlElement) -> bool:
    """Whether all text of a paragraph is set bold."""
    if element.tag not in ("p", "div") or (element.text or "").strip():
        return False
    parts = [part for part in element if isinstance(part.tag, str)]
    bold = [part for part in parts if part.tag in ("strong", "b")]
    return bool(bold) and len(bold) == len(parts) and not any((p.tail or "").strip() for p in parts)
