"""Files to documents, and what was skipped and why.

One bad file never ends the batch: it becomes a `SkippedFile` and the next one is read. A file
that holds several documents (records, or a bundle of articles) gives each of them, and one bad
record among them does not lose the others.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.blocks import Layout, assemble
from ingest.cases.finding import find_cases
from ingest.cleaning import words_in
from ingest.contents import Unread, open_contents
from ingest.description import describe
from ingest.documents import Case, Document, Metadata, Page, SkippedFile, read_in
from ingest.errors import UnreadableFileError
from ingest.files import skipped_file, unopened_file
from ingest.formats import SUFFIXES, Part, Reading, reader
from ingest.identifiers import find_retold_from
from ingest.reading_order import READ_ALL, Passed, ReadingOrder, Told
from ingest.selection import Selection, document_traits

DOC_ID_DIGITS = 16
"""Hexadecimal digits of a content's hash in its doc_id: no clash among 10^8 documents is likely."""
LINES_A_FILE = 100
"""Parts of one file that are named because they cannot be read; an archive may have a million
pictures, and who has read a hundred lines knows."""
SPEAK_SECONDS = 5.0
"""A child that goes by documents says so at least so often, long before anybody thinks it lost."""


Outcome = Document | SkippedFile


def doc_id_of(content_hash: str) -> str:
    """The doc_id of a document whose bytes have this SHA-256."""
    return content_hash[:DOC_ID_DIGITS]


def read_file(path: Path) -> tuple[Outcome, ...]:
    """The documents of one file; every way to fail is a `SkippedFile`."""
    return tuple(one for one in read_parts(path) if not isinstance(one, Passed))


def read_parts(path: Path, order: ReadingOrder = READ_ALL) -> Iterator[Told]:
    """The documents of one file as they are read, at least one word of it; raises nothing."""
    tally = _Tally(path)
    failed: SkippedFile | None = None
    try:
        yield from _told(path, order, tally)
    except Exception as error:
        failed = _failed(path, "", error)
    yield from tally.taken()
    yield from tally.more_lines()
    if failed is not None:
        yield failed
    elif not tally.seen:
        yield skipped_file(path, "no document in it", "get a fresh copy")


def read_document(path: Path) -> Document:
    """The first document of a file; raises `UnreadableFileError` or `OSError`."""
    with open_contents(path) as contents:
        for part in contents.parts:
            if isinstance(part, Part):
                return _read_part(part, contents.file_hash, path)
    raise UnreadableFileError("no document in it", "get a fresh copy")


def read_files(paths: Sequence[Path], beat: Callable[[], None] | None = None) -> Iterator[Outcome]:
    """Read files in child processes; the documents come in the order of the paths.

    `beat` is called about once a second while they are read; what it raises ends the reading.
    """
    from ingest.isolation import no_order

    outcomes = read_as_ordered(paths, no_order, beat)
    return (one for one in outcomes if not isinstance(one, Passed))


def read_as_ordered(
    paths: Sequence[Path],
    order_of: Callable[[Path], ReadingOrder],
    beat: Callable[[], None] | None = None,
) -> Iterator[Told]:
    """Like `read_files`, each file as its order says; tells of what was gone by as well."""
    from ingest.isolation import no_beat, read_isolated

    return read_isolated(paths, beat=beat or no_beat, order_of=order_of)


@dataclass
class _Tally:
    """What has been seen of a file, and gone by since it was last said."""

    path: Path
    file_hash: str = ""
    seen: int = 0
    lines: int = 0
    passed: Passed = field(init=False)
    spoke: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.passed = Passed(str(self.path), "")

    def go_by(self, left_out: int = 0, known: int = 0, unnamed: int = 0) -> Iterator[Passed]:
        """Count, and say so where nothing was said for long."""
        before = self.passed
        self.passed = replace(
            before,
            left_out=before.left_out + left_out,
            known=before.known + known,
            unnamed=before.unnamed + unnamed,
        )
        if time.monotonic() - self.spoke >= SPEAK_SECONDS:
            yield self.said()

    def taken(self) -> Iterator[Passed]:
        """What was gone by, if anything."""
        if self.passed.count:
            yield self.said()

    def said(self) -> Passed:
        """What was gone by; the count begins anew."""
        said, self.passed = self.passed, Passed(str(self.path), "")
        self.spoke = time.monotonic()
        return replace(said, file_hash=self.file_hash)

    def more_lines(self) -> Iterator[SkippedFile]:
        """One line for all that was not read and not named."""
        more = self.lines - LINES_A_FILE
        if more > 0:
            others = skipped_file(self.path, "not read either", "look at the lines above")
            yield replace(others, part=f"{more:,} more")


def _told(path: Path, order: ReadingOrder, tally: _Tally) -> Iterator[Told]:
    with open_contents(path) as contents:
        tally.file_hash = contents.file_hash
        known = order.known_parts if contents.file_hash == order.file_hash else frozenset()
        asked = replace(order, known_parts=known)
        for part in contents.parts:
            tally.seen += 1
            if tally.seen == 1 and part.name:
                yield tally.said()
            if tally.seen <= order.done:
                yield from tally.go_by()
            elif order.broken and tally.seen == order.done + 1:
                lost = skipped_file(path, order.broken, "get a fresh copy, or leave it out")
                yield replace(lost, part=part.name)
            else:
                yield from _told_of(part, asked, path, tally)


