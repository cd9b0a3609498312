"""Which of two collections is served, wherever a writer is killed and whoever else is there."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.location import LiteAddress
from index.store_errors import (
    StoreDamagedError,
    StoreForeignError,
    StoreRefusedError,
    StoreVersionError,
)

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")

from index.stores.milvus import publishing, schema
from index.stores.milvus.connection import Connection
from index.stores.milvus.publishing import Served
from index.stores.milvus.server import MilvusServer
from tests.milvus_passages import ALL, DIM, EASTERN, NORTHERN, found, opened, publish


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with opened(tmp_path) as connection:
        yield connection


@pytest.fixture
def server(connection: Connection) -> MilvusServer:
    return MilvusServer(connection)


def test_nothing_is_served_before_the_first_publication(server: MilvusServer) -> None:
    assert server.served() is None


def test_what_is_published_is_served(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    assert server.served() == Served(collection, "first", "hash")


def test_what_is_being_written_is_not_served(server: MilvusServer) -> None:
    server.begin(server.spare(), DIM, keep=False)
    assert server.served() is None


def test_the_two_collections_take_turns(server: MilvusServer) -> None:
    assert [publish(server, ALL) for _ in range(3)] == ["cases_a", "cases_b", "cases_a"]


def test_a_collection_says_what_it_has_also_when_another_is_served(server: MilvusServer) -> None:
    before = publish(server, ALL)
    publish(server, [EASTERN], "second")
    assert server.state_of(before) == Served(before, "first", "hash")


def test_a_collection_that_is_written_says_nothing(server: MilvusServer) -> None:
    publish(server, ALL)
    server.begin(server.spare(), DIM, keep=True)
    assert server.state_of(server.spare()) is None


def test_to_finish_again_changes_nothing(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    server.finish(collection, "first", "hash", 3)
    assert (server.served(), server.count(collection)) == (
        Served(collection, "first", "hash"),
        3,
    )


def test_a_collection_that_lacks_rows_is_not_served(server: MilvusServer) -> None:
    server.begin(server.spare(), DIM, keep=False)
    with pytest.raises(StoreDamagedError, match="has 0 of 3 passages"):
        server.finish(server.spare(), "first", "hash", 3)
    assert server.served() is None


def test_what_was_never_begun_is_not_served(server: MilvusServer) -> None:
    with pytest.raises(StoreDamagedError, match="never begun"):
        server.finish("cases_a", "first", "hash")


def test_of_two_writers_the_first_is_refused(server: MilvusServer, connection: Connection) -> None:
    server.begin("cases_a", DIM, keep=False)
    MilvusServer(connection).begin("cases_a", DIM, keep=True)
    with pytest.raises(StoreRefusedError, match="another build writes it too"):
        server.finish("cases_a", "first", "hash", 0)


def test_what_is_served_is_not_begun(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    with pytest.raises(ValueError, match="is served"):
        server.begin(collection, DIM, keep=True)


@pytest.mark.parametrize(("keep", "dim", "left"), [(True, DIM, 3), (False, DIM, 0), (True, 3, 0)])
def test_rows_are_kept_where_that_is_asked_and_can_be(
    server: MilvusServer, keep: bool, dim: int, left: int
) -> None:
    collection = publish(server, ALL)
    publish(server, [EASTERN], "second")
    server.begin(collection, dim, keep)
    assert server.count(collection) == left


class Killed(BaseException):
    """What a test has happen instead of a request."""


class KilledAfter:
    """A client whose process is killed before its write number `writes`, from 0."""

    WRITES = ("create", "drop", "upsert", "delete", "flush", "alter", "load")

    def __init__(self, client: object, writes: int) -> None:
        self._client, self._left = client, writes

    def __getattr__(self, name: str) -> Any:
        if name.startswith(self.WRITES) and not name.endswith("schema"):
            self._left -= 1
            if self._left < 0:
                raise Killed
        return getattr(self._client, name)


def test_wherever_a_writer_is_killed_one_whole_generation_is_served(connection: Connection) -> None:
    publish(MilvusServer(connection), ALL, "0")
    for writes in range(30):
        if _is_published(connection, str(writes + 1), writes):
            break
        after = MilvusServer(connection)
        served = after.served()
        assert served and after.records(served.collection, ["manifest"]) == {
            "manifest": served.manifest
        }
        assert sorted(found(after, vector=EASTERN.vector)) == sorted(one.doc_id for one in ALL)
        publish(after, ALL, f"again {writes}")
    assert 8 < writes < 29


def _is_published(connection: Connection, manifest: str, writes: int) -> bool:
    """Whether a writer that is killed before its write number `writes` came to its end."""
    killed = replace(connection, client=KilledAfter(connection.client, writes))
    try:
        publish(MilvusServer(killed), ALL, manifest)
    except Killed:
        return False
    return True


def test_a_writer_that_is_killed_leaves_what_was_served(tmp_path: Path) -> None:
    address = LiteAddress(tmp_path / "server.db", "cases")
    script = f"""
import os, signal
from pathlib import Path
from index.location import LiteAddress
from tests.milvus_passages import ALL, DIM, EASTERN, MilvusServer, publish
server = MilvusServer.connect(LiteAddress(Path({str(address.path)!r}), "cases"))
publish(server, ALL)
server.begin(server.spare(), DIM, keep=False)
server.upsert(server.spare(), [EASTERN])
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", script], check=False)
    server = MilvusServer.connect(address)
    assert (ended.returncode, found(server, vector=NORTHERN.vector, k=1)) == (
        -signal.SIGKILL,
        ["northern"],
    )
    server.close()


@pytest.mark.parametrize("name", ["cases", *schema.Names("cases").all])
def test_other_peoples_collections_are_left_alone(
    server: MilvusServer, connection: Connection, name: str
) -> None:
    connection.client.create_collection(name, dimension=4)
    with pytest.raises(StoreForeignError, match=f"'{name}' at"):
        server.begin("cases_a", DIM, keep=False)
    assert connection.client.list_collections() == [name]


def test_an_alias_of_other_people_is_left_alone(
    server: MilvusServer, connection: Connection
) -> None:
    connection.client.create_collection("theirs", dimension=4)
    connection.client.create_alias("theirs", "cases")
    with pytest.raises(StoreForeignError, match="'cases' at"):
        server.begin("cases_a", DIM, keep=False)


@pytest.mark.parametrize("act", [MilvusServer.served, lambda server: publish(server, ALL)])
def test_what_a_newer_program_serves_is_refused(
    server: MilvusServer, monkeypatch: pytest.MonkeyPatch, act: Callable[[MilvusServer], object]
) -> None:
    with monkeypatch.context() as newer:
        newer.setattr(publishing, "SCHEMA_VERSION", 2)
        publish(server, ALL)
        publish(server, ALL)
    with pytest.raises(StoreVersionError, match=r"version 2, this program reads 1\. Update"):
        act(server)
