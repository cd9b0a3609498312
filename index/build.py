"""Documents to an index folder: the only writer.

`build_index` makes the folder hold exactly what is under the paths, `update_index` brings some
files up to date and leaves all others. Text that has been encoded before is never encoded again,
also after a build that was killed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from index import staging
from index.build_changes import (
    change_of,
    changes_anything,
    finish_staging,
    known_sources,
    others_remain,
    read_already,
)
from index.build_under_way import Build
from index.catalog import forget_generations, latest_manifest, prepare_folder
from index.changes import (
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
from index.options import DEFAULT_OPTIONS, BuildOptions
from index.preparation import same_document
from index.progress import Progress, no_progress
from index.publication import Change, Published, Publishing, publish, settings_for
from index.reading import stored_document
from index.report import BuildReport, build_report
from index.soundness import (
    catalog_whole,
    forget_misshapen_vectors,
    forget_unsound_vectors,
)
from index.sources import (
    StoredSource,
    stored_sources,
)
from index.uploads import uploads_in_index
from index.write_access import WriteAccess, writing, writing_published
from index.writing import is_stored
from ingest.documents import Document
from ingest.files import SourceFile, path_exists


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
    known = known_sources(build, before, hashes)
    to_read = files_to_read(found.files, read_already(build, known, hashes))
    _stage(build, hashes, to_read, known)
    staged = [
        StoredSource("", one.part, one.file_hash, one.doc_id)
        for one in staging.staged_sources(build.connection)
    ]
    preparation = build.preparation
    skipped = (*found.skipped, *preparation.skipped)
    unread = [skip.source for skip in skipped if not skip.part]
    changes = compare_sources(found, [*known, *staged], before, unread)
    if not changes.sources and not others_remain(build, before):
        raise NothingToIndexError([str(path) for path in paths], skipped, preparation.left_out)
    dropped = finish_staging(build, changes, before)
    change = change_of(build, changes, before, dropped)
    if build.before is not None and not changes_anything(build, change) and build.is_current():
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
