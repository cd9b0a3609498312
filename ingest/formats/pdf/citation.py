"""What the pages of an article print about its publication. Pure.

Lima et al. Trials 2015, 16:2                      a line at the top or foot of a page
Citation: Lima A, Berg T (2014) Calf pain. …       a box, or "Cite this article as"
© 2015 Lima et al.                                 a line of rights
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.documents import Metadata, first_stated, read_in
from ingest.formats.pdf.byline import names_in
from ingest.identifiers import find_doi, find_pmcid, find_pmid, find_published_year
from ingest.licences import find_licence
from ingest.references import read_reference

EDGE_LINES = 6
"""Lines at the top and at the foot of a page among which the article's own reference stands."""
CITATION_LETTERS = 900
"""Of a box that says how to cite: 20 authors, a title of 40 words, journal and DOI."""

_CITE = re.compile(
    r"^[^\w\n]*(?:how to cite(?: this (?:article|paper|work))?|"
    r"(?:please )?cite this (?:article|paper)(?: in press)?(?: as)?|"
    r"to cite(?: this (?:article|paper))?|to reference this article|"
    r"(?:recommended |suggested )?citation|cite as|cite this)\b\s*[:.]?\s*",
    re.IGNORECASE | re.MULTILINE,
)
_CITE_INSIDE = re.compile(r"\bcite this article as\s*:?\s*", re.IGNORECASE)
_AFTER_CITATION = re.compile(
    r"^[^\w\n]*(?:received|(?:academic |handling |external )?editors?\b|copyright|©|funding|"
    r"competing|correspond|abstract|address|publisher|open access|this is an|submit your|"
    r"data availability)",
    re.IGNORECASE | re.MULTILINE,
)
_REFERENCES = re.compile(
    r"^[^\w\n]*(?:references|literature cited|bibliography)[^\w\n]*$", re.IGNORECASE | re.MULTILINE
)
_NOT_ITS_OWN = re.compile(
    r"(?:dryad|figshare|zenodo|osf\.io|data(?:set)?s?\b|correction to|comment(?:ary)? (?:on|to)|"
    r"erratum|see also|supplement\w*)[^\n]{0,80}$",
    re.IGNORECASE,
)
_DOI_ALONE = re.compile(r"\s*(doi\s*:?\s*|https?://(dx\.)?doi\.org/)?10\.\d{4,9}/\S+\s*$", re.I)
# Five characters of digits go on with a DOI; fewer may be the number of the next reference.
_DOI_OVER_LINES = re.compile(r"(10\.\d{4,9}/\S*[-./_])[^\S\n]*\n\s*(?=\d[\w.-]{3,}\d)")
_DOI_AFTER_PREFIX = re.compile(r"(doi\.org/|doi:?\s*|10\.\d{4,9}/)[^\S\n]*\n\s*(?=\S*\d)", re.I)
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_YEAR_IN_BRACKETS = re.compile(r"\(((?:19|20)\d\d)\)")


def printed_metadata(texts: Sequence[str], edges: Sequence[str], title: str) -> Metadata:
    """What the pages state; `edges` are the lines at the top and foot of the first page.

    Of `title`, which is the article's own, the reference in a box begins after the last word.
    """
    first = own_text(texts[0])
    return first_stated(
        read_in("page 1, header line", _reference_in(edges)),
        _how_to_cite(texts, title),
        read_in("page 1, line with the DOI", _reference_in(_lines_with_doi(first))),
        _running_reference(texts),
        read_in(
            "page 1",
            Metadata(
                doi=_own_doi(first),
                pmid=find_pmid(first),
                pmcid=find_pmcid(first),
                year=find_published_year(first),
            ),
        ),
        *(
            read_in(f"page {number}", Metadata(licence=find_licence(texts[number - 1])))
            for number in dict.fromkeys((1, min(2, len(texts)), len(texts)))
        ),
    )


def own_text(page: str) -> str:
    """A page without the works that it cites, where their list begins on it."""
    return _REFERENCES.split(page, maxsplit=1)[0]


def is_printed(doi: str, texts: Sequence[str]) -> bool:
    """Whether a DOI stands on any of the pages."""
    return any(doi in with_whole_dois(text).lower() for text in texts)


