"""References as RIS, the format that reference managers read. Pure.

Source: Research Information Systems, RIS format specification (2011). A record is lines of a tag of
two letters, two spaces, a hyphen, a space and a value; it begins with TY and ends with ER.
"""

from collections.abc import Iterator, Sequence

from search.citations import family_and_given
from search.references import Reference, one_line


def to_ris(references: Sequence[Reference]) -> str:
    """One record a reference; its quotes are its notes."""
    return "".join(_record(reference) for reference in references)


def _record(reference: Reference) -> str:
    # A value of one line cannot begin a tag of its own.
    lines = [f"{tag}  - {one_line(value)}" for tag, value in _fields(reference) if one_line(value)]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    stated = reference.metadata
    yield "TY", _kind(reference)
    yield "TI", reference.title
    for author in stated.authors:
        yield "AU", _author(author)
    yield "PY", "" if stated.year is None else str(stated.year)
    if not stated.retold_from:  # else they are those of what it retells
        yield "T2", stated.journal
        yield "VL", stated.volume
        first, _, last = stated.page_range.replace("–", "-").partition("-")
        yield "SP", first
        yield "EP", last
        yield "DO", stated.doi
        yield "AN", stated.pmid and f"PMID: {stated.pmid}"
        yield "C2", stated.pmcid
    yield "UR", reference.web_address
    yield "LA", stated.language
    yield "N1", stated.retold_from and f"Retold from: {stated.retold_from}"
    yield "N1", stated.notice and f"Notice: {stated.notice}"
    for quote in reference.quotes:
        yield "N1", f"“{quote.text}”" + (f" ({quote.place})" if quote.place else "")


def _kind(reference: Reference) -> str:
    if reference.metadata.journal and not reference.metadata.retold_from:
        return "JOUR"
    return "ELEC" if reference.web_address else "GEN"


def _author(name: str) -> str:
    """'Family, Given': the comma is the format's own, so a group's name loses its commas."""
    family, given = family_and_given(one_line(name))
    return f"{family}, {given}" if given else family.replace(",", "")
