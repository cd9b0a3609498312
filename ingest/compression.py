"""Files that are compressed one by one (".xml.gz"), unpacked piece by piece within limits."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath

from ingest.errors import UnreadableFileError

MAX_UNPACKED_BYTES = 1_000_000_000
"""What is unpacked whole: a book of scans. Archives and sets of records are never whole in memory,
and may be of any size."""
MAX_RATIO = 200
"""XML shrinks to a tenth; deflate can reach 1,032 (https://zlib.net/zlib_tech.html) on nothing."""
UNSUSPECTED_BYTES = 20_000_000
"""So much may come out of any file: a page of blanks is no bomb."""
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_CHUNK_BYTES = 2**20


def is_compressed(head: bytes) -> bool:
    """Whether a file that begins so is a gzip file."""
    return head.startswith(_GZIP)


def inner_suffix(name: str) -> str:
    """The ending of the name of what is inside a gzip file."""
    return PurePath(name.lower().removesuffix(".gz")).suffix


def uncompressed(raw: bytes, name: str) -> tuple[bytes, str]:
    """The bytes inside a gzip file and the ending of its inner name; others as they are.

    Raises `UnreadableFileError` where the file is cut short, damaged, too large or a bomb.
    """
    if not is_compressed(raw):
        return raw, PurePath(name).suffix
    return all_of(unpacked(iter([raw]), len(raw))), inner_suffix(name)


def all_of(chunks: Iterator[bytes]) -> bytes:
    """Pieces together; raises `UnreadableFileError` where they are more than memory should hold."""
    whole = BytesIO()  # what it gives at the end is no copy
    for chunk in chunks:
        if whole.tell() + len(chunk) > MAX_UNPACKED_BYTES:
            raise _too_much(MAX_UNPACKED_BYTES)
        whole.write(chunk)
    return whole.getvalue()


def unpacked(packed: Iterator[bytes], packed_bytes: int) -> Iterator[bytes]:
    """What a gzip file holds, piece by piece; `packed_bytes` is its own size.

    Files of several members are read whole, and what stands behind the last one is ignored, as
    gunzip does. Raises `UnreadableFileError` where the file is cut short, damaged or a bomb.
    """
    limit = max(UNSUSPECTED_BYTES, MAX_RATIO * packed_bytes)
    total = 0
    rest = _at_least(2, b"", packed)
    while is_compressed(rest):
        unpacker = zlib.decompressobj(_GZIP_WINDOW)
        while not unpacker.eof:
            piece = unpacker.unconsumed_tail or rest or next(packed, b"")
            rest = b""
            if not piece:
                raise UnreadableFileError("a .gz file that is cut short", "get a fresh copy")
            chunk = _decompressed(unpacker, piece)
            total += len(chunk)
            if total > limit:
                raise _too_much(limit)
            if chunk:
                yield chunk
        rest = _at_least(2, unpacker.unused_data, packed)


def _decompressed(unpacker: "zlib._Decompress", piece: bytes) -> bytes:
    try:
        return unpacker.decompress(piece, _CHUNK_BYTES)
    except zlib.error as error:
        raise UnreadableFileError("a damaged .gz file", "get a fresh copy") from error


def _at_least(count: int, start: bytes, chunks: Iterator[bytes]) -> bytes:
    """The start with as many chunks as it takes to have so many bytes, fewer at the end."""
    while len(start) < count and (chunk := next(chunks, b"")):
        start += chunk
    return start


def _too_much(limit: int) -> UnreadableFileError:
    return UnreadableFileError(f"unpacks to more than {limit // 10**6} MB", "unpack and split it")
