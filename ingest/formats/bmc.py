"""BioMed Central's own XML (`<art>`), which is not JATS; no public DTD of it is kept."""

from lxml import etree

from ingest.blocks import Block
from ingest.documents import Metadata
from ingest.formats.raised import write_raised_digits
from ingest.formats.reading import Reading
from ingest.formats.xml_tree import inline_text, local_name, parse_xml
from ingest.identifiers import find_year

_FLOATS = frozenset({"fig", "table", "tbl"})
_UNREAD = _FLOATS | {"tex-math", "graphic", "file"}


def read_bmc(raw: bytes) -> Reading:
    """Read one BMC article: abstract, body, back matter, references last."""
    article = parse_xml(raw)
    write_raised_digits(article)
    _print_citation_marks(article)
    blocks: list[Block] = []
    for abstract in article.findall("fm/abs"):
        _section(abstract, blocks)
    keywords = [inline_text(keyword) for keyword in article.findall("fm/kwdg/kwd")]
    if keywords:
        blocks += [Block("Keywords", is_heading=True), Block("; ".join(keywords))]
    for part in ("bdy", "bm"):
        element = article.find(part)
        if element is not None:
            _section(element, blocks)
    return Reading(_metadata(article), tuple(blocks))


def _print_citation_marks(article: etree._Element) -> None:
    """Turn the tagged numbers of references into the "[5,6]" that the printed article shows."""
    for group in article.iter("abbrgrp"):
        numbers = [inline_text(mark) for mark in group.iter("abbr")]
        for mark in list(group):
            group.remove(mark)
        group.text = f"[{','.join(numbers)}]"


def _section(parent: etree._Element, blocks: list[Block]) -> None:
    for child in parent:
        name = local_name(child)
        if name == "st":
            blocks.append(Block(inline_text(child), is_heading=True))
        elif name == "p":
            blocks.append(Block(inline_text(child, _UNREAD)))
        elif name in _FLOATS:
            blocks.extend(_captions_and_rows(child))
        elif name == "refgrp":
            blocks.append(Block("References", is_heading=True))
            blocks.extend(Block(inline_text(entry)) for entry in child.findall("bibl"))
        elif name not in _UNREAD:
            _section(child, blocks)


def _captions_and_rows(element: etree._Element) -> list[Block]:
    title = inline_text(element.find("title"))
    blocks = [Block(f"{title} {inline_text(element.find('caption'))}".strip())]
    for row in element.iter("row", "r"):
        cells = (inline_text(cell) for cell in row.iter("entry", "c"))
        blocks.append(Block(" | ".join(cell for cell in cells if cell)))
    blocks.extend(Block(inline_text(text)) for text in element.findall("text"))
    return blocks


def _metadata(article: etree._Element) -> Metadata:
    bibl = article.find("fm/bibl")
    if bibl is None:
        return Metadata()
    ids = {
        node.get("idtype", ""): inline_text(node)
        for node in bibl.findall("xrefbib/pubidlist/pubid")
    }
    kind = inline_text(article.find("fm/dochead")).lower()
    return Metadata(
        title=inline_text(bibl.find("title")),
        authors=tuple(_author(author) for author in bibl.findall("aug/au")),
        year=find_year(inline_text(bibl.find("pubdate"))),
        journal=inline_text(bibl.find("source")),
        doi=ids.get("doi", "").lower(),
        pmid=ids.get("pmpid", ""),
        document_type={"research": "article", "research article": "article"}.get(kind, kind),
    )


def _author(author: etree._Element) -> str:
    """Given name, middle initial, family name; a group's name where there is no person's."""
    names = [inline_text(author.find(part)) for part in ("fnm", "mi", "snm")]
    return " ".join(name for name in names if name) or inline_text(author.find("cnm"))
