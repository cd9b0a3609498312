"""Bytes to characters."""

import codecs

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.decoding import decode

TEXT = "L’épaule gelée, 37.5 °C"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
)
def test_unicode_is_read_with_or_without_a_mark(raw: bytes) -> None:
    assert decode(raw) == (TEXT, ())


def test_other_bytes_are_read_as_windows_1252_and_it_is_said() -> None:
    text, warnings = decode(TEXT.encode("cp1252"))
    assert (text, "not UTF-8" in warnings[0]) == (TEXT, True)


def test_binary_data_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="binary, not text"):
        decode(b"GIF89a\x00\x01")


def test_a_marked_text_with_damage_says_where_in_the_file() -> None:
    with pytest.raises(UnreadableFileError, match="not valid utf-8 from byte 6"):
        decode(codecs.BOM_UTF8 + b"arm\xff")
