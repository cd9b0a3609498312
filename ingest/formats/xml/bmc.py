"""BioMed Central's own XML (`<art>`), which is not JATS; no public DTD of it is kept."""

from collections.abc import Iterator

from lxml import etree

from ingest.blocks import Block
from ingest.documents import Metadata, first_stated, read_in
from ingest.errors import UnreadableFileError
from ingest.formats.reading import Reading
from ingest.formats.xml.jats_licence import creative_commons, licence_name
from ingest.formats.xml.jats_math import write_formulas
from ingest.formats.xml.jats_references import reference_text
from ingest.formats.xml.jats_tables import table_lines
from ingest.formats.xml.jats_types import document_type, notice
from ingest.formats.xml.raised import write_raised_digits
from ingest.formats.xml.tree import close_up_indents, inline_text, local_name, parse_xml
from ingest.identifiers import find_year
from ingest.sections import BOXED_TEXT, CAPTION, FOOTNOTE, TABLE

_APART = {
    "fig": CAPTION,
    "suppl": CAPTION,
    "table": TABLE,
    "tbl": TABLE,
    "boxed-text": BOXED_TEXT,
    "box": BOXED_TEXT,
    "fn": FOOTNOTE,
}
"""What is set apart from the text, and as what."""
_UNREAD = frozenset(["tex-math", "graphic", "file"])
_IDENTIFIERS = {"doi": "doi", "pmpid": "pmid", "pmid": "pmid", "pmcid": "pmcid"}


def read_bmc(raw: bytes) -> Reading:
    """Read one BMC article: abstract, keywords, body, back matter, references last."""
    article = parse_xml(raw)
    if local_name(article) != "art":
        raise UnreadableFileError("XML without an article", "give the article's full text XML")
    close_up_indents(article)
    write_formulas(article)
    write_raised_digits(article)
    _print_citation_marks(article)
    blocks: list[Block] = []
    for abstract in article.findall("fm/abs"):
        blocks += _section(abstract, 1)
    keywords = [inline_text(keyword) for keyword in article.findall("fm/kwdg/kwd")]
    if any(keywords):
        blocks.append(Block("Keywords", is_heading=True, level=1))
        blocks.append(Block("; ".join(filter(None, keywords))))
    for part in ("bdy", "bm"):
        for element in article.findall(part):
            blocks += _section(element, 1)
    return Reading(_metadata(article), tuple(blocks))


def _print_citation_marks(article: etree._Element) -> None:
    """Turn the tagged numbers of references into the "[5,6]" that the printed article shows."""
    for group in article.iter("abbrgrp"):
        numbers = [inline_text(mark) for mark in group.iter("abbr")]
        for mark in list(group):
            group.remove(mark)
        group.text = f"[{','.join(numbers)}]"


def _section(parent: etree._Element, level: int) -> Iterator[Block]:
    """The blocks of a part; `level` is that of a heading that stands in it."""
    for child in parent:
        name = local_name(child)
        if name == "st":
            yield Block(inline_text(child), is_heading=True, level=level)
        elif name == "p":
            yield from _paragraph(child)
        elif name in _APART:
            yield from _set_apart(child)
        elif name == "refgrp":
            yield Block("References", is_heading=True, level=1)
            yield from (Block(reference_text(entry)) for entry in child.findall("bibl"))
        elif name not in _UNREAD:
            # The heading of a section stands inside it: only a section in a section is narrower.
            inside = name == "sec" and local_name(parent) == "sec"
            yield from _section(child, level + inside)


def _paragraph(paragraph: etree._Element) -> Iterator[Block]:
    """A paragraph, and after it what stands apart from its sentences."""
    inside = [
        node
        for node in paragraph.iter(*_APART)
        if not any(local_name(above) in _APART for above in node.iterancestors())
    ]
    yield Block(inline_text(paragraph, _UNREAD | _APART.keys()))
    for element in inside:
        yield from _set_apart(element)


