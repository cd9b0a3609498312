"""References as BibTeX. Pure.

Letters beyond ASCII stay as they are (UTF-8, as biber reads it). BibTeX counts braces also where a
backslash stands before them: a title's own braces become commands.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from search.citations import family_and_given
from search.references import Reference, one_line

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: rf"\{char}" for char in "$&#_%"},
    }
)
"""What LaTeX would obey, as what it prints (The Comprehensive LaTeX Symbol List, table 2)."""
_SMALL = {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"}
_AND = re.compile(r"\band\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")


def to_bibtex(references: Sequence[Reference]) -> str:
    """One entry a reference; its quotes are its annotation."""
    keys: list[str] = []
    for reference in references:
        keys.append(_free(_key(reference), keys))
    return "\n".join(
        _entry(key, reference) for key, reference in zip(keys, references, strict=True)
    )


def _entry(key: str, reference: Reference) -> str:
    is_article = bool(reference.metadata.journal) and not reference.metadata.retold_from
    lines = [f"  {name} = {{{value}}}," for name, value in _fields(reference, is_article) if value]
    return "\n".join([f"@{'article' if is_article else 'misc'}{{{key},", *lines, "}", ""])


def _fields(reference: Reference, is_article: bool) -> Iterator[tuple[str, str]]:
    stated = reference.metadata
    # A second pair of braces keeps the title's capitals.
    yield "title", f"{{{_escaped(reference.title)}}}"
    yield "author", " and ".join(_author(name) for name in stated.authors)
    yield "year", "" if stated.year is None else str(stated.year)
    if is_article:
        yield "journal", _escaped(stated.journal)
        yield "volume", _escaped(stated.volume)
        yield "pages", _escaped(re.sub("[-–]+", "--", stated.page_range))
    if not stated.retold_from:
        yield "doi", _escaped(stated.doi)
        yield "pmid", _escaped(stated.pmid)
    yield "url", _escaped(reference.web_address)
    yield "language", _escaped(stated.language)
    notes = [
        stated.retold_from and f"Retold from: {stated.retold_from}",
        stated.notice and f"Notice: {stated.notice}",
    ]
    yield "note", _escaped(". ".join(note for note in notes if note))
    quotes = [f"“{q.text}”" + (f" ({q.place})" if q.place else "") for q in reference.quotes]
    yield "annote", _escaped(" ".join(quotes))


def _escaped(text: str) -> str:
    return one_line(text).translate(_LATEX)


def _author(name: str) -> str:
    """'Family, Given'; in braces of its own where "and" or a comma would part it."""
    family, given = family_and_given(one_line(name))
    if not given or _AND.search(name) or "," in name:
        return f"{{{_escaped(name)}}}"
    return f"{_escaped(family)}, {_escaped(given)}"


def _key(reference: Reference) -> str:
    """'bailowitz2021calf': family, year and first word that says something, in plain letters."""
    stated = reference.metadata
    family = "".join(_words(family_and_given(stated.authors[0])[0])) if stated.authors else ""
    word = next((word for word in _words(reference.title) if word not in _SMALL), "")
    return f"{family}{stated.year or ''}{word}" or "reference"


def _words(text: str) -> list[str]:
    return _WORD.findall(
        unicodedata.normalize("NFKD", text).lower().encode("ascii", "ignore").decode()
    )


def _free(key: str, taken: Sequence[str]) -> str:
    """The key itself, or with the first number that makes it another than those before it."""
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free
