"""Three passages and what a test does with them on a server of milvus-lite of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from index.location import LiteAddress
from index.stores.milvus.connection import Connection, close, connect
from index.stores.milvus.rows import NOT_STATED, PassageRow, passage_number, value_number
from index.stores.milvus.server import MilvusServer

DIM = 2
EAST, NORTH, WEST = ([1.0, 0.0], [0.0, 1.0], [-1.0, 0.0])


@contextmanager
def opened(folder: Path) -> Iterator[Connection]:
    """A connection to a file in a folder; what it serves is called cases."""
    connection = connect(LiteAddress(folder / "server.db", "cases"))
    try:
        yield connection
    finally:
        close(connection)


def passage(
    name: str,
    towards: list[float] = EAST,
    words: str = "",
    year: int = NOT_STATED,
    age: int = NOT_STATED,
    language: str = "",
) -> PassageRow:
    """A row of a document of one passage."""
    unstated = value_number("")
    return PassageRow(
        row=passage_number(name),
        doc_id=name,
        ordinal=0,
        vector=np.asarray(towards, np.float32),
        terms=("", "", words),
        year=year,
        age=age,
        document_type=unstated,
        language=value_number(language),
        format=unstated,
        section_kind=unstated,
        sex=unstated,
        section="Outcome",
        kind="outcome",
        passage="{}",
    )


EASTERN = passage("eastern", EAST, "knee pain", year=2001, language="en")
NORTHERN = passage("northern", NORTH, "il il_6 fever", year=1999, language="de")
WESTERN = passage("western", WEST, "fever of the knee")
ALL = [EASTERN, NORTHERN, WESTERN]


def publish(server: MilvusServer, rows: list[PassageRow], manifest: str = "first") -> str:
    """Serve just these rows, and a record that names the manifest."""
    collection = server.spare()
    server.begin(collection, DIM, keep=False)
    server.upsert(collection, rows)
    server.put_records(collection, [("manifest", manifest)])
    server.finish(collection, manifest, "hash", len(rows))
    return collection


def found(server: MilvusServer, **asked: Any) -> list[str]:
    query = {"vector": None, "words": (), "filter": "", "k": 3, **asked}
    served = server.served()
    assert served is not None
    return [one.doc_id for one in server.search(served.collection, **query)]
