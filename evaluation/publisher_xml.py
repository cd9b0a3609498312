"""The body of an article as its publisher's XML has it: what the other formats are held against.

Taken without our own readers, so that a fault of theirs cannot hide itself. Both JATS
(https://jats.nlm.nih.gov) and BMC's `<art>` are understood.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

BREAK = "\0"
"""Stands where a formula was left out: no run of words goes over it."""

_BODIES = ("body", "bdy")
_FLOATS = frozenset(
    "fig fig-group table table-wrap table-wrap-group tbl boxed-text suppl supplementary-material "
    "media graphic fn fn-group floats-group chem-struct-wrap".split()
)
_FORMULAS = frozenset("disp-formula disp-formula-group inline-formula math formula".split())
_INLINE = frozenset(
    "italic bold sub sup sc it b i u smcaps monospace underline overline strike roman sans-serif "
    "xref ext-link url uri ulink email named-content styled-content abbr abbrgrp abbrev target "
    "figr tblr supplr inline-graphic inline-supplementary-material".split()
)
_MARKS = frozenset(["abbrgrp", "abbr"])
_NUMBERS = re.compile(r"[\d\s,;–—‒-]*")
_YEAR = re.compile(r"\b(?:19|20)\d\d")


@dataclass(frozen=True)
class CitationStyle:
    """How an article cites: names and years in the text, or numbers, perhaps raised."""

    by_author_and_year: bool = False
    by_raised_numbers: bool = False


@dataclass(frozen=True)
class PublishedText:
    """The paragraphs and titles of a body in order, and all text of the file.

    Figures, tables, boxes and footnotes are in `everything` only; citation marks that are
    numbers are in neither.
    """

    paragraphs: tuple[str, ...]
    everything: str
    style: CitationStyle


def read_published(path: Path) -> PublishedText:
    """Read an article's XML; raises `ValueError` where it has no body."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.parse(str(path), parser).getroot()
    body = next((node for node in root.iter() if _name(node) in _BODIES), None)
    if body is None:
        raise ValueError(f"{path} has no body")
    paragraphs = _paragraphs("".join(_pieces(body, skipped=_FLOATS)))
    everything = " ".join(_paragraphs("".join(_pieces(root, skipped=frozenset()))))
    return PublishedText(tuple(paragraphs), everything, _style(body))


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _pieces(node: etree._Element, skipped: frozenset[str]) -> Iterator[str]:
    """The text of a node in order, with a newline around each block."""
    name = _name(node)
    if name in _FORMULAS and skipped:
        yield BREAK
    elif isinstance(node, etree._Entity):
        yield html.unescape(node.text or "")
    elif name and name not in skipped and not _is_numbered_mark(node):
        around = "" if name in _INLINE else "\n"
        yield around + _on_one_line(node.text)
        for child in node:
            yield from _pieces(child, skipped)
            yield _on_one_line(child.tail)
        yield around


def _on_one_line(text: str | None) -> str:
    return " ".join((text or "").splitlines())


def _paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _text(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))


def _is_mark(node: etree._Element) -> bool:
    return _name(node) in _MARKS or (
        _name(node) == "xref" and node.get("ref-type") in ("bibr", "ref")
    )


def _is_numbered_mark(node: etree._Element) -> bool:
    text = _text(node) if _is_mark(node) else "no mark"
    return bool(_NUMBERS.fullmatch(text)) and not _YEAR.search(text)


def _style(body: etree._Element) -> CitationStyle:
    marks = [node for node in body.iter() if _is_mark(node)]
    raised = [n for n in marks if any(_name(other) == "sup" for other in (*n, n.getparent()))]
    return CitationStyle(
        by_author_and_year=any(_YEAR.search(_text(node)) for node in marks),
        by_raised_numbers=any(_is_numbered_mark(node) for node in raised),
    )
