"""`MilvusServer`: what one index on a server is asked, and how it is written.

A query sends a vector and the terms of our own analyzer; what comes back are candidates, fused on
the server where it can (`Connection.hybrid`), with all that is needed to score them anew. What
`index.stores.milvus.publishing` says of begin and finish holds for every write.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from index.encoders import Vectors
from index.location import Address
from index.store_errors import HybridRefusedError, StoreRefusedError
from index.stores.milvus import requests
from index.stores.milvus.connection import Connection, close, connect
from index.stores.milvus.packing import Fields, found_row, packed, passage_row
from index.stores.milvus.publishing import Publishing, Served
from index.stores.milvus.rows import FoundRow, PassageRow
from index.stores.milvus.schema import ROW_FIELDS, TEXT_BYTES, Names
from index.stores.milvus.searching import search
from index.stores.milvus.texts import Texts


class MilvusServer:
    """One index on one server; may be asked from many threads, and is written by one.

    Every method raises a `StoreError`, one line for people, where the server does not do it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._texts = Texts(connection)
        self._written: set[str] = set()
        self._publishing = Publishing(connection, Names(connection.address.name))

    @classmethod
    def connect(cls, address: Address) -> "MilvusServer":
        """Reach a server; token and TLS come from the environment."""
        return cls(connect(address))

    @property
    def address(self) -> Address:
        """Where this is."""
        return self._connection.address

    @property
    def version(self) -> str:
        """What the server calls itself."""
        return self._connection.version

    @property
    def hybrid(self) -> bool:
        """Whether it searches by words too."""
        return self._connection.hybrid

    def need_hybrid(self) -> None:
        """Raise `HybridRefusedError` where the server searches by meaning only."""
        if not self.hybrid:
            raise HybridRefusedError(self.address, self.version)

    def served(self) -> Served | None:
        """What the alias points at; None where nothing was published yet."""
        return self._publishing.served()

    def spare(self) -> str:
        """The physical collection that is not served."""
        return self._publishing.spare()

    def state_of(self, collection: str) -> Served | None:
        """What a collection has where it is published, served or not; else None."""
        return self._publishing.state_of(collection)

    def begin(self, collection: str, dim: int, keep: bool) -> None:
        """Mark a collection that is not served as being written; without `keep` it is emptied.

        It is emptied also where it is missing, half made, or of another width or layout: ask
        `count` what it has. Raises `StoreForeignError` where our names are somebody else's.
        """
        self._written.add(collection)
        self._publishing.begin(collection, dim, keep)

    def finish(
        self, collection: str, manifest: str, cards_sha256: str, passages: int | None = None
    ) -> None:
        """Publish a collection that was begun, and serve it; again changes nothing.

        With `passages` it must have so many rows, else `StoreDamagedError` and nothing is served.
        """
        self._publishing.finish(collection, manifest, cards_sha256, passages)
        self._written.discard(collection)

    def upsert(self, collection: str, rows: Iterable[PassageRow]) -> None:
        """Put rows in; one of the same number is replaced, the last one of several stays."""
        requests.write(self._connection, collection, self._packed(rows))

    def delete(self, collection: str, rows: Sequence[int]) -> None:
        """Take rows out; one that is not there changes nothing."""
        requests.delete(self._connection, collection, rows)

    def put_records(self, collection: str, records: Iterable[tuple[str, str]]) -> None:
        """Keep texts by key, ASCII of at most 200 characters, over what the keys had before."""
        self._texts.put(collection, records)

    def records(self, collection: str, keys: Sequence[str]) -> dict[str, str]:
        """The texts of those keys that are there; raises `StoreDamagedError` for half of one."""
        return self._texts.of(collection, keys, self._is_written(collection))

    def delete_records(self, collection: str, keys: Sequence[str]) -> None:
        """Take texts out; a key that is not there changes nothing."""
        self._texts.delete(collection, keys)

    def search(
        self,
        collection: str,
        vector: Vectors | None,
        words: Sequence[str],
        filter: str,
        k: int,
    ) -> list[FoundRow]:
        """The `k` nearest to a vector and the `k` best by words, best first, at most 2 `k`.

        Where both are asked for, the server merges them by rank. A server that knows no words
        finds nothing by them. `filter` is of `row_filter`.
        """
        return [
            found_row(hit) for hit in search(self._connection, collection, vector, words, filter, k)
        ]

    def rows(self, collection: str, rows: Sequence[int]) -> dict[int, PassageRow]:
        """Those rows that are there, by number."""
        strong = self._is_written(collection)
        found = requests.read(self._connection, collection, rows, ROW_FIELDS, strong=strong)
        return {int(one["row"]): passage_row(one) for one in found}

    def allowed(self, collection: str, rows: Sequence[int], filter: str) -> list[int]:
        """Those of the rows that are there and that a filter lets through, in their order."""
        strong = self._is_written(collection)
        found = requests.read(self._connection, collection, rows, ("row",), filter, strong)
        let_through = {int(one["row"]) for one in found}
        return [row for row in rows if row in let_through]

    def count(self, collection: str) -> int:
        """How many rows a collection has."""
        return requests.count(self._connection, collection)

    def close(self) -> None:
        """Let go of the connection."""
        close(self._connection)

    def _is_written(self, collection: str) -> bool:
        """Whether this writes the collection, and so must see what it has just written."""
        return collection in self._written

    def _packed(self, rows: Iterable[PassageRow]) -> Iterator[Fields]:
        dtype = np.float16 if self._connection.half_floats else np.float32
        for row in rows:
            fields = packed(row)
            if any(len(str(text).encode()) > TEXT_BYTES for text in _texts_in(fields)):
                raise StoreRefusedError(
                    self.address,
                    f"keep passage {row.ordinal + 1} of {row.doc_id}",
                    f"a text has more than {TEXT_BYTES:,} bytes",
                )
            yield {**fields, "vector": row.vector.astype(dtype)}


def _texts_in(fields: Fields) -> list[str]:
    return [value for value in fields.values() if isinstance(value, str)]
