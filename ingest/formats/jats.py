"""PubMed Central's XML: the Journal Article Tag Suite, https://jats.nlm.nih.gov/archiving/."""

import re

from lxml import etree

from ingest.blocks import Block
from ingest.documents import Metadata
from ingest.errors import UnreadableFileError
from ingest.formats.raised import write_raised_digits
from ingest.formats.reading import Reading
from ingest.formats.xml_tree import inline_text, local_name, parse_xml

_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_FLOATS = frozenset(
    {
        "table-wrap",
        "fig",
        "fig-group",
        "boxed-text",
        "disp-quote",
        "list",
        "disp-formula",
        "def-list",
        "supplementary-material",
    }
)
_UNREAD = frozenset({"tex-math", "object-id", "graphic", "label-alternatives", "permissions"})
_INDENTED_MARK = re.compile(r"^\s*\n\s*(?=[,.;:)\]])")
_ENOUGH_INDENTED_MARKS = 5
_TYPES = {
    "case-report": "case report",
    "research-article": "article",
    "review-article": "review",
    "systematic-review": "review",
    "abstract": "abstract",
    "meeting-report": "abstract",
    "letter": "letter",
    "editorial": "editorial",
}


def read_jats(raw: bytes) -> Reading:
    """Read one JATS article: abstract, body, floats after their paragraph, references last."""
    root = parse_xml(raw)
    article = root if local_name(root) == "article" else root.find(".//article")
    if article is None:
        raise UnreadableFileError("XML without an article", "give the article's full text XML")
    warnings = _close_up_marks(article)
    articles = sum(1 for _ in root.iter("article"))
    if articles > 1:
        warnings.append(f"holds {articles} articles; only the first was read: split it")
    write_raised_digits(article)
    blocks: list[Block] = []
    for abstract in article.findall("front/article-meta/abstract"):
        if abstract.get("abstract-type") in (None, "summary", "structured"):
            blocks.append(Block(inline_text(abstract.find("title")) or "Abstract", is_heading=True))
            _section(abstract, blocks)
    body = article.find("body")
    if body is not None:
        # Paragraphs before the first headed section must not count as part of the abstract.
        if blocks and len(body) and local_name(body[0]) != "sec":
            blocks.append(Block("Text", is_heading=True))
        _section(body, blocks)
    back = article.find("back")
    if back is not None:
        _back(back, blocks)
    if body is None:
        warnings.append("no body: only the abstract was read")
    return Reading(_metadata(article), tuple(blocks), tuple(warnings))


def _close_up_marks(article: etree._Element) -> list[str]:
    """Mend a copy that a tool has re-indented: white space stands before its punctuation."""
    moved = [node for node in article.iter() if node.tail and _INDENTED_MARK.match(node.tail)]
    if len(moved) < _ENOUGH_INDENTED_MARKS:
        return []
    for node in moved:
        node.tail = _INDENTED_MARK.sub("", node.tail or "")
    return [
        f"re-indented by a tool: white space before {len(moved)} punctuation marks was closed up; "
        "get the publisher's own copy if wording matters"
    ]


def _section(parent: etree._Element, blocks: list[Block]) -> None:
    for child in parent:
        name = local_name(child)
        if name in ("sec", "app"):
            label = inline_text(child.find("label"))
            title = f"{label} {inline_text(child.find('title'))}".strip()
            if title:
                blocks.append(Block(title, is_heading=True))
            _section(child, blocks)
        elif name == "p":
            _paragraph(child, blocks)
        elif name in _FLOATS:
            _float(child, blocks)


def _paragraph(paragraph: etree._Element, blocks: list[Block]) -> None:
    blocks.append(Block(inline_text(paragraph, _FLOATS | _UNREAD)))
    for element in paragraph.iter():
        inside = any(
            local_name(a) in _FLOATS for a in element.iterancestors() if a is not paragraph
        )
        if local_name(element) in _FLOATS and not (inside and _is_within(element, paragraph)):
            _float(element, blocks)


def _is_within(element: etree._Element, paragraph: etree._Element) -> bool:
    """Whether a float stands in another float of the same paragraph."""
    for ancestor in element.iterancestors():
        if ancestor is paragraph:
            return False
        if local_name(ancestor) in _FLOATS:
            return True
    return False


def _float(element: etree._Element, blocks: list[Block]) -> None:
    """Captions, list items and table rows, each a block of its own."""
    for part in element.iter():
        name = local_name(part)
        if name == "tr":
            cells = (inline_text(cell, _UNREAD) for cell in part)
            blocks.append(Block(" | ".join(cell for cell in cells if cell)))
        elif name in ("caption", "p", "disp-formula") and not _inside(
            part, element, ("tr", "caption", "p")
        ):
            label = inline_text(part.getparent().find("label")) if name == "caption" else ""  # type: ignore[union-attr]
            blocks.append(Block(f"{label} {inline_text(part, _UNREAD)}".strip()))


def _inside(part: etree._Element, top: etree._Element, names: tuple[str, ...]) -> bool:
    for ancestor in part.iterancestors():
        if local_name(ancestor) in names:
            return True
        if ancestor is top:
            return False
    return False


def _back(back: etree._Element, blocks: list[Block]) -> None:
    for child in back:
        name = local_name(child)
        if name in ("ack", "notes", "sec", "glossary"):
            title = inline_text(child.find("title"))
            blocks.append(
                Block(title or ("Acknowledgements" if name == "ack" else "Notes"), is_heading=True)
            )
            _section(child, blocks)
        elif name == "app-group":
            _section(child, blocks)
        elif name == "ref-list":
            blocks.append(Block("References", is_heading=True))
            blocks.extend(Block(inline_text(ref)) for ref in child.iter("ref"))


def _metadata(article: etree._Element) -> Metadata:
    front = article.find("front")
    meta = front.find("article-meta") if front is not None else None
    if front is None or meta is None:
        return Metadata()
    ids = {node.get("pub-id-type", ""): inline_text(node) for node in meta.findall("article-id")}
    years = [inline_text(node.find("year")) for node in meta.findall("pub-date")]
    link = meta.find("self-uri")
    subjects = " ".join(inline_text(node) for node in meta.iter("subject")).lower()
    kind = article.get("article-type", "")
    return Metadata(
        title=inline_text(meta.find("title-group/article-title"), ("xref", "fn")),
        authors=tuple(_authors(meta)),
        year=min((int(year) for year in years if year.isdigit()), default=None),
        journal=inline_text(front.find(".//journal-title")),
        doi=ids.get("doi", "").lower(),
        pmid=ids.get("pmid", ""),
        url=(link.get(_XLINK_HREF) or "") if link is not None else "",
        document_type="case report"
        if "case report" in subjects
        else _TYPES.get(kind, kind.replace("-", " ")),
    )


def _authors(meta: etree._Element) -> list[str]:
    authors = []
    for contributor in meta.findall(".//contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        given = inline_text(contributor.find("name/given-names"))
        family = inline_text(contributor.find("name/surname"))
        group = inline_text(contributor.find("collab"), ("contrib-group", "xref", "fn"))
        name = f"{given} {family}".strip() or group
        if name:
            authors.append(name)
    return authors
