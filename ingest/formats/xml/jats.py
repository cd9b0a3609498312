"""PubMed Central's XML: the Journal Article Tag Suite, https://jats.nlm.nih.gov/archiving/.

An article is read in the order abstracts, keywords, body, back matter, references. A bundle of
articles and an article with sub-articles are parted before (`ingest.formats.xml.bundles`).
"""

import re

from lxml import etree

from ingest.blocks import Block
from ingest.documents import first_stated
from ingest.errors import UnreadableFileError
from ingest.formats.reading import Reading
from ingest.formats.xml.jats_blocks import BlockWriter, heading_of
from ingest.formats.xml.jats_marks import place_floats, raise_citation_marks
from ingest.formats.xml.jats_math import write_formulas
from ingest.formats.xml.jats_metadata import inherited, read_metadata
from ingest.formats.xml.jats_references import reference_text
from ingest.formats.xml.raised import write_raised_digits
from ingest.formats.xml.tree import (
    attribute,
    close_up_indents,
    inline_text,
    local_name,
    parse_xml,
    take_out,
)

ARTICLES = ("article", "sub-article", "response")
ENOUGH_MOVED_MARKS = 5
"""Fewer punctuation marks after a line break are slips of the publisher's own."""
_ABSTRACTS = {
    "": "Abstract",
    "structured": "Abstract",
    "section": "Abstract",
    "summary": "Summary",
    "executive-summary": "Summary",
    "graphical": "Graphical abstract",
    "author-highlights": "Highlights",
    "toc": "In short",
    "teaser": "In short",
    "short": "In short",
    "precis": "In short",
}
"""What an abstract without a title is called, by its `abstract-type`; others by that itself."""
_FOOTNOTES = {
    "conflict": "Competing interests",
    "coi-statement": "Competing interests",
    "con": "Authors’ contributions",
    "financial-disclosure": "Funding",
    "supported-by": "Funding",
    "abbr": "Abbreviations",
    "ethics-statement": "Ethics",
    "data-availability": "Data availability",
}
"""Footnotes that are sections of their own in print."""
_LEADS = (
    ("Competing interests", r"(?:declaration of )?(?:competing|conflicts? of) interests?\b"),
    ("Funding", r"(?:source of |financial )?(?:funding|financial support|financial disclosure)\b"),
    ("Authors’ contributions", r"authors?.? contributions?\b"),
)
"""The same by what they begin with."""
_ADDRESSES = frozenset(["corresp", "edited-by", "current-aff", "present-address", "equal", "com"])
_BACK_TITLES = {"ack": "Acknowledgements", "glossary": "Abbreviations", "bio": "Author details"}
_PRUNED = (
    "object-id permissions alt-text long-desc index-term index-term-range-end sec-meta".split()
)


def read_jats(raw: bytes) -> Reading:
    """Read one JATS article; raises `UnreadableFileError` where there is none."""
    root = parse_xml(raw)
    article = _article(root)
    moved = close_up_indents(article)
    pictures = write_formulas(article)
    write_raised_digits(article)
    raise_citation_marks(article)
    own = _own(article)
    place_floats(own)
    metadata = read_metadata(own)
    if own is not article:
        metadata = first_stated(metadata, inherited(read_metadata(article)))
    writer = BlockWriter()
    _write(own, writer)
    warnings = [*_moved_marks(moved), *_pictures(pictures), *_missing(own, writer)]
    if not writer.blocks and metadata.title:
        writer.paragraph(metadata.title)
    return Reading(metadata, tuple(writer.blocks), tuple(warnings))


def _article(root: etree._Element) -> etree._Element:
    article = next(root.iter(*ARTICLES), None)
    if article is None:
        raise UnreadableFileError("XML without an article", "give the article's full text XML")
    if all(article.find(part) is None for part in ("front", "front-stub", "body", "back")):
        raise UnreadableFileError(
            "an <article> of another kind than JATS", "give the article's JATS XML"
        )
    return article


def _own(article: etree._Element) -> etree._Element:
    """The article without its sub-articles; of one that is only their cover, the first of them."""
    inside = [node for node in article.iter("sub-article", "response") if node is not article]
    is_cover = all(
        article.find(part) is None
        for part in (
            "body",
            "back",
            "front/article-meta/title-group",
            "front/article-meta/abstract",
        )
    )
    if inside and is_cover:
        return inside[0]
    for node in inside:
        take_out(node)
    return article


def _moved_marks(moved: int) -> list[str]:
    if moved < ENOUGH_MOVED_MARKS:
        return []
    return [
        f"re-indented by a tool: white space before {moved} punctuation marks was closed up; "
        "get the publisher's own copy if wording matters"
    ]


def _pictures(pictures: int) -> list[str]:
    if not pictures:
        return []
    what = (
        "1 formula or sign is a picture"
        if pictures == 1
        else f"{pictures} formulas or signs are pictures"
    )
    return [f"{what} only: not in the text"]


def _missing(article: etree._Element, writer: BlockWriter) -> list[str]:
    if article.find("body") is not None:
        return []
    return [f"no body: only the {'abstract' if writer.blocks else 'title'} was read"]


