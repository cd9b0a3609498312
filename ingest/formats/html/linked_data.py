"""JSON-LD: what a page says about its article in the vocabulary of https://schema.org."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from lxml.html import HtmlElement

from ingest.bylines import split_names
from ingest.documents import Metadata, read_in
from ingest.formats.html.title import bare_title
from ingest.identifiers import find_doi, find_pmid, find_year
from ingest.licences import find_licence

MAX_DEPTH = 12
"""Nodes in nodes: what is nested deeper does not describe the page."""

_TYPES = (
    "ScholarlyArticle MedicalScholarlyArticle Report TechArticle BlogPosting NewsArticle Article "
    "MedicalWebPage WebPage"
).split()
"""The types that tell of an article, the most telling first."""
_PAGES = ("MedicalWebPage", "WebPage")
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "about")
_COMMENT = re.compile(
    r"^\s*(?:<!--|/\*<!\[CDATA\[\*/|//<!\[CDATA\[)|(?:-->|/\*\]\]>\*/|//\]\]>)\s*$"
)
_NOBODY = re.compile(r"(?:admin|administrator|editor|webmaster|staff|team|user\d*|author)\Z", re.I)

Node = dict[str, Any]
"""One JSON object; its values are whatever the site wrote."""


def linked_data(page: HtmlElement) -> list[Metadata]:
    """What each node that describes an article states, the most telling type first."""
    nodes = [node for script in page.iter("script") for node in _nodes(_parsed(script))]
    by_id = {str(node["@id"]): node for node in nodes if len(node) > 1 and "@id" in node}
    telling = [node for node in nodes if _rank(node) < len(_TYPES)]
    return [_metadata(node, by_id) for node in sorted(telling, key=_rank)]


def _parsed(script: HtmlElement) -> Any:
    if "ld+json" in (script.get("type") or "").lower():
        with suppress(ValueError, RecursionError):
            return json.loads(_COMMENT.sub("", script.text or ""), strict=False)
    return None


def _nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in _CONTAINERS:
            yield from _nodes(value.get(name), depth + 1)


def _rank(node: Node) -> int:
    types = _texts(node.get("@type"))
    return min((_TYPES.index(one) for one in types if one in _TYPES), default=len(_TYPES))


def _metadata(node: Node, by_id: dict[str, Node]) -> Metadata:
    issue = list(_parts_of(node, by_id))
    identifiers = " ".join(
        text for name in ("identifier", "sameAs", "@id", "url") for text in _texts(node.get(name))
    )
    pages = _first(node, "pagination") or "-".join(
        page for name in ("pageStart", "pageEnd") if (page := _first(node, name))
    )
    kind = _TYPES[_rank(node)]
    # A page's name is mostly that of its window, with the site's name in it.
    name = "" if kind in _PAGES else _first(node, "name")
    stated = Metadata(
        title=bare_title(_first(node, "headline") or name),
        authors=_authors(node, by_id),
        year=find_year(_first(node, "datePublished") or _first(node, "dateCreated")),
        journal=next((_first(one, "name") for one in issue if _is_periodical(one)), ""),
        volume=next((text for one in issue if (text := _first(one, "volumeNumber"))), ""),
        page_range=pages,
        doi=find_doi(identifiers),
        pmid=find_pmid(identifiers),
        licence=find_licence(_first(node, "license")),
        language=_first(node, "inLanguage"),
    )
    return read_in(f"JSON-LD {kind}", stated)


def _parts_of(node: Node, by_id: dict[str, Node]) -> Iterator[Node]:
    """The issue, volume and journal that an article is part of."""
    for _ in range(MAX_DEPTH):
        around = node.get("isPartOf")
        around = around[0] if isinstance(around, list) and around else around
        if not isinstance(around, dict):
            return
        node = by_id.get(str(around.get("@id")), around)
        yield node


def _is_periodical(node: Node) -> bool:
    return any("Periodical" in one or "Journal" in one for one in _texts(node.get("@type")))


def _authors(node: Node, by_id: dict[str, Node]) -> tuple[str, ...]:
    stated = node.get("author") or node.get("creator") or []
    names: list[str] = []
    for one in stated if isinstance(stated, list) else [stated]:
        if isinstance(one, dict):
            person = by_id.get(str(one.get("@id")), one)
            given = f"{_first(person, 'givenName')} {_first(person, 'familyName')}".strip()
            names += split_names(f"{_first(person, 'name') or given};")
        elif isinstance(one, str):
            names += split_names(f"{one};")
    return tuple(name for name in names if not _NOBODY.match(name) and "://" not in name)


def _first(node: Node, name: str) -> str:
    return next(iter(_texts(node.get(name))), "")


def _texts(value: Any) -> list[str]:
    """The texts of a value, whether it is one, a list of them, or a node with a value or name."""
    if isinstance(value, (str, int, float)):
        return [" ".join(str(value).split())]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        return _texts(
            value.get("value") or value.get("name") or value.get("@id") or value.get("url")
        )
    return []
