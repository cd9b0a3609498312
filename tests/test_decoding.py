"""Bytes to characters."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_and_it_is_said(encoding: str) -> None:
    text, warnings = decode(TEXT.encode(encoding))
    assert (text, encoding.upper() in warnings[0]) == (TEXT, True)


@pytest.mark.parametrize(
    ("code_page", "name"),
    [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "850")],
)
def test_other_bytes_are_read_in_the_page_that_makes_words_of_them(
    code_page: str, name: str
) -> None:
    text, warnings = decode("Die Größe, vorüber, gelée, à 37 °C".encode(code_page))
    assert (text, name in warnings[0]) == ("Die Größe, vorüber, gelée, à 37 °C", True)


def test_letters_that_are_not_latin_are_guessed_and_it_is_said() -> None:
    text, warnings = decode("Пациент жаловался на боль в плече".encode("cp1251"))
    assert (text, "probably" in warnings[0]) == ("Пациент жаловался на боль в плече", True)


def test_a_foreign_byte_in_utf_8_is_read_by_itself() -> None:
    text, warnings = decode("37 °C, gelée, ".encode() + b"\xe9paule")
    assert (text, warnings[0][:14]) == ("37 °C, gelée, épaule", "1 byte not UTF")


def test_damage_after_a_mark_does_not_lose_the_text() -> None:
    assert decode(codecs.BOM_UTF8 + "gelée, arm".encode() + b"\xe9")[0] == "gelée, armé"


def test_lost_characters_are_counted() -> None:
    assert decode(f"{'She ran. ' * 50}It hurt\ufffdmuch.".encode())[1] == (
        "1 character lost: look for “\ufffd”",
    )


def test_a_text_with_much_lost_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="characters are lost"):
        decode("\ufffd\ufffd\ufffd ran".encode())


def test_binary_data_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="binary, not text"):
        decode(b"GIF89a\x00\x01")


def test_a_null_byte_among_many_others_is_left_out() -> None:
    assert decode(b"She ran. " * 50 + b"\0End")[1] == ("1 null byte left out",)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_error_of_ours(raw: bytes) -> None:
    try:
        assert isinstance(decode(raw)[0], str)
    except UnreadableFileError as error:
        assert error.reason and error.remedy


@given(st.text(st.characters(codec="utf-8", exclude_characters="\ufffd\0\ufeff")))
def test_what_is_written_in_utf_8_is_read_as_it_was_written(text: str) -> None:
    assert decode(text.encode())[0] == text
