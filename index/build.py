"""Documents to an index folder: the only writer.

What is in the folder is replaced by what is under the paths. Text that has been encoded before
is never encoded again, also after a build that was killed: vectors are committed as they come,
while documents, passages, terms and the new generation are committed at once at the end.
"""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from index import writing
from index.catalog import forget_generations, latest_manifest, open_for_writing, prepare_folder
from index.changes import (
    NO_CHANGES,
    SourceChanges,
    compare_sources,
    files_to_read,
    find_and_hash,
)
from index.encoders import Encoder, EncoderChoice
from index.errors import (
    IndexDamagedError,
    IndexUnwritableError,
    NotAnIndexError,
    NothingToIndexError,
    PathMissingError,
)
from index.keywords import ANALYZER_VERSION
from index.lock import writer_lock
from index.manifest import Manifest
from index.publication import (
    Contents,
    PreparedDocument,
    catalog_whole,
    forget_unsound_vectors,
    publish,
    settings_for,
    vectors_intact,
)
from index.reading import near_duplicate_sources, stored_document
from index.report import BuildReport, Progress
from index.site_paragraphs import SiteText, find_site_text, stored_site_pages
from index.writing import PreparedPassage, StoredSource
from ingest.corpus import read_files
from ingest.documents import READING_VERSION, Document, SkippedFile
from ingest.files import path_exists
from ingest.passages import encoded_text, encoding_prefix, split_passages
from ingest.report import document_row

ENCODED_AT_ONCE = 64
"""Passages between two commits of vectors: what a kill can cost, some seconds of work."""


def no_progress(_what: str, _done: int, _all: int) -> None:
    """For callers that show none."""


@dataclass
class _Build:
    """One build under way: what it works on, and what it has counted."""

    connection: sqlite3.Connection
    folder: Path
    choice: EncoderChoice
    progress: Progress
    before: Manifest | None
    whole: bool
    started: float = field(default_factory=time.monotonic)
    encoded: int = 0
    encoding_seconds: float = 0.0
    _encoder: Encoder | None = None

    def encoder(self) -> Encoder:
        """The encoder, loaded when it is first needed: a build that changes nothing needs none."""
        if self._encoder is None:
            self.progress("Loading the model", 0, 1)
            self._encoder = self.choice.load()
        return self._encoder

    def reads_as_before(self) -> bool:
        """Whether stored documents are all there, and what their files would be read as today."""
        return (
            self.before is not None
            and self.whole
            and self.before.settings.reading_version == READING_VERSION
        )

    def splits_as_before(self) -> bool:
        """Whether stored passages, terms and vectors are what today's settings would make."""
        return (
            self.before is not None
            and self.reads_as_before()
            and self.before.settings.analyzer_version == ANALYZER_VERSION
            and self.before.settings.model == self.choice.name
            and self.before.settings.fingerprint == self.choice.fingerprint
        )

    def is_current(self) -> bool:
        """Whether what is published could not be made better from the same documents."""
        if self.before is None or not self.splits_as_before():
            return False
        return vectors_intact(self.folder, self.before)


