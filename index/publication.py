"""Publishing: documents are replaced and a generation appears, all in one transaction."""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from index import staging, undo, writing
from index.base import (
    KEPT_BASES,
    MergePolicy,
    changed_since,
    remove_other_bases,
    write_base,
)
from index.batches import batched
from index.calibration import UNRELATED_QUERIES, calibrate
from index.encoders import Encoder
from index.engines import VectorEngine
from index.errors import IndexDamagedError, PublicationRefusedError
from index.file_stamps import forget_stamps
from index.keywords import ANALYZER_VERSION
from index.layers import Layers, layers_of, open_base
from index.manifest import Base, BuildSettings, Calibration, Manifest
from index.near_duplicate_groups import (
    NearDuplicates,
    group_added,
    group_afresh,
    group_removed,
    is_faster_afresh,
    near_duplicates,
)
from index.probes import (
    PROBES,
    Prober,
    ProbeReport,
    choose_questions,
    compare,
    note_unprobed,
    renamed,
    source_name,
    store_probes,
    stored_probes,
    take_unprobed,
)
from index.progress import Progress
from index.questions import vectors_of_questions
from index.sources import StoredSource, change_sources
from index.vector_store import forget_unused_vectors
from index.vocabulary import forget_vocabulary, store_vocabulary
from index.write_access import WriteAccess
from ingest.documents import READING_VERSION
from ingest.passages import PassageBudget

MAX_PASSAGE_TOKENS = 254
"""Longer passages blur what they are about, even where an encoder could read them."""
TOGETHER = 300
"""Documents whose words are counted together: one that many of them have is written once."""

Agree = Callable[[ProbeReport], bool]
"""Asked before a publication that loses much; False leaves everything as it was."""


@dataclass(frozen=True)
class Change:
    """What the next generation changes beside the documents that are staged.

    `dropped` are documents that go. `starts_empty` where nothing that is stored can be trusted to
    belong together.
    """

    dropped: Collection[str]
    removed_sources: Sequence[StoredSource]
    added_sources: Sequence[StoredSource]
    starts_empty: bool = False


@dataclass(frozen=True)
class Publishing:
    """How a generation is published.

    `rehearsed`: all is done but the last step, and undone. `rewrites_base` where the base that is
    there cannot be used.
    """

    settings: BuildSettings
    dim: int
    encoder: Callable[[], Encoder]
    progress: Progress
    agree: Agree | None = None
    rehearsed: bool = False
    rewrites_base: bool = False
    merging: MergePolicy = field(default_factory=MergePolicy)


