"""Whether every passage is what its document makes of it; all are looked at, none by sample."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from index.checks import OpenedIndex, Tally
from index.proof import is_encoded_as
from index.reading import stored_document
from index.writing import told_of
from ingest.documents import READING_VERSION, Case, Document, Page, Section
from ingest.passages import UNSEARCHED_KINDS, is_worth_finding
from ingest.site_text import mark_site_text

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, sqlite3.DataError)
"""What stored JSON raises that is none, or says something else."""
_COLUMNS = (
    'ordinal, section, kind, page, last_page, start, "end", page_name, last_page_name, '
    "case_number, age_years, sex, recognised, vector_hash"
)


@dataclass(frozen=True)
class _Row:
    """A passage as the catalog has it."""

    ordinal: int
    section: str
    kind: str
    page: int | None
    last_page: int | None
    start: int
    end: int
    page_name: str
    last_page_name: str
    case_number: int | None
    age_years: float | None
    sex: str
    recognised: int
    vector_hash: str | None

    @property
    def heading(self) -> tuple[str, str]:
        """Its section's heading and kind: what sections are found by."""
        return self.section, self.kind


def check_documents(opened: OpenedIndex, tally: Tally) -> None:
    """Documents can be read; their sections, pages and cases lie inside their text."""
    for (doc_id,) in opened.connection.execute("SELECT doc_id FROM documents"):
        tally.checked += 1
        try:
            document = _document(opened, doc_id)
            spans: tuple[Section | Page | Case, ...] = (
                *document.sections,
                *document.pages,
                *document.cases,
            )
            outside = [s for s in spans if not 0 <= s.start <= s.end <= len(document.text)]
            pages = [page.number for page in document.pages]
        except UNREADABLE as error:
            tally.wrong(f"{opened.name_of(doc_id)} cannot be read ({error})")
            continue
        if outside:
            tally.wrong(f"{opened.name_of(doc_id)}: {outside[0]} lies outside of its text")
        if pages and not 1 <= min(pages) <= max(pages) <= document.page_count:
            tally.wrong(
                f"{opened.name_of(doc_id)}: page {max(pages)} of {document.page_count} pages"
            )


def check_passages(opened: OpenedIndex, tally: Tally) -> None:
    """Passages stand in their sections and on their pages, in order, with nothing left out."""
    if opened.manifest.settings.reading_version != READING_VERSION:
        tally.notes.append("what may be left out is not checked: cut by another version")
    for document in _readable(opened):
        rows = list(_rows(opened, document.doc_id))
        tally.checked += len(rows)
        sections = defaultdict(list)
        for section in document.sections:
            sections[section.heading, section.kind].append(section)
        for row in rows:
            if problem := _misplaced(document, sections.get(row.heading, ()), row):
                tally.wrong(f"passage {row.ordinal} of {opened.name_of(document.doc_id)} {problem}")
        if problem := _disorder(rows) or _left_out(opened, document, rows):
            tally.wrong(f"{opened.name_of(document.doc_id)}: {problem}")


def check_encoded_texts(opened: OpenedIndex, tally: Tally) -> None:
    """Each vector is named by the very text that its passage has today."""
    for document in _readable(opened):
        title = document.metadata.title
        for row in _rows(opened, document.doc_id):
            tally.checked += 1
            text = document.text[row.start : row.end]
            if row.vector_hash and not is_encoded_as(row.vector_hash, title, row.section, text):
                name = opened.name_of(document.doc_id)
                tally.wrong(f"passage {row.ordinal} of {name} has the vector of another text")


def _rows(opened: OpenedIndex, doc_id: str) -> Iterator[_Row]:
    rows = opened.connection.execute(
        f"SELECT {_COLUMNS} FROM passages LEFT JOIN vectors ON vectors.id = vector_id "
        "WHERE doc_id = ? ORDER BY ordinal",
        (doc_id,),
    )
    return (_Row(*row) for row in rows)


def _document(opened: OpenedIndex, doc_id: str) -> Document:
    """A document with its site's paragraphs as sections of their own, as passages are cut."""
    document = stored_document(opened.connection, doc_id)
    site = opened.connection.execute(
        "SELECT marked FROM site_paragraphs WHERE doc_id = ?", (doc_id,)
    ).fetchone()
    return mark_site_text(document, frozenset(json.loads(site[0]))) if site else document


def _readable(opened: OpenedIndex) -> Iterator[Document]:
    """All documents but for those that `check_documents` names, one in memory at a time."""
    for (doc_id,) in opened.connection.execute("SELECT doc_id FROM documents ORDER BY doc_id"):
        with suppress(*UNREADABLE):
            yield _document(opened, doc_id)


def _misplaced(document: Document, sections: Sequence[Section], row: _Row) -> str:
    """What is wrong with the place of a passage, "" for nothing."""
    if not 0 <= row.start < row.end <= len(document.text):
        return f"lies outside of its document: characters {row.start} to {row.end}"
    if not any(one.start <= row.start and row.end <= one.end for one in sections):
        return f"lies outside of its section {row.section!r}"
    pages = document.pages_of(row.start, row.end)
    stands_on = (pages[0].number, pages[-1].number) if pages else (None, None)
    names = (pages[0].name, pages[-1].name) if pages else ("", "")
    if (row.page, row.last_page) != stands_on or (row.page_name, row.last_page_name) != names:
        return f"is said to be on page {row.page}, it stands on page {stands_on[0]}"
    if row.case_number != document.case_of(row.start, row.end):
        return f"is said to be of case {row.case_number}"
    if (row.age_years, row.sex) != told_of(document, row.case_number):
        return f"is said to be of a patient of age {row.age_years} and sex {row.sex!r}"
    if bool(row.recognised) != any(page.recognised for page in pages):
        return "does not say rightly whether it was read from a picture"
    return ""


def _disorder(rows: Sequence[_Row]) -> str:
    if [row.ordinal for row in rows] != list(range(len(rows))):
        missing = set(range(len(rows))) - {row.ordinal for row in rows}
        return f"passage {min(missing)} is missing"
    for before, after in pairwise(rows):
        if after.start < before.start or after.end <= before.end:
            return f"passage {after.ordinal} stands before passage {before.ordinal}"
    return ""


def _left_out(opened: OpenedIndex, document: Document, rows: Sequence[_Row]) -> str:
    """The first stretch of a searched section that stands in no passage, "" for none."""
    if opened.manifest.settings.reading_version != READING_VERSION:
        return ""
    spans = defaultdict(list)
    for row in rows:
        spans[row.heading].append((row.start, row.end))
    for section in document.sections:
        if section.kind in UNSEARCHED_KINDS:
            continue
        at, last = section.start, section.end
        named = spans[section.heading, section.kind]
        inside = [span for span in named if at <= span[0] and span[1] <= last]
        for start, end in (*inside, (last, last)):
            if at < start and is_worth_finding(document.text[at:start]):
                return f"characters {at} to {start} stand in no passage"
            at = max(at, end)
    return ""
