"""What a document that has no metadata of its own states where it begins. Pure.

A DOI further on is most often that of a work that it cites, so only the beginning counts, a line
of its own that holds nothing else, and what it says of how to cite it.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import Block
from ingest.documents import Metadata, first_stated, read_in
from ingest.identifiers import find_ama_citation, find_doi, find_pmid, find_published_year
from ingest.sections import REFERENCES, section_kind

FIRST_PAGE_WORDS = 500
"""Words that a printed page holds: title, authors, addresses, abstract."""
_LINE_OF_IDENTIFIER = re.compile(
    r"^(?:(?:doi|article doi|digital object identifier)\s*[:=]?\s*)?"
    r"(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+$",
    re.IGNORECASE,
)
_COMPONENT = re.compile(r"\.[tgs]\d{3}$")  # PLOS gives tables, figures and files DOIs of their own
_PMCID = re.compile(r"\bPMC\d{5,9}\b")


def stated_on_first_page(blocks: Sequence[Block]) -> Metadata:
    """DOI, PubMed ids, year and citation, each with the place that it was found in."""
    own = list(_before_references(blocks))
    first = "\n".join(_first_words(own))
    lines = {find_doi(text) for text in own if _LINE_OF_IDENTIFIER.match(text.strip())}
    whole = [doi for doi in lines if not _COMPONENT.search(doi)]
    pmcid = _PMCID.search(first)
    return first_stated(
        read_in("how to cite the document", find_ama_citation("\n".join(own)) or Metadata()),
        read_in(
            "the first page",
            Metadata(
                doi=find_doi(first),
                pmid=find_pmid(first),
                pmcid=pmcid[0] if pmcid else "",
                year=find_published_year(first),
            ),
        ),
        read_in("a line of its own", Metadata(doi=whole[0] if len(whole) == 1 else "")),
    )


def _before_references(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if block.is_heading and section_kind(block.text) == REFERENCES:
            return
        yield block.text


def _first_words(texts: Sequence[str]) -> Iterator[str]:
    words = 0
    for text in texts:
        if words >= FIRST_PAGE_WORDS:
            return
        words += len(text.split())
        yield text
