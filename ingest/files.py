"""Paths to files: what is found under them, what is left out, and each file's bytes and name.

Only regular files are ever opened: a pipe would wait for its writer, a device has no end.
"""

import hashlib
import io
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.documents import SkippedFile
from ingest.errors import UnreadableFileError

MAX_FILE_BYTES = 300_000_000
"""Larger files are archives, sets of records or books of scans: the first two are read piece by
piece, whatever their size, the last not at all."""
_NO_FILE = ("no file but a pipe, a socket or a device", "give the document itself")
_NOWHERE = ("a link to a file that is not there", "remove it, or bring the file back")
_HEAD_BYTES = 512
_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class SourceFile:
    """A file found under the paths that were asked for, with the hash of its bytes."""

    path: Path
    file_hash: str

    @property
    def source(self) -> str:
        """The path as the catalog stores it: absolute, so that it holds from every folder."""
        return str(self.path)


@dataclass(frozen=True)
class FileStamp:
    """What the system says of a file without opening it; times in ns since 1970.

    A file whose stamp is as it was has the content that it had, if its file system keeps change
    times and the stamp had settled: see `hash_and_stamp`.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    device: int


SETTLED_NS = 3_000_000_000
"""A file that was changed less than this before it was hashed may be changed again within the same
tick of its file system's clock, 2 s on the coarsest; https://git-scm.com/docs/racy-git."""


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
    found: set[Path] = set()
    skipped: list[SkippedFile] = []
    for path in paths:
        try:
            if path.is_dir():
                inside, problems = _files_in(path.resolve())
                found |= inside
                skipped += problems
            elif path.is_file():
                found.add(path.resolve())
            else:
                skipped.append(_no_file(path))
        except OSError as error:
            skipped.append(unopened_file(path, error))
    # Neither the catalog nor a report can hold such a name.
    unnamable = {path for path in found if _shown(path) != str(path)}
    skipped += [
        skipped_file(path, "a name that is not valid UTF-8", "rename it")
        for path in sorted(unnamable)
    ]
    # Paths compare part by part; making the parts once sorts 100,000 names in half the time.
    return sorted(found - unnamable, key=lambda path: path.parts), skipped


def hash_file(path: Path) -> SourceFile | SkippedFile:
    """Name a file by its content, or say why it cannot be opened."""
    return hash_and_stamp(path)[0]


def hash_and_stamp(path: Path) -> tuple[SourceFile | SkippedFile, FileStamp | None]:
    """Name a file by its content, and stamp it where a later equal stamp means equal content.

    That is so if the file was left alone for `SETTLED_NS` before it was hashed, and meanwhile.
    """
    started = time.time_ns()
    try:
        with _opened(path) as file:
            before = _stamp(os.fstat(file.fileno()))
            found = SourceFile(path, hashlib.file_digest(file, "sha256").hexdigest())
            after = _stamp(os.fstat(file.fileno()))
    except UnreadableFileError as error:
        return skipped_file(path, error.reason, error.remedy), None
    except OSError as error:
        return unopened_file(path, error), None
    settled = started - max(before.mtime_ns, before.ctime_ns) >= SETTLED_NS
    return found, before if settled and before == after else None


def stamp_file(path: Path) -> FileStamp | None:
    """A regular file's stamp; None for anything else, and where the system refuses."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return _stamp(facts) if stat.S_ISREG(facts.st_mode) else None


def read_whole(path: Path) -> bytes:
    """A file's bytes as they were at one moment.

    Raises `OSError`, or `UnreadableFileError` for what is no file, is too large, or was written
    to while it was read: half of one version and half of the next is nobody's text.
    """
    with open_unchanged(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > MAX_FILE_BYTES:
            raise too_large()
        return file.read(size + 1)


@contextmanager
def open_unchanged(path: Path) -> Iterator[io.BufferedReader]:
    """A file to be read as it is at this moment.

    Raises `OSError`, or `UnreadableFileError` for what is no file or too large for what it is,
    and at the end for what was written to meanwhile.
    """
    with _opened(path) as file:
        before = _stamp(os.fstat(file.fileno()))
        yield file
        after = _stamp(os.fstat(file.fileno()))
    if (before.mtime_ns, before.size) != (after.mtime_ns, after.size):
        raise UnreadableFileError("changed while it was read", "read it again")


def too_large() -> UnreadableFileError:
    """The error for a file of one document that is larger than any document."""
    return UnreadableFileError(
        f"larger than {MAX_FILE_BYTES // 10**6} MB", "split it into articles"
    )


def is_hidden(name: str) -> bool:
    """Whether a file's or folder's name hides it, or is Word's lock on a file that is open."""
    return name.startswith((".", "~$"))


