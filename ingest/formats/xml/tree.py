"""XML read safely and made plain: no network, no growing entities, no namespaces.

Sources: https://lxml.de/parsing.html and OWASP's XML External Entity Prevention Cheat Sheet.
"""

import html
import re
from collections.abc import Collection
from html.entities import html5

from lxml import etree

from ingest.errors import UnreadableFileError

MAX_DEPTH = 100
"""Elements in elements; articles have 30. Readers go down by recursion, which Python bounds."""
_TOO_DEEP = f"boolean({'/*' * (MAX_DEPTH + 1)})"
MAX_ENTITY_CHARACTERS = 60
"""A file's own entities stand for letters and names; longer ones are bombs or whole files."""
_PARTING = frozenset(
    """break p title label caption list list-item def-list def-item term def fn disp-formula
    disp-formula-group disp-quote boxed-text table-wrap fig fig-group table tbl st text sec tr td th
    row entry r c verse-line speech speaker statement attrib supplementary-material kwd
    compound-kwd-part nested-kwd""".split()
)
"""Elements of JATS and BMC that print apart from the words around them."""
_LINKS = frozenset(["ext-link", "uri", "url", "a"])
_CLOSING = tuple(",.;:!?)]}%’”")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED_TWICE = re.compile(r"&(?:#\d{2,6}|#[xX][\da-fA-F]{2,5}|[A-Za-z][A-Za-z0-9]{1,31});")
# ISO 8879's second set of Greek letters ("&bgr;"), which HTML has not taken over.
_GREEK = dict(
    zip(
        """agr bgr ggr dgr egr zgr eegr thgr igr kgr lgr mgr ngr xgr ogr pgr rgr sgr sfgr tgr ugr
        phgr khgr psgr ohgr""".split(),
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        strict=True,
    )
)
SLIPS = frozenset(["NS_ERR_UNDEFINED_NAMESPACE", "ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY"])
"""Marks of an excerpt: its prefixes and letters were declared in the file that it is from."""
_FRESH_COPY = "get a fresh copy from the publisher"

_MOVED = re.compile(r"[,;:)\]]|\.(?!\d)")


