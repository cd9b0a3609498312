"""A server made to serve what an index folder has published; and a store that is both.

The folder stays the one truth: what the server has is derived from it, and can be made again. Only
differences are sent, into the collection that is not served, which is then switched to; killed at
any moment nothing is half-published, and the next run goes on with what is there.
"""

import sqlite3
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.batches import batched
from index.catalog import published
from index.errors import IndexDamagedError, IndexMissingError
from index.lock import writer_lock
from index.manifest import Manifest
from index.progress import Progress, no_progress
from index.proof import count_problem
from index.served_note import ServedNote, note_served
from index.store_errors import StoreDamagedError, StoreError
from index.stores import Candidate, EncodedDocument, Generation, StoreQuery
from index.stores.cards import pack, pieces, write_cards
from index.stores.contents import Contents, Holding, Part, begin, changed, under_way
from index.stores.embedded import EmbeddedStore
from index.stores.milvus.generations import MilvusGenerations, card_key
from index.stores.milvus.rows import passage_number
from index.stores.milvus.served_manifest import ServedManifest, is_of
from index.stores.milvus.server import MilvusServer
from index.stores.opening import answered, count_published
from index.stores.served_documents import document_key, holdings, served_document

_DOCUMENTS_AT_ONCE = 256
"""Documents that are held in memory together, some 20 MB of articles."""
_PIECES_AT_ONCE = 64
"""Pieces of cards that are sent together, 16 MB."""
COMPARING, SENDING, CARDS, PUBLISHING = (
    "Comparing with the server", "Sending documents", "Sending cards", "Publishing on the server",
)  # fmt: skip


class NotTheWriterError(StoreError):
    """A store without a folder of its own is asked to change."""

    def __init__(self, address: object) -> None:
        super().__init__(
            f"documents come to {address} through an index folder: "
            f"python -m index build PATH … --store {address}"
        )


@dataclass(frozen=True)
class Mirrored:
    """What was done so that a server serves a generation of a folder.

    `passages` and `documents_put` were sent, as they are new or changed; all are 0 where it was
    served already. `hybrid` says whether the server searches by words, too.
    """

    address: str
    server: str
    hybrid: bool
    generation: int
    documents: int
    documents_put: int
    documents_removed: int
    passages: int
    cards_bytes: int
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)

    def to_text(self) -> str:
        """One or two lines for people."""
        legs = (
            ""
            if self.hybrid
            else f"\nMilvus {self.server} proposes by meaning only; by words from 2.5 on."
        )
        if not self.cards_bytes:
            return f"{self.address} serves generation {self.generation} already.{legs}"
        return (
            f"{self.address} serves generation {self.generation}: {self.documents:,} documents, "
            f"{self.documents_put:,} of them sent ({self.passages:,} passages), "
            f"{self.documents_removed:,} removed; {self.seconds:.1f} s.{legs}"
        )


@dataclass
class _Sent:
    """What was changed on the server so far."""

    documents_put: int = 0
    documents_removed: int = 0
    passages: int = 0
    cards_bytes: int = 0


@dataclass(frozen=True)
class _Mirroring:
    """One generation of a folder on its way to the server."""

    connection: sqlite3.Connection
    manifest: Manifest
    server: MilvusServer
    progress: Progress

    def run(self, afresh: bool) -> _Sent:
        """Write the collection that is not served, and have it served."""
        sent = _Sent()
        collection = self.server.spare()
        self.progress(COMPARING, 0, self.manifest.documents)
        contents = begin(self.server, collection, self.manifest, afresh)
        holds = contents.read()
        wanted = self._wanted(contents)
        for part, (before, after) in enumerate(zip(holds, wanted, strict=True)):
            self._change(contents, part, before, after, sent)
        self._publish(collection, sent)
        return sent

    def _wanted(self, contents: Contents) -> list[Part]:
        """What each part is to hold."""
        wanted: list[dict[str, Holding]] = [{} for _ in range(contents.parts)]
        for done, (doc_id, holding) in enumerate(holdings(self.connection)):
            if done % _DOCUMENTS_AT_ONCE == 0:
                self.progress(COMPARING, done, self.manifest.documents)
            wanted[contents.part_of(doc_id)][doc_id] = holding
        return list(wanted)

    def _change(
        self, contents: Contents, part: int, before: Part, after: Part, sent: _Sent
    ) -> None:
        put, gone = changed(before, after)
        if not put and not gone:
            return
        contents.note(part, under_way(before, after, [*put, *gone]))
        for some in batched(put, _DOCUMENTS_AT_ONCE):
            self.progress(SENDING, sent.documents_put, self.manifest.documents)
            self._put(contents.collection, some, sent)
        self.progress(SENDING, sent.documents_put, self.manifest.documents)
        self.server.delete(contents.collection, _rows_that_go(before, after, [*put, *gone]))
        self.server.delete_records(contents.collection, [document_key(one) for one in gone])
        self.progress(SENDING, sent.documents_put, self.manifest.documents)
        contents.note(part, after)
        sent.documents_removed += len(gone)

    def _put(self, collection: str, doc_ids: Sequence[str], sent: _Sent) -> None:
        read = [served_document(self.connection, one, self.manifest) for one in doc_ids]
        self.server.upsert(collection, (row for one in read for row in one.rows))
        self.progress(SENDING, sent.documents_put, self.manifest.documents)
        self.server.put_records(collection, (one.record for one in read))
        sent.documents_put += len(read)
        sent.passages += sum(len(one.rows) for one in read)

    def _publish(self, collection: str, sent: _Sent) -> None:
        """Send the cards, and switch."""
        with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
            path = Path(folder, "cards.zip")
            write_cards(self.connection, Path(folder))
            sha256 = pack(Path(folder), path)
            sent.cards_bytes = path.stat().st_size
            count = 0
            for some in batched(pieces(path), _PIECES_AT_ONCE):
                self.progress(CARDS, count, count + len(some))
                self.server.put_records(
                    collection, [(card_key(count + n), text) for n, text in enumerate(some)]
                )
                count += len(some)
        self.progress(PUBLISHING, 0, 1)
        manifest = ServedManifest(self.manifest, count).to_json()
        self.server.finish(collection, manifest, sha256, self.manifest.passages)
        self.progress(PUBLISHING, 1, 1)


