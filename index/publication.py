"""Publishing: documents are replaced and a generation appears, all in one transaction."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index import writing
from index.calibration import calibrate
from index.encoders import Encoder
from index.engines import engine_for
from index.keywords import ANALYZER_VERSION
from index.manifest import BuildSettings, Manifest
from index.reading import unsound_vectors
from index.site_paragraphs import SitePage, store_site_page
from index.writing import PreparedPassage, StoredSource
from ingest.documents import READING_VERSION, Document
from ingest.passages import PassageBudget

MAX_PASSAGE_TOKENS = 254
"""Longer passages blur what they are about, even where an encoder could read them."""
KEPT_GENERATIONS = 2
"""Vector files kept: the published one, and the one that a running search may still hold."""


@dataclass(frozen=True)
class PreparedDocument:
    """A document with its passages, ready to be stored."""

    document: Document
    passages: tuple[PreparedPassage, ...]
    site_page: SitePage | None = None


@dataclass(frozen=True)
class Contents:
    """What the next generation changes: documents put in and taken out, and all its sources.

    `starts_empty` where nothing that is stored can be trusted to belong together.
    """

    prepared: tuple[PreparedDocument, ...]
    dropped: frozenset[str]
    starts_empty: bool
    sources: tuple[StoredSource, ...]


def settings_for(encoder: Encoder) -> BuildSettings:
    """What shapes an index that is built with an encoder today."""
    query_prompt, passage_prompt = encoder.prompts
    return BuildSettings(
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        query_prompt=query_prompt,
        passage_prompt=passage_prompt,
        budget=PassageBudget(tokens=min(encoder.max_tokens, MAX_PASSAGE_TOKENS)),
        reading_version=READING_VERSION,
        analyzer_version=ANALYZER_VERSION,
    )


def publish(
    connection: sqlite3.Connection,
    folder: Path,
    encoder: Encoder,
    before: Manifest | None,
    contents: Contents,
) -> Manifest:
    """Store the contents and publish them as the generation after `before`.

    Nothing of it is seen before the transaction commits; the vector file is written first.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        if contents.starts_empty:
            writing.delete_all_documents(connection)
        for doc_id in contents.dropped | {one.document.doc_id for one in contents.prepared}:
            writing.delete_document(connection, doc_id)
        for one in contents.prepared:
            writing.insert_document(connection, one.document, one.passages)
            if one.site_page:
                store_site_page(connection, one.site_page)
        writing.set_sources(connection, contents.sources)
        writing.group_near_duplicates(connection)
        writing.forget_unused_vectors(connection, encoder.fingerprint)
        generation = before.generation + 1 if before else 1
        manifest = _write_vectors(connection, folder, encoder, generation)
        writing.publish(connection, manifest, KEPT_GENERATIONS)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    _remove_old_files(folder, generation)
    return manifest


def vectors_intact(folder: Path, manifest: Manifest) -> bool:
    """Whether the vector file of a generation is there as it was written."""
    from index.engines.faiss_engine import FaissEngine

    try:
        FaissEngine.load(manifest.engine, folder / manifest.vectors_file, manifest.vectors_sha256)
    except ValueError:
        return False
    return True


def catalog_whole(connection: sqlite3.Connection, manifest: Manifest) -> bool:
    """Whether the catalog holds as many rows as its manifest says, each passage with a vector.

    Vectors of another length than the encoder's are dropped: they can only be made anew.
    """
    connection.execute(
        "DELETE FROM vectors WHERE fingerprint = ? AND length(vector) != ?",
        (manifest.settings.fingerprint, 2 * manifest.dim),
    )
    counts = connection.execute(
        "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages), "
        "(SELECT count(*) FROM keywords_docsize), (SELECT count(*) FROM passages JOIN vectors "
        "USING (vector_hash) WHERE fingerprint = ?)",
        (manifest.settings.fingerprint,),
    ).fetchone()
    return tuple(counts) == (manifest.documents, *[manifest.passages] * 3)


def forget_unsound_vectors(
    connection: sqlite3.Connection, folder: Path, before: Manifest | None, encoder: Encoder
) -> None:
    """Drop vectors that the encoder cannot have given, or that the vector file has otherwise.

    They can only be made anew.
    """
    unsound = list(unsound_vectors(connection, encoder.fingerprint, encoder.dim))
    names = [name for name, _ in unsound]
    if before is not None and before.settings.fingerprint == encoder.fingerprint:
        names += _disputed_vectors(connection, folder, before)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "DELETE FROM vectors WHERE fingerprint = ? AND vector_hash = ?",
        [(encoder.fingerprint, name) for name in names],
    )
    connection.execute("COMMIT")


def _disputed_vectors(
    connection: sqlite3.Connection, folder: Path, manifest: Manifest
) -> list[str]:
    """The hashes of vectors that differ from an intact vector file that keeps all their bits."""
    from index.checks.vector_checks import disputed_rows
    from index.engines.faiss_engine import FaissEngine

    try:
        path = folder / manifest.vectors_file
        engine = FaissEngine.load(manifest.engine, path, manifest.vectors_sha256)
    except ValueError:
        return []
    if not engine.is_exact:
        return []
    hashes = dict(connection.execute("SELECT row, vector_hash FROM passages"))
    return [hashes[row] for row in disputed_rows(connection, manifest, engine, list(hashes))]


def _write_vectors(
    connection: sqlite3.Connection, folder: Path, encoder: Encoder, generation: int
) -> Manifest:
    """Make the vector file of a generation from the catalog's own vectors."""
    from index.engines.faiss_engine import FaissEngine

    ids, vectors = writing.all_vectors(connection, encoder.fingerprint, encoder.dim)
    name = engine_for(len(ids))
    engine = FaissEngine.build(name, ids, vectors)
    file_name = f"vectors-{generation}.faiss"
    return Manifest(
        generation=generation,
        published_at=datetime.now(UTC).isoformat(timespec="seconds"),
        settings=settings_for(encoder),
        calibration=calibrate(encoder, engine, connection),
        documents=connection.execute("SELECT count(*) FROM documents").fetchone()[0],
        passages=len(ids),
        dim=encoder.dim,
        engine=name,
        vectors_file=file_name,
        vectors_sha256=engine.save(folder / file_name),
    )


def _remove_old_files(folder: Path, generation: int) -> None:
    kept = {f"vectors-{generation - back}.faiss" for back in range(KEPT_GENERATIONS)}
    for path in folder.glob("vectors-*"):
        if path.name not in kept:
            # A reader on Windows may still hold it; the next build removes it then.
            with suppress(OSError):
                path.unlink()
