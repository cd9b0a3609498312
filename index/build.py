"""Documents to an index folder: the only writer.

`build_index` makes the folder hold exactly what is under the paths, `update_index` brings some
files up to date and leaves all others. Text that has been encoded before is never encoded again,
also after a build that was killed.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from index import staging
from index.base import is_intact
from index.catalog import forget_generations, latest_manifest, prepare_folder
from index.changes import (
    SourceChanges,
    compare_sources,
    files_to_read,
    find_and_hash,
    refuse_missing,
)
from index.cluster.shards import forget_shards
from index.encoders import EncoderChoice
from index.errors import (
    IndexDamagedError,
    IndexOutdatedError,
    NothingToIndexError,
    PathMissingError,
)
from index.free_space import least_bytes, refuse_too_little
from index.keywords import ANALYZER_VERSION
from index.manifest import Manifest
from index.options import DEFAULT_OPTIONS, BuildOptions
from index.preparation import Preparation, same_document
from index.progress import Progress, no_progress
from index.publication import Change, Published, Publishing, publish, settings_for
from index.reading import stored_document
from index.reading_orders import ReadingOrders
from index.report import BuildReport, build_report
from index.site_paragraphs import find_site_text, stored_site_pages, touched_sites
from index.soundness import (
    catalog_whole,
    forget_misshapen_vectors,
    forget_unsound_vectors,
)
from index.sources import (
    StoredSource,
    has_other_source,
    known_contents,
    stored_sources,
)
from index.uploads import uploads_in_index
from index.write_access import WriteAccess, writing, writing_published
from index.writing import is_stored, stored_doc_ids, unfinished_doc_ids, unfinished_file_hashes
from ingest.documents import READING_VERSION, Document
from ingest.files import SourceFile, path_exists
from ingest.selection import EVERYTHING, Selection


@dataclass
class Build:
    """One build under way: what it works on, and what it found there."""

    access: WriteAccess
    choice: EncoderChoice
    progress: Progress
    options: BuildOptions
    before: Manifest | None
    whole: bool
    scope: tuple[Path, ...] | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        """The catalog."""
        return self.access.connection

    @property
    def folder(self) -> Path:
        """The index folder."""
        return self.access.folder

    def __post_init__(self) -> None:
        self.orders = ReadingOrders(self.connection, self.folder, self.selection)
        self.preparation = Preparation(
            self.connection,
            self.choice,
            self.progress,
            self.options.reader,
            read_as=self.orders.read_as,
        )

    @property
    def selection(self) -> Selection:
        """What is wanted of the files: as asked for, else as it was."""
        if self.options.selection is not None and self.scope is None:
            return self.options.selection
        return self.before.settings.selection if self.before else EVERYTHING

    def reads_as_before(self) -> bool:
        """Whether stored documents are all there, and what their files would be read as today."""
        return (
            self.before is not None
            and self.whole
            and self.before.settings.reading_version == READING_VERSION
            and self.before.settings.selection == self.selection
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
        return self.splits_as_before() and self.base_is_intact

    @cached_property
    def base_is_intact(self) -> bool:
        """Whether the base's files are as they were written; an update takes that for granted."""
        if self.before is None or self.scope is not None:
            return self.before is not None
        return is_intact(self.folder, self.before.base)


def build_index(
    paths: Sequence[Path],
    folder: Path,
    choice: EncoderChoice,
    progress: Progress = no_progress,
    options: BuildOptions = DEFAULT_OPTIONS,
) -> BuildReport:
    """Make the index in `folder` hold exactly the documents under `paths`, and uploaded ones.

    Those that came through the page and are in the index stay while their files are kept.
    Raises a `CatalogError`; then what was published before is still served.
    """
    refuse_missing(paths)
    prepare_folder(folder)
    with writing(folder) as access:
        build = _opened(access, choice, progress, options)
        if build.before is not None and options.only_if_missing:
            return build_report(folder, access.connection, build.before)
        return _run(build, [*paths, *uploads_in_index(access.connection, folder)])