def build_index(
    paths: Sequence[Path],
    folder: Path,
    choice: EncoderChoice,
    progress: Progress = no_progress,
    only_if_missing: bool = False,
    afresh: bool = False,
) -> BuildReport:
    """Make the index in `folder` hold exactly the documents under `paths`.

    With `only_if_missing` an index that somebody else has published meanwhile is left as it is.
    With `afresh` nothing of it is believed but sound vectors: all documents are read again.
    Raises a `CatalogError`; then what was published before is still served.
    """
    for path in paths:
        if not path_exists(path):
            raise PathMissingError(path)
    prepare_folder(folder)
    with writer_lock(folder):
        connection = open_for_writing(folder)
        try:
            return _locked_build(
                connection, paths, folder, choice, progress, only_if_missing, afresh
            )
        except (sqlite3.OperationalError, OSError) as error:
            raise IndexUnwritableError(folder, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise NotAnIndexError(folder, f"its catalog is damaged: {error}") from error
        finally:
            connection.close()


def _locked_build(
    connection: sqlite3.Connection,
    paths: Sequence[Path],
    folder: Path,
    choice: EncoderChoice,
    progress: Progress,
    only_if_missing: bool,
    afresh: bool,
) -> BuildReport:
    try:
        before = latest_manifest(connection, folder)
    except IndexDamagedError:
        # What cannot be read cannot be kept: all documents are read again.
        forget_generations(connection)
        before = None
    whole = before is not None and not afresh and catalog_whole(connection, before)
    build = _Build(connection, folder, choice, progress, before, whole)
    if afresh:
        forget_unsound_vectors(connection, folder, before, build.encoder())
    if before is not None and only_if_missing:
        return _report(build, before, NO_CHANGES, (), ())
    return _run(build, paths)


def _run(build: _Build, paths: Sequence[Path]) -> BuildReport:
    found = find_and_hash(paths, build.folder, build.progress)
    before = writing.stored_sources(build.connection)
    known = _known(build, before)
    to_read = files_to_read(found.files, {source.file_hash for source in known})
    read, unreadable = _read(build, to_read, {file.file_hash for file in found.files})
    skipped = (*found.skipped, *unreadable)
    sources = [StoredSource(d.source, d.part, d.file_hash, d.doc_id) for d in read]
    unread = [skip.source for skip in skipped if not skip.part]
    changes = compare_sources(found, [*known, *sources], before, unread)
    if not changes.sources:
        raise NothingToIndexError([str(path) for path in paths], skipped)
    documents, dropped, site_text = _to_store(build, changes, read)
    if (
        build.before is not None
        and not (changes.any() or documents or dropped)
        and build.is_current()
    ):
        return _report(build, build.before, changes, skipped, read)
    prepared = _prepare(build, documents, site_text)
    _encode(build, prepared)
    build.progress("Publishing", 0, 1)
    contents = Contents(tuple(prepared), frozenset(dropped), not build.whole, changes.sources)
    manifest = publish(build.connection, build.folder, build.encoder(), build.before, contents)
    return _report(build, manifest, changes, skipped, read)


def _known(build: _Build, before: Sequence[StoredSource]) -> list[StoredSource]:
    """The sources that need not be read again."""
    if not build.reads_as_before():
        return []
    unfinished = writing.unfinished_doc_ids(build.connection)
    return [source for source in before if source.doc_id not in unfinished]


def _to_store(
    build: _Build, changes: SourceChanges, read: Sequence[Document]
) -> tuple[list[Document], set[str], SiteText]:
    """The documents whose passages are made anew, those that go, and the text of web sites."""
    stored = writing.stored_doc_ids(build.connection)
    wanted = {source.doc_id for source in changes.sources}
    # A record that several files hold is one document; it stays where nothing in it is new.
    documents = {
        one.doc_id: one
        for one in read
        if not build.reads_as_before() or not _is_stored(build, stored, one)
    }
    pages_before = stored_site_pages(build.connection)
    site_text = find_site_text(documents.values(), pages_before, wanted - documents.keys())
    again = set(site_text.changed(pages_before)) if build.splits_as_before() else wanted & stored
    for doc_id in sorted(again - documents.keys()):
        documents[doc_id] = stored_document(build.connection, doc_id)
    dropped = stored - wanted if build.splits_as_before() else stored
    return list(documents.values()), dropped, site_text


def _is_stored(build: _Build, stored: set[str], document: Document) -> bool:
    """Whether the index holds this very document, wherever it was read from."""
    if document.doc_id not in stored:
        return False
    same = stored_document(build.connection, document.doc_id)
    return replace(same, source=document.source, part=document.part) == document


def _read(
    build: _Build, paths: list[Path], expected: set[str]
) -> tuple[list[Document], list[SkippedFile]]:
    documents: list[Document] = []
    skipped: list[SkippedFile] = []
    done: set[str] = set()
    for outcome in read_files(paths):
        done.add(outcome.source)
        build.progress("Reading files", len(done), len(paths))
        if isinstance(outcome, SkippedFile):
            skipped.append(outcome)
        elif outcome.file_hash in expected:
            documents.append(outcome)
        else:
            skipped.append(SkippedFile(outcome.source, "changed while it was read", "build again"))
    return documents, skipped


def _prepare(
    build: _Build, documents: list[Document], site_text: SiteText
) -> list[PreparedDocument]:
    """Split documents into passages, each with the text that its vector is made of."""
    if not documents:
        return []
    encoder = build.encoder()
    budget = settings_for(encoder).budget
    prepared: list[PreparedDocument] = []
    for done, document in enumerate(documents):
        build.progress("Splitting into passages", done + 1, len(documents))
        title, headings = document.metadata.title, {s.heading for s in document.sections}
        prefixes = {h: encoding_prefix(title, h, budget, encoder.count_tokens) for h in headings}
        passages = []
        for passage in split_passages(site_text.marked(document), budget, encoder.count_tokens):
            text = encoded_text(prefixes[passage.section], passage.text)
            passages.append(PreparedPassage(passage, text, writing.vector_hash(text)))
        prepared.append(
            PreparedDocument(document, tuple(passages), site_text.page(document.doc_id))
        )
    return prepared


def _encode(build: _Build, prepared: list[PreparedDocument]) -> None:
    """Make the vectors that are missing, and commit them a few hundred at a time."""
    texts = {p.vector_hash: p.encoded_text for one in prepared for p in one.passages}
    missing = writing.missing_vectors(build.connection, texts, build.choice.fingerprint)
    # Texts of like length together: a batch costs as much as its longest.
    missing.sort(key=lambda name: len(texts[name]))
    started = time.monotonic()
    for start in range(0, len(missing), ENCODED_AT_ONCE):
        build.progress("Encoding passages", start, len(missing))
        names = missing[start : start + ENCODED_AT_ONCE]
        vectors = build.encoder().encode_passages([texts[name] for name in names])
        build.connection.execute("BEGIN IMMEDIATE")
        writing.store_vectors(build.connection, names, vectors, build.choice.fingerprint)
        build.connection.execute("COMMIT")
    if missing:
        build.progress("Encoding passages", len(missing), len(missing))
        build.encoded, build.encoding_seconds = len(missing), time.monotonic() - started


def _report(
    build: _Build,
    manifest: Manifest,
    changes: SourceChanges,
    skipped: Sequence[SkippedFile],
    documents: Sequence[Document],
) -> BuildReport:
    kept = {source.path for source in changes.sources}
    return BuildReport(
        index=str(build.folder),
        generation=manifest.generation,
        model=manifest.settings.model,
        documents=manifest.documents,
        passages=manifest.passages,
        encoded=build.encoded,
        seconds=round(time.monotonic() - build.started, 2),
        encoding_seconds=round(build.encoding_seconds, 3),
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        unchanged=changes.unchanged,
        duplicates=changes.duplicates,
        near_duplicates=tuple(near_duplicate_sources(build.connection)),
        skipped=tuple(
            replace(s, remedy=f"{s.remedy} (what was read before is kept)")
            if s.source in kept and not s.part
            else s
            for s in skipped
        ),
        read=tuple(document_row(document) for document in documents),
    )
