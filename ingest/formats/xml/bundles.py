"""XML files that hold several documents, parted into one XML text for each.

    PubmedArticleSet, MedlineCitationSet    thousands of records: "PMID 123"
    pmc-articleset, OAI-PMH, any other set  JATS articles: "PMC123", "article 2"
    an article with sub-articles            the article without them: ""; "sub-article 1", …

A set with one record gives that record a name as well: its doc_id comes from the record and not
from the file, so that it stays the same when a second is added, or when the record stands in
another file. For the same end each part is written in one canonical way (W3C's Canonical XML,
without namespaces; records also without layout). Files are read in a stream and each document is
freed before the next.
"""

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from ingest.errors import UnreadableFileError
from ingest.formats.reading import Part
from ingest.formats.xml.jats import ARTICLES
from ingest.formats.xml.medline import RECORDS
from ingest.formats.xml.stream import files_in_one, outermost
from ingest.formats.xml.tree import attribute, close_up_indents, inline_text, local_name, take_out

_SPACES = re.compile(r"\s+")
_SUB_ARTICLES = ("sub-article", "response")
_INHERITED = frozenset(["pub-date", "volume", "issue", "permissions"])
_OUTER_RECORDS = RECORDS[:3]
_MIXED = frozenset(
    """ArticleTitle VernacularTitle BookTitle AbstractText Keyword Affiliation CollectiveName
    CoiStatement CopyrightInformation SectionTitle CollectionTitle DescriptorName Citation
    math""".split()
)
"""Elements of a record whose white space parts words; elsewhere it is layout."""


def split_medline(raw: bytes) -> Iterator[Part]:
    """Each record of a file of PubMed's; lists of deleted records hold none."""
    names = _Names()
    for number, record in enumerate(outermost(raw, _OUTER_RECORDS), 1):
        _without_layout(record)
        pmid = record.find("PMID")
        pmid = record.find("*/PMID") if pmid is None else pmid
        name = f"PMID {inline_text(pmid)}" if inline_text(pmid) else f"record {number}"
        yield Part(names.unique(name), "medline", _canonical(record))
    names.check_any("a set without a record in it", "export the records from PubMed again")


def split_jats(raw: bytes) -> Iterator[Part]:
    """Each article and sub-article; an article that stands alone is given as it is."""
    if _is_one_article(raw):
        yield Part("", "jats", raw)
        return
    names = _Names()
    in_bundle = not _root_is_article(raw) or files_in_one(raw) > 1
    for number, article in enumerate(outermost(raw, ("article",)), 1):
        name = _article_name(article, number) if in_bundle else ""
        for inner, content in _with_sub_articles(article):
            yield Part(names.unique(f"{name} {inner}".strip()), "jats", content)
    names.check_any("XML without an article", "give the article's full text XML")


class _Names:
    """Names of the parts of one file, each used once."""

    def __init__(self) -> None:
        self.count = 0
        self._used: dict[str, int] = {}

    def unique(self, name: str) -> str:
        self.count += 1
        self._used[name] = self._used.get(name, 0) + 1
        return name if self._used[name] == 1 else f"{name} ({self._used[name]})".strip()

    def check_any(self, reason: str, remedy: str) -> None:
        if not self.count:
            raise UnreadableFileError(reason, remedy)


def _is_one_article(raw: bytes) -> bool:
    """Whether a file is an article without sub-articles, told without parsing it."""
    marks = [f"{start}{name}" for name in _SUB_ARTICLES for start in ("<", ":")]
    encoded = (mark.encode(code) for mark in marks for code in ("utf-8", "utf-16-le", "utf-16-be"))
    return (
        _root_is_article(raw) and files_in_one(raw) < 2 and not any(mark in raw for mark in encoded)
    )


def _root_is_article(raw: bytes) -> bool:
    from ingest.formats.detection import root_name

    return root_name(raw) in ARTICLES


def _article_name(article: etree._Element, number: int) -> str:
    ids = {
        node.get("pub-id-type", ""): inline_text(node)
        for node in article.iterfind("front/article-meta/article-id")
    }
    archived = ids.get("pmcid") or ids.get("pmc") or ""
    if archived:
        return f"PMC{archived.upper().removeprefix('PMC')}"
    return f"PMID {ids['pmid']}" if ids.get("pmid") else f"article {number}"


def _with_sub_articles(article: etree._Element) -> Iterator[tuple[str, bytes]]:
    """The article without its sub-articles (""), then each of these under a cover."""
    inside = list(article.iter(*_SUB_ARTICLES))
    cover = _cover(article)
    for node in inside:
        take_out(node)
        node.tail = None
    yield "", _canonical(article)
    for number, node in enumerate(inside, 1):
        cover.append(node)
        yield f"sub-article {number}", _canonical(cover)
        cover.remove(node)


def _cover(article: etree._Element) -> etree._Element:
    """An article with nothing but what its sub-articles share: journal, date, volume, licence."""
    cover = etree.Element("article")
    if attribute(article, "lang"):
        cover.set("lang", attribute(article, "lang"))
    front = etree.SubElement(cover, "front")
    for journal in article.iterfind("front/journal-meta"):
        front.append(deepcopy(journal))
    meta = etree.SubElement(front, "article-meta")
    for node in article.iterfind("front/article-meta/*"):
        if local_name(node) in _INHERITED:
            meta.append(deepcopy(node))
    return cover


def _without_layout(record: etree._Element) -> None:
    """The record without the white space that only tells how its file is indented."""
    close_up_indents(record)
    _tidy(record)


def _tidy(node: etree._Element) -> None:
    """Fold white space in what can hold inline marks, take it away between other elements."""
    if node.tag in _MIXED:
        for one in node.iter("*"):
            one.text = _SPACES.sub(" ", one.text or "") or None
            if one is not node:
                one.tail = _SPACES.sub(" ", one.tail or "") or None
        node.text = (node.text or "").lstrip() or None
        if len(node):
            node[-1].tail = (node[-1].tail or "").rstrip() or None
        else:
            node.text = (node.text or "").rstrip() or None
        return
    text = node.text
    if text:
        node.text = None if text.isspace() else " ".join(text.split())
    for child in node:
        if child.tail:
            child.tail = " ".join(child.tail.split()) or None
        _tidy(child)


def _canonical(element: etree._Element) -> bytes:
    """An element alone, without the namespaces that its file declares around it."""
    alone = deepcopy(element)
    alone.tail = None
    etree.cleanup_namespaces(alone)
    written: bytes = etree.tostring(alone, method="c14n", with_comments=False)
    return written
