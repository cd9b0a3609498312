"""Marks in the text of a JATS article that lead elsewhere: to references, figures and tables."""

import re
from itertools import pairwise

from lxml import etree

from ingest.formats.xml.raised import RAISED, write_as
from ingest.formats.xml.tree import attribute, inline_text, local_name, text_before

CHARACTERS_BEFORE = 200
"""So many characters before a mark tell whether it stands in brackets."""
_NUMBERS = re.compile(r"\d{1,3}(?:[,–—-]\d{1,3})*")
_BETWEEN_MARKS = re.compile(r"[,–—-]")
_FLOAT_GROUPS = ("floats-group", "floats-wrap")
_PLACES = frozenset(["body", "sec", "app", "abstract", "article", "sub-article"])


def raise_citation_marks(article: etree._Element) -> None:
    """Raise the numbers of references that are glued to their word: "shown12" is no such word.

    So they are printed where no brackets or raised type stand in the file itself.
    """
    raised: etree._Element | None = None
    for mark in article.iter("xref"):
        if attribute(mark, "ref-type") != "bibr" or not _NUMBERS.fullmatch(inline_text(mark)):
            continue
        between = text_before(mark)
        goes_on = raised is not None and mark.getprevious() is raised
        goes_on = goes_on and (not between or bool(_BETWEEN_MARKS.fullmatch(between)))
        is_glued = bool(between) and _glues(_line_before(mark))
        if goes_on or (is_glued and not _inside_raised(mark)):
            write_as(mark, RAISED)
            raised = mark


def _line_before(mark: etree._Element) -> str:
    """The last words of its paragraph before a mark."""
    line, node = text_before(mark), mark.getprevious()
    while node is not None and len(line) < CHARACTERS_BEFORE:
        line = text_before(node) + "".join(map(str, node.itertext())) + line
        node = node.getprevious()
    return line


def _glues(before: str) -> bool:
    """Whether a number that follows would be read as part of a word, outside brackets."""
    opened = max(before.rfind("["), before.rfind("("))
    closed = max(before.rfind("]"), before.rfind(")"))
    return (before[-1].isalpha() or before[-1] in '.,;:)”"') and opened <= closed


def _inside_raised(mark: etree._Element) -> bool:
    return any(local_name(node) == "sup" for node in (*mark.iterancestors(), *mark.iter("sup")))


def place_floats(article: etree._Element) -> None:
    """Move figures and tables that are kept at the end to the paragraph that first names them."""
    for group in article.iterfind("*"):
        if local_name(group) in _FLOAT_GROUPS:
            for one in reversed(group):  # each goes before those that came to the same place
                target = _first_mention(article, attribute(one, "id"))
                if target is not None:
                    one.tail = None
                    target.addnext(one)
            body = article.find("body")
            if body is not None and len(group):
                body.append(group)


def _first_mention(article: etree._Element, name: str) -> etree._Element | None:
    """The outermost paragraph of the body with the first link to `name`."""
    body = article.find("body")
    if body is None or not name:
        return None
    for link in body.iter("xref"):
        if name in attribute(link, "rid").split():
            inside = [link, *link.iterancestors()]
            for node, parent in pairwise(inside):
                if local_name(parent) in _PLACES:
                    return node
    return None
