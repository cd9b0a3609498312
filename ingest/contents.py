"""What a file holds, found document by document and not read yet.

    one document           the part ""
    a set of records       "PMID 123", "PMC123", "article 2" …
    a tar archive          the names of its members; of a member that is a set "sets/a.xml PMID 123"

Each of them may be compressed. What fits into `AT_ONCE_BYTES` is held; of larger files only sets
and archives are read, piece by piece, and files of one document up to `MAX_FILE_BYTES`.
"""

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path, PurePath

from ingest.archives import Member, is_archive, members
from ingest.compression import all_of, inner_suffix, is_compressed, uncompressed, unpacked
from ingest.errors import UnreadableFileError
from ingest.files import MAX_FILE_BYTES, open_unchanged, too_large
from ingest.formats import Content, Part, splitter, traits_reader
from ingest.formats.detection import detect_format, is_set
from ingest.limits import allow_more_time
from ingest.part_names import PartNames

AT_ONCE_BYTES = 2**24
"""A file, or what it unpacks to, that is simply held: almost any article. Small beside what a
reader needs for it."""
_HEADER_BYTES = 512
_CHUNK_BYTES = 2**20
SLOWEST_DISK = 20_000_000
"""Bytes a second of a network drive, for the time that hashing a large file may take."""


@dataclass(frozen=True)
class Unread:
    """A member of an archive that gives no document, and why."""

    name: str
    error: Exception


@dataclass(frozen=True)
class Contents:
    """A file that is open: the SHA-256 of its bytes, and what it holds."""

    file_hash: str
    parts: Iterator[Part | Unread]


@contextmanager
def open_contents(path: Path) -> Iterator[Contents]:
    """What a file holds, while it is open.

    Raises `OSError`, or `UnreadableFileError` for what holds no document, and at the end for what
    was written to meanwhile. So does going through the parts, at damage.
    """
    with open_unchanged(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size <= AT_ONCE_BYTES:
            raw = file.read(size + 1)
            file_hash, chunks = hashlib.sha256(raw).hexdigest(), iter([raw])
        else:
            file_hash, chunks = _hashed(file, size), iter(partial(file.read, _CHUNK_BYTES), b"")
        yield Contents(file_hash, _parts(chunks, size, path.name, file_hash))


def _hashed(file: io.BufferedReader, size: int) -> str:
    """The hash of a large file, which is then at its beginning again."""
    allow_more_time(size / SLOWEST_DISK)
    file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return file_hash


def _parts(
    chunks: Iterator[bytes], size: int, name: str, file_hash: str
) -> Iterator[Part | Unread]:
    suffix = PurePath(name).suffix
    first = next(chunks, b"")
    chunks = chain([first], chunks)
    if is_compressed(first):
        chunks, suffix = unpacked(chunks, size), inner_suffix(name)
    start = _start(chunks, _HEADER_BYTES)
    if is_archive(start):
        yield from _in_archive(chain([start], chunks))
        return
    start = _start(chain([start], chunks), AT_ONCE_BYTES)
    format_name = detect_format(start, suffix)
    held = len(start) < AT_ONCE_BYTES
    if held:
        yield from _documents(start, format_name, file_hash)
    elif is_set(start, format_name):
        yield from _documents(chain([start], chunks), format_name, file_hash)
    elif size > MAX_FILE_BYTES:
        raise too_large()
    else:
        yield from _documents(all_of(chain([start], chunks)), format_name, file_hash)


def _start(chunks: Iterator[bytes], count: int) -> bytes:
    """So many bytes, or some more; all, where there are fewer."""
    start = bytearray()
    while len(start) < count and (chunk := next(chunks, b"")):
        start += chunk
    return bytes(start)


def _documents(content: Content, format_name: str, doc_hash: str) -> Iterator[Part]:
    """The documents of a file; one that is all of it has the doc_id of the file's own bytes."""
    split = splitter(format_name)
    if split:
        for part in split(content):
            yield part if part.name else replace(part, doc_hash=doc_hash)
        return
    assert isinstance(content, bytes)
    yield Part("", format_name, lambda: content, traits_reader(format_name, content), doc_hash)


def _in_archive(chunks: Iterator[bytes]) -> Iterator[Part | Unread]:
    names = PartNames()
    for member in members(chunks):
        name = names.unique(member.name)
        try:
            for part in _in_member(member):
                yield replace(part, name=f"{name} {part.name}".strip())
        except UnreadableFileError as error:
            yield Unread(name, error)


def _in_member(member: Member) -> Iterator[Part]:
    """The documents of one member, each with the doc_id that it has as a file of its own."""
    raw = member.read()
    inner, suffix = uncompressed(raw, member.name)
    yield from _documents(inner, detect_format(inner, suffix), hashlib.sha256(raw).hexdigest())
