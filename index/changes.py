"""What the files under some paths change in an index: read, kept or dropped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.report import Progress
from index.writing import StoredSource
from ingest.corpus import DOC_ID_DIGITS, SourceFile, find_files, hash_file
from ingest.documents import SkippedFile
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


def find_and_hash(paths: Sequence[Path], index: Path, progress: Progress) -> FoundFiles:
    """Every file under the paths with the hash of its bytes, the index's own files left out."""
    own = index.resolve()
    candidates, problems = find_files(paths)
    found = [path for path in candidates if not path.is_relative_to(own)]
    skipped = [skip for skip in problems if not Path(skip.source).is_relative_to(own)]
    files: list[SourceFile] = []
    for done, path in enumerate(found):
        progress("Looking for changes", done, len(found))
        outcome = hash_file(path)
        if isinstance(outcome, SourceFile):
            files.append(outcome)
        else:
            skipped.append(outcome)
    return FoundFiles(tuple(files), tuple(skipped))


def files_to_read(files: Iterable[SourceFile], stored_documents: Iterable[str]) -> list[Path]:
    """One path for each content that the index does not hold yet."""
    known = set(stored_documents)
    unread: dict[str, Path] = {}
    # Of two names for the same bytes, one that says what it is comes first.
    for file in sorted(files, key=lambda file: file.path.suffix.lower() not in SUFFIXES):
        if doc_id_of(file) not in known:
            unread.setdefault(doc_id_of(file), file.path)
    return list(unread.values())


def compare_sources(
    found: FoundFiles,
    readable: Iterable[str],
    before: Mapping[str, StoredSource],
    unread: Iterable[str],
) -> SourceChanges:
    """Hold the files found against the sources before.

    `readable` are the doc_ids that the index has or gets. A file that cannot be read now
    (`unread`) keeps the document that was read from it before.
    """
    documents = set(readable)
    now: dict[str, StoredSource] = {}
    for file in found.files:
        if doc_id_of(file) in documents:
            now[file.source] = StoredSource(file.source, file.file_hash, doc_id_of(file))
    for path in unread:
        if path in before and path not in now:
            now[path] = before[path]
    first_with: dict[str, str] = {}
    duplicates = []
    for source in now.values():
        first = first_with.setdefault(source.doc_id, source.path)
        if first != source.path:
            duplicates.append(f"{source.path} = {first}")
    same = [p for p, s in now.items() if p in before and before[p].doc_id == s.doc_id]
    return SourceChanges(
        sources=tuple(now.values()),
        added=tuple(path for path in now if path not in before),
        changed=tuple(p for p, s in now.items() if p in before and before[p].doc_id != s.doc_id),
        removed=tuple(path for path in before if path not in now),
        unchanged=len(same),
        duplicates=tuple(duplicates),
    )


def doc_id_of(file: SourceFile) -> str:
    """The doc_id of the document in a file: the beginning of the hash of its bytes."""
    return file.file_hash[:DOC_ID_DIGITS]