def _write(article: etree._Element, writer: BlockWriter) -> None:
    for unread in list(article.iter(*_PRUNED)):
        take_out(unread)
    meta = next(article.iter("article-meta", "front-stub"), None)
    if meta is not None:
        _front(meta, writer)
    body = article.find("body")
    if body is not None:
        _body(body, writer)
    back = article.find("back")
    if back is not None:
        _back(back, writer)
    for notes in article.iterfind("front/notes"):
        writer.section(notes, 1, "Notes")
    if meta is not None:
        _author_notes(meta, writer)
    _references(article, writer)


def _front(meta: etree._Element, writer: BlockWriter) -> None:
    for abstract in meta.iterfind("*"):
        if local_name(abstract) in ("abstract", "trans-abstract"):
            kind = attribute(abstract, "abstract-type").lower()
            named = _ABSTRACTS.get(kind, kind.replace("-", " ").capitalize())
            _unless_empty(writer, abstract, named)
    for group in meta.iterfind("kwd-group"):
        words = [inline_text(word) for word in group.iterfind("*") if local_name(word) != "title"]
        words = [word for word in words if word and word != inline_text(group.find("label"))]
        if words:
            kind = attribute(group, "kwd-group-type")
            named = "Abbreviations" if kind == "abbreviations" else "Keywords"
            writer.heading(inline_text(group.find("title")) or named, 1)
            writer.paragraph("; ".join(words))


def _unless_empty(writer: BlockWriter, element: etree._Element, heading: str) -> None:
    """A section that holds more than its heading."""
    inner = BlockWriter()
    inner.section(element, 1, heading)
    if any(not block.is_heading for block in inner.blocks):
        writer.blocks += inner.blocks


def _body(body: etree._Element, writer: BlockWriter) -> None:
    # Paragraphs before the first headed section must not count as part of the abstract.
    first = next((node for node in body if inline_text(node)), None)
    headed = first is not None and local_name(first) == "sec" and heading_of(first)
    if writer.blocks and not headed:
        writer.heading("Text", 1)
    for child in body:
        writer.read(child, 1)


def _back(back: etree._Element, writer: BlockWriter) -> None:
    for child in back:
        name = local_name(child)
        if name == "fn-group":
            _footnotes(child, writer)
        elif name in ("app-group", "title", "label"):
            writer.read(child, 1)
        elif name not in ("ref-list", "fn"):
            _unless_empty(writer, child, _back_title(child))
        elif name == "fn":
            _footnotes([child], writer)


def _back_title(element: etree._Element) -> str:
    kind = attribute(element, "notes-type").lower() or attribute(element, "sec-type").lower()
    return _FOOTNOTES.get(kind) or _BACK_TITLES.get(local_name(element), "Notes")


def _footnotes(group: etree._Element | list[etree._Element], writer: BlockWriter) -> None:
    """Footnotes at the end; those that are sections in print are headed like these."""
    title = "" if isinstance(group, list) else inline_text(group.find("title"))
    before = ""
    for footnote in [node for node in group if local_name(node) not in ("title", "label")]:
        heading = _footnote_heading(footnote) or title
        if not heading:
            writer.read(footnote, 2)
            continue
        if heading != before:
            writer.heading(heading, 1)
        for label in footnote.findall("label"):
            take_out(label)
        writer.contents(footnote, 2)
        before = heading


def _footnote_heading(footnote: etree._Element) -> str:
    named = _FOOTNOTES.get(attribute(footnote, "fn-type").lower(), "")
    text = inline_text(footnote, ("label",))
    leads = (name for name, lead in _LEADS if re.match(lead, text, re.IGNORECASE))
    return named or next(leads, "")


def _author_notes(meta: etree._Element, writer: BlockWriter) -> None:
    """What is said of authors, money and data in front; addresses and editors are left out."""
    for footnote in meta.iterfind("author-notes/fn"):
        text = inline_text(footnote, ("label",))
        kind = attribute(footnote, "fn-type").lower()
        if text and kind not in _ADDRESSES and not writer.has_text(text):
            writer.heading(_footnote_heading(footnote) or "Author details", 1)
            writer.paragraph(text)
    statements = [("Funding", node) for node in meta.iter("funding-statement")]
    for custom in meta.iter("custom-meta"):
        if "data availability" in inline_text(custom.find("meta-name")).lower():
            statements += [("Data availability", node) for node in custom.findall("meta-value")]
    for heading, node in statements:
        text = inline_text(node)
        if text and not writer.has_text(text):
            writer.heading(heading, 1)
            writer.paragraph(text)


def _references(article: etree._Element, writer: BlockWriter) -> None:
    for group in article.iter("ref-list"):
        entries = [text for entry in group.findall("ref") if (text := reference_text(entry))]
        remarks = [text for remark in group.findall("p") if (text := inline_text(remark))]
        if entries or remarks:
            writer.blocks.append(Block("References", is_heading=True, level=1))
            writer.blocks += [Block(text) for text in (*remarks, *entries)]
