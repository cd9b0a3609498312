"""Files that are compressed one by one (".xml.gz"), unpacked within a limit."""

import zlib
from io import BytesIO
from pathlib import PurePath

from ingest.errors import UnreadableFileError

MAX_UNPACKED_BYTES = 1_000_000_000
"""The largest yearly MEDLINE file unpacks to about 400 MB; more is a bomb or an archive."""
MAX_RATIO = 200
"""XML shrinks to a tenth; deflate can reach 1,032 (https://zlib.net/zlib_tech.html) on nothing."""
UNSUSPECTED_BYTES = 20_000_000
"""So much may come out of any file: a page of blanks is no bomb."""
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_CHUNK_BYTES = 2**20


def uncompressed(raw: bytes, name: str) -> tuple[bytes, str]:
    """The bytes inside a gzip file and the ending of its inner name; others as they are.

    Files of several members are read whole, and what stands behind the last one is ignored, as
    gunzip does. Raises `UnreadableFileError` where the file is cut short, damaged or a bomb.
    """
    if not raw.startswith(_GZIP):
        return raw, PurePath(name).suffix
    inner = BytesIO()
    rest = memoryview(raw)
    while rest[:2] == _GZIP:
        rest = rest[_unpack_member(rest, inner, len(raw)) :]
    return inner.getvalue(), PurePath(name.lower().removesuffix(".gz")).suffix


def _unpack_member(packed: memoryview, inner: BytesIO, file_bytes: int) -> int:
    """Write what the first member holds behind `inner`; how many packed bytes it takes."""
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    limit = min(MAX_UNPACKED_BYTES, max(UNSUSPECTED_BYTES, MAX_RATIO * file_bytes))
    at = 0
    while not unpacker.eof:
        chunk = unpacker.unconsumed_tail or packed[at : at + _CHUNK_BYTES]
        if not chunk:
            raise UnreadableFileError("a .gz file that is cut short", "get a fresh copy")
        at += 0 if unpacker.unconsumed_tail else len(chunk)
        try:
            inner.write(unpacker.decompress(chunk, _CHUNK_BYTES))
        except zlib.error as error:
            raise UnreadableFileError("a damaged .gz file", "get a fresh copy") from error
        if inner.tell() > limit:
            raise UnreadableFileError(
                f"unpacks to more than {limit // 10**6} MB", "unpack and split it"
            )
    return at - len(unpacker.unused_data)
