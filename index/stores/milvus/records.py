"""Texts of any length by key, cut into pieces that a server takes. Pure.

A piece's row is a hash of its key and number, so that a key is asked for by integers. Each piece
has a hash of the whole text: pieces of two writings of one key, of which the later one was killed,
are not taken for one text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.stores.milvus.rows import number_of

KEY_CHARACTERS = 200
"""The longest key."""


@dataclass(frozen=True)
class Piece:
    """One piece of a text; `number` counts from 0, `whole` is the same in all `pieces` of it."""

    row: int
    key: str
    number: int
    pieces: int
    whole: int
    text: str


def piece_row(key: str, number: int) -> int:
    """The row of a piece."""
    return number_of("piece", f"{key}\0{number}")


def pieces_of(key: str, text: str, size: int) -> Iterator[Piece]:
    """Cut a text into pieces of at most `size` bytes of UTF-8; an empty one has one piece.

    >>> [piece.text for piece in pieces_of("k", "naïve", 3)]
    ['na', 'ïv', 'e']
    """
    if not key.isascii() or len(key) > KEY_CHARACTERS:
        raise ValueError(f"a key is ASCII of at most {KEY_CHARACTERS} characters")
    whole = number_of("text", text)
    parts = list(_cut(text.encode(), size))
    for number, part in enumerate(parts):
        yield Piece(piece_row(key, number), key, number, len(parts), whole, part.decode())


def _cut(encoded: bytes, size: int) -> Iterator[bytes]:
    start = 0
    while start < len(encoded) or not start:
        end = min(start + size, len(encoded))
        # A byte 10xxxxxx goes on with a character.
        while end < len(encoded) and encoded[end] & 0xC0 == 0x80:
            end -= 1
        yield encoded[start:end]
        if not encoded:
            return
        start = end


def joined(first: Piece, found: Mapping[int, Piece]) -> str | None:
    """The text whose first piece this is, of pieces by row; None where one is missing or older."""
    rows = [piece_row(first.key, number) for number in range(1, first.pieces)]
    rest = [found[row] for row in rows if row in found and found[row].whole == first.whole]
    if len(rest) != len(rows):
        return None
    text = "".join([first.text, *(piece.text for piece in rest)])
    return text if number_of("text", text) == first.whole else None
