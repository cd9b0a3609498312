"""What Casebook relies on in the client library and an old server, tried without Casebook."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.milvus_server.process import MilvusProcess

pymilvus = pytest.importorskip("pymilvus")

OLDEST, NEWER, LAST = 1, 2, 2**63 - 1
ROWS = [
    {"row": OLDEST, "year": 1999, "vector": [1.0, 0.0, 0.0]},
    {"row": NEWER, "year": 2010, "vector": [0.0, 1.0, 0.0]},
    {"row": LAST, "year": 2021, "vector": [0.6, 0.8, 0.0]},
]
SECONDS = 60.0


def connected(server: MilvusProcess) -> Any:
    return pymilvus.MilvusClient(f"http://{server.address}", timeout=SECONDS, dedicated=True)


def filled(client: Any, name: str) -> str:
    """A new collection with `ROWS`."""
    schema = client.create_schema(auto_id=False)
    schema.add_field("row", pymilvus.DataType.INT64, is_primary=True)
    schema.add_field("year", pymilvus.DataType.INT64)
    schema.add_field("vector", pymilvus.DataType.FLOAT_VECTOR, dim=3)
    index = client.prepare_index_params("vector", index_type="FLAT", metric_type="COSINE")
    client.create_collection(name, schema=schema, index_params=index, timeout=SECONDS)
    client.upsert(name, ROWS, timeout=SECONDS)
    return name


def found(client: Any, name: str, where: str = "") -> list[int]:
    """The numbers of the rows near to the first axis, best first."""
    hits = client.search(
        name, [[1.0, 0.0, 0.0]], limit=9, filter=where, consistency_level="Strong", timeout=SECONDS
    )
    return [hit["id"] for hit in hits[0]]


@pytest.fixture(scope="module")
def client(shared_server: MilvusProcess) -> Iterator[Any]:
    opened = connected(shared_server)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def rows(client: Any) -> str:
    return filled(client, "rows")


def test_the_server_says_that_it_is_too_old_for_hybrid_search(client: Any) -> None:
    assert client.get_server_version() == "v2.3.5-lite"


def test_the_nearest_rows_come_first(client: Any, rows: str) -> None:
    assert found(client, rows) == [OLDEST, LAST, NEWER]


def test_the_score_is_the_cosine(client: Any, rows: str) -> None:
    hits = client.search(rows, [[2.0, 0.0, 0.0]], limit=3, consistency_level="Strong")
    assert [hit["distance"] for hit in hits[0]] == pytest.approx([1.0, 0.6, 0.0])


def test_a_filter_compares_integers(client: Any, rows: str) -> None:
    assert found(client, rows, "year >= 2000 and year in [1999, 2010]") == [NEWER]


def test_the_same_rows_again_change_nothing(client: Any, rows: str) -> None:
    client.upsert(rows, ROWS, timeout=SECONDS)
    assert sorted(found(client, rows)) == [OLDEST, NEWER, LAST]


def test_a_deleted_row_is_not_found(client: Any) -> None:
    name = filled(client, "with_one_deleted")
    client.delete(name, ids=[LAST], timeout=SECONDS)
    assert found(client, name) == [OLDEST, NEWER]


def test_an_alias_answers_from_where_it_was_switched_to(client: Any, rows: str) -> None:
    other = filled(client, "the_other")
    client.delete(other, ids=[OLDEST, NEWER], timeout=SECONDS)
    client.create_alias(rows, "served", timeout=SECONDS)
    client.alter_alias(other, "served", timeout=SECONDS)
    assert found(client, "served") == [LAST]


def test_a_collection_that_is_not_there_has_a_number(client: Any) -> None:
    with pytest.raises(pymilvus.MilvusException) as raised:
        found(client, "nowhere")
    assert raised.value.code == 100


def test_what_was_acknowledged_outlives_a_kill(own_server: MilvusProcess) -> None:
    client = connected(own_server)
    name = filled(client, "rows")
    client.delete(name, ids=[NEWER], timeout=SECONDS)
    own_server.kill()
    own_server.start()
    client.load_collection(name, timeout=SECONDS)
    assert found(client, name) == [OLDEST, LAST]


def test_an_error_may_be_its_own_cause(own_server: MilvusProcess) -> None:
    client = connected(own_server)
    own_server.kill()
    with pytest.raises(pymilvus.MilvusException) as raised:
        client.list_collections(timeout=SECONDS)
    assert raised.value.__cause__ is raised.value