def _parser(recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def stream_parser(wanted: Collection[str]) -> etree.XMLPullParser:
    """A parser as careful as that of `parse_xml`, which tells of elements of these names only."""
    return etree.XMLPullParser(
        ("start", "end"),
        tag=[f"{{*}}{name}" for name in wanted],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse_xml(raw: bytes) -> etree._Element:
    """The root element, made plain; raises `UnreadableFileError` with the line of the damage."""
    raw = raw.lstrip()  # a blank line before the declaration is forbidden, and common
    parser = _parser()
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        if not _error_types(parser) <= SLIPS:
            raise damaged_xml(error) from error
        root = _parse_excerpt(raw, error)
    if root.xpath(_TOO_DEEP):
        raise UnreadableFileError("XML nested too deeply", _FRESH_COPY)
    make_plain(root)
    return root


def damaged_xml(error: etree.XMLSyntaxError) -> UnreadableFileError:
    """One line for a person about what the parser stumbled on."""
    message, line = str(error).lower(), error.lineno or 1
    if "depth" in message:
        return UnreadableFileError("XML nested too deeply", _FRESH_COPY)
    if "amplification" in message or "reference loop" in message:
        return UnreadableFileError("XML that grows beyond measure when it is read", "remove it")
    if "character encoding" in message or "unsupported encoding" in message:
        return UnreadableFileError(
            f"XML in another encoding than it declares (line {line})", "save it again as UTF-8"
        )
    return UnreadableFileError(f"damaged XML at line {line}", _FRESH_COPY)


def _error_types(parser: etree.XMLParser) -> set[str]:
    return {entry.type_name for entry in parser.error_log}


def _parse_excerpt(raw: bytes, error: etree.XMLSyntaxError) -> etree._Element:
    """Parse again what has no fault but undeclared prefixes and letters."""
    parser = _parser(recover=True)
    root = etree.fromstring(number_named_letters(raw), parser)
    if root is None or not _error_types(parser) <= SLIPS:
        raise damaged_xml(error) from error
    return root


def number_named_letters(raw: bytes) -> bytes:
    """Names of characters ("&eacute;") to numbers, which need no declaration.

    Even "&amp;", which the parser would drop where it goes on after a slip.
    """

    def number(match: re.Match[bytes]) -> bytes:
        letters = _letters(match[1].decode(), {})
        return "".join(f"&#{ord(c)};" for c in letters).encode() or match[0]

    return _NAMED.sub(number, raw)


def make_plain(root: etree._Element) -> None:
    """Write entities as the characters they stand for, and take namespaces off the names."""
    entities = list(root.iter(etree.Entity))
    own = _own_entities(root) if entities else {}
    for node in entities:
        written = node.text or ""  # "&eacute;"
        _replace_with_text(node, _letters(written.strip("&;"), own) or written)
    for node in root.iter("*"):
        if node.tag[0] == "{" or ":" in node.tag:
            node.tag = _bare(node.tag)
        for name in map(str, node.attrib):
            if name[0] == "{" or ":" in name:
                value = node.attrib.pop(name)
                node.set(_bare(name), node.get(_bare(name)) or value)


def _bare(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _letters(name: str, own: dict[str, str]) -> str:
    capital = _GREEK.get(name[:1].lower() + name[1:], "").upper() if name[:1].isupper() else ""
    return own.get(name) or html5.get(f"{name};") or _GREEK.get(name) or capital


def _own_entities(root: etree._Element) -> dict[str, str]:
    """Short texts that the file itself names in its DOCTYPE."""
    dtd = root.getroottree().docinfo.internalDTD
    own: dict[str, str] = {}
    for entity in dtd.iterentities() if dtd is not None else ():  # type: ignore[attr-defined]
        content = html.unescape(entity.content or "")
        if entity.name and len(content) <= MAX_ENTITY_CHARACTERS and not {"&", "<"} & {*content}:
            own[entity.name] = content
    return own


def _replace_with_text(node: etree._Element, text: str) -> None:
    parent, before = node.getparent(), node.getprevious()
    text += node.tail or ""
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(node)


def take_out(node: etree._Element) -> None:
    """Remove an element; the text after it stays, and is not glued to what was before it."""
    before = text_before(node)
    tail = node.tail or ""
    glued = before and tail and not before[-1].isspace() and not tail[0].isspace()
    _replace_with_text(node, " " if glued and not tail.startswith(_CLOSING) else "")


def text_before(node: etree._Element) -> str:
    """The text between an element and what stands before it in its parent."""
    previous, parent = node.getprevious(), node.getparent()
    if previous is not None:
        return previous.tail or ""
    return (parent.text or "") if parent is not None else ""


def close_up_indents(root: etree._Element) -> int:
    """Mend a copy that a tool has re-indented; how many punctuation marks it had moved.

    White space with a line break, which no author types there, goes before closing and after
    opening punctuation, and before what is raised or lowered.
    """
    moved = 0
    for node in root.iter("*"):
        if node.tail and "\n" in node.tail:
            stripped = node.tail.lstrip()
            if "\n" in node.tail[: len(node.tail) - len(stripped)] and _MOVED.match(stripped):
                node.tail = stripped
                moved += 1
                if not len(node) and node.text:
                    node.text = _without_line_end(node.text)
            following = node.getnext()
            if following is not None:
                node.tail = _closed_up(node.tail, following)
        if node.text and "\n" in node.text and len(node):
            node.text = _closed_up(node.text, node[0])
    return moved


def _closed_up(before: str, node: etree._Element) -> str:
    """The text before an element without a line break that is not the author's."""
    closed = _without_line_end(before)
    return closed if closed and (node.tag in ("sup", "sub") or closed[-1] in "([") else before


def _without_line_end(text: str) -> str:
    """The text without the white space at its end, if a line ends in it."""
    stripped = text.rstrip()
    return stripped if "\n" in text[len(stripped) :] else text


def inline_text(element: etree._Element | None, left_out: Collection[str] = ()) -> str:
    """All text inside an element on one line, elements named in `left_out` and their text gone.

    What an element parts on paper, or what one that is left out stood between, is not glued.
    """
    parts: list[str] = []

    def gather(node: etree._Element) -> None:
        if local_name(node) in left_out:
            return
        parts.append(node.text or "")
        for child in node:
            name, tail = local_name(child), child.tail or ""
            parts.append(" " if name in _PARTING and name not in left_out else "")
            gather(child)
            parts_words = name in _PARTING or name in left_out
            parts.append(" " if parts_words and not tail.startswith(_CLOSING) else "")
            parts.append(tail)
        if not node.text and not len(node) and node.tag in _LINKS:
            parts.append(attribute(node, "href"))

    if element is not None:
        gather(element)
    text = _ESCAPED_TWICE.sub(lambda match: html.unescape(match[0]), "".join(parts))
    return " ".join(text.split())


def attribute(element: etree._Element, name: str) -> str:
    """An attribute's value, "" where there is none; its name has no prefix ("href", "lang")."""
    return (element.get(name) or "").strip()


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace; "" for comments and entities."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