def mirror(folder: Path, server: MilvusServer, progress: Progress = no_progress) -> Mirrored:
    """Have a server serve the published generation of a folder; nothing is sent if it does.

    Nobody else writes folder or server meanwhile. Raises a `CatalogError`; then what was served
    before is served on, and the next run goes on with what was sent.
    """
    started = time.monotonic()
    with writer_lock(folder), published(folder) as (connection, manifest):
        if problem := count_problem(connection, manifest):
            raise IndexDamagedError(folder, problem)
        served, sent = server.served(), _Sent()
        if served is None or not is_of(served.manifest, manifest):
            mirroring = _Mirroring(connection, manifest, server, progress)
            try:
                sent = mirroring.run(afresh=False)
            except StoreDamagedError:  # what it had is not what it says it has
                sent = mirroring.run(afresh=True)
    with suppress(OSError):
        note = ServedNote(str(server.address), manifest.identity, manifest.generation)
        note_served(folder, note)
    return Mirrored(
        address=str(server.address),
        server=server.version,
        hybrid=server.hybrid,
        generation=manifest.generation,
        documents=manifest.documents,
        documents_put=sent.documents_put,
        documents_removed=sent.documents_removed,
        passages=sent.passages,
        cards_bytes=sent.cards_bytes,
        seconds=round(time.monotonic() - started, 3),
    )


class ServedStore:
    """Fulfils `index.stores.Store`: written through a folder, asked at the server.

    Without a `writer` it is only asked.
    """

    def __init__(
        self, writer: EmbeddedStore | None, server: MilvusServer, progress: Progress = no_progress
    ) -> None:
        self._writer = writer
        self._server = server
        self._progress = progress
        self._generations = MilvusGenerations(server.address, server)

    def upsert(self, documents: Iterable[EncodedDocument]) -> None:
        """Put documents in; one that is there is replaced, the same one again changes nothing."""
        self._writing().upsert(documents)

    def delete(self, doc_id: str) -> None:
        """Take a document out with all its passages; one that is not there changes nothing."""
        self._writing().delete(doc_id)

    def search(self, query: StoreQuery) -> list[Candidate]:
        """What the newest served generation finds."""
        return answered(self._generations, lambda generation: generation.search(query))

    def current(self) -> AbstractContextManager[Generation]:
        """The newest served generation, held for one answer."""
        return self._generations.current()

    def flush(self) -> None:
        """Publish in the folder, and have the server serve it; nothing where nothing was done."""
        writer = self._writing()
        writer.flush()
        with suppress(IndexMissingError):  # nothing was ever put in
            mirror(writer.folder, self._server, self._progress)

    def count(self) -> int:
        """The passages that are served; 0 where nothing has been yet."""
        return count_published(self._generations)

    def close(self) -> None:
        """Let go of the folder's lock and of the connection."""
        if self._writer is not None:
            self._writer.close()
        self._server.close()

    def _writing(self) -> EmbeddedStore:
        if self._writer is None:
            raise NotTheWriterError(self._server.address)
        return self._writer


def _rows_that_go(before: Part, after: Part, doc_ids: Iterable[str]) -> list[int]:
    """Rows of documents that are gone, and of passages that documents have no more."""
    return [
        passage_number(f"{doc_id}:{ordinal}")
        for doc_id in doc_ids
        if doc_id in before
        for ordinal in range(
            after[doc_id].passages if doc_id in after else 0, before[doc_id].passages
        )
    ]
