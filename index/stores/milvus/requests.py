"""Writing, deleting and reading rows of any collection of a server, in requests it can take."""

from collections.abc import Iterable, Sequence

from index.batches import batched
from index.stores.milvus.connection import ASK_SECONDS, WRITE_SECONDS, Connection
from index.stores.milvus.packing import Fields, batches_by_bytes

ROWS_AT_ONCE = 1_000
"""Of one request that reads or deletes: with vectors and texts some 5 MB come back."""

FRESHNESS = {True: "Strong", False: "Bounded"}
"""What a read sees. "Strong" is all that was written, and waits for it: 0.3 to 0.7 s (2.3.5).

A published collection does not change, and its writer read it strongly before it was served; as we
load one replica, whoever reads later sees no less. "Bounded" never waits; at worst, where a node
of a cluster was just replaced, it sees what was written up to five seconds ago.
"""


def write(connection: Connection, collection: str, rows: Iterable[Fields]) -> None:
    """Put rows in or over those of their numbers."""
    for batch in batches_by_bytes(rows):
        with connection.asking("be written"):
            connection.client.upsert(collection, batch, timeout=WRITE_SECONDS)


def delete(connection: Connection, collection: str, rows: Iterable[int]) -> None:
    """Take rows out; one that is not there changes nothing."""
    for some in batched(rows, ROWS_AT_ONCE):
        with connection.asking("be written"):
            connection.client.delete(collection, ids=list(some), timeout=WRITE_SECONDS)


def read(
    connection: Connection,
    collection: str,
    rows: Iterable[int],
    fields: Sequence[str],
    filter: str = "",
    strong: bool = True,
) -> list[Fields]:
    """Some fields of those rows that are there and that a filter of integers lets through.

    `strong` waits until the server has seen all that was written: see `FRESHNESS`.
    """
    found: list[Fields] = []
    for some in batched(rows, ROWS_AT_ONCE):
        asked = f"row in [{', '.join(str(int(row)) for row in some)}]"
        with connection.asking("be read"):
            found += query(
                connection,
                collection,
                f"{asked} and {filter}" if filter else asked,
                fields,
                strong,
            )
    return found


def count(connection: Connection, collection: str) -> int:
    """How many rows a collection has, of all that was written."""
    with connection.asking("be counted"):
        found = query(connection, collection, "", ["count(*)"], strong=True)
    return int(found[0]["count(*)"])


def query(
    connection: Connection, collection: str, filter: str, fields: Sequence[str], strong: bool
) -> list[Fields]:
    """One request that reads; raises what the client raises."""
    return list(
        connection.when_loaded(
            collection,
            lambda: connection.client.query(
                collection,
                filter=filter,
                output_fields=list(fields),
                consistency_level=FRESHNESS[strong],
                timeout=WRITE_SECONDS if strong else ASK_SECONDS,
            ),
        )
    )