def _told_of(part: Part | Unread, order: ReadingOrder, path: Path, tally: _Tally) -> Iterator[Told]:
    """The word of one part, and before a part is read of those that were gone by.

    So it is known which one a child has died on.
    """
    if part.name in order.known_parts:
        yield from tally.go_by(known=1)
        return
    wanted = _judged(part, order.selection, path)
    if isinstance(wanted, Part):
        yield from tally.taken()
        outcome = _read(wanted, order.selection, tally.file_hash, path)
    else:
        outcome = wanted
    if outcome is None:
        yield from tally.go_by(left_out=1)
        return
    if isinstance(outcome, SkippedFile) and outcome.part:
        tally.lines += 1
        if tally.lines > LINES_A_FILE:
            yield from tally.go_by(unnamed=1)
            return
    yield outcome


def _judged(part: Part | Unread, selection: Selection, path: Path) -> Part | SkippedFile | None:
    """The part, where it is to be read; None where the selection leaves it out."""
    if isinstance(part, Unread):
        return _failed(path, part.name, part.error)
    if selection.is_everything:
        return part
    try:
        traits = part.traits()
    except Exception as error:
        return _failed(path, part.name, error)
    if traits is None:
        return part
    return replace(part, traits=lambda: traits) if selection.takes(traits) else None


def _read(part: Part, selection: Selection, file_hash: str, path: Path) -> Outcome | None:
    """The document, or why there is none; None where it turns out not to be wanted."""
    try:
        document = _read_part(part, file_hash, path)
        if selection.is_everything or part.traits() is not None:
            return document
        return document if selection.takes(document_traits(document)) else None
    except Exception as error:
        return _failed(path, part.name, error)


def _read_part(part: Part, file_hash: str, path: Path) -> Document:
    raw = part.write()
    reading = reader(part.format)(raw)
    layout = assemble(reading.blocks)
    if not layout.sections or not words_in(layout.text):
        raise UnreadableFileError("no text in it", "get a fresh copy")
    cases = find_cases(layout.text, layout.sections, reading.metadata.title)
    metadata = _metadata(reading, layout, cases)
    return Document(
        doc_id=doc_id_of(part.doc_hash or hashlib.sha256(raw).hexdigest()),
        source=str(path),
        format=part.format,
        metadata=metadata,
        text=layout.text,
        sections=layout.sections,
        pages=_pages(reading, layout),
        cases=cases,
        part=part.name,
        page_count=len(reading.pages),
        unfinished=reading.unfinished,
        warnings=(*_misnamed(path, part), *reading.warnings),
        file_hash=file_hash,
    )


def _metadata(reading: Reading, layout: Layout, cases: Sequence[Case]) -> Metadata:
    stated = read_in("the document", reading.metadata)
    told = read_in("the text", replace(stated, retold_from=find_retold_from(layout.text)))
    return describe(told, layout.text, layout.sections, cases)


def _pages(reading: Reading, layout: Layout) -> tuple[Page, ...]:
    """The page spans with what the file says of each page."""
    facts = {page.number: page for page in reading.pages}
    return tuple(
        replace(
            span,
            label=facts[span.number].label,
            reader=facts[span.number].reader,
            recognised=facts[span.number].recognised,
        )
        if span.number in facts
        else span
        for span in layout.pages
    )


def _misnamed(path: Path, part: Part) -> tuple[str, ...]:
    """A warning where the name promises another format than the content is of."""
    promised = SUFFIXES.get(Path(path.name.lower().removesuffix(".gz")).suffix)
    if part.name or promised == part.format or (promised, part.format) == ("jats", "bmc"):
        return ()
    named = f"named {path.suffix}" if path.suffix else "named without ending"
    return (f"{named}, read as the {part.format} that it holds",)


def _failed(path: Path, part: str, error: Exception) -> SkippedFile:
    """Why a file or a part of it gave no document."""
    if isinstance(error, UnreadableFileError):
        skipped = skipped_file(path, error.reason, error.remedy)
    elif isinstance(error, OSError):
        skipped = unopened_file(path, error)
    elif isinstance(error, MemoryError):
        skipped = skipped_file(
            path, "needs more memory than a file may", "split it, or get a fresh copy"
        )
    elif isinstance(error, ImportError):
        skipped = skipped_file(
            path, f"its reader cannot be loaded ({error})", "pip install -r requirements.txt"
        )
    elif isinstance(error, RecursionError):
        skipped = skipped_file(path, "nested too deeply", "get a fresh copy")
    else:  # nobody knows all that the parsers can raise on damage, and the next file must be read
        skipped = skipped_file(
            path, "damaged: it cannot be read", "get a fresh copy, or save it in another format"
        )
    return replace(skipped, part=part)
