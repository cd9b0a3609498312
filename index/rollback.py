"""Taking the last publication back: the contents of the generation before, as a new generation."""

from collections.abc import Callable
from pathlib import Path

from index import staging, undo
from index.catalog import published_before
from index.changes import SourceChanges
from index.encoders import EncoderChoice
from index.errors import NothingToTakeBackError
from index.keywords import ANALYZER_VERSION
from index.manifest import Manifest
from index.options import DEFAULT_OPTIONS, BuildOptions
from index.preparation import READ_AS
from index.progress import Progress, no_progress
from index.publication import Change, Publishing, publish
from index.report import BuildReport, build_report
from index.write_access import writing_published
from ingest.documents import READING_VERSION


def roll_back(
    folder: Path,
    choose: Callable[[str], EncoderChoice],
    progress: Progress = no_progress,
    options: BuildOptions = DEFAULT_OPTIONS,
) -> BuildReport:
    """Publish what the generation before held; nothing is read or encoded.

    Raises `NothingToTakeBackError` where it is not kept, or was made by another version.
    """
    with writing_published(folder) as (access, now):
        connection = access.connection
        _, then = published_before(connection, folder)
        if then is None:
            raise NothingToTakeBackError(folder, "there is no generation before it")
        if not _same_version(then):
            raise NothingToTakeBackError(
                folder, f"generation {then.generation} was made by another version of Casebook"
            )
        last = undo.last_changes(connection)
        connection.execute("BEGIN IMMEDIATE")
        staging.forget_staged(connection)
        undo.stage_what_was_taken_out(connection, READ_AS, "")
        change = Change(
            dropped=last.added,
            removed_sources=last.added_sources,
            added_sources=last.removed_sources,
        )
        how = Publishing(
            settings=then.settings,
            dim=then.dim,
            encoder=lambda: choose(then.settings.model).load(),
            progress=progress,
            agree=options.agree,
            rehearsed=options.rehearsed,
            merging=options.merging,
        )
        published = publish(access, now, change, how)
        changes = _changes(change)
        return build_report(
            folder, connection, published.manifest, changes, published=published,
            rehearsed=options.rehearsed,
        )  # fmt: skip


def _changes(change: Change) -> SourceChanges:
    """What going back adds, changes and removes, by file."""
    gone = {one.path for one in change.removed_sources}
    back = {one.path for one in change.added_sources}
    return SourceChanges(
        sources=tuple(change.added_sources),
        added=tuple(sorted(back - gone)),
        changed=tuple(sorted(back & gone)),
        removed=tuple(sorted(gone - back)),
        unchanged=0,
        duplicates=(),
    )


def _same_version(manifest: Manifest) -> bool:
    settings = manifest.settings
    return (settings.reading_version, settings.analyzer_version) == (
        READING_VERSION,
        ANALYZER_VERSION,
    )
