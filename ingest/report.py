"""What was read, for a person and for a script: one row a document, and what to look at first.

Figures are kept, not texts, so that a large corpus is no matter of memory. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import fields as fields_of
from typing import Any

from ingest.documents import Document, Metadata, SkippedFile
from ingest.formats import SUFFIXES

LOOK_FIRST = 10
"""Files under "Look at these first": what a person looks through in one go."""
TABLE_ROWS = 50
"""Documents in the table unless all are asked for: about a screen; the rest hides what matters."""
REASONS_SHOWN = 3
"""Reasons given for one file under "Look at these first"; the rest is counted."""
FEW_WORDS = 50
"""A document with fewer is a fragment; short abstracts have 80."""
TITLE_WIDTH = 60
"""Characters of a title that a line has room for."""

ARCHIVES = (".tar", ".tgz")
"""Endings of archives, which promise documents as well."""

_ALL = "python -m ingest --all lists them"
_OF_NO_KIND, _READ, _NOT_READ = range(3)


@dataclass(frozen=True)
class ReadRow:
    """One document: where it is from, what read it, and how much is in it.

    `readers` counts pages by what gave their text; a format without pages has none of them and
    is read by its one reader. `recognised` pages were read from pictures (OCR).
    """

    source: str
    part: str
    format: str
    title: str
    document_type: str
    readers: Mapping[str, int]
    pages: int | None
    pages_with_text: int
    recognised: int
    words: int
    sections: int
    cases: int
    language: str
    warnings: tuple[str, ...]
    metadata: Metadata

    @property
    def read_by(self) -> str:
        """Pages by reader ("pypdfium2 11, pypdf 1"), or the format where it has no pages."""
        if self.pages is None:
            return self.format
        return ", ".join(f"{reader} {pages}" for reader, pages in self.readers.items())

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is odd about the figures, although no reader warns of it."""
        untitled = () if self.title else ("no title was found",)
        return untitled + ((f"only {self.words} words",) if self.words < FEW_WORDS else ())

    @property
    def lost_share(self) -> float:
        """Share of pages that gave no text, from 0 to 1."""
        return 1 - self.pages_with_text / self.pages if self.pages else 0.0

    def to_dict(self) -> dict[str, Any]:
        """For `--json`; each value of the metadata stands with where it was read."""
        row = {field.name: getattr(self, field.name) for field in fields_of(self)}
        return {
            **row,
            "read_by": self.read_by,
            "warnings": list(self.warnings),
            "metadata": _with_origins(self.metadata),
        }


@dataclass(frozen=True)
class Totals:
    """Sums over all documents."""

    documents: int
    formats: Mapping[str, int]
    words: int
    pages: int
    recognised: int
    readers: Mapping[str, int]
    cases: int
    with_warnings: int
    skipped: int


@dataclass(frozen=True)
class Concern:
    """One file that a person should look at, and why; the greater `rank`, the sooner."""

    source: str
    reasons: tuple[str, ...]
    rank: tuple[int, float, int]


def document_row(document: Document) -> ReadRow:
    """What the report says of a document."""
    reader_of = {page.number: page.reader for page in document.pages}
    return ReadRow(
        source=document.source,
        part=document.part,
        format=document.format,
        title=document.metadata.title,
        document_type=document.metadata.document_type,
        readers=dict(Counter(name or document.format for name in reader_of.values()).most_common()),
        pages=document.page_count or len(reader_of) or None,
        pages_with_text=len(reader_of),
        recognised=len({page.number for page in document.pages if page.recognised}),
        words=len(document.text.split()),
        sections=len(document.sections),
        cases=len(document.cases),
        language=document.metadata.language,
        warnings=document.warnings,
        metadata=document.metadata,
    )


def totals(rows: Sequence[ReadRow], skipped: Sequence[SkippedFile]) -> Totals:
    """The sums of a report; formats and readers by how often they come, most first."""
    readers: Counter[str] = Counter()
    for row in rows:
        readers.update(row.readers)
    return Totals(
        documents=len(rows),
        formats=dict(Counter(row.format for row in rows).most_common()),
        words=sum(row.words for row in rows),
        pages=sum(row.pages or 0 for row in rows),
        recognised=sum(row.recognised for row in rows),
        readers=dict(readers.most_common()),
        cases=sum(row.cases for row in rows),
        with_warnings=sum(1 for row in rows if row.warnings),
        skipped=len(skipped),
    )


def worst(rows: Iterable[ReadRow], skipped: Iterable[SkippedFile]) -> list[Concern]:
    """The files that something is wrong with, worst first; a file of many documents comes once.

    First files that gave nothing although their names promise a document; then by the share of
    pages or documents lost and by the number of warnings; then what only has odd figures; last
    the files of kinds that nobody reads (pictures, tables), as every folder has them.
    """
    read: dict[str, list[ReadRow]] = {}
    lost: dict[str, list[SkippedFile]] = {}
    for row in rows:
        read.setdefault(row.source, []).append(row)
    for skip in skipped:
        lost.setdefault(skip.source, []).append(skip)
    odd = [name for name, of in read.items() if any(row.warnings + row.remarks for row in of)]
    concerned = dict.fromkeys([*lost, *odd])
    found = [_concern(name, read.get(name, []), lost.get(name, [])) for name in concerned]
    return sorted(sorted(found, key=lambda one: one.source), key=lambda one: one.rank, reverse=True)


