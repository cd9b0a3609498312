"""No word of the prose is lost: real articles against their XML, read here without our readers."""

import html
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from ingest.corpus import read_document

PATTERNS = ("jats/*", "journals/*.xml", "trials/*/fulltext.xml")
BODIES = frozenset(["body", "bdy", "abstract", "abs", "ack", "notes"])
PROSE = frozenset(["p", "title", "st", "td", "th", "entry"])
UNPRINTED = frozenset(["tex-math", "math", "file", "media"])
"""Formulas, which are read in another form, and "Click here for file"."""
INSIDE_P = frozenset(["p", "fig", "table-wrap", "list", "fn", "boxed-text", "def-list"])


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_paragraph_title_and_cell_stands_in_the_document(shared: Path, pattern: str) -> None:
    for path in sorted(Path(shared, "data").glob(pattern)):
        found = letters(read_document(path).text)
        lost = [text for text in prose(path) if letters(text) not in found]
        assert lost == [], path.name


def prose(path: Path) -> Iterator[str]:
    """The text of each element of prose that holds no other block."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    for node in etree.parse(str(path), parser).iter("{*}*"):
        above = {etree.QName(other).localname for other in node.iterancestors()}
        inside = {etree.QName(other).localname for other in node.iterdescendants("{*}*")}
        named = etree.QName(node).localname in PROSE
        if named and above & BODIES and not (above & UNPRINTED or inside & INSIDE_P):
            yield text_of(node)


def text_of(node: etree._Element) -> str:
    if isinstance(node, etree._Entity):
        return html.unescape(node.text or "")
    if not isinstance(node.tag, str) or etree.QName(node).localname in UNPRINTED:
        return ""
    return (node.text or "") + "".join(text_of(child) + (child.tail or "") for child in node)


def letters(text: str) -> str:
    """Letters and digits only, raised ones as plain ones."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
