"""What a PDF file states about itself beside its pages: XMP and the information dictionary.

Sources: ISO 16684-1 (XMP), PRISM 3.0 (https://www.w3.org/submissions/2020/SUBM-prism-20200910/),
ISO 32000-1, 14.3.3. Programs write their own names and file names there as well; what is known
to be such is left out, and `ingest.formats.pdf.front` holds the rest against the first page.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pypdf
from lxml import etree

from ingest.cleaning import clean
from ingest.documents import Metadata, first_stated, read_in
from ingest.formats.pdf.byline import stated_names
from ingest.identifiers import find_doi, find_year
from ingest.licences import find_licence
from ingest.references import read_reference

MAX_XMP_BYTES = 2_000_000
"""What an article states is a thousandth of this; more is a history of edits, or an attack."""

_SPACES = {
    "purl.org/dc/elements": "dc",
    "prismstandard.org": "prism",
    "crossref.org/crossmark": "crossmark",
    "ns.adobe.com/pdfx": "pdfx",
    "ns.adobe.com/xap/1.0/rights": "rights",
    "creativecommons.org/ns": "cc",
}
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
_DOIS = (
    *("prism:doi", "crossmark:DOI", "pdfx:doi", "pdfx:WPS-ARTICLEDOI", "dc:identifier"),
    *("prism:url", "prism:link"),
)
_DATES = ("prism:coverDate", "prism:coverDisplayDate", "prism:publicationDate")
_RIGHTS = ("cc:license", "rights:WebStatement", "rights:UsageTerms", "dc:rights", "prism:copyright")
_TOOL_TITLE = re.compile(
    r"^\W*(microsoft word|untitled|document\s?\d*$|powerpoint|slide \d|layout \d|no job name|print"
    r"|full ?text|title$|(original )?manuscript|article$|proof)|\d\.\.\d|^\S+$|^pii\b|^[\W\d]+$"
    r"|\.(docx?|indd|qxd|qxp|tex|pdf|rtf|dvi|fm|eps|wpd|odt|p65)\b|^(doi:?\s*)?10\.\d{4,}/",
    re.IGNORECASE,
)
_TOOL_AUTHOR = re.compile(
    r"^\W*(user|admin\w*|owner|unknown|author|windows|anonymous|default|pc|home|typeset\w*|.*@.*|"
    r".*\b(ltd|inc|press|publishing|journals?|publisher|systems?|university)\b.*)\W*\d*$",
    re.IGNORECASE,
)


def stated_in_file(reader: pypdf.PdfReader) -> Metadata:
    """What XMP states, then the information dictionary; nothing in them is an error."""
    return first_stated(xmp_metadata(_xmp(reader)), information_metadata(_information(reader)))


def xmp_metadata(packet: bytes) -> Metadata:
    """What an XMP packet states of the document."""
    values = _xmp_values(packet)

    def first(*names: str) -> str:
        return next((value for name in names for value in values.get(name, ())), "")

    pages = [first("prism:startingPage"), first("prism:endingPage")]
    found = Metadata(
        title=_title(first("dc:title")),
        authors=_authors(values.get("dc:creator", ())),
        year=find_year(first(*_DATES)),
        journal=first("prism:publicationName"),
        volume=first("prism:volume"),
        page_range=first("prism:pageRange") or "-".join(page for page in pages if page),
        doi=next(filter(None, (find_doi(first(name)) for name in _DOIS)), ""),
        licence=next(filter(None, (find_licence(first(name)) for name in _RIGHTS)), ""),
    )
    return read_in("XMP metadata", found)


def information_metadata(information: Mapping[str, str]) -> Metadata:
    """What the information dictionary states; its `/Subject` may be a reference to the article."""
    doi = next((value for key, value in information.items() if key.lower().endswith("doi")), "")
    subject = information.get("/Subject", "")
    stated = Metadata(
        title=_title(information.get("/Title", "")),
        authors=_authors([information.get("/Author", "")]),
        doi=find_doi(doi),
    )
    reference = read_reference(subject)
    if reference.year or reference.volume:
        return first_stated(
            read_in("PDF properties", stated),
            read_in("PDF properties, subject", reference),
            read_in("PDF properties, subject", Metadata(doi=find_doi(subject))),
        )
    return read_in("PDF properties", stated)


def creation_year(reader: pypdf.PdfReader) -> int | None:
    """The year in which the file was made, which is near that of publication."""
    return find_year(_information(reader).get("/CreationDate", "")[2:6])


def _title(stated: str) -> str:
    return "" if _TOOL_TITLE.search(stated) else stated


def _authors(stated: Sequence[str]) -> tuple[str, ...]:
    """The names in a list of authors, each entry of which may hold several."""
    people = [entry for entry in stated if entry and not _TOOL_AUTHOR.match(entry)]
    return tuple(name for entry in people for name in stated_names(entry))


def _information(reader: pypdf.PdfReader) -> dict[str, str]:
    try:
        information: Any = reader.metadata
        return {str(key): clean(str(value)) for key, value in (information or {}).items()}
    except Exception:  # a damaged dictionary states nothing; pypdf can raise anything on one
        return {}


def _xmp(reader: pypdf.PdfReader) -> bytes:
    try:
        root: Any = reader.trailer["/Root"]
        packet: bytes = root["/Metadata"].get_object().get_data()
        return packet[:MAX_XMP_BYTES]
    except Exception:  # as above
        return b""


def _xmp_values(packet: bytes) -> dict[str, list[str]]:
    """The values of the packet under their short names; a list has several."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(packet.strip(b"\0 \r\n\t"), parser)
    except etree.XMLSyntaxError:
        return {}
    values: dict[str, list[str]] = {}
    for element in root.iter("{*}*") if root is not None else ():
        for name, value in element.attrib.items():
            _keep(values, _short_name(str(name)), [str(value)])
        if short := _short_name(element.tag):
            leaves = [str(leaf.text or leaf.get(_RESOURCE) or "") for leaf in element.iter("{*}*")]
            _keep(values, short, leaves)
    return values


def _keep(values: dict[str, list[str]], short: str, texts: Sequence[str]) -> None:
    """Note the first value of a name that is looked for."""
    shown = [text for text in map(clean, texts) if text] if short else []
    if shown:
        values.setdefault(short, shown)


def _short_name(name: str) -> str:
    """A qualified name with the prefix that it is known by; "" for what is not looked for."""
    space, _, local = name.removeprefix("{").rpartition("}")
    prefix = next((prefix for part, prefix in _SPACES.items() if part in space), "")
    return f"{prefix}:{local}" if prefix else ""
