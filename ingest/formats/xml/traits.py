"""What XML states of the document that it holds, told before the costly reading.

JATS      article-type, subject headings, keywords, title
MEDLINE   PublicationType, DescriptorName of MeshHeading, title
BMC       dochead, keywords, title
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from ingest.errors import UnreadableFileError
from ingest.formats.xml.stream import outermost
from ingest.formats.xml.tree import attribute, inline_text
from ingest.traits import Traits

_NOTES = ("xref", "fn")
_TITLES = ("ArticleTitle", "VernacularTitle", "BookTitle")


def medline_traits(record: etree._Element) -> Traits:
    """Those of a record of PubMed's."""
    return Traits(
        article_types=_texts(record.iter("PublicationType")),
        mesh=_texts(record.iterfind(".//MeshHeading/DescriptorName")),
        title=" ".join(_texts(record.iter(*_TITLES))),
    )


def article_traits(article: etree._Element) -> Traits:
    """Those of a JATS article or sub-article; its title with subtitle and translations."""
    front = article.find("front")
    front = article.find("front-stub") if front is None else front
    return _front_traits(article, front)


def jats_traits(raw: bytes) -> Traits | None:
    """Those of the file of one article, read to the end of its front; None where it has none."""
    try:
        front = next(outermost(raw, ("front",)), None)
    except UnreadableFileError:  # its reader says what is wrong
        return None
    article = front.getparent() if front is not None else None
    return _front_traits(article, front) if article is not None else None


def bmc_traits(raw: bytes) -> Traits | None:
    """Those of a BMC article; None where it has no front."""
    try:
        front = next(outermost(raw, ("fm",)), None)
    except UnreadableFileError:
        return None
    if front is None:
        return None
    return Traits(
        article_types=_texts(front.iterfind("dochead")),
        mesh=_texts(front.iterfind("kwdg/kwd")),
        title=" ".join(_texts(_any(front, "bibl/title", "bibl/subtitle"))),
    )


def _front_traits(article: etree._Element, front: etree._Element | None) -> Traits:
    stated = attribute(article, "article-type") or attribute(article, "response-type")
    if front is None:
        return Traits((stated,))
    groups = _any(front, "article-meta/title-group", "title-group")
    return Traits(
        article_types=(stated, *_texts(front.iterfind(".//article-categories//subject"))),
        mesh=_texts(front.iterfind(".//kwd-group//kwd")),
        title=" ".join(inline_text(group, _NOTES) for group in groups),
    )


def _any(element: etree._Element, *places: str) -> Iterator[etree._Element]:
    for place in places:
        yield from element.iterfind(place)


def _texts(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    return tuple(text for element in elements if (text := inline_text(element)))
