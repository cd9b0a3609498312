"""What content streams hold."""

import zlib

import pytest
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    StreamObject,
)

from ingest.formats.pdf.content import Content, Soundness, drawn_letters, page_content

TEXT = b"BT (Knee) Tj ET"


def deflated(data: bytes) -> EncodedStreamObject:
    stream = EncodedStreamObject()
    stream._data = data
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return stream


def content(*streams: StreamObject) -> Content:
    page = DictionaryObject({NameObject("/Contents"): ArrayObject(streams)})
    return page_content(page, set())


def test_a_whole_stream_is_sound() -> None:
    assert content(deflated(zlib.compress(TEXT))) == Content(Soundness.SOUND, 4)


def test_flipped_bytes_are_damage() -> None:
    raw = bytearray(zlib.compress(TEXT * 50))
    raw[10] ^= 0xFF
    assert content(deflated(bytes(raw))).soundness == Soundness.DAMAGED


def test_what_inflates_without_end_is_a_bomb() -> None:
    assert content(deflated(zlib.compress(bytes(80_000_000)))).soundness == Soundness.BOMB


def test_a_page_without_content_has_nothing() -> None:
    assert content(deflated(zlib.compress(b""))).soundness == Soundness.NOTHING


def test_an_uncompressed_stream_is_looked_at_too() -> None:
    stream = DecodedStreamObject()
    stream._data = TEXT
    assert content(stream).letters == 4


@pytest.mark.parametrize(
    ("strings", "letters"),
    [
        (b"(Knee) Tj", 4),
        (b"[(Kn) -20 (ee)] TJ", 4),
        (b"<0048004900500051> Tj", 4),
        (b"(\x00K\x00n\x00e\x00e) Tj", 4),
        (b"(Kn\\351e) Tj", 4),
        (b"1 0 0 1 50 700 cm", 0),
    ],
)
def test_the_letters_of_strings_are_counted(strings: bytes, letters: int) -> None:
    assert drawn_letters(strings) == letters