def with_whole_dois(text: str) -> str:
    """The text with DOIs made whole that go over a line's end."""
    return _DOI_AFTER_PREFIX.sub(r"\1", _DOI_OVER_LINES.sub(r"\1", text))


def _own_doi(text: str) -> str:
    """The first DOI that is not said to be that of a data set or of another work."""
    whole = with_whole_dois(text)
    for line in whole.splitlines():
        found = find_doi(line)
        before = line.lower().partition(found)[0] if found else ""
        if found and not _NOT_ITS_OWN.search(before):
            labelled = find_doi(whole)
            return labelled if not _NOT_ITS_OWN.search(_line_before(whole, labelled)) else found
    return ""


def _line_before(text: str, doi: str) -> str:
    """What stands before a DOI in its line."""
    return text.lower().partition(doi)[0].rpartition("\n")[2]


def _reference_in(lines: Sequence[str]) -> Metadata:
    """The reference in a line, or in two where the journal has one of its own."""
    pairs = [f"{a} {b}" for a, b in pairwise(lines) if len(a) < 80]
    for line in [*lines, *pairs]:
        found = read_reference(line)
        if found.journal and (found.year or found.volume):
            return found
    return Metadata()


def _lines_with_doi(text: str) -> list[str]:
    """The lines that have the page's own DOI behind a reference."""
    own = _own_doi(text)
    return [line for line in with_whole_dois(text).splitlines() if own and find_doi(line) == own]


def _running_reference(texts: Sequence[str]) -> Metadata:
    """The reference that pages after the first have at their edges, the same on two of them."""
    seen: list[Metadata] = []
    for number, text in enumerate(texts[1:4], 2):
        lines = text.strip().splitlines()
        found = _reference_in([*lines[:2], *lines[-2:]])
        if found.journal and found in seen:
            return read_in(f"pages {seen.index(found) + 2} and {number}, header line", found)
        seen.append(found)
    return Metadata()


def _how_to_cite(texts: Sequence[str], title: str) -> Metadata:
    """What the box says that tells how to cite the article, on the first or last pages."""
    for number, text in _candidate_pages(texts):
        found = _CITE.search(text) or _CITE_INSIDE.search(text)
        if found is None:
            continue
        box = with_whole_dois(text[found.end() :][:CITATION_LETTERS])
        stated = _cited(_AFTER_CITATION.split(box, maxsplit=1)[0], title)
        # BMC prints the DOI above the box; a line that holds more is the last reference.
        above = text[: found.start()].strip().rpartition("\n")[2]
        alone = Metadata(doi=find_doi(above) if _DOI_ALONE.match(above) else "")
        if stated != Metadata() or alone.doi:
            return read_in(f"page {number}, how to cite", first_stated(alone, stated))
    return Metadata()


def _candidate_pages(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    numbers = [1, 2, *range(len(texts), 2, -1)]
    return ((n, texts[n - 1]) for n in numbers if n <= len(texts))


def _cited(box: str, title: str) -> Metadata:
    """What a citation states: its reference follows the title, or begins any of its sentences."""
    line = " ".join(box.split())
    before, after = _around_title(line, title)
    references = (read_reference(part) for part in [after, *_SENTENCE.split(after)])
    reference = next((r for r in references if r.journal and (r.volume or r.year)), Metadata())
    year = _YEAR_IN_BRACKETS.search(line)
    return first_stated(
        Metadata(doi=find_doi(line), authors=_cited_authors(before)),
        reference,
        Metadata(year=int(year[1]) if year else None),
    )


def _around_title(line: str, title: str) -> tuple[str, str]:
    """What stands before and after the title in a citation; all of it after where it is not."""
    words = re.findall(r"\w+", title)
    if len(words) < 3:
        return "", line
    start = re.search(r"\W+".join(map(re.escape, words[:3])), line, re.IGNORECASE)
    ends = list(re.finditer(r"\W+".join(map(re.escape, words[-3:])), line, re.IGNORECASE))
    before = line[: start.start()] if start else ""
    return before, re.sub(r"^\W+", "", line[ends[-1].end() :]) if ends else line


def _cited_authors(before: str) -> tuple[str, ...]:
    """The authors before the title, unless the citation leaves some out."""
    if re.search(r"\bet al\b", before):
        return ()
    return names_in(_YEAR_IN_BRACKETS.sub("", before).strip(" .:,"))