def is_readme(name: str) -> bool:
    """Whether a file tells of the folder that it stands in."""
    return Path(name).stem.lower() == "readme"


def skipped_file(path: Path, reason: str, remedy: str) -> SkippedFile:
    """A path that gave no document, as a report can print it."""
    return SkippedFile(_shown(path), reason, remedy)


def unopened_file(path: Path, error: OSError) -> SkippedFile:
    """A path that the system does not let us open."""
    return skipped_file(
        path,
        f"cannot be opened ({error.strerror or error})",
        "check the file and its permissions",
    )


def _stamp(facts: os.stat_result) -> FileStamp:
    return FileStamp(
        facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, facts.st_dev
    )


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    """A regular file of a size that is read; the path may lead elsewhere than when it was found."""
    with open(os.open(path, os.O_RDONLY | _NEVER_WAIT), "rb") as file:  # noqa: PTH123
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise UnreadableFileError(*_NO_FILE)
        if facts.st_size > MAX_FILE_BYTES and not _may_hold_several(file):
            raise too_large()
        yield file


def _may_hold_several(file: io.BufferedReader) -> bool:
    """Whether a large file is compressed, an archive or markup; what it is, is told later."""
    head = file.peek(_HEAD_BYTES)[:_HEAD_BYTES]
    return (
        head.startswith(b"\x1f\x8b")
        or head[257:262] == b"ustar"
        or head.lstrip()[:4].strip(b"\xef\xbb\xbf\xff\xfe\0").startswith(b"<")
    )


def _no_file(path: Path) -> SkippedFile:
    """Why a path is neither a file nor a folder."""
    return skipped_file(path, *(_NO_FILE if path.exists() else ("not found", "check the path")))


def _files_in(folder: Path) -> tuple[set[Path], list[SkippedFile]]:
    """The files in a folder and in all folders inside it, and what there is no file."""
    files: set[Path] = set()
    skipped: list[SkippedFile] = []
    waiting = [str(folder)]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if is_hidden(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                        continue
                    found = _file(entry, folder)
                    if isinstance(found, Path):
                        files.add(found)
                    elif found is not None:
                        skipped.append(found)
        except OSError as error:
            skipped.append(unopened_file(Path(here), error))
    return files, sorted(skipped, key=lambda skip: skip.source)


def _file(entry: os.DirEntry[str], folder: Path) -> Path | SkippedFile | None:
    """The file that an entry names, or why it names none; None for what is no document.

    A link to a folder names nothing: the folder's own place does.
    """
    path = Path(entry.path)
    if is_readme(entry.name):
        return None
    if entry.is_file(follow_symlinks=False):
        return path
    if not entry.is_symlink():
        return _no_file(path)
    target = Path(os.path.realpath(path))
    if target.is_symlink():  # realpath gives one of the links of a circle
        return skipped_file(path, "a link that leads to itself", "remove it")
    if not target.is_relative_to(folder):
        return skipped_file(path, "a link out of the folder", "name its target instead")
    if target.is_file():
        return target
    if target.is_dir():
        return None
    return skipped_file(path, *(_NO_FILE if target.exists() else _NOWHERE))


def _shown(path: Path) -> str:
    """The path with escapes for the bytes that are no UTF-8, which no text may hold."""
    return str(path).encode("utf-8", "backslashreplace").decode()
