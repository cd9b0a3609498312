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
from functools import partial

from lxml import etree

from ingest.errors import UnreadableFileError
from ingest.formats.detection import is_one_article
from ingest.formats.reading import Content, Part
from ingest.formats.xml.medline import RECORDS
from ingest.formats.xml.stream import files_in_one, outermost
from ingest.formats.xml.traits import article_traits, jats_traits, medline_traits
from ingest.formats.xml.tree import attribute, close_up_indents, inline_text, local_name, take_out
from ingest.part_names import PartNames

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


def split_medline(content: Content) -> Iterator[Part]:
    """Each record of a file of PubMed's; lists of deleted records hold none."""
    names = PartNames()
    for number, record in enumerate(outermost(content, _OUTER_RECORDS), 1):
        pmid = record.find("PMID")
        pmid = record.find("*/PMID") if pmid is None else pmid
        name = f"PMID {inline_text(pmid)}" if inline_text(pmid) else f"record {number}"
        traits = partial(medline_traits, record)
        yield Part(names.unique(name), "medline", partial(_record_alone, record), traits)
    if not names.count:
        raise UnreadableFileError(
            "a set without a record in it", "export the records from PubMed again"
        )


def split_jats(content: Content) -> Iterator[Part]:
    """Each article and sub-article; an article that stands alone is given as it is."""
    if isinstance(content, bytes) and _is_article_alone(content):
        yield Part("", "jats", lambda: content, partial(jats_traits, content))
        return
    names = PartNames()
    in_bundle = not isinstance(content, bytes) or _is_bundle(content)
    for number, article in enumerate(outermost(content, ("article",)), 1):
        name = _article_name(article, number) if in_bundle else ""
        for inner, own, whole in _with_sub_articles(article):
            full = names.unique(f"{name} {inner}".strip())
            yield Part(full, "jats", partial(_canonical, whole), partial(article_traits, own))
    if not names.count:
        raise UnreadableFileError("XML without an article", "give the article's full text XML")


def _is_article_alone(raw: bytes) -> bool:
    """Whether a file is an article without sub-articles, told without parsing it."""
    marks = [f"{start}{name}" for name in _SUB_ARTICLES for start in ("<", ":")]
    encoded = (mark.encode(code) for mark in marks for code in ("utf-8", "utf-16-le", "utf-16-be"))
    return not _is_bundle(raw) and not any(mark in raw for mark in encoded)


def _is_bundle(raw: bytes) -> bool:
    return not is_one_article(raw) or files_in_one(raw) > 1


def _article_name(article: etree._Element, number: int) -> str:
    ids = {
        node.get("pub-id-type", ""): inline_text(node)
        for node in article.iterfind("front/article-meta/article-id")
    }
    archived = ids.get("pmcid") or ids.get("pmc") or ""
    if archived:
        return f"PMC{archived.upper().removeprefix('PMC')}"
    return f"PMID {ids['pmid']}" if ids.get("pmid") else f"article {number}"


def _with_sub_articles(
    article: etree._Element,
) -> Iterator[tuple[str, etree._Element, etree._Element]]:
    """The article without its sub-articles (""), then each of these, alone and under a cover."""
    inside = list(article.iter(*_SUB_ARTICLES))
    cover = _cover(article) if inside else article
    for node in inside:
        take_out(node)
        node.tail = None
    yield "", article, article
    for number, node in enumerate(inside, 1):
        cover.append(node)
        yield f"sub-article {number}", node, cover
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


def _record_alone(record: etree._Element) -> bytes:
    """The record without the white space that only tells how its file is indented."""
    close_up_indents(record)
    _tidy(record)
    return _canonical(record)


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
