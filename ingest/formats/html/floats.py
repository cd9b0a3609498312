"""Captions, tables and reference lists of a page: told by tags, names and their first words."""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from ingest.captions import caption_label, is_table_label
from ingest.cleaning import words_in
from ingest.formats.html.blocks import PlacedBlock, inline_text
from ingest.formats.html.structure import class_names
from ingest.sections import BOXED_TEXT, CAPTION, TABLE
from ingest.site_lines import is_copy_link, is_tool

MAX_FLOAT_WORDS = 800
"""A figure's legends and notes have fewer: what is larger is a page that is called "figure"."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")
_FIGURE = frozenset("fig figs figure caption figcaption groupcaption figgroupcaption".split())
_TABLE = frozenset("table tables tbl tablewrap tw".split())
_BOX = frozenset("boxed-text boxed_text key-points keypoints pull-quote pullquote".split())
_REFERENCE_LIST = re.compile(
    r"(?:.*[-_])?(?:references?|ref-?list|bibliography|cit-list|citation-?list)(?:[-_]?list)?"
    r"(?:[-_](?:section|container|body|content|\d+))*"
)
_EMPTY_MARKS = re.compile(r"(?:\s*(?:\[\s*\]|\(\s*\)|\||(?<=\s)[-–·•]))+\s*$")
_GLUED_NUMBER = re.compile(r"^(\[?\d{1,3}[\].]*)(?=[A-Z])")
_LINK_MARKS = re.compile(r"[\[(|·•,;/\s]*")


@dataclass(frozen=True)
class Float:
    """What a block is part of: the element around the whole, its kind and its label."""

    holder: HtmlElement
    kind: str
    label: str = ""


class Floats:
    """The figures, tables and boxes of one page."""

    def __init__(self, blocks: list[PlacedBlock], article: HtmlElement) -> None:
        self._article = article
        self._texts: dict[HtmlElement, list[str]] = {}
        for placed in blocks:
            for element in (placed.element, *placed.element.iterancestors()):
                self._texts.setdefault(element, []).append(placed.block.text)
        self._known: dict[HtmlElement, Float | None] = {}

    def of(self, placed: PlacedBlock) -> Float | None:
        """The float that a block is part of; None for text of its own."""
        found = self._around(placed.element)
        if found is None and (label := label_of(placed.block.text)):
            return Float(placed.element, TABLE if is_table_label(label) else CAPTION, label)
        return found

    def _around(self, element: HtmlElement) -> Float | None:
        """The widest float around an element, within the article."""
        if element is self._article:
            return None
        if element not in self._known:
            parent = element.getparent()
            outer = None if parent is None else self._around(parent)
            self._known[element] = outer or self._own(element)
        return self._known[element]

    def _own(self, element: HtmlElement) -> Float | None:
        texts = self._texts.get(element, [])
        if sum(map(words_in, texts)) > MAX_FLOAT_WORDS and element.tag not in ("table", "tr"):
            return None
        labels = list(dict.fromkeys(filter(None, map(label_of, texts))))
        kind = _kind(element, labels[0] if labels else "")
        several = len(labels) > 1 and element.tag not in ("table", "tr", "figure")
        return Float(element, kind, labels[0] if labels else "") if kind and not several else None


def label_of(text: str) -> str:
    """The label that a block begins with, written as in "Figure 2"; also where it stands alone.

    >>> label_of("FIGURE 2"), label_of("Fig. 2.")
    ('Figure 2', 'Figure 2')
    """
    label = caption_label(text) or caption_label(text.rstrip(" .:"))
    return " ".join(w.capitalize() if w.isupper() and len(w) > 2 else w for w in label.split())


def _kind(element: HtmlElement, label: str) -> str:
    tag, words = str(element.tag), name_words(element)
    if tag in ("table", "tr", "caption"):
        return TABLE
    if tag in ("figure", "figcaption"):
        holds_table = next(element.iter("table"), None) is not None
        return TABLE if holds_table or is_table_label(label) else CAPTION
    if tag == "aside" or not _BOX.isdisjoint(class_names(element)):
        return BOXED_TEXT
    # A name without a label is a hint only: pages are laid out in what they call tables.
    if label and not (_FIGURE | _TABLE).isdisjoint(words):
        return TABLE if is_table_label(label) else CAPTION
    return CAPTION if "caption" in words and tag != "body" else ""


def name_words(element: HtmlElement) -> set[str]:
    """The words that the classes and the id of an element are made of."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return {word.lower() for word in _CAMEL.split(names) if word}


def reference_entry(element: HtmlElement) -> HtmlElement | None:
    """The entry of a list of references that an element stands in; None outside such a list."""
    entry = None
    for one in (element, *element.iterancestors()):
        if one.tag in ("li", "p", "tr", "dd", "dt") and entry is None:
            entry = one.getnext() if one.tag == "dt" and one.getnext() is not None else one
        if one.tag in ("li", "dd"):
            entry = one
        if entry is not None and one is not entry and _is_reference_list(one):
            return entry
        if one.tag in ("body", "article", "main"):
            break
    return None


def _is_reference_list(element: HtmlElement) -> bool:
    if element.get("role") == "doc-bibliography":
        return True
    named = any(_REFERENCE_LIST.fullmatch(name) for name in class_names(element))
    return named and next(element.iter("li", "p", "dd"), None) is not None


def reference_text(entry: HtmlElement) -> str:
    """A reference on one line, without its links to copies and search engines."""
    for link in list(entry.iter("a")):
        label = " ".join("".join(map(str, link.itertext())).split())
        if label and (is_tool(label) or is_copy_link(label)):
            link.text, link.tail = None, _LINK_MARKS.sub("", link.tail or "", count=1)
            for child in list(link):
                link.remove(child)
    number = entry.getprevious() if entry.tag == "dd" else None
    label = inline_text(number) if number is not None and number.tag == "dt" else ""
    text = f"{label} {inline_text(entry).replace('↵', ' ')}".strip()
    return _EMPTY_MARKS.sub("", _GLUED_NUMBER.sub(r"\1 ", text))
