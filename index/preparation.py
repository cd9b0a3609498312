"""From files to staged documents with stored vectors: what a build does before it publishes.

Files are read by child processes while the passages of the documents before are encoded here, so
that no core waits for the other; what is held in memory is bounded whatever the corpus. Everything
is committed as it comes: a build that is killed is gone on with.
"""

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from index import staging
from index.cutting import cut, split_as
from index.encoders import Encoder, EncoderChoice
from index.prepared import PreparedPassage
from index.progress import Progress
from index.readers import Reader, ReadingTask, ReadyDocument, read_all, read_here
from index.reading import stored_document
from index.site_paragraphs import SitePage, SiteText
from index.staging import StagedSource
from index.vector_store import (
    known_vectors,
    missing_vectors,
    store_missing_vectors,
    store_vectors,
)
from ingest.documents import READING_VERSION, Document, SkippedFile
from ingest.files import SourceFile
from ingest.reading_order import Passed, ReadingOrder
from ingest.report import ReadRow, document_row

ENCODED_AT_ONCE = 64
"""Passages between two commits of vectors: what a kill can cost, some seconds of work."""
POOLED = 2_048
"""Passages that wait to be encoded together, sorted by length: a batch costs as much as its
longest."""
STAGED_AT_ONCE = 64
"""Documents between two commits while files are read."""
READ_AS = str(READING_VERSION)


