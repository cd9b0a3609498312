"""Books and articles in EPUB: the chapters in reading order, and what the package states.

Source: EPUB 3.3, https://www.w3.org/TR/epub-33/; EPUB 2 differs in nothing that is read here.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree, html
from lxml.html import HtmlElement

from ingest.bylines import split_names
from ingest.cleaning import clean
from ingest.documents import Metadata, first_stated, read_in
from ingest.doubts import text_doubts
from ingest.errors import UnreadableFileError
from ingest.first_page import stated_on_first_page
from ingest.formats.office.styled import Item, Paragraph, blocks_of
from ingest.formats.office.styled_html import html_items, names_of
from ingest.formats.office.word_properties import is_tool_title
from ingest.formats.office.zip_parts import ZipParts
from ingest.formats.reading import Reading
from ingest.formats.xml.tree import parse_xml
from ingest.identifiers import find_doi, find_year

MAX_CHAPTERS = 5000
"""Works of reference have a few thousand; more is no book."""
_REMEDY = "get a fresh copy, or save it as PDF"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_CONTENTS_NAMES = frozenset("toc doc-toc landmarks page-list doc-pagelist".split())
_TEXT_TYPES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_DECLARED = re.compile(rb"encoding=[\"']([A-Za-z0-9._-]+)[\"']|charset=[\"']?([A-Za-z0-9._-]+)")
_FAMILY_FIRST = re.compile(r"^[^\s,;]+,[^,;]+$")
_NUMBER_ALONE = re.compile(r"^(?:section|chapter|part|page)?\s*[\dIVXivx]*$", re.IGNORECASE)
_AUTHOR_ROLES = ("", "aut", "author")


def read_epub(raw: bytes) -> Reading:
    """Read a book; its table of contents, pictures and styles are left out."""
    parts = ZipParts(raw, "EPUB file", _REMEDY)
    package_name = _package_name(parts)
    package = parts.xml(package_name)
    chapters = list(_chapters(package, package_name, parts))
    _refuse_protected(parts, chapters)
    names = _contents(package, package_name, parts)
    items: list[Item] = []
    unread = 0
    for chapter in chapters:
        try:
            items += _chapter_items(parts.read(chapter), names.get(chapter, ""))
        except UnreadableFileError:
            unread += 1
    if unread and unread == len(chapters):
        raise parts.damaged("none of its chapters can be read")
    title = next((i for i in items if isinstance(i, Paragraph) and i.level == 1), None)
    stated = read_in("EPUB package", _metadata(package))
    is_title = title is not None and clean(title.text).lower() == stated.title.lower()
    blocks = blocks_of(items, title if is_title else None)
    found = read_in("the first heading", Metadata(title=clean(title.text) if title else ""))
    metadata = first_stated(stated, stated_on_first_page(blocks), found)
    warnings = (f"{unread} of its {len(chapters)} chapters are damaged",) if unread else ()
    doubts = text_doubts([block.text for block in blocks])
    return Reading(metadata, tuple(blocks), (*warnings, *doubts))


def _package_name(parts: ZipParts) -> str:
    container = parts.xml_or_none(_CONTAINER)
    named = [
        one.get("full-path", "")
        for one in (container.iter("rootfile") if container is not None else ())
    ]
    found = [*named, *sorted(name for name in parts.names if name.endswith(".opf"))]
    package = next((name for name in found if name in parts.names), "")
    if not package:
        raise parts.damaged("it has no package file")
    return package


def _chapters(package: etree._Element, package_name: str, parts: ZipParts) -> Iterator[str]:
    """The parts with text in reading order, those that are read on demand last."""
    manifest = {item.get("id", ""): item for item in package.iter("item")}
    spine = [one for one in package.iter("itemref") if one.get("idref", "") in manifest]
    in_order = sorted(spine, key=lambda one: one.get("linear") == "no")
    for reference in in_order[:MAX_CHAPTERS]:
        item = manifest[reference.get("idref", "")]
        name = _resolved(package_name, item.get("href", ""))
        is_navigation = "nav" in item.get("properties", "").split()
        if item.get("media-type") in _TEXT_TYPES and name in parts.names and not is_navigation:
            yield name


def _refuse_protected(parts: ZipParts, chapters: list[str]) -> None:
    """Raise for a book whose chapters are encrypted; fonts often are, and do not matter."""
    encryption = parts.xml_or_none(_ENCRYPTION)
    encrypted = {
        unquote(one.get("URI", ""))
        for one in (encryption.iter("CipherReference") if encryption is not None else ())
    }
    if not encrypted.isdisjoint(chapters):
        raise UnreadableFileError(
            "protected against copying (DRM)", "ask the publisher for a copy without protection"
        )


def _contents(package: etree._Element, package_name: str, parts: ZipParts) -> dict[str, str]:
    """What the table of contents calls each chapter: for those without a heading."""
    names: dict[str, str] = {}
    for item in package.iter("item"):
        table = _resolved(package_name, item.get("href", ""))
        root = parts.xml_or_none(table) if _is_contents(item) else None
        for point in root.iter("navPoint", "a") if root is not None else ():
            content = point.find("content")
            link = (content.get("src") if content is not None else point.get("href")) or ""
            label = point.find("navLabel") if content is not None else point
            text = (
                " ".join("".join(map(str, label.itertext())).split()) if label is not None else ""
            )
            names.setdefault(_resolved(table, link.partition("#")[0]), text)
    return names


def _is_contents(item: etree._Element) -> bool:
    is_navigation = "nav" in item.get("properties", "").split()
    return is_navigation or item.get("media-type") == "application/x-dtbncx+xml"


def _chapter_items(raw: bytes, name: str) -> list[Item]:
    """The paragraphs of a chapter, under its name where it has no heading itself."""
    root = _html(raw)
    body = next(root.iter("body"), root)
    for part in list(body.iter("nav", "section", "div", "ol")):
        if not names_of(part).isdisjoint(_CONTENTS_NAMES) and part.getparent() is not None:
            part.drop_tree()
    return _under_name(html_items(body), name)


def _under_name(items: list[Item], name: str) -> list[Item]:
    """A chapter under what the contents call it, where none of its paragraphs is a heading."""
    first = items[0] if items else None
    has_heading = any(isinstance(item, Paragraph) and item.level for item in items[:3])
    if first is None or has_heading or not name or _NUMBER_ALONE.match(name):
        return items
    if isinstance(first, Paragraph) and " ".join(first.text.split()) == name:
        return [replace(first, level=1), *items[1:]]
    return [Paragraph(name, level=1), *items]


def _html(raw: bytes) -> HtmlElement:
    """A chapter as HTML, from XHTML, or from what only pretends to be XHTML."""
    try:
        written = etree.tostring(parse_xml(raw), method="html", encoding="unicode")
    except UnreadableFileError:
        declared = _DECLARED.search(raw[:1000])
        encoding = (declared[1] or declared[2]).decode() if declared else "utf-8"
        try:
            written = raw.decode(encoding, errors="replace")
        except LookupError:
            written = raw.decode("utf-8", errors="replace")
        written = re.sub(r"^\s*<\?xml[^>]*\?>", "", written)
    try:
        root = html.document_fromstring(written)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFileError("a damaged chapter", _REMEDY) from error
    return root


def _metadata(package: etree._Element) -> Metadata:
    def stated(name: str) -> list[str]:
        values = (clean("".join(map(str, one.itertext()))) for one in package.iter(name))
        return [value for value in values if value]

    title = next(iter(stated("title")), "")
    rights = next(iter(stated("rights")), "")
    language = next(iter(stated("language")), "").partition("-")[0].lower()
    return Metadata(
        title="" if is_tool_title(title) else title,
        authors=_authors(package),
        year=find_year(_date(package)),
        journal=next(iter(stated("source")), "")
        if find_doi(" ".join(stated("identifier")))
        else "",
        doi=find_doi(" ".join(stated("identifier"))),
        licence=rights if "creative commons" in rights.lower() or "CC" in rights else "",
        language=language if len(language) == 2 else "",
    )


def _authors(package: etree._Element) -> tuple[str, ...]:
    """The creators whose role, where it is stated, is that of an author."""
    roles = {
        meta.get("refines", "").lstrip("#"): (meta.text or "").strip()
        for meta in package.iter("meta")
        if meta.get("property") == "role"
    }
    names: list[str] = []
    for creator in package.iter("creator"):
        role = next((str(v) for k, v in creator.attrib.items() if str(k).endswith("role")), "")
        if (role or roles.get(creator.get("id", ""), "")) in _AUTHOR_ROLES:
            name = clean("".join(map(str, creator.itertext())))
            names += split_names(f"{name};" if _FAMILY_FIRST.match(name) else name)
    return tuple(names)


def _date(package: etree._Element) -> str:
    """The date of publication, or the only one; when the file was made is not it."""
    dates = list(package.iter("date"))
    for date in dates:
        event = next((str(v) for k, v in date.attrib.items() if str(k).endswith("event")), "")
        if event in ("publication", "original-publication") or (len(dates) == 1 and not event):
            return (date.text or "").strip()
    return ""


def _resolved(base: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(link)))
