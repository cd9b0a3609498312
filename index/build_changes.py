"""What a build changes: which contents it need not read, and which documents come, stay and go."""

from collections.abc import Sequence

from index import staging
from index.build_under_way import Build
from index.changes import SourceChanges
from index.publication import Change
from index.site_paragraphs import find_site_text, stored_site_pages, touched_sites
from index.sources import StoredSource, has_other_source, known_contents
from index.writing import stored_doc_ids, unfinished_doc_ids, unfinished_file_hashes


def known_sources(
    build: Build, before: Sequence[StoredSource], hashes: Sequence[str]
) -> list[StoredSource]:
    """The contents that need not be read again."""
    if not build.reads_as_before():
        return []
    unfinished = unfinished_doc_ids(build.connection)
    contents = before if build.scope is None else known_contents(build.connection, hashes)
    return [source for source in contents if source.doc_id not in unfinished]


def read_already(build: Build, known: Sequence[StoredSource], hashes: Sequence[str]) -> set[str]:
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


def finish_staging(
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


def change_of(
    build: Build, changes: SourceChanges, before: Sequence[StoredSource], dropped: set[str]
) -> Change:
    """What the next generation changes beside the documents that are staged."""
    now, then = set(changes.sources), set(before) if build.whole else set()
    return Change(
        dropped=dropped,
        removed_sources=[source for source in before if source not in now],
        added_sources=[source for source in changes.sources if source not in then],
        starts_empty=not build.whole,
    )


def changes_anything(build: Build, change: Change) -> bool:
    """Whether there would be anything new to publish."""
    return bool(
        change.dropped
        or change.removed_sources
        or change.added_sources
        or staging.staged_doc_ids(build.connection)
    )


def others_remain(build: Build, before: Sequence[StoredSource]) -> bool:
    """Whether files out of the scope keep the index from being empty."""
    if build.scope is None:
        return False
    (count,) = build.connection.execute("SELECT count(*) FROM sources").fetchone()
    return int(count) > len(before)
