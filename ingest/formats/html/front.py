"""DOI, PubMed ids and journal reference as the text of a page shows them near its title. Pure.

A page shows many DOIs: of works that it cites, of articles like it. Its own stands labelled on a
short line near the title, or where it says how to cite it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.cleaning import words_in
from ingest.documents import Metadata, first_stated, read_in
from ingest.formats.html.extraction import normalised
from ingest.identifiers import find_doi, find_pmcid, find_pmid
from ingest.references import read_reference
from ingest.sections import REFERENCES, section_kind

FRONT_WORDS = 400
"""Words from the title on: authors, addresses and an abstract."""
MAX_LINE_WORDS = 40
"""A longer block is a paragraph, which may cite other works."""
MAX_DATE_WORDS = 14
"""A date with "Posted by …" before it."""
MAX_CITATION_WORDS = 120
"""A citation with many authors."""

_LABELLED = re.compile(r"\bdoi\b\s*[:=]?\s*(?:https?://\S*)?10\.|\bdoi\.org/10\.", re.IGNORECASE)
_IDENTIFIER = re.compile(r"^\W*(?:doi\b|https?://(?:dx\.)?doi\.org/|pmid\b|pmcid\b|pmc\d)", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATED = re.compile(
    r"^\W*(?:(?:first |last )?(?:posted|published|updated|reviewed|written|date|on|by)\b"
    rf"[^.]{{0,60}}?)?\W*(?:{_MONTH}\s+{_DAY},?\s+|{_DAY}\s+{_MONTH},?\s+|{_MONTH}\s+"
    r"|\d{1,2}[/.]\d{1,2}[/.])"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_HOW_TO_CITE = re.compile(
    r"^\W*(?:(?:how|to) (?:to )?cite|cite (?:this|as)|(?:suggested|recommended) citation"
    r"|citation\W|please cite|reference this)",
    re.IGNORECASE,
)


def stated_in_front(texts: Sequence[str], title: str) -> Metadata:
    """What the blocks of a page state of the page's own article.

    >>> stated_in_front(["Calf pain", "J Legs 2019, 3:7 doi:10.5555/7"], "Calf pain").doi
    '10.5555/7'
    """
    lines = list(_front(texts, title))
    identifiers = [line for line in lines if _IDENTIFIER.match(line)]
    references = [line for line in lines if read_reference(line).year]
    labelled = [line for line in (*identifiers, *references) if _LABELLED.search(line)]
    near = Metadata(
        doi=find_doi(labelled[0]) if labelled else "",
        pmid=find_pmid(" ".join(identifiers)),
        pmcid=find_pmcid(" ".join(identifiers)),
    )
    place = read_reference(references[0]) if references else Metadata()
    cited = next((text for text in _citations(texts) if _LABELLED.search(text)), "")
    return first_stated(
        read_in("how to cite the page", Metadata(doi=find_doi(cited) if cited else "")),
        read_in("a line near the title", near),
        read_in("a line near the title", replace(place, year=place.year or _year(lines))),
    )


def _year(lines: Sequence[str]) -> int | None:
    """The year of the first date that stands on a line of its own."""
    dates = (_DATED.match(line) for line in lines if words_in(line) <= MAX_DATE_WORDS)
    return next((int(date["year"]) for date in dates if date), None)


def _front(texts: Sequence[str], title: str) -> Iterator[str]:
    """The short blocks from the title on, or from the top where the title is not shown."""
    own = normalised(title)
    start = next((i for i, text in enumerate(texts) if normalised(text) == own), 0)
    words = 0
    for text in texts[start:]:
        if words > FRONT_WORDS or section_kind(text) == REFERENCES:
            return
        words += words_in(text)
        if words_in(text) <= MAX_LINE_WORDS:
            yield from (line.strip() for line in text.split("\n"))


def _citations(texts: Sequence[str]) -> Iterator[str]:
    """What stands under "Cite this article" or after "How to cite:"."""
    for index, text in enumerate(texts):
        if _HOW_TO_CITE.match(text) and words_in(text) <= MAX_CITATION_WORDS:
            yield text
            yield from (
                t for t in texts[index + 1 : index + 3] if words_in(t) <= MAX_CITATION_WORDS
            )
