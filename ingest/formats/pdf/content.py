"""What the content streams of a page hold, looked at before and beside the libraries. Pure.

A stream that inflates without end must not reach PDFium, one that breaks off loses text without
an error, and the strings that a page draws tell how much text a reading of it must have.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import pypdf
from pypdf.generic import DictionaryObject, EncodedStreamObject, StreamObject

MOST_INFLATED = 1032
"""A byte of a deflated stream gives at most so many (zlib's technical notes)."""
MAX_STREAM_BYTES = 75_000_000
"""What a stream may inflate to: pypdf's own limit. The text of the largest page is far under it."""
MAX_COUNTED_BYTES = 2_000_000
"""Strings are counted so far into a stream: what is longer draws pictures."""
PIECE = 2**20
"""Bytes inflated at a time."""
MAX_DEPTH = 4
"""Forms in forms in forms: so deep they are looked into."""
MANY_CONTROLS = 0.1
"""With more of their bytes below the space, strings have two bytes for each letter."""

_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>", re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


class Soundness(IntEnum):
    """What a page's content is like, the worst last."""

    NOTHING = 0
    SOUND = 1
    DAMAGED = 2
    BOMB = 3
    """It inflates to more than any page has. pypdf stops there; PDFium would go on and take all
    memory that it can get."""


@dataclass(frozen=True)
class Content:
    """A page's content: how sound it is, and how many letters it draws at least."""

    soundness: Soundness = Soundness.SOUND
    letters: int = 0


def page_content(page: DictionaryObject, seen: set[int]) -> Content:
    """Look at the streams of a page and of the forms on it.

    `seen` holds the numbers of forms that were looked at, and gets those of this page. Whatever
    pypdf raises is passed on.
    """
    found = [_content(stream) for stream in _streams(page, seen)]
    return Content(
        max((content.soundness for content in found), default=Soundness.NOTHING),
        sum(content.letters for content in found),
    )


def drawn_letters(content: bytes) -> int:
    """How many letters the strings of a content stream have, at least.

    >>> drawn_letters(b"BT (Knee) Tj [(pa) -20 (in)] TJ <00480049> Tj ET")
    10
    """
    strings = [match.groups(b"") for match in _STRING.finditer(content)]
    literal = b"".join(text for text, _ in strings)
    hexadecimal = sum(len(digits) for _, digits in strings)
    wide = len(_CONTROL.findall(literal)) > MANY_CONTROLS * len(literal)
    letters = len(literal) - 3 * literal.count(b"\\")  # an octal number of three digits at most
    return max(0, letters // (2 if wide else 1)) + hexadecimal // 4


def _streams(holder: DictionaryObject, seen: set[int], depth: int = 0) -> Iterator[StreamObject]:
    """The content of a page or form, and of the forms drawn in it."""
    contents: Any = holder.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    for part in contents if isinstance(contents, list) else [contents, holder]:
        stream = part.get_object() if part is not None else None
        if isinstance(stream, StreamObject):
            yield stream
    for reference in _drawn_objects(holder) if depth < MAX_DEPTH else ():
        number = getattr(reference, "idnum", 0)
        if number not in seen:
            seen.add(number)
            form = reference.get_object()
            if form.get("/Subtype") == "/Form":
                yield from _streams(form, seen, depth + 1)


def _drawn_objects(holder: DictionaryObject) -> Iterable[Any]:
    resources: Any = holder.get("/Resources")
    objects: Any = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return []
    return [objects.get_object().raw_get(name) for name in objects.get_object()]


def _content(stream: StreamObject) -> Content:
    filters: Any = stream.get("/Filter")
    names = filters if isinstance(filters, list) else [filters]
    data: bytes = stream._data
    if not data:
        return Content(Soundness.NOTHING)
    if isinstance(stream, EncodedStreamObject) and names == ["/FlateDecode"]:
        return _inflated(data)
    if filters is None or not isinstance(stream, EncodedStreamObject):
        return Content(Soundness.SOUND, drawn_letters(data[:MAX_COUNTED_BYTES]))
    if len(data) * MOST_INFLATED ** len(names) <= MAX_STREAM_BYTES:
        return Content()
    try:
        stream.get_data()
    except pypdf.errors.LimitReachedError:
        return Content(Soundness.BOMB)
    return Content()


def _inflated(data: bytes) -> Content:
    """Inflate as PDFium would, in pieces of which the first are looked at."""
    inflating = zlib.decompressobj()
    size = 0
    kept = b""
    try:
        while data and not inflating.eof:
            piece = inflating.decompress(data, PIECE)
            data = inflating.unconsumed_tail
            size += len(piece)
            if size > MAX_STREAM_BYTES:
                return Content(Soundness.BOMB)
            if size <= MAX_COUNTED_BYTES:
                kept += piece
    except zlib.error:
        return Content(Soundness.DAMAGED)
    soundness = Soundness.SOUND if size else Soundness.NOTHING
    return Content(soundness, drawn_letters(kept))
