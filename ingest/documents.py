"""The words of the domain, from a file on disk to the text that is searched.

    Document   one article, report or page, as read from one file
    Section    one headed part of it ("Case presentation", "Discussion", …)
    Page       one page of it, where the format has pages
    Passage    a window inside one section: what is embedded, searched and shown

Offsets count characters of `Document.text`, end left out, so that
``document.text[passage.start:passage.end] == passage.text`` always holds.
"""

from dataclasses import dataclass, field

READING_VERSION = 1
"""Raised whenever the same file would be read into another text: indexed files are read again."""


@dataclass(frozen=True)
class Metadata:
    """What a document states about itself; None or empty where it states nothing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    document_type: str = ""
    retold_from: str = ""
    """What a retelling says that it retells: its own words must not be cited as the source's."""


@dataclass(frozen=True)
class Section:
    """The text under one heading, the heading itself left out; `kind` groups wordings."""

    heading: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Page:
    """The characters that stand on page `number`, counted from 1."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """One article, report or page. `source` is the path of the file that it was read from."""

    doc_id: str
    source: str
    format: str
    metadata: Metadata
    text: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def pages_of(self, start: int, end: int) -> tuple[int | None, int | None]:
        """First and last page that the characters from `start` to `end` stand on."""
        numbers = [page.number for page in self.pages if page.start < end and start < page.end]
        return (numbers[0], numbers[-1]) if numbers else (None, None)


@dataclass(frozen=True)
class Passage:
    """Whole sentences of one section, small enough for the encoder to read in one piece.

    `ordinal` counts the passages of a document from 0. `page` and `last_page` count from 1 and
    are None where the format has no pages.
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

    @property
    def passage_id(self) -> str:
        """The same for the same place in the same file, build after build."""
        return f"{self.doc_id}:{self.ordinal}"


@dataclass(frozen=True)
class SkippedFile:
    """A file that gave no document: why, and what its owner can do."""

    source: str
    reason: str
    remedy: str
