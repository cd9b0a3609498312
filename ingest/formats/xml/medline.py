"""PubMed's records in XML: abstract, keywords and what is said of an article or a book chapter.

A record without an abstract is a document all the same, of its title alone and with a warning:
who adds 3,000 records wants to find each of them. Lists of references and addresses of authors
are not read. Source of the elements:
https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
"""

from collections.abc import Iterator

from lxml import etree

from ingest.blocks import Block
from ingest.documents import Metadata
from ingest.errors import UnreadableFileError
from ingest.formats.reading import Reading
from ingest.formats.xml.jats_math import write_formulas
from ingest.formats.xml.medline_metadata import read_metadata
from ingest.formats.xml.raised import write_raised_digits
from ingest.formats.xml.tree import (
    attribute,
    close_up_indents,
    inline_text,
    local_name,
    parse_xml,
    take_out,
)

RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "BookDocument")
"""What one record can be; the first two hold the last two."""
_OTHER_ABSTRACTS = {"plain-language-summary": "Plain language summary"}
_LISTED = "; "


def read_medline(raw: bytes) -> Reading:
    """Read one record, the first of a set; raises `UnreadableFileError` where there is none."""
    record = next(parse_xml(raw).iter(*RECORDS), None)
    if record is None:
        raise UnreadableFileError("no PubMed record in it", "export the records from PubMed again")
    for cited in list(record.iter("ReferenceList")):
        take_out(cited)
    close_up_indents(record)
    write_formulas(record)
    write_raised_digits(record)
    metadata = read_metadata(record)
    blocks = [*_abstracts(record), *_sections(record)]
    warnings: tuple[str, ...] = ()
    if not blocks:
        blocks = _title_alone(metadata)
        warnings = ("no abstract: only the title was read",)
    return Reading(metadata, (*blocks, *_back(record)), warnings)


def _title_alone(metadata: Metadata) -> list[Block]:
    if not metadata.title:
        raise UnreadableFileError(
            "a PubMed record without title and abstract", "nothing can be found in it: remove it"
        )
    return [Block(metadata.title)]


def _abstracts(record: etree._Element) -> Iterator[Block]:
    for abstract in record.iter("Abstract"):
        yield from _abstract(abstract, "Abstract")
    for abstract in record.iter("OtherAbstract"):
        kind = attribute(abstract, "Type")
        yield from _abstract(abstract, _OTHER_ABSTRACTS.get(kind, "Abstract"))


def _abstract(abstract: etree._Element, heading: str) -> Iterator[Block]:
    """One abstract; the labels of its parts are headings below its own."""
    parts = [part for part in abstract.iterfind("AbstractText") if inline_text(part)]
    if parts:
        yield Block(heading, is_heading=True, level=1)
    for part in parts:
        label = attribute(part, "Label")
        if label and label.upper() != "UNLABELLED":
            yield Block(label, is_heading=True, level=2)
        yield Block(inline_text(part))


def _sections(record: etree._Element) -> Iterator[Block]:
    """The table of contents that the record of a book has."""
    titles = [inline_text(title) for title in record.iter("SectionTitle")]
    if any(titles):
        yield Block("Contents", is_heading=True, level=1)
        yield Block("\n".join(title for title in titles if title))


def _back(record: etree._Element) -> Iterator[Block]:
    for heading, paragraphs in (
        ("Keywords", [_keywords(record), _mesh(record), _substances(record)]),
        ("Registration", [_registers(record)]),
        ("Competing interests", [inline_text(record.find(".//CoiStatement"))]),
    ):
        said = [paragraph for paragraph in paragraphs if paragraph]
        if said:
            yield Block(heading, is_heading=True, level=1)
            yield from map(Block, said)


def _keywords(record: etree._Element) -> str:
    return _listed(inline_text(word).rstrip(".") for word in record.iter("Keyword"))


def _mesh(record: etree._Element) -> str:
    """Medical Subject Headings as "Asthma / drug therapy / economics"."""
    terms = _listed(
        " / ".join(inline_text(part) for part in heading if local_name(part).endswith("Name"))
        for heading in record.iter("MeshHeading")
    )
    return f"MeSH: {terms}" if terms else ""


def _substances(record: etree._Element) -> str:
    """Substances and diseases that are no subject headings."""
    mesh = {inline_text(name) for name in record.iter("DescriptorName")}
    names = [inline_text(name) for name in record.iter("NameOfSubstance", "SupplMeshName")]
    others = _listed(name for name in names if name not in mesh)
    return f"Substances and other terms: {others}" if others else ""


def _registers(record: etree._Element) -> str:
    return _listed(
        f"{inline_text(bank.find('DataBankName'))} "
        + ", ".join(inline_text(number) for number in bank.iter("AccessionNumber"))
        for bank in record.iter("DataBank")
    )


def _listed(words: Iterator[str]) -> str:
    return _LISTED.join(dict.fromkeys(word for word in words if word.strip()))
