"""Tar archives, read member by member from the first byte to the last; nothing is written to disk.

An archive may be of any size: one member at a time is in memory. What is no file, or would lead
out of the archive, is never followed: it is a member that cannot be read.
"""

import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from ingest.errors import UnreadableFileError
from ingest.files import MAX_FILE_BYTES, is_hidden, is_readme, too_large

MAX_NAME = 1_000
"""Characters of a member's name; file systems take 255 for each part of a path."""
_BLOCK_BYTES = 512
_READ_BYTES = 2**16
"""Read from the stream at a time: `tarfile` copies what is left of it at each header."""
_FRESH_COPY = "get a fresh copy of the archive"


@dataclass(frozen=True)
class Member:
    """One file of an archive; `read` gives its bytes until the next member is asked for.

    It raises `UnreadableFileError` for what must not or cannot be read.
    """

    name: str
    read: Callable[[], bytes]


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is a tar archive: its first header has the right checksum."""
    try:
        tarfile.TarInfo.frombuf(head[:_BLOCK_BYTES], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def members(chunks: Iterator[bytes]) -> Iterator[Member]:
    """The members of an archive that comes piece by piece, but for folders and hidden files.

    Raises `UnreadableFileError` at damage, after what is whole before it.
    """
    count = 0
    source = _Readable(chunks)
    stream = cast(BinaryIO, source)  # a stream is read, and nothing else
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=_READ_BYTES, encoding="utf-8") as tar:
            while (entry := tar.next()) is not None:
                count += 1
                # It keeps them all, and there may be millions.
                tar.members.clear()  # type: ignore[attr-defined]
                if not entry.isdir() and not _is_left_out(entry.name):
                    yield Member(_shown(entry.name), partial(_content, tar, entry))
            _check_end(tar)
    except tarfile.TarError as error:
        raise _damaged(source.failure, count) from error
    if source.failure is not None:
        raise _damaged(source.failure, count)


class _Readable:
    """Pieces of bytes as the file that `tarfile` wants; where they fail, it ends and says why."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.failure: UnreadableFileError | None = None
        self._chunks = chunks
        self._chunk = b""
        self._at = 0

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, none at the end."""
        if self._at >= len(self._chunk):
            try:
                self._chunk, self._at = next(self._chunks, b""), 0
            except UnreadableFileError as error:
                self.failure, self._chunk = error, b""
        piece = self._chunk[self._at : self._at + size]
        self._at += len(piece)
        return piece


def _content(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    """The bytes of a member."""
    if len(entry.name) > MAX_NAME:
        raise UnreadableFileError("a name longer than that of any file", "rename it")
    path = PurePosixPath(entry.name)
    if path.is_absolute() or ".." in path.parts:
        raise UnreadableFileError("a name that leads out of the archive", "rename it")
    if entry.issym() or entry.islnk():
        raise UnreadableFileError("a link inside an archive", "add the file that it leads to")
    file = archive.extractfile(entry) if entry.isreg() else None
    if file is None:
        raise UnreadableFileError("no file but a pipe or a device", "add the document itself")
    if entry.size > MAX_FILE_BYTES:
        raise too_large()
    try:
        return file.read()
    except tarfile.TarError as error:
        raise UnreadableFileError("cut short", _FRESH_COPY) from error


def _check_end(archive: tarfile.TarFile) -> None:
    """Read what is left: nothing but the zeros that fill an archive up.

    `tarfile` takes a header with a wrong checksum for the end. Raises `tarfile.ReadError`.
    """
    while block := archive.fileobj.read(_READ_BYTES) if archive.fileobj else b"":
        if block.strip(b"\0"):
            raise tarfile.ReadError("something stands behind the end")


def _is_left_out(name: str) -> bool:
    parts = [part for part in PurePosixPath(name).parts if part != ".."]
    return any(map(is_hidden, parts)) or is_readme(name)


def _shown(name: str) -> str:
    """The name with escapes for the bytes that are no UTF-8, and not longer than people read."""
    shown = name.encode("utf-8", "backslashreplace").decode()
    return shown if len(shown) <= MAX_NAME else f"{shown[:100]}…"


def _damaged(failure: UnreadableFileError | None, count: int) -> UnreadableFileError:
    reason = failure.reason if failure else "a damaged or cut archive"
    return UnreadableFileError(f"{reason}, {_after(count)}", _FRESH_COPY)


def _after(count: int) -> str:
    return "after 1 member" if count == 1 else f"after {count:,} members"
