"""XML read safely: no external entities, no network, no huge trees.

Source: https://lxml.de/parsing.html and OWASP's XML External Entity Prevention Cheat Sheet.
"""

import html.entities
from collections.abc import Collection

from lxml import etree

from ingest.errors import UnreadableFileError

_PARTING = frozenset(
    """break p title label caption list list-item def-list fn disp-formula disp-quote boxed-text
    table-wrap fig fig-group tbl st text""".split()
)
"""Elements of JATS and BMC that print apart from the words around them."""
_CLOSING = tuple(",.;:!?)]}%’”")

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
)


def parse_xml(raw: bytes) -> etree._Element:
    """The root element; raises `UnreadableFileError` with the line of the damage."""
    try:
        return etree.fromstring(raw, parser=_PARSER)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise UnreadableFileError(
            f"damaged XML at line {line}", "get a fresh copy from the publisher"
        ) from error


def inline_text(element: etree._Element | None, left_out: Collection[str] = ()) -> str:
    """All text inside an element on one line, elements named in `left_out` and their text gone.

    What an element parts on paper, or what one that is left out stood between, is not glued.
    """
    parts: list[str] = []

    def gather(node: etree._Element) -> None:
        if isinstance(node, etree._Entity):
            parts.append(html.entities.html5.get(f"{node.name};", node.text or ""))
        elif isinstance(node.tag, str) and local_name(node) not in left_out:
            parts.append(node.text or "")
            for child in node:
                tail = child.tail or ""
                name = local_name(child)
                parts.append(" " if name in _PARTING and name not in left_out else "")
                gather(child)
                parts_words = name in _PARTING or name in left_out
                parts.append(" " if parts_words and not tail.startswith(_CLOSING) else "")
                parts.append(tail)

    if element is not None:
        gather(element)
    return " ".join("".join(parts).split())


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace; "" for comments and entities."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