@dataclass
class Preparation:
    """Documents being made ready to be published, and what has been counted on the way."""

    connection: sqlite3.Connection
    choice: EncoderChoice
    progress: Progress
    reader: Reader = read_here
    order_of: Callable[[SourceFile], ReadingOrder] = read_all
    read_as: str = READ_AS
    left_out: int = 0
    skipped: list[SkippedFile] = field(default_factory=list)
    read: list[ReadRow] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    encoded: int = 0
    encoding_seconds: float = 0.0
    _encoder: Encoder | None = None
    _elsewhere: str = ""
    waiting: dict[str, str] = field(default_factory=dict)

    def encoder(self) -> Encoder:
        """The encoder, loaded when it is first needed: a build that changes nothing needs none."""
        if self._encoder is None:
            self.progress("Loading the model", 0, 1)
            self._encoder = self.choice.load()
        return self._encoder

    @property
    def runtime(self) -> str:
        """What computed the vectors that were made, "" for none."""
        return self._elsewhere or (self._encoder.runtime if self._encoder and self.encoded else "")

    def read_files(
        self,
        files: Sequence[SourceFile],
        expected: Collection[str],
        is_stored: Callable[[Document], bool],
    ) -> None:
        """Read files and stage their documents, but for those that the catalog has as they are."""
        done: set[str] = set()
        file_hash, complete, taken = "", False, 0
        started = time.monotonic()

        def tell() -> None:
            self.progress("Reading files", len(done), len(files))

        task = ReadingTask(files, self.encoder, self._known_vectors, tell, self.order_of)
        for read in self.reader(task):
            source = (read.document if isinstance(read, ReadyDocument) else read).source
            if source not in done:
                self._finish(file_hash, complete)
                file_hash, complete = "", True
                done.add(source)
                tell()
            if isinstance(read, Passed):
                self.left_out += read.left_out
                # A file of which nothing is wanted has nothing staged: it is no finished one.
                file_hash = file_hash or (read.file_hash if read.known else "")
                continue
            file_hash = self._take(read, expected, is_stored)
            complete = complete and file_hash != ""
            taken += 1
            if taken % STAGED_AT_ONCE == 0:
                self.commit()
        self._finish(file_hash, complete)
        self.commit()
        if self._elsewhere:
            self.encoding_seconds += time.monotonic() - started

    def note_read_before(self) -> None:
        """Report what a stopped build has read as if it were read now: nobody was told of it."""
        for one in staging.staged_sources(self.connection):
            document = staging.staged_document(self.connection, one.doc_id)
            self.read.append(document_row(document or stored_document(self.connection, one.doc_id)))

    def _take(
        self,
        read: Document | SkippedFile | ReadyDocument,
        expected: Collection[str],
        is_stored: Callable[[Document], bool],
    ) -> str:
        """Stage a document or note why there is none; gives the file's hash, "" for none."""
        outcome = read.document if isinstance(read, ReadyDocument) else read
        if isinstance(outcome, SkippedFile):
            self.skipped.append(outcome)
            return ""
        if outcome.file_hash not in expected:
            self.skipped.append(
                SkippedFile(outcome.source, "changed while it was read", "build again")
            )
            return ""
        self._begin()
        staging.stage_source(
            self.connection, StagedSource(outcome.file_hash, outcome.part, outcome.doc_id)
        )
        self.read.append(document_row(outcome))
        if not is_stored(outcome):
            new = staging.stage_document(self.connection, outcome, self.read_as)
            if isinstance(read, ReadyDocument):
                self._take_ready(read)
            elif new:
                self._cut_if_no_page(outcome)
        return outcome.file_hash

    def _take_ready(self, ready: ReadyDocument) -> None:
        """Stage what was made of a document elsewhere."""
        staging.stage_passages(
            self.connection, ready.document.doc_id, ready.passages, None, self.split_as()
        )
        new = store_missing_vectors(
            self.connection, ready.names, ready.vectors, self.choice.fingerprint
        )
        self.encoded += new
        self._elsewhere = ready.runtime if new else self._elsewhere

    def _finish(self, file_hash: str, complete: bool) -> None:
        """Note that a file need not be read again; one that must be reported again is."""
        if complete and file_hash:
            self._begin()
            staging.finish_file(self.connection, file_hash)

    def stage_again(self, doc_ids: Iterable[str]) -> None:
        """Stage documents of the catalog whose passages are to be made anew."""
        for doc_id in doc_ids:
            self._begin()
            document = stored_document(self.connection, doc_id)
            if staging.stage_document(self.connection, document, self.read_as):
                self._cut_if_no_page(document)
        self.commit()

    def _cut_if_no_page(self, document: Document) -> None:
        """Cut what needs no look at other documents; pages of web sites wait for each other."""
        if not staging.is_page(document):
            self._cut(document, None, document)

    def cut_the_rest(self, site_text: SiteText) -> None:
        """Cut all staged documents that have no passages yet, and all pages of web sites."""
        self._begin()
        staging.uncut_pages(self.connection)
        for done, document in enumerate(staging.uncut_documents(self.connection, self.split_as())):
            self.progress("Splitting into passages", done, done + 1)
            self._begin()
            page = site_text.page(document.doc_id)
            self._cut(document, page, site_text.marked(document))
        self.commit()

    def split_as(self) -> str:
        """Names what passages are cut and encoded with."""
        return split_as(self.encoder())

    def _cut(self, document: Document, page: SitePage | None, marked: Document) -> None:
        passages = cut(marked, self.encoder())
        staging.stage_passages(self.connection, document.doc_id, passages, page, self.split_as())
        self._wait_for(passages)

    def _known_vectors(self) -> Iterable[str]:
        return known_vectors(self.connection, self.choice.fingerprint)

    def _wait_for(self, passages: Sequence[PreparedPassage]) -> None:
        texts = {one.vector_hash: one.encoded_text for one in passages}
        for name in missing_vectors(self.connection, texts, self.choice.fingerprint):
            self.waiting[name] = texts[name]
        if len(self.waiting) >= POOLED:
            self.encode_pool()

    def pool_staged(self) -> None:
        """Wait with what an earlier build has cut and not encoded."""
        for prepared in staging.prepared_documents(self.connection):
            self._wait_for(prepared.passages)

    def encode_pool(self) -> None:
        """Make the vectors of all that waits, and commit them a few at a time."""
        self.commit()
        names = sorted(self.waiting, key=lambda name: len(self.waiting[name]))
        started = time.monotonic()
        for start in range(0, len(names), ENCODED_AT_ONCE):
            self.progress("Encoding passages", start, len(names))
            batch = names[start : start + ENCODED_AT_ONCE]
            vectors = self.encoder().encode_passages([self.waiting[name] for name in batch])
            self._begin()
            store_vectors(self.connection, batch, vectors, self.choice.fingerprint)
            self.commit()
            for name in batch:
                del self.waiting[name]
            self.encoded += len(batch)
        if names:
            self.progress("Encoding passages", len(names), len(names))
            self.encoding_seconds += time.monotonic() - started

    def _begin(self) -> None:
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make durable what was staged."""
        if self.connection.in_transaction:
            self.connection.execute("COMMIT")


def same_document(stored: Document, read: Document) -> bool:
    """Whether a document was read again as it is stored, wherever it was read from."""
    return replace(stored, source=read.source, part=read.part) == read
