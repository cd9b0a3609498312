"""Files that came through the page, kept in the index folder until they are wanted no more.

    uploads/3f2a9c01b2d4e6f8-calf-pain.pdf      16 digits of the content's SHA-256, then its name

A file is known by its content, so the same one uploaded twice is kept once, and what a browser
calls it can neither leave the folder nor hide the file from a build. One that no document in the
index came from is waiting: to be added, or to be discarded. Building from other paths keeps those
that are in: nobody who names their folders thinks of this one.
"""

import hashlib
import os
import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from index.catalog import published
from index.errors import CatalogError
from index.location import UPLOADS_FOLDER
from index.sources import stored_sources
from index.storage_errors import storage_errors
from ingest.errors import UnreadableFileError
from ingest.files import path_exists
from ingest.formats.detection import HEAD_BYTES, detect_format

MAX_UPLOAD_MB = 50
"""Articles with pictures have up to 30 MB; larger sets come by naming their folder. It is held in
memory while it arrives."""
MAX_WAITING = 500
"""Files that may wait at once: more are a collection, which is named by its folder."""
_HASH_DIGITS = 16
_MAX_NAME_BYTES = 120
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


class UploadRefusedError(CatalogError):
    """A file that is not kept: why, and what its owner can do."""

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        super().__init__(f"{name}: {reason}; {remedy}")


@dataclass(frozen=True)
class Upload:
    """A kept file: where it is, what its owner calls it, and its size in bytes."""

    path: Path
    name: str
    size: int


def keep_upload(index: Path, name: str, raw: bytes) -> Upload:
    """Keep a file whose content is of a kind that is read; raises `UploadRefusedError`.

    What it holds decides, not its name; `CatalogError` where the folder cannot be written.
    """
    shown = PurePosixPath(name.replace("\\", "/")).name
    if len(raw) > MAX_UPLOAD_MB * 10**6:
        raise UploadRefusedError(
            shown, f"larger than {MAX_UPLOAD_MB} MB", "split it, or name its folder instead"
        )
    try:
        detect_format(*_inside(raw, shown))
    except UnreadableFileError as error:
        raise UploadRefusedError(shown, error.reason, error.remedy) from error
    kept = hashlib.sha256(raw).hexdigest()[:_HASH_DIGITS]
    path = _folder(index) / f"{kept}-{safe_name(shown)}"
    with storage_errors(index, writing=True):
        path.parent.mkdir(exist_ok=True)
        if not path.exists() and _waiting(index) >= MAX_WAITING:
            raise UploadRefusedError(
                shown, f"{MAX_WAITING} files wait already", "add or discard them first"
            )
        unfinished = path.with_name(f".{path.name}")
        unfinished.write_bytes(raw)
        unfinished.replace(path)
    return _upload(path)


def waiting_uploads(index: Path) -> list[Upload]:
    """The kept files that no document of the published generation came from, by name."""
    with published(index) as (connection, _):
        known = _indexed(connection, index)
    with storage_errors(index, writing=False):
        found = [path for path in _kept_files(index) if str(path) not in known]
        return sorted(map(_upload, found), key=lambda one: one.name)


def uploads_in_index(connection: sqlite3.Connection, index: Path) -> list[Path]:
    """The kept files that documents of the catalog came from, as far as they are still there.

    Of a catalog that lost its sources (another version of Casebook's, one that was deleted) nobody
    knows which they were: then all kept files, for losing some would be worse.
    """
    if connection.execute("SELECT 1 FROM sources LIMIT 1").fetchone():
        known = map(Path, _indexed(connection, index))
        return sorted(path for path in known if path_exists(path))
    with storage_errors(index, writing=False):
        return sorted(_kept_files(index))


def discard_uploads(index: Path, uploads: Iterable[Upload]) -> None:
    """Delete kept files; those that became part of the index meanwhile are left."""
    waiting = set(waiting_uploads(index))
    with storage_errors(index, writing=True):
        for upload in waiting.intersection(uploads):
            upload.path.unlink(missing_ok=True)


def shown_source(source: str, index: Path) -> str:
    """A source as people know it: a kept file by the name that it came with, others as they are.

    >>> shown_source("/i/uploads/3f2a9c01b2d4e6f8-calf.pdf", Path("/i"))
    'calf.pdf (uploaded)'
    """
    inside = f"{_folder(index)}{os.sep}"
    if not source.startswith(inside):
        return source
    return f"{source[len(inside) + _HASH_DIGITS + 1 :]} (uploaded)"


def safe_name(name: str) -> str:
    """A name that is harmless in any folder: letters, figures, dots and dashes, its ending kept.

    >>> safe_name('../a "b"\u202egnp.PDF'), safe_name("?")
    ('a-b-gnp.PDF', 'document')
    """
    base = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    plain = _NOT_IN_NAMES.sub("-", base).strip("-.")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = plain, "", ""
    short = stem.encode()[:_MAX_NAME_BYTES].decode("utf-8", "ignore").strip("-.")
    return f"{short or 'document'}{dot}{ending}"


def _inside(raw: bytes, name: str) -> tuple[bytes, str]:
    """What detection looks at, and the ending of its name; of a gzip file its beginning only."""
    if not raw.startswith(_GZIP):
        return raw, PurePosixPath(name).suffix
    try:
        head = zlib.decompressobj(_GZIP_WINDOW).decompress(raw, HEAD_BYTES)
    except zlib.error as error:
        raise UnreadableFileError("a damaged .gz file", "get a fresh copy") from error
    return head, PurePosixPath(name.lower().removesuffix(".gz")).suffix


def _folder(index: Path) -> Path:
    return index.resolve() / UPLOADS_FOLDER


def _kept_files(index: Path) -> list[Path]:
    folder = _folder(index)
    kept = folder.iterdir() if folder.is_dir() else ()
    return [path for path in kept if not path.name.startswith(".")]


def _waiting(index: Path) -> int:
    """How many files are kept that are not in the published index."""
    with published(index) as (connection, _):
        return len(list(_folder(index).iterdir())) - len(_indexed(connection, index))


def _indexed(connection: sqlite3.Connection, index: Path) -> set[str]:
    """Kept files that documents of the catalog came from."""
    return {one.path for one in stored_sources(connection, [_folder(index)])}


def _upload(path: Path) -> Upload:
    return Upload(path, path.name[_HASH_DIGITS + 1 :], path.stat().st_size)
