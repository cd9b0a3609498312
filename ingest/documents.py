"""The words of the domain, from a file on disk to the text that is searched.

    Document   one article, report or page, as read from one file or from one record of a file
    Metadata   what it states about itself, each value with the place that it was read in
    Section    one headed part of it ("Case presentation", "Discussion", …)
    Case       one patient's story inside it
    Patient    how old that patient is and of what sex, as far as the story says so
    Page       characters of it that stand on one page, where the format has pages
    Passage    a window inside one section: what is embedded, searched and shown

Offsets count characters of `Document.text`, end left out, so that
``document.text[passage.start:passage.end] == passage.text`` always holds.
"""

from dataclasses import dataclass, field, fields, replace
from typing import Any

READING_VERSION = 3
"""Raised whenever the same file would be read into another text: indexed files are read again."""


@dataclass(frozen=True)
class Origin:
    """Where one field of the metadata was read: "meta tag citation_doi", "page 1", "inferred …"."""

    field: str
    place: str


@dataclass(frozen=True)
class Metadata:
    """What a document states about itself; None or empty where it states nothing.

    `origins` says for each value where it was read; what was not stated but concluded has an
    origin that begins with "inferred".
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    volume: str = ""
    page_range: str = ""
    """Pages of the journal as printed ("e12", "101-9"); an article number counts as one."""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    licence: str = ""
    language: str = ""
    """ISO 639-1, lower case."""
    document_type: str = ""
    evidence_level: str = ""
    """The level of evidence in the document's own words; never one that we judge."""
    disclosures: str = ""
    """Conflicts of interest as stated."""
    notice: str = ""
    """"retracted", "corrected" or the like, where the document says so of itself."""
    retold_from: str = ""
    """What a retelling says that it retells: its own words must not be cited as the source's."""
    origins: tuple[Origin, ...] = ()

    def origin_of(self, field_name: str) -> str:
        """Where a field was read; "" for one that states nothing."""
        return next((o.place for o in self.origins if o.field == field_name), "")


def read_in(place: str, metadata: Metadata) -> Metadata:
    """The metadata with `place` as the origin of every value that has none yet.

    >>> read_in("page 1", Metadata(title="Calf pain")).origin_of("title")
    'page 1'
    """
    known = {origin.field for origin in metadata.origins}
    stated = [f.name for f in fields(metadata) if f.name != "origins" and f.name not in known]
    added = tuple(Origin(name, place) for name in stated if getattr(metadata, name))
    return replace(metadata, origins=metadata.origins + added)


def first_stated(*sources: Metadata) -> Metadata:
    """For each field the first source that states it, with where that source read it."""
    values: dict[str, Any] = {}
    origins: list[Origin] = []
    for name in [f.name for f in fields(Metadata) if f.name != "origins"]:
        source = next((source for source in sources if getattr(source, name)), None)
        if source is not None:
            values[name] = getattr(source, name)
            origins += [origin for origin in source.origins if origin.field == name]
    return Metadata(**values, origins=tuple(origins))


@dataclass(frozen=True)
class Section:
    """The text under one heading, the heading itself left out; `kind` groups wordings."""

    heading: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Patient:
    """Whom a case tells of: `age_years` (months and days are fractions, None where not told).

    `sex` is "female" or "male", "" where not told. One of both is told.
    """

    age_years: float | None
    sex: str

    @staticmethod
    def told(age_years: float | None, sex: str) -> "Patient | None":
        """The patient of whom this is told; None where neither is."""
        return Patient(age_years, sex) if age_years is not None or sex else None


@dataclass(frozen=True)
class Case:
    """One patient's story: its number from 1, its name in the document, and where it stands.

    `age_years` and `sex` are those of a `Patient`, the same for each stretch of one case.
    """

    number: int
    label: str
    start: int
    end: int
    age_years: float | None = None
    sex: str = ""

    @property
    def patient(self) -> Patient | None:
        """Whom it tells of; None where neither age nor sex is told."""
        return Patient.told(self.age_years, self.sex)


@dataclass(frozen=True)
class Page:
    """Characters that stand on page `number`, counted from 1 in the file.

    A page whose captions or tables were set apart has several spans. `label` is the page's own
    name in the file ("iv", "S12"), "" where it has none; `reader` is what gave its text, and
    `recognised` says that it was read from a picture (OCR).
    """

    number: int
    start: int
    end: int
    label: str = ""
    reader: str = ""
    recognised: bool = False

    @property
    def name(self) -> str:
        """What a person calls the page."""
        return self.label or str(self.number)


@dataclass(frozen=True)
class Document:
    """One article, report or page.

    `source` is the path of the file that it was read from, `part` its place in a file that holds
    several ("PMID 123"), else "". `page_count` counts the file's pages, also those without text;
    `file_hash` is the SHA-256 of the file's bytes when it was read. An `unfinished` document has
    pages that could be read another time (with OCR installed, or with more time).
    """

    doc_id: str
    source: str
    format: str
    metadata: Metadata
    text: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...] = ()
    cases: tuple[Case, ...] = ()
    part: str = ""
    page_count: int = 0
    unfinished: bool = False
    warnings: tuple[str, ...] = field(default=(), compare=False)
    file_hash: str = field(default="", compare=False)

    def pages_of(self, start: int, end: int) -> tuple[Page, ...]:
        """The page spans that the characters from `start` to `end` stand on, in text order."""
        return tuple(page for page in self.pages if page.start < end and start < page.end)

    def case_of(self, start: int, end: int) -> int | None:
        """The number of the case that holds these characters whole; None for those of no case."""
        return next((c.number for c in self.cases if c.start <= start and end <= c.end), None)

    def patient_of(self, case: int | None) -> Patient | None:
        """The patient of a case; for text outside of any (None) that of the only case, if one."""
        if case is None and len({one.number for one in self.cases}) != 1:
            return None
        return next((one.patient for one in self.cases if case in (None, one.number)), None)


@dataclass(frozen=True)
class Passage:
    """Whole sentences of one section and one case, small enough to be encoded in one piece.

    `ordinal` counts the passages of a document from 0. `page` and `last_page` are pages of the
    file, counted from 1, None where the format has none; `page_name` and `last_page_name` are
    what the document itself calls them. `case` is the number of its case; None for none.
    """

    doc_id: str
    ordinal: int
    section: str
    kind: str
    page: int | None
    last_page: int | None
    start: int
    end: int
    text: str
    page_name: str = ""
    last_page_name: str = ""
    case: int | None = None
    recognised: bool = False

    @property
    def passage_id(self) -> str:
        """The same for the same place in the same document, build after build."""
        return f"{self.doc_id}:{self.ordinal}"


@dataclass(frozen=True)
class SkippedFile:
    """A file, or a part of one, that gave no document: why, and what its owner can do."""

    source: str
    reason: str
    remedy: str
    part: str = ""
