"""What the files under some paths change in an index: read, kept or dropped."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import PathMissingError
from index.file_stamps import known_or_hashed
from index.location import UPLOADS_FOLDER
from index.progress import Progress
from index.sources import StoredSource
from ingest.documents import SkippedFile
from ingest.files import SourceFile, find_files, path_exists
from ingest.formats import SUFFIXES


@dataclass(frozen=True)
class FoundFiles:
    """The files under the paths, named by content, and those that cannot be opened."""

    files: tuple[SourceFile, ...]
    skipped: tuple[SkippedFile, ...]


@dataclass(frozen=True)
class SourceChanges:
    """Sources by what happens to them; `sources` is the whole list that the index will have."""

    sources: tuple[StoredSource, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    duplicates: tuple[str, ...]

    def any(self) -> bool:
        """Whether any source is new, other or gone."""
        return bool(self.added or self.changed or self.removed)


NO_CHANGES = SourceChanges((), (), (), (), 0, ())


def refuse_missing(paths: Sequence[Path]) -> None:
    """Raise `PathMissingError` for the first path where there is nothing."""
    for path in paths:
        if not path_exists(path):
            raise PathMissingError(path)


def find_and_hash(
    connection: sqlite3.Connection,
    paths: Sequence[Path],
    index: Path,
    progress: Progress,
    afresh: bool = False,
) -> FoundFiles:
    """Every file under the paths with the hash of its bytes.

    Of the index's own files only those are found that people uploaded. Bytes are
    read only where the stamps in the catalog do not vouch for them, or `afresh`.
    """
    own = index.resolve()
    candidates, problems = find_files(paths)
    found = [path for path in candidates if not _is_own(path, own)]
    skipped = [skip for skip in problems if not _is_own(Path(skip.source), own)]
    files: list[SourceFile] = []
    for done, outcome in enumerate(known_or_hashed(connection, found, afresh)):
        progress("Looking for changes", done, len(found))
        if isinstance(outcome, SourceFile):
            files.append(outcome)
        else:
            skipped.append(outcome)
    return FoundFiles(tuple(files), tuple(skipped))


def _is_own(path: Path, index: Path) -> bool:
    """Whether a file is part of an index folder and no document."""
    return path.is_relative_to(index) and not path.is_relative_to(index / UPLOADS_FOLDER)


def files_to_read(files: Iterable[SourceFile], known_hashes: Iterable[str]) -> list[SourceFile]:
    """One file for each content that the index does not hold yet."""
    known = set(known_hashes)
    unread: dict[str, SourceFile] = {}
    # Of two names for the same bytes, one that says what it is comes first.
    for file in sorted(files, key=lambda file: file.path.suffix.lower() not in SUFFIXES):
        if file.file_hash not in known:
            unread.setdefault(file.file_hash, file)
    return list(unread.values())


def compare_sources(
    found: FoundFiles,
    read: Iterable[StoredSource],
    before: Sequence[StoredSource],
    unread: Iterable[str],
) -> SourceChanges:
    """Hold the files found against the sources before.

    `read` are the documents of the contents found, read now or known. A file that cannot be read
    now, or not to its end (`unread`), keeps what was read from it before.
    """
    parts = _parts_by_hash(read)
    now = {
        (file.source, part): StoredSource(file.source, part, file.file_hash, doc_id)
        for file in found.files
        for part, doc_id in parts.get(file.file_hash, {}).items()
    }
    kept = set(unread)
    for source in before:
        if source.path in kept:
            now.setdefault((source.path, source.part), source)
    then, new = _documents_by_path(before), _documents_by_path(now.values())
    return SourceChanges(
        sources=tuple(now.values()),
        added=tuple(path for path in new if path not in then),
        changed=tuple(path for path in new if path in then and then[path] != new[path]),
        removed=tuple(path for path in then if path not in new),
        unchanged=sum(1 for path in new if then.get(path) == new[path]),
        duplicates=_duplicates(now.values()),
    )


def _parts_by_hash(sources: Iterable[StoredSource]) -> dict[str, dict[str, str]]:
    """For each content its parts with their documents, later sources before earlier ones."""
    parts: dict[str, dict[str, str]] = {}
    for source in sources:
        parts.setdefault(source.file_hash, {})[source.part] = source.doc_id
    return parts


def _documents_by_path(sources: Iterable[StoredSource]) -> dict[str, dict[str, str]]:
    documents: dict[str, dict[str, str]] = {}
    for source in sources:
        documents.setdefault(source.path, {})[source.part] = source.doc_id
    return documents


def _duplicates(sources: Iterable[StoredSource]) -> tuple[str, ...]:
    """A line for each source of a document that has another source before it."""
    first_with: dict[str, str] = {}
    duplicates = []
    for source in sources:
        name = f"{source.path} ({source.part})" if source.part else source.path
        first = first_with.setdefault(source.doc_id, name)
        if first != name:
            duplicates.append(f"{name} = {first}")
    return tuple(duplicates)
