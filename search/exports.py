"""Hits as files for other programs: `EXPORTS` is the table of formats. Pure.

No export holds the question: it may be about a patient, and files are passed on.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.bibtex import to_bibtex
from search.hits import Hit
from search.output import page_names, score_words
from search.references import Reference, one_line, references_of
from search.ris import to_ris
from search.spreadsheets import harmless

_COLUMNS = (
    "title", "authors", "year", "journal", "document type", "section", "page", "relevance",
    "answering sentence", "passage", "citation", "source", "doi", "notice",
)  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$&:@=\"'/^])")
"""Any ASCII punctuation may stand behind a backslash (CommonMark 0.31, 2.4)."""
_ADDRESS = re.compile(r"https?://[^\s<>\\]+")


@dataclass(frozen=True)
class Export:
    """One format: its name for people, how its files are called, and what writes it."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Sequence[Hit]], str]


def to_csv(hits: Sequence[Hit]) -> str:
    """One row a hit, below the names of the columns, for a spreadsheet.

    A byte order mark comes first, without which Excel takes UTF-8 for something else.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for hit in hits:
        writer.writerow([harmless(value) for value in _cells(hit)])
    return f"\ufeff{out.getvalue()}"


def to_markdown(hits: Sequence[Hit]) -> str:
    """A heading, the quotes and the citation of each document; shown letter by letter."""
    return "\n".join(_section(reference) for reference in references_of(hits))


EXPORTS = (
    Export("RIS", "ris", "application/x-research-info-systems",
           lambda hits: to_ris(references_of(hits))),
    Export("BibTeX", "bib", "application/x-bibtex", lambda hits: to_bibtex(references_of(hits))),
    Export("CSV", "csv", "text/csv", to_csv),
    Export("Markdown", "md", "text/markdown", to_markdown),
)  # fmt: skip


def _cells(hit: Hit) -> tuple[str, ...]:
    stated = hit.metadata
    first, last = page_names(hit)
    return (
        hit.title, "; ".join(stated.authors), str(stated.year or ""), stated.journal,
        stated.document_type, hit.passage.section, first if first == last else f"{first}–{last}",
        score_words(hit.score), hit.snippet.text, hit.passage.text, hit.citation, hit.source,
        stated.doi, stated.notice,
    )  # fmt: skip


def _section(reference: Reference) -> str:
    parts = [f"## {_literal(reference.title)}", ""]
    for quote in reference.quotes:
        parts += [f"> {_literal(line)}\n>" for line in quote.text.splitlines() if line.strip()]
        parts += [f"> — {_literal(quote.place)}", ""] if quote.place else [""]
    parts += [_literal(reference.citation), ""]
    address = reference.web_address
    if _ADDRESS.fullmatch(address) and address not in reference.citation:
        parts += [f"<{address}>", ""]
    return "\n".join(parts)


def _literal(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", one_line(text))
