"""The records of a collection on a server: texts of any length by key."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.batches import batched
from index.store_errors import StoreDamagedError
from index.stores.milvus import requests
from index.stores.milvus.connection import Connection
from index.stores.milvus.packing import Fields
from index.stores.milvus.records import Piece, joined, piece_row, pieces_of
from index.stores.milvus.requests import ROWS_AT_ONCE
from index.stores.milvus.schema import (
    BLANK_FIELD,
    BLANK_VECTOR,
    RECORD_FIELDS,
    TEXT_BYTES,
    records_of,
)


class Texts:
    """Texts by key of the collections of one server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, collection: str, records: Iterable[tuple[str, str]]) -> None:
        """Keep texts, over what their keys had before."""
        for some in map(dict, batched(records, ROWS_AT_ONCE)):
            before = self._firsts(collection, some, strong=True)
            requests.write(self._connection, records_of(collection), _packed(some))
            requests.delete(self._connection, records_of(collection), _left_over(some, before))

    def of(self, collection: str, keys: Sequence[str], strong: bool) -> dict[str, str]:
        """The texts of those keys that are there."""
        texts: dict[str, str] = {}
        for some in batched(keys, ROWS_AT_ONCE):
            firsts = self._firsts(collection, some, strong)
            later = [row for first in firsts.values() for row in _rows_of(first)[1:]]
            rest = self._pieces(collection, later, strong)
            for key, first in firsts.items():
                text = joined(first, rest)
                if text is None:
                    raise StoreDamagedError(self._connection.address, f"half of '{key}' is missing")
                texts[key] = text
        return texts

    def delete(self, collection: str, keys: Sequence[str]) -> None:
        """Take texts out, last pieces first: what has no first piece is not there."""
        for some in batched(keys, ROWS_AT_ONCE):
            firsts = self._firsts(collection, some, strong=True).values()
            rows = [row for first in firsts for row in reversed(_rows_of(first))]
            requests.delete(self._connection, records_of(collection), rows)

    def _firsts(self, collection: str, keys: Iterable[str], strong: bool) -> dict[str, Piece]:
        """The first pieces of those keys that are there."""
        found = self._pieces(collection, [piece_row(key, 0) for key in keys], strong)
        return {piece.key: piece for piece in found.values()}

    def _pieces(self, collection: str, rows: Sequence[int], strong: bool) -> dict[int, Piece]:
        records = records_of(collection)
        found = requests.read(self._connection, records, rows, RECORD_FIELDS, strong=strong)
        return {int(one["row"]): _piece(one) for one in found}


def _packed(records: Mapping[str, str]) -> Iterator[Fields]:
    for key, text in records.items():
        for piece in pieces_of(key, text, TEXT_BYTES):
            yield {**vars(piece), BLANK_FIELD: BLANK_VECTOR}


def _left_over(records: Mapping[str, str], before: Mapping[str, Piece]) -> list[int]:
    """The rows of longer texts that shorter ones were written over."""
    rows: list[int] = []
    for key, first in before.items():
        pieces = sum(1 for _ in pieces_of(key, records[key], TEXT_BYTES))
        rows += _rows_of(first)[pieces:]
    return rows


def _rows_of(first: Piece) -> list[int]:
    return [piece_row(first.key, number) for number in range(first.pieces)]


def _piece(found: Fields) -> Piece:
    return Piece(
        int(found["row"]),
        str(found["key"]),
        int(found["number"]),
        int(found["pieces"]),
        int(found["whole"]),
        str(found["text"]),
    )