def update_index(
    paths: Sequence[Path],
    folder: Path,
    choose: Callable[[str], EncoderChoice],
    progress: Progress = no_progress,
    options: BuildOptions = DEFAULT_OPTIONS,
) -> BuildReport:
    """Bring the files in and under `paths` up to date; all other documents stay as they are.

    What is there is added or changed, what is gone is removed. `choose` finds the model that the
    index was built with. Raises a `CatalogError`; then what was published before is served.
    """
    with writing_published(folder) as (access, before):
        scope = tuple(path.resolve() for path in paths)
        for path, full in zip(paths, scope, strict=True):
            if not path_exists(path) and not stored_sources(access.connection, [full]):
                raise PathMissingError(path)
        choice = choose(before.settings.model)
        build = Build(access, choice, progress, options, before, True, scope)
        if not build.splits_as_before():
            raise IndexOutdatedError(folder)
        return _run(build, [path for path in paths if path_exists(path)])


def _opened(
    access: WriteAccess, choice: EncoderChoice, progress: Progress, options: BuildOptions
) -> Build:
    connection, folder = access.connection, access.folder
    try:
        before = latest_manifest(connection, folder)
    except IndexDamagedError:
        # What cannot be read cannot be kept: all documents are read again.
        forget_generations(connection)
        before = None
    whole = before is not None and not options.afresh and catalog_whole(connection, before)
    if before is not None and not whole:
        forget_misshapen_vectors(connection, before)
    build = Build(access, choice, progress, options, before, whole)
    if options.afresh:
        forget_unsound_vectors(connection, folder, before, build.preparation.encoder())
    return build


def _run(build: Build, paths: Sequence[Path]) -> BuildReport:
    found = find_and_hash(
        build.connection, paths, build.folder, build.progress, build.options.afresh
    )
    before = stored_sources(build.connection, build.scope)
    hashes = [file.file_hash for file in found.files]
    known = _known(build, before, hashes)
    to_read = files_to_read(found.files, _read_already(build, known, hashes))
    _stage(build, hashes, to_read, known)
    staged = [
        StoredSource("", one.part, one.file_hash, one.doc_id)
        for one in staging.staged_sources(build.connection)
    ]
    preparation = build.preparation
    skipped = (*found.skipped, *preparation.skipped)
    unread = [skip.source for skip in skipped if not skip.part]
    changes = compare_sources(found, [*known, *staged], before, unread)
    if not changes.sources and not _others_remain(build, before):
        raise NothingToIndexError([str(path) for path in paths], skipped, preparation.left_out)
    dropped = _finish_staging(build, changes, before)
    change = _change(build, changes, before, dropped)
    if build.before is not None and not _changes_anything(build, change) and build.is_current():
        _forget_staged(build)
        return build_report(
            build.folder, build.connection, build.before, changes, preparation, skipped
        )
    preparation.pool_staged()
    if build.before is not None:
        waiting, dim = len(preparation.waiting), build.before.dim
        refuse_too_little(build.folder, least_bytes(waiting, build.before.passages, dim))
    preparation.encode_pool()
    published = _publish(build, change)
    if not build.options.rehearsed:
        forget_shards(build.folder)
    return build_report(
        build.folder,
        build.connection,
        published.manifest,
        changes,
        preparation,
        skipped,
        published,
        build.options.rehearsed,
    )


def _known(
    build: Build, before: Sequence[StoredSource], hashes: Sequence[str]
) -> list[StoredSource]:
    """The contents that need not be read again."""
    if not build.reads_as_before():
        return []
    unfinished = unfinished_doc_ids(build.connection)
    contents = before if build.scope is None else known_contents(build.connection, hashes)
    return [source for source in contents if source.doc_id not in unfinished]


