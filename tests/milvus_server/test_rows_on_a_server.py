"""What `MilvusServer` promises, on a real server that is too old for words.

The promises are those of tests/test_milvus_server.py, where milvus-lite keeps them; here are some
that do not ask for words, and what only a server can show: that it dies.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from index.location import MilvusAddress
from index.store_errors import HybridRefusedError, StoreError, StoreGoneError
from tests.milvus_server.process import MilvusProcess

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")

from index.stores.milvus.connection import Connection, close, connect
from index.stores.milvus.server import MilvusServer
from tests.milvus_passages import ALL, DIM, EASTERN, NORTHERN, found, publish
from tests.test_milvus_publishing import (  # noqa: F401
    test_a_collection_that_lacks_rows_is_not_served,
)
from tests.test_milvus_server import (  # noqa: F401
    test_a_row_comes_back_as_it_was_put_in,
    test_a_server_filters_as_the_catalog_does,
    test_many_threads_get_the_same_answer,
    test_the_same_rows_again_change_nothing,
)

_NUMBERS = count()


def connected(process: MilvusProcess) -> Iterator[Connection]:
    """A connection to an index that nobody has written yet."""
    opened = connect(MilvusAddress("127.0.0.1", process.port, f"cases_{next(_NUMBERS)}"), {})
    yield opened
    close(opened)


@pytest.fixture
def connection(shared_server: MilvusProcess) -> Iterator[Connection]:
    yield from connected(shared_server)


@pytest.fixture
def server(connection: Connection) -> MilvusServer:
    return MilvusServer(connection)


@pytest.fixture
def mortal(own_server: MilvusProcess) -> Iterator[MilvusServer]:
    """What is asked of `own_server`, which a test kills."""
    for connection in connected(own_server):
        yield MilvusServer(connection)


def test_an_old_server_refuses_words(server: MilvusServer) -> None:
    with pytest.raises(HybridRefusedError, match=r"runs Milvus v2\.3\.5-lite, which searches by m"):
        server.need_hybrid()


def test_records_of_any_length_come_back(server: MilvusServer) -> None:
    collection = server.spare()
    server.begin(collection, DIM, keep=False)
    records = {"long": "é" * 100_000, "empty": "", "short": "x"}
    server.put_records(collection, records.items())
    assert server.records(collection, ["long", "short", "empty", "none"]) == records


def test_nothing_of_a_question_is_written_when_a_search_fails(
    server: MilvusServer, capfd: pytest.CaptureFixture[str]
) -> None:
    collection = publish(server, ALL)
    with pytest.raises(StoreError) as refused:
        server.search(collection, EASTERN.vector, (), "year >= haemoptysis", 3)
    assert "haemoptysis" not in f"{refused.value}{capfd.readouterr()}"


def test_a_server_that_dies_in_mid_build_serves_what_it_served(
    own_server: MilvusProcess, mortal: MilvusServer
) -> None:
    publish(mortal, ALL)
    written = mortal.spare()
    mortal.begin(written, DIM, keep=False)
    own_server.kill()
    with pytest.raises(StoreGoneError, match="stopped answering"):
        mortal.upsert(written, [EASTERN])
    own_server.start()
    assert found(mortal, vector=NORTHERN.vector, k=1) == ["northern"]
    publish(mortal, [EASTERN])
    assert found(mortal, vector=NORTHERN.vector, k=1) == ["eastern"]


def test_a_server_that_dies_in_mid_search_is_one_line_to_each_who_asked(
    own_server: MilvusProcess, mortal: MilvusServer
) -> None:
    publish(mortal, ALL)

    def ask_until_it_fails(_reader: int) -> str:
        with pytest.raises(StoreGoneError) as gone:
            while True:
                found(mortal, vector=NORTHERN.vector)
        return str(gone.value)

    with ThreadPoolExecutor(4) as readers:
        asking = [readers.submit(ask_until_it_fails, reader) for reader in range(4)]
        found(mortal, vector=NORTHERN.vector)
        own_server.kill()
        lines = {asked.result() for asked in asking}
    assert len(lines) == 1
    assert "stopped answering" in lines.pop()
