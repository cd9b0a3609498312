"""Files to documents, and what was skipped and why.

One bad file never ends the batch: it becomes a `SkippedFile` and the next one is read. A file
that holds several documents (records, or a bundle of articles) gives each of them, and one bad
record among them does not lose the others.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.blocks import Layout, assemble
from ingest.cases.finding import find_cases
from ingest.cleaning import words_in
from ingest.compression import uncompressed
from ingest.description import describe
from ingest.documents import Case, Document, Metadata, Page, SkippedFile, read_in
from ingest.errors import UnreadableFileError
from ingest.files import read_whole, skipped_file, unopened_file
from ingest.formats import SUFFIXES, Part, Reading, reader, splitter
from ingest.formats.detection import detect_format
from ingest.identifiers import find_retold_from

DOC_ID_DIGITS = 16
"""Hexadecimal digits of a content's hash in its doc_id: no clash among 10^8 documents is likely."""

Outcome = Document | SkippedFile


def doc_id_of(content_hash: str) -> str:
    """The doc_id of a document whose bytes have this SHA-256."""
    return content_hash[:DOC_ID_DIGITS]


def read_file(path: Path) -> tuple[Outcome, ...]:
    """The documents of one file; every way to fail is a `SkippedFile`."""
    return tuple(read_parts(path))


def read_parts(path: Path) -> Iterator[Outcome]:
    """The documents of one file as they are read, at least one outcome; raises nothing."""
    found = False
    try:
        raw = read_whole(path)
        file_hash = hashlib.sha256(raw).hexdigest()
        for part in _parts(raw, path):
            found = True
            yield _outcome(part, file_hash, path)
    except Exception as error:
        found = True
        yield _failed(path, "", error)
    if not found:
        yield skipped_file(path, "no document in it", "get a fresh copy")


def read_document(path: Path) -> Document:
    """The first document of a file; raises `UnreadableFileError` or `OSError`."""
    raw = read_whole(path)
    file_hash = hashlib.sha256(raw).hexdigest()
    for part in _parts(raw, path):
        return _read_part(part, file_hash, path)
    raise UnreadableFileError("no document in it", "get a fresh copy")


def read_files(paths: Sequence[Path], beat: Callable[[], None] | None = None) -> Iterator[Outcome]:
    """Read files in child processes; the documents come in the order of the paths.

    `beat` is called about once a second while they are read; what it raises ends the reading.
    """
    from ingest.isolation import no_beat, read_isolated

    return read_isolated(paths, beat=beat or no_beat)


def _parts(raw: bytes, path: Path) -> Iterable[Part]:
    inner, suffix = uncompressed(raw, path.name)
    format_name = detect_format(inner, suffix)
    split = splitter(format_name)
    return split(inner) if split else (Part("", format_name, inner),)


def _outcome(part: Part, file_hash: str, path: Path) -> Outcome:
    try:
        return _read_part(part, file_hash, path)
    except Exception as error:
        return _failed(path, part.name, error)


def _read_part(part: Part, file_hash: str, path: Path) -> Document:
    reading = reader(part.format)(part.raw)
    layout = assemble(reading.blocks)
    if not layout.sections or not words_in(layout.text):
        raise UnreadableFileError("no text in it", "get a fresh copy")
    content_hash = hashlib.sha256(part.raw).hexdigest() if part.name else file_hash
    cases = find_cases(layout.text, layout.sections, reading.metadata.title)
    metadata = _metadata(reading, layout, cases)
    return Document(
        doc_id=doc_id_of(content_hash),
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
