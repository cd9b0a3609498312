"""Paths to documents, and what was skipped and why.

One bad file never ends the batch: it becomes a `SkippedFile` and the next one is read.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.blocks import assemble
from ingest.cleaning import words_in
from ingest.documents import Document, SkippedFile
from ingest.errors import UnreadableFileError
from ingest.formats import SUFFIXES, reader
from ingest.formats.detection import detect_format
from ingest.identifiers import find_retold_from

MAX_FILE_BYTES = 300_000_000
"""Larger files are archives or books of scans; they are read in parts or not at all."""
DOC_ID_DIGITS = 16
"""Hexadecimal digits of a file's hash in its doc_id: no clash among 10^8 files is likely."""


@dataclass(frozen=True)
class SourceFile:
    """A file found under the paths that were asked for, with the hash of its bytes."""

    path: Path
    file_hash: str

    @property
    def source(self) -> str:
        """The path as the catalog stores it: absolute, so that it holds from every folder."""
        return str(self.path)


def path_exists(path: Path) -> bool:
    """Whether there is such a file or folder."""
    try:
        return path.exists()
    except OSError:  # a name that is longer than any file's can be
        return False


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[SkippedFile]]:
    """All files under the paths, sorted, each once; hidden files and a folder's README left out.

    Symbolic links that lead out of a named folder are not followed.
    """
    found: dict[Path, None] = {}
    skipped: list[SkippedFile] = []
    for path in paths:
        if path.is_dir():
            inside, problems = _files_in(path.resolve())
            found.update(dict.fromkeys(inside))
            skipped.extend(problems)
        elif path.is_file():
            found[path.resolve()] = None
        else:
            skipped.append(_skipped(path, "not found", "check the path"))
    # Neither the catalog nor a report can hold such a name.
    unnamable = [path for path in found if _shown(path) != str(path)]
    skipped += [_skipped(path, "a name that is not valid UTF-8", "rename it") for path in unnamable]
    return sorted(found.keys() - unnamable), skipped


def hash_file(path: Path) -> SourceFile | SkippedFile:
    """Name a file by its content, or say why it cannot be opened."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return _skipped(
                path, f"larger than {MAX_FILE_BYTES // 10**6} MB", "split it into articles"
            )
        with path.open("rb") as file:
            return SourceFile(path, hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        return _unopened(path, error)


def read_file(path: Path) -> Document | SkippedFile:
    """One file as a document; every way to fail is a `SkippedFile`."""
    try:
        return read_document(path)
    except UnreadableFileError as error:
        return _skipped(path, error.reason, error.remedy)
    except OSError as error:
        return _unopened(path, error)
    except MemoryError:
        return _skipped(path, "needs more memory than a file may", "split it, or get a fresh copy")
    except RecursionError:
        return _skipped(path, "nested too deeply", "get a fresh copy")
    # Nobody knows all that seven parsers can raise on damage, and the next file must be read.
    except Exception:
        return _skipped(
            path, "damaged: it cannot be read", "get a fresh copy, or save it in another format"
        )


def read_document(path: Path) -> Document:
    """Read one file; raises `UnreadableFileError` or `OSError`."""
    raw = path.read_bytes()
    format_name = detect_format(raw, path.suffix)
    reading = reader(format_name)(raw)
    layout = assemble(reading.blocks)
    if not layout.sections or not words_in(layout.text):
        raise UnreadableFileError("no text in it", "get a fresh copy")
    warnings = list(reading.warnings)
    promised = SUFFIXES.get(path.suffix.lower())
    if promised != format_name and {promised, format_name} != {"jats", "bmc"}:
        warnings.insert(
            0, f"named {path.suffix or 'without ending'}, read as the {format_name} that it holds"
        )
    doc_id = hashlib.sha256(raw).hexdigest()[:DOC_ID_DIGITS]
    return Document(
        doc_id,
        str(path),
        format_name,
        replace(reading.metadata, retold_from=find_retold_from(layout.text)),
        layout.text,
        layout.sections,
        layout.pages,
        tuple(warnings),
    )


def read_files(paths: Sequence[Path]) -> Iterator[Document | SkippedFile]:
    """Read files in child processes, in the order given."""
    from ingest.isolation import read_isolated

    return read_isolated(paths)


def _files_in(folder: Path) -> tuple[list[Path], list[SkippedFile]]:
    files: list[Path] = []
    skipped: list[SkippedFile] = []

    def unlisted(error: OSError) -> None:
        skipped.append(_unopened(Path(error.filename or folder), error))

    for parent, folders, names in os.walk(folder, onerror=unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*names, *folders]):
            path = Path(parent, name)
            if name.startswith((".", "~$")) or path.stem.lower() == "readme":
                continue
            try:
                found = _target(path, folder) if path.is_symlink() else path
                if isinstance(found, SkippedFile):
                    skipped.append(found)
                elif found.is_file() or (path.is_symlink() and not found.exists()):
                    files.append(found)
            except OSError as error:
                skipped.append(_unopened(path, error))
    return files, skipped


def _target(link: Path, folder: Path) -> Path | SkippedFile:
    """Where a link leads, or why it is not followed."""
    # Path.resolve raises on links in a circle; realpath gives one of them.
    target = Path(os.path.realpath(link))
    if target.is_symlink():
        return _skipped(link, "a link that leads to itself", "remove it")
    if not target.is_relative_to(folder):
        return _skipped(link, "a link out of the folder", "name its target instead")
    return target


def _skipped(path: Path, reason: str, remedy: str) -> SkippedFile:
    return SkippedFile(_shown(path), reason, remedy)


def _shown(path: Path) -> str:
    """The path with escapes for the bytes that are no UTF-8, which no text may hold."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _unopened(path: Path, error: OSError) -> SkippedFile:
    return _skipped(
        path,
        f"cannot be opened ({error.strerror or error})",
        "check the file and its permissions",
    )