def _set_apart(element: etree._Element) -> Iterator[Block]:
    """A figure, table, box, footnote or additional file: label, caption, rows, text, notes."""
    kind = _APART[local_name(element)]
    label = inline_text(element.find("title")).rstrip(".: ")
    caption = inline_text(element.find("caption"), _UNREAD)
    texts = [f"{inline_text(element.find('title'))} {caption}".strip()]
    if kind == TABLE:
        texts.append("\n".join(table_lines(element)))
    for child in element.iterfind("*"):
        if local_name(child) not in ("title", "caption", "tblbdy", "tgroup", *_UNREAD):
            texts += _paragraphs(child, said=caption)
    for foot in element.iter("tfoot"):
        has_rows = next(foot.iter("row", "r"), None) is not None
        texts += [] if has_rows else _paragraphs(foot, said="")
    if len(texts) > 1 and not caption and kind == CAPTION:  # "Additional file 1:" opens its text
        texts[:2] = [f"{texts[0]} {texts[1]}"]
    return (Block(text, kind=kind, label=label) for text in texts if text)


def _paragraphs(element: etree._Element, said: str) -> list[str]:
    """The paragraphs inside, without one that only says the caption again."""
    parts = [element] if local_name(element) == "p" else [*element.iter("p")] or [element]
    texts = [inline_text(part, _UNREAD) for part in parts]
    return [text for text in texts if text and text.rstrip(".") != said.rstrip(".")]


def _metadata(article: etree._Element) -> Metadata:
    bibl = article.find("fm/bibl")
    if bibl is None:
        return Metadata()
    heading = inline_text(article.find("fm/dochead"))
    kind = document_type("", [heading]) or heading.lower()
    title = inline_text(bibl.find("title"))
    names = tuple(filter(None, map(_author, bibl.findall("aug/au"))))
    return first_stated(
        read_in("BMC title", Metadata(title=_with_subtitle(title, bibl))),
        read_in("BMC au", Metadata(authors=names)),
        _published(article),
        read_in("BMC source", Metadata(journal=inline_text(bibl.find("source")))),
        read_in("BMC volume", Metadata(volume=inline_text(bibl.find("volume")))),
        read_in("BMC fpage and lpage", Metadata(page_range=_pages(bibl))),
        *_identifiers(bibl),
        read_in("BMC url", Metadata(url=inline_text(bibl.find("url")))),
        _licence(article),
        read_in("BMC dochead", Metadata(document_type=kind)),
        read_in("BMC dochead and title", Metadata(notice=notice(kind, [], title))),
    )


def _with_subtitle(title: str, bibl: etree._Element) -> str:
    subtitle = inline_text(bibl.find("subtitle"))
    return f"{title}: {subtitle}" if subtitle else title


def _author(author: etree._Element) -> str:
    """Given name, middle name, family name, suffix; a group's name where there is no person's."""
    names = [inline_text(author.find(part)) for part in ("fnm", "mi", "mnm", "snm", "suf")]
    return " ".join(name for name in names if name) or inline_text(author.find("cnm"))


def _published(article: etree._Element) -> Metadata:
    for name, place in (("pub", "fm/history/pub/date/year"), ("pubdate", "fm/bibl/pubdate")):
        year = find_year(inline_text(article.find(place)))
        if year:
            return read_in(f"BMC {name}", Metadata(year=year))
    return Metadata()


def _pages(bibl: etree._Element) -> str:
    first, last = inline_text(bibl.find("fpage")), inline_text(bibl.find("lpage"))
    return f"{first}-{last}" if last and last != first else first


def _identifiers(bibl: etree._Element) -> Iterator[Metadata]:
    for node in bibl.iterfind("xrefbib//pubid"):
        field = _IDENTIFIERS.get(node.get("idtype", ""))
        value = inline_text(node)
        place = f"BMC pubid {node.get('idtype', '')}"
        if field == "doi":
            yield read_in(place, Metadata(doi=value.lower()))
        elif field == "pmid":
            yield read_in(place, Metadata(pmid=value))
        elif field == "pmcid" and value:
            yield read_in(place, Metadata(pmcid=f"PMC{value.upper().removeprefix('PMC')}"))


def _licence(article: etree._Element) -> Metadata:
    """The licence of the text: the first that the copyright note names."""
    words = inline_text(article.find("fm/cpyrt/note"))
    addresses = [inline_text(link) for link in article.iterfind("fm/cpyrt/note/url")]
    named = next((name for a in addresses if (name := creative_commons(a))), "")
    return read_in("BMC cpyrt", Metadata(licence=named or licence_name(words)))
