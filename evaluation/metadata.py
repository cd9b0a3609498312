"""Whether DOI, title, year and authors are read right, held against the publisher's XML.

The truth is taken from the XML by the few lines below, without our own readers. Compared are

- DOI: without case;
- title: letters and digits only, without accents and case, so that "well-known" is "well known";
- year: any year in which the XML says that the article was published (a yearly collection and
  its electronic form may differ);
- authors: as many persons as in the XML, each with its family name, in order; groups do not
  count.

A value that is missing is "absent", which is honest; "wrong" is a value that misleads.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from evaluation.articles import Article
from evaluation.tables import markdown_table
from ingest.corpus import read_document
from ingest.documents import Metadata
from ingest.errors import IngestError

FIELDS = ("doi", "title", "year", "authors")
FORMATS = ("pdf", "html", "xml")
VERDICTS = ("right", "wrong", "absent")


@dataclass(frozen=True)
class Truth:
    """What the publisher's XML states; empty where it states nothing."""

    doi: str
    title: str
    years: frozenset[int]
    families: tuple[str, ...]


@dataclass(frozen=True)
class MetadataRow:
    """One field of one file, with what was expected; `verdict` is one of `VERDICTS`."""

    name: str
    format: str
    field: str
    verdict: str
    got: str
    expected: str
    origin: str


def metadata_rows(
    chosen: Iterable[Article], formats: Sequence[str] = FORMATS
) -> Iterator[MetadataRow]:
    """A row for each field of each format of the articles that have XML to be held against."""
    for article in chosen:
        if article.xml is None:
            continue
        truth = read_truth(article.xml)
        for name in formats:
            path: Path | None = getattr(article, name)
            if path is not None:
                yield from _rows(article.name, name, _read(path), truth)


def to_markdown(rows: Sequence[MetadataRow]) -> str:
    """A table of right values by format and field, and a line for each that is not right."""
    counts = [
        [
            name,
            *(
                _cell(row.verdict for row in rows if (row.format, row.field) == (name, field))
                for field in FIELDS
            ),
        ]
        for name in FORMATS
    ]
    faults = [
        f"- {row.name} {row.format} {row.field}: {row.verdict}, got {row.got!r} "
        f"({row.origin}), expected {row.expected!r}"
        for row in rows
        if row.verdict != "right"
    ]
    return "\n".join([markdown_table(["format", *FIELDS], counts), "", *faults]).rstrip() + "\n"


def _cell(verdicts: Iterable[str]) -> str:
    """How many are right of how many, and what the others are."""
    counts = Counter(verdicts)
    others = [f"{counts[verdict]} {verdict}" for verdict in VERDICTS[1:] if counts[verdict]]
    shown = f"{counts['right']}/{counts.total()}"
    return f"{shown} ({', '.join(others)})" if others else shown


def _read(path: Path) -> Metadata:
    """The metadata of a file; nothing for one that cannot be read."""
    try:
        return read_document(path).metadata
    except IngestError:
        return Metadata()


def _rows(article: str, name: str, got: Metadata, truth: Truth) -> Iterator[MetadataRow]:
    shown = {"years": sorted(truth.years), "authors": truth.families}
    for field, expected, is_right in (
        ("doi", truth.doi, got.doi.lower() == truth.doi.lower()),
        ("title", truth.title, plain(got.title) == plain(truth.title)),
        ("year", shown["years"], got.year in truth.years),
        ("authors", shown["authors"], same_families(got.authors, truth.families)),
    ):
        if expected:
            value = getattr(got, field)
            verdict = "right" if is_right else "wrong" if value else "absent"
            yield MetadataRow(
                article, name, field, verdict, str(value), str(expected), got.origin_of(field)
            )


def same_families(authors: Sequence[str], families: Sequence[str]) -> bool:
    """Whether the authors are the persons of these family names, in order, however written.

    >>> same_families(["Carl van Walraven", "Auger C"], ["van Walraven", "Auger"])
    True
    """
    if len(authors) != len(families):
        return False
    for author, family in zip(authors, families, strict=True):
        words, last = _words(author), _words(family)
        if not last or last not in (words[-len(last) :], words[: len(last)]):
            return False
    return True


def plain(text: str) -> str:
    """Letters and digits only, without accents and case.

    >>> plain("Müller’s well-known ‘cyst’")
    'mullerswellknowncyst'
    """
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", bare.replace("'", "").replace("’", ""))


def read_truth(path: Path) -> Truth:
    """What a JATS file or BMC's `<art>` states of its own article."""
    parser = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)
    root = etree.parse(str(path), parser).getroot()
    if etree.QName(root).localname == "art":
        own = "/art/fm/bibl"
        return _truth(
            root,
            doi=f"{own}/xrefbib/pubidlist/pubid[@idtype='doi']",
            title=f"{own}/title",
            years=f"{own}/pubdate | /art/fm/history/pub/date/year",
            families=f"{own}/aug/au/snm",
        )
    own = "(//front/article-meta)[1]"
    return _truth(
        root,
        doi=f"{own}/article-id[@pub-id-type='doi']",
        title=f"{own}/title-group/article-title",
        years=f"{own}/pub-date[not(@pub-type='pmc-release')]/year",
        families=f"{own}/contrib-group/contrib[@contrib-type='author']/name/surname",
    )


def _truth(root: etree._Element, doi: str, title: str, years: str, families: str) -> Truth:
    def texts(place: str) -> list[str]:
        found = root.xpath(place)
        assert isinstance(found, list)
        nodes = [node for node in found if isinstance(node, etree._Element)]
        return [" ".join("".join(map(str, node.itertext())).split()) for node in nodes]

    return Truth(
        doi=next(iter(texts(doi)), ""),
        title=next(iter(texts(title)), ""),
        years=frozenset(int(year) for year in texts(years) if year.isdigit()),
        families=tuple(texts(families)),
    )