def to_dict(
    rows: Sequence[ReadRow], skipped: Sequence[SkippedFile], left_out: int = 0
) -> dict[str, Any]:
    """The whole report for `--json`."""
    return {
        "totals": asdict(totals(rows, skipped)),
        "left_out": left_out,
        "look_first": [
            {"source": one.source, "reasons": list(one.reasons)}
            for one in worst(rows, skipped)[:LOOK_FIRST]
        ],
        "documents": [row.to_dict() for row in rows],
        "skipped": [asdict(skip) for skip in skipped],
    }


def left_out_line(left_out: int, read: int) -> str:
    """What a selection has done.

    >>> left_out_line(29_412, 588)
    '29,412 of 30,000 documents left out by the selection.'
    """
    return f"{left_out:,} of {left_out + read:,} documents left out by the selection."


def to_text(
    rows: Sequence[ReadRow], skipped: Sequence[SkippedFile], whole: bool = False, left_out: int = 0
) -> str:
    """The report for a terminal: table, totals, and last, where the eye is, what to look at.

    With `whole` nothing is cut off. `left_out` documents were not wanted.
    """
    if not rows and not skipped and not left_out:
        return "No file was found."
    table = rows if whole else rows[:TABLE_ROWS]
    lines = [_HEADINGS, *map(_line, table)] if rows else []
    if len(rows) > len(table):
        lines.append(f"  … and {len(rows) - len(table):,} more documents: {_ALL}")
    lines += [*([""] if rows else []), *_totals_lines(totals(rows, skipped))]
    lines += [left_out_line(left_out, len(rows))] if left_out else []
    return "\n".join([*lines, *_concern_lines(worst(rows, skipped), whole)])


def one_line(text: str) -> str:
    r"""The text with escapes for what would break the line or the terminal.

    >>> one_line("two\nlines")
    'two\\nlines'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _with_origins(metadata: Metadata) -> dict[str, Any]:
    """What is stated, each value with the place that it was read in."""
    names = [field.name for field in fields_of(metadata) if field.name != "origins"]
    return {
        name: {"value": getattr(metadata, name), "read_in": metadata.origin_of(name)}
        for name in names
        if getattr(metadata, name)
    }


def _concern(source: str, rows: list[ReadRow], lost: list[SkippedFile]) -> Concern:
    """One file's losses and warnings together."""
    warnings = [warning for row in rows for warning in row.warnings]
    pages_lost = sum(row.lost_share for row in rows if row.warnings)
    share = (len(lost) + pages_lost) / (len(lost) + len(rows))
    promising = source.lower().removesuffix(".gz").endswith((*SUFFIXES, *ARCHIVES))
    order = _READ if rows else _NOT_READ if promising else _OF_NO_KIND
    reasons = [f"{_part(skip)}{skip.reason}; {skip.remedy}" for skip in lost]
    reasons += [f"{_part(row)}{why}" for row in rows for why in row.warnings + row.remarks]
    if lost and rows:
        reasons.insert(0, f"{len(lost):,} of its {len(lost) + len(rows):,} documents not read")
    return Concern(source, tuple(reasons), (order, share, len(warnings)))


def _part(one: ReadRow | SkippedFile) -> str:
    return f"{one.part}: " if one.part else ""


def _concern_lines(concerns: list[Concern], whole: bool) -> list[str]:
    if not concerns:
        return ["Nothing was skipped, and nothing seems odd."]
    shown = concerns if whole else concerns[:LOOK_FIRST]
    lines = ["", "Look at these first (not read at all, then the share lost, then warnings):"]
    for number, concern in enumerate(shown, 1):
        reasons = concern.reasons if whole else concern.reasons[:REASONS_SHOWN]
        lines.append(f"{number:>4}. {one_line(concern.source)}")
        lines += [f"      {one_line(reason)}" for reason in reasons]
        if len(concern.reasons) > len(reasons):
            lines.append(f"      … and {len(concern.reasons) - len(reasons):,} more")
    if len(concerns) > len(shown):
        lines.append(f"      … and {len(concerns) - len(shown):,} more files: {_ALL}")
    return lines


def _totals_lines(sums: Totals) -> list[str]:
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sums.formats.items())
    recognised = f" ({sums.recognised:,} recognised from pictures)" if sums.recognised else ""
    return [
        f"Documents: {sums.documents:,}{f' ({kinds})' if kinds else ''} with {sums.words:,} words, "
        f"{sums.pages:,} pages{recognised} and {sums.cases:,} cases.",
        f"With warnings: {sums.with_warnings:,}. Skipped: {sums.skipped:,}.",
    ]


def _line(row: ReadRow) -> str:
    title = one_line(row.title) or "(no title)"
    where = row.source + (f" ({row.part})" if row.part else "")
    return _columns(
        "!" if row.warnings else " ",
        row.read_by,
        f"{row.words:,}",
        str(row.pages or "-"),
        str(row.sections),
        str(row.cases),
        row.language or "-",
        title if len(title) <= TITLE_WIDTH else f"{title[: TITLE_WIDTH - 1]}…",
        one_line(where),
    )


def _columns(mark: str, *cells: str) -> str:
    reader, words, pages, sections, cases, language, title, source = cells
    return (
        f"{mark} {reader:20} {words:>7} {pages:>5} {sections:>8} {cases:>5} {language:>4}  "
        f"{title:{TITLE_WIDTH}}  {source}"
    )


_HEADINGS = _columns(
    " ", "read by", "words", "pages", "sections", "cases", "lang", "title", "source"
)
