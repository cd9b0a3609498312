"""An index folder as a store: what is put in waits in the catalog until it is published.

`python -m index build` reads files and knows what changed in them; whoever has documents ready
with their vectors writes here. Both publish in the same way (`index.publication`).
"""

import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path

from index import staging
from index.catalog import latest_manifest, prepare_folder
from index.encoders import Encoder, EncoderChoice
from index.errors import IndexOutdatedError
from index.preparation import READ_AS, same_document
from index.progress import Progress, no_progress
from index.publication import Change, Publishing, publish, settings_for
from index.reading import prepared_document
from index.sources import StoredSource, stored_sources
from index.stores import Candidate, EncodedDocument, StoreQuery
from index.stores.embedded_generation import EmbeddedGeneration, EmbeddedGenerations
from index.stores.opening import count_published
from index.vector_store import store_missing_vectors
from index.write_access import WriteAccess, writing
from index.writing import is_stored


class EmbeddedStore:
    """Fulfils `index.stores.Store` over a folder; `choice` is the encoder of all its vectors.

    The folder's lock is held from the first document until `flush` or `close`. Raises a
    `CatalogError`: `IndexOutdatedError` where the folder was built with other settings.
    """

    def __init__(
        self, folder: Path, choice: EncoderChoice, progress: Progress = no_progress
    ) -> None:
        self._folder = folder
        self._choice = choice
        self._progress = progress
        self._encoder: Encoder | None = None
        self._generations = EmbeddedGenerations(folder)
        self._writing = ExitStack()
        self._access: WriteAccess | None = None
        self._added: dict[tuple[str, str], StoredSource] = {}
        self._dropped: set[str] = set()

    @property
    def folder(self) -> Path:
        """The index folder."""
        return self._folder

    def upsert(self, documents: Iterable[EncodedDocument]) -> None:
        """Put documents in; one that is there is replaced, the same one again changes nothing."""
        connection = self._opened().connection
        for encoded in documents:
            document = encoded.prepared.document
            connection.execute("BEGIN IMMEDIATE")
            if not _is_as_stored(connection, encoded):
                stage_encoded(connection, encoded, self._choice.fingerprint)
            connection.execute("COMMIT")
            self._dropped.discard(encoded.doc_id)
            for file in encoded.sources:
                source = StoredSource(file.source, document.part, file.file_hash, encoded.doc_id)
                self._added[source.path, source.part] = source

    def delete(self, doc_id: str) -> None:
        """Take a document out with all its passages; one that is not there changes nothing."""
        connection = self._opened().connection
        self._added = {k: one for k, one in self._added.items() if one.doc_id != doc_id}
        connection.execute("DELETE FROM staged_documents WHERE doc_id = ?", (doc_id,))
        if is_stored(connection, doc_id):
            self._dropped.add(doc_id)

    def search(self, query: StoreQuery) -> list[Candidate]:
        """What the newest published generation finds."""
        with self.current() as generation:
            return generation.search(query)

    def current(self) -> AbstractContextManager[EmbeddedGeneration]:
        """The newest published generation, held for one answer."""
        return self._generations.current()

    def flush(self) -> None:
        """Publish what was put in and taken out; does nothing where nothing was."""
        if self._access is None:
            return
        change = self._change(self._access.connection)
        if change.dropped or change.added_sources or change.removed_sources or self._staged():
            before = latest_manifest(self._access.connection, self._folder)
            encoder = self._loaded()
            settings = settings_for(encoder)
            if before is not None:  # what is put in was selected by whoever puts it in
                settings = replace(settings, selection=before.settings.selection)
            if before is not None and before.settings != settings:
                raise IndexOutdatedError(self._folder)
            how = Publishing(settings, encoder.dim, self._loaded, self._progress)
            publish(self._access, before, change, how)
        self.close()

    def count(self) -> int:
        """The passages that are published; 0 where nothing has been yet."""
        return count_published(self._generations)

    def close(self) -> None:
        """Let go of the lock; what was not flushed is not published."""
        self._writing.close()
        self._access = None
        self._added, self._dropped = {}, set()

    def _opened(self) -> WriteAccess:
        if self._access is None:
            prepare_folder(self._folder)
            self._access = self._writing.enter_context(writing(self._folder))
            staging.forget_staged(self._access.connection)
        return self._access

    def _staged(self) -> set[str]:
        return staging.staged_doc_ids(self._opened().connection)

    def _loaded(self) -> Encoder:
        if self._encoder is None:
            self._encoder = self._choice.load()
        return self._encoder

    def _change(self, connection: sqlite3.Connection) -> Change:
        """What goes: documents taken out, and those whose every file holds another one now."""
        before = {(one.path, one.part): one for one in stored_sources(connection)}
        added = {key: one for key, one in self._added.items() if before.get(key) != one}
        removed = {
            key: one for key, one in before.items() if key in added or one.doc_id in self._dropped
        }
        left = {key: one for key, one in before.items() if key not in removed} | added
        after = {one.doc_id for one in left.values()}
        dropped = {one.doc_id for one in removed.values()} - after
        return Change(dropped, list(removed.values()), list(added.values()))


def stage_encoded(
    connection: sqlite3.Connection, encoded: EncodedDocument, fingerprint: str
) -> None:
    """Keep a document with its passages and vectors for the next publication.

    Inside the caller's transaction; nothing of it is kept twice.
    """
    document, passages = encoded.prepared.document, encoded.prepared.passages
    for file in encoded.sources:
        staging.stage_source(
            connection, staging.StagedSource(file.file_hash, document.part, document.doc_id)
        )
    names = [one.vector_hash for one in passages]
    store_missing_vectors(connection, names, encoded.vectors, fingerprint)
    connection.execute("DELETE FROM staged_documents WHERE doc_id = ?", (document.doc_id,))
    staging.stage_document(connection, document, READ_AS)
    staging.stage_passages(
        connection, document.doc_id, passages, encoded.prepared.site_page, fingerprint
    )


def _is_as_stored(connection: sqlite3.Connection, encoded: EncodedDocument) -> bool:
    """Whether the catalog has this very document, with the same passages and vectors' names."""
    if not is_stored(connection, encoded.doc_id):
        return False
    stored, given = prepared_document(connection, encoded.doc_id), encoded.prepared
    return (
        same_document(stored.document, given.document)
        and [one.passage for one in stored.passages] == [one.passage for one in given.passages]
        and [one.vector_hash for one in stored.passages]
        == [one.vector_hash for one in given.passages]
    )