def _read_already(build: Build, known: Sequence[StoredSource], hashes: Sequence[str]) -> set[str]:
    """Hashes of files that are known, or that a build which was stopped has read."""
    connection = build.connection
    connection.execute("BEGIN IMMEDIATE")
    staging.forget_other_readings(connection, build.preparation.read_as)
    staging.keep_only(connection, hashes)
    staging.forget_missing(connection, or_stored=build.reads_as_before())
    connection.execute("COMMIT")
    unfinished = unfinished_file_hashes(connection) if known else set()
    read = {source.file_hash for source in known} - unfinished
    return read | staging.finished_files(connection)


def _stage(
    build: Build,
    hashes: Sequence[str],
    to_read: Sequence[SourceFile],
    known: Sequence[StoredSource],
) -> None:
    def as_stored(document: Document) -> bool:
        if not build.reads_as_before() or not is_stored(build.connection, document.doc_id):
            return False
        return same_document(stored_document(build.connection, document.doc_id), document)

    orders = build.orders.knowing(known, {file.file_hash for file in to_read})
    build.preparation.order_of = orders
    build.preparation.note_read_before()
    build.preparation.read_files(to_read, set(hashes), as_stored)


def _finish_staging(
    build: Build, changes: SourceChanges, before: Sequence[StoredSource]
) -> set[str]:
    """Cut what is staged, and what must be cut anew because of it; gives the documents that go."""
    connection, preparation = build.connection, build.preparation
    stored = stored_doc_ids(connection) if build.scope is None else {one.doc_id for one in before}
    wanted = {source.doc_id for source in changes.sources}
    paths = {one.path for one in before}
    dropped = {
        doc_id
        for doc_id in stored - wanted
        if build.scope is None or not has_other_source(connection, doc_id, paths)
    }
    staged = staging.staged_doc_ids(connection)
    touched = touched_sites(connection, staging.documents_of_sites(connection), staged | dropped)
    pages = stored_site_pages(connection, touched if build.splits_as_before() else None)
    site_text = find_site_text(
        staging.documents_of_sites(connection), pages, pages.keys() - dropped - staged
    )
    again = set(site_text.changed(pages)) if build.splits_as_before() else wanted & stored
    preparation.stage_again(sorted(again - staged))
    if staging.staged_doc_ids(connection):
        preparation.cut_the_rest(site_text)
    return dropped


def _change(
    build: Build, changes: SourceChanges, before: Sequence[StoredSource], dropped: set[str]
) -> Change:
    now, then = set(changes.sources), set(before) if build.whole else set()
    return Change(
        dropped=dropped,
        removed_sources=[source for source in before if source not in now],
        added_sources=[source for source in changes.sources if source not in then],
        starts_empty=not build.whole,
    )


def _changes_anything(build: Build, change: Change) -> bool:
    return bool(
        change.dropped
        or change.removed_sources
        or change.added_sources
        or staging.staged_doc_ids(build.connection)
    )


def _others_remain(build: Build, before: Sequence[StoredSource]) -> bool:
    """Whether files out of the scope keep the index from being empty."""
    if build.scope is None:
        return False
    (count,) = build.connection.execute("SELECT count(*) FROM sources").fetchone()
    return int(count) > len(before)


def _publish(build: Build, change: Change) -> Published:
    encoder = build.preparation.encoder
    if build.before is not None and build.splits_as_before():
        settings, dim = build.before.settings, build.before.dim
    else:
        settings = replace(settings_for(encoder()), selection=build.selection)
        dim = encoder().dim
    how = Publishing(
        settings=settings,
        dim=dim,
        encoder=encoder,
        progress=build.progress,
        agree=build.options.agree,
        rehearsed=build.options.rehearsed,
        rewrites_base=not build.base_is_intact,
        merging=build.options.merging,
    )
    return publish(build.access, build.before, change, how)


def _forget_staged(build: Build) -> None:
    build.connection.execute("BEGIN IMMEDIATE")
    staging.forget_staged(build.connection)
    build.connection.execute("COMMIT")
