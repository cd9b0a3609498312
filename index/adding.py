"""What people do to a library of documents: add some, or look at all of them again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from index.build import build_index, update_index
from index.catalog import published
from index.changes import refuse_missing
from index.encoders import EncoderChoice
from index.errors import IndexOutdatedError, NothingToIndexError
from index.options import DEFAULT_OPTIONS, BuildOptions
from index.progress import Progress, no_progress
from index.report import BuildReport
from index.sources import stored_sources
from ingest.files import find_files, path_exists


def add_documents(
    paths: Sequence[Path],
    folder: Path,
    choose: Callable[[str], EncoderChoice],
    progress: Progress = no_progress,
    options: BuildOptions = DEFAULT_OPTIONS,
) -> BuildReport:
    """Add the files in and under `paths`; a changed one is read again, and nothing is removed.

    So a folder that was emptied, or whose disk is away, takes no document out of the index.
    Raises a `CatalogError`; then what was published before is served.
    """
    refuse_missing(paths)
    files, skipped = find_files(paths)
    if not files:
        raise NothingToIndexError([str(path) for path in paths], skipped)
    report = update_index(files, folder, choose, progress, options)
    return replace(report, skipped=(*skipped, *report.skipped))


def renew_documents(
    folder: Path,
    choose: Callable[[str], EncoderChoice],
    progress: Progress = no_progress,
    options: BuildOptions = DEFAULT_OPTIONS,
) -> BuildReport:
    """Look at every file of the index again: what changed is read anew, what is gone goes.

    An index that another version of Casebook made is built anew from those files.
    Raises a `CatalogError`; then what was published before is served.
    """
    with published(folder) as (connection, manifest):
        sources = stored_sources(connection)
    paths = [Path(path) for path in dict.fromkeys(one.path for one in sources)]
    try:
        return update_index(paths, folder, choose, progress, options)
    except IndexOutdatedError:
        there = [path for path in paths if path_exists(path)]
        if not there:
            raise NothingToIndexError([str(folder)], ()) from None
        return build_index(there, folder, choose(manifest.settings.model), progress, options)