@dataclass(frozen=True)
class Published:
    """The new generation, whether it has a base of its own, how the probes moved, and its groups.

    All as it would be, where it was rehearsed.
    """

    manifest: Manifest
    merged: bool
    probes: ProbeReport
    near_duplicates: NearDuplicates


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
    access: WriteAccess, before: Manifest | None, change: Change, how: Publishing
) -> Published:
    """Publish what is staged as the generation after `before`.

    Nothing of it is seen before the transaction commits; the files of a base are written first.
    A transaction that the caller has begun is gone on with and ended in the same way.
    Raises `PublicationRefusedError` where much would be lost and nobody agreed.
    """
    connection, folder = access.connection, access.folder
    try:
        if not connection.in_transaction:
            connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        _change_documents(connection, before, change, how)
        published = _publish(connection, folder, before, change, how)
        access.lock.check()
        connection.execute("ROLLBACK" if how.rehearsed else "COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        with suppress(sqlite3.Error):
            remove_other_bases(folder, kept_bases(connection))
        raise
    remove_other_bases(folder, kept_bases(connection))
    return published


def kept_bases(connection: sqlite3.Connection) -> list[str]:
    """The folders of the newest bases that generations name."""
    bases: dict[str, None] = {}
    for (stored,) in connection.execute(
        "SELECT manifest FROM generations ORDER BY generation DESC"
    ):
        with suppress(KeyError, TypeError, ValueError):
            bases[Manifest.from_json(stored).base.folder] = None
    return list(bases)[:KEPT_BASES]


def _change_documents(
    connection: sqlite3.Connection, before: Manifest | None, change: Change, how: Publishing
) -> None:
    undo.forget_undo(connection)
    staged = staging.staged_doc_ids(connection)
    if change.starts_empty:
        writing.delete_all_documents(connection)
    last_row = before.base.last_row if before else 0
    going = writing.stored_numbers(connection, staged | set(change.dropped))
    (count,) = connection.execute("SELECT count(*) FROM documents").fetchone()
    afresh = is_faster_afresh(len(going) + len(staged), count)
    if not afresh:
        group_removed(connection, going.values())
    for doc_ids in batched(going, TOGETHER):
        forget_vocabulary(connection, *doc_ids)
        for doc_id in doc_ids:
            undo.keep_document(connection, doc_id)
            writing.delete_document(connection, doc_id, last_row)
    _store_staged(connection, len(staged), how)
    if not change.starts_empty:
        undo.note_sources(connection, change.removed_sources, change.added_sources)
        change_sources(connection, change.removed_sources, ())
    change_sources(connection, (), change.added_sources)
    how.progress("Comparing documents", 0, len(staged))
    if afresh:
        group_afresh(connection)
    else:
        group_added(connection, writing.stored_numbers(connection, staged).values())
    staging.forget_staged(connection)
    forget_stamps(connection)


def _store_staged(connection: sqlite3.Connection, count: int, how: Publishing) -> None:
    for done, several in enumerate(batched(staging.prepared_documents(connection), TOGETHER)):
        how.progress("Storing documents", min(count, done * TOGETHER), count)
        for prepared in several:
            writing.insert_document(connection, prepared, how.settings.fingerprint)
            undo.note_added(connection, prepared.document.doc_id)
        store_vocabulary(connection, *[prepared.document for prepared in several])


def _publish(
    connection: sqlite3.Connection,
    folder: Path,
    before: Manifest | None,
    change: Change,
    how: Publishing,
) -> Published:
    generation = before.generation + 1 if before else 1
    fingerprint = how.settings.fingerprint
    base, merged = _base(connection, folder, before, generation, change, how)
    try:
        layers = layers_of(connection, open_base(folder, base, fingerprint, how.dim, trusted=True))
    except ValueError as error:
        raise IndexDamagedError(folder, str(error)) from error
    keeps = before is not None and not merged
    calibration = (
        before.calibration if before and keeps else _calibrate(connection, layers.engine, how)
    )
    documents, passages = connection.execute(
        "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
    ).fetchone()
    manifest = Manifest(
        identity=before.identity if before else uuid4().hex,
        generation=generation,
        published_at=datetime.now(UTC).isoformat(timespec="seconds"),
        settings=how.settings,
        calibration=calibration,
        documents=documents,
        passages=passages,
        dim=how.dim,
        base=base,
    )
    probes = _probe(connection, layers, merged, change, how)
    if probes.loses_much and how.agree and not how.agree(probes):
        raise PublicationRefusedError(folder, probes.lost, probes.before)
    connection.execute("INSERT INTO generations VALUES (?, ?)", (generation, manifest.to_json()))
    kept = generation if change.starts_empty else generation - 1
    connection.execute("DELETE FROM generations WHERE generation < ?", (kept,))
    return Published(manifest, merged, probes, near_duplicates(connection))


def _base(
    connection: sqlite3.Connection,
    folder: Path,
    before: Manifest | None,
    generation: int,
    change: Change,
    how: Publishing,
) -> tuple[Base, bool]:
    """The base of the new generation: the one before, or a new one."""
    if before is not None and not change.starts_empty:
        same = before.settings.fingerprint == how.settings.fingerprint
        if (
            same
            and not how.rewrites_base
            and not how.merging.is_due(before.base, *changed_since(connection, before.base))
        ):
            return before.base, False
    forget_unused_vectors(connection)
    fingerprint = how.settings.fingerprint
    return write_base(connection, folder, generation, fingerprint, how.dim, how.progress), True


def _calibrate(
    connection: sqlite3.Connection, engine: VectorEngine, how: Publishing
) -> Calibration:
    vectors = vectors_of_questions(
        connection, UNRELATED_QUERIES, how.settings.fingerprint, how.encoder
    )
    return calibrate(engine, list(vectors.values()))


def _probe(
    connection: sqlite3.Connection, layers: Layers, merged: bool, change: Change, how: Publishing
) -> ProbeReport:
    """Ask the probe questions; what they find is stored for the next generation.

    After a small change only those that had found what is gone or changed: no other can lose.
    """
    before = {} if change.starts_empty else stored_probes(connection)
    chosen = list(before)
    if len(chosen) < PROBES:
        chosen = list(dict.fromkeys([*before, *choose_questions(connection)]))[:PROBES]
    removed = {source_name(one.path, one.part): one.doc_id for one in change.removed_sources}
    to_ask = [
        question
        for question in chosen
        if merged or question not in before or not removed.keys().isdisjoint(before[question])
    ]
    vectors = vectors_of_questions(connection, to_ask, how.settings.fingerprint, how.encoder)
    prober = Prober(connection, layers.engine, layers.keywords(connection))
    now = {question: before[question] for question in chosen if question in before}
    for done, question in enumerate(to_ask):
        how.progress("Asking probe questions", done, len(to_ask))
        now[question] = prober.ask(question, vectors[question])
    store_probes(connection, now)
    before = renamed(connection, before, removed) if removed else before
    known = removed.keys() | {hit for hits in before.values() for hit in hits}
    added = {source_name(one.path, one.part) for one in change.added_sources} - known
    if merged:
        added |= take_unprobed(connection) - known
    else:
        note_unprobed(connection, added)
    return compare(before, now, added, len(to_ask))
