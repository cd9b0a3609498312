"""An index on a server: what it keeps and finds, on a milvus-lite of each test's own."""

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.keyword_engines.queries import DocumentFilter
from index.store_errors import (
    HybridRefusedError,
    StoreDamagedError,
    StoreGoneError,
    StoreRefusedError,
)
from index.stores.milvus.rows import row_filter

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")

from index.stores.milvus.connection import Connection, close
from index.stores.milvus.server import MilvusServer
from tests.milvus_passages import ALL, EASTERN, NORTH, NORTHERN, found, opened, passage, publish


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with opened(tmp_path) as connection:
        yield connection


@pytest.fixture
def server(connection: Connection) -> MilvusServer:
    return MilvusServer(connection)


def test_the_same_rows_again_change_nothing(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    server.upsert(collection, ALL)
    assert server.count(collection) == 3


def test_of_one_row_twice_the_last_stays(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    server.upsert(collection, [EASTERN, replace(EASTERN, section="Diagnosis")])
    assert server.rows(collection, [EASTERN.row])[EASTERN.row].section == "Diagnosis"


def test_a_row_comes_back_as_it_was_put_in(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    returned = server.rows(collection, [NORTHERN.row, 7])
    assert list(map(str, astuple(returned[NORTHERN.row]))) == list(map(str, astuple(NORTHERN)))


def test_a_row_that_is_not_there_is_left_out(server: MilvusServer) -> None:
    assert server.rows(publish(server, ALL), [7]) == {}


def test_deleted_rows_are_gone_and_others_are_not(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    server.delete(collection, [EASTERN.row, 7])
    assert sorted(found(server, vector=EASTERN.vector)) == ["northern", "western"]


def test_a_text_too_long_for_a_server_is_refused(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    with pytest.raises(StoreRefusedError, match="passage 1 of eastern"):
        server.upsert(collection, [replace(EASTERN, passage="é" * 33_000)])


def test_records_of_any_length_come_back(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    records = {"long": "é" * 100_000, "empty": "", "short": "x"}
    server.put_records(collection, records.items())
    assert server.records(collection, ["long", "short", "empty", "none"]) == records


def test_a_shorter_record_takes_the_place_of_a_longer_one(
    server: MilvusServer, connection: Connection
) -> None:
    collection = publish(server, ALL)
    server.put_records(collection, [("key", "x" * 200_000)])
    server.put_records(collection, [("key", "short")])
    pieces = connection.client.query(f"{collection}_records", filter="number >= 0")
    assert sorted(piece["text"] for piece in pieces) == ["first", "short"]


def test_a_deleted_record_is_gone(server: MilvusServer) -> None:
    collection = publish(server, ALL)
    server.put_records(collection, [("key", "x" * 200_000), ("other", "kept")])
    server.delete_records(collection, ["key", "none"])
    assert server.records(collection, ["key", "other"]) == {"other": "kept"}


def test_half_a_record_is_damage(server: MilvusServer, connection: Connection) -> None:
    collection = publish(server, ALL)
    server.put_records(collection, [("key", "x" * 200_000)])
    connection.client.delete(f"{collection}_records", filter="number == 1")
    with pytest.raises(StoreDamagedError, match="half of 'key'"):
        server.records(collection, ["key"])


def test_the_nearest_are_found_first(server: MilvusServer) -> None:
    publish(server, ALL)
    assert found(server, vector=EASTERN.vector) == ["eastern", "northern", "western"]


def test_words_alone_find_what_has_them(server: MilvusServer) -> None:
    publish(server, ALL)
    assert found(server, words=["il_6"]) == ["northern"]


def test_what_either_leg_finds_best_is_found(server: MilvusServer) -> None:
    publish(server, ALL)
    best = found(server, vector=EASTERN.vector, words=["il_6"], k=1)
    assert sorted(best) == ["eastern", "northern"]


def test_both_legs_are_filtered(server: MilvusServer) -> None:
    publish(server, ALL)
    filter = row_filter(DocumentFilter(year_from=1990, languages=("de",)))
    assert found(server, vector=EASTERN.vector, words=["knee"], filter=filter) == ["northern"]


def test_nothing_asked_finds_nothing(server: MilvusServer) -> None:
    publish(server, ALL)
    assert found(server) == []


def test_what_is_found_has_all_that_is_scored_anew(server: MilvusServer) -> None:
    (one, *_) = server.search(publish(server, ALL), NORTHERN.vector, (), "", 1)
    assert (one.row, one.terms, one.vector.tolist(), one.section, one.kind) == (
        NORTHERN.row,
        NORTHERN.terms,
        NORTH,
        "Outcome",
        "outcome",
    )


def test_many_threads_get_the_same_answer(server: MilvusServer) -> None:
    publish(server, ALL)
    with ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(lambda _: tuple(found(server, vector=EASTERN.vector)), range(64))
        )
    assert set(answers) == {("eastern", "northern", "western")}


VALUES = ["", "en", "de", "EN", "' or 1"]
STORED = [
    (year, age, value)
    for year in (None, 0, 1999)
    for age in (None, 0.75, 17.9, 18.0)
    for value in VALUES
]
BOUND = st.none() | st.sampled_from([-1, 0, 1, 17, 18, 1999, 2000])
FILTERS = st.builds(
    DocumentFilter,
    year_from=BOUND,
    year_to=BOUND,
    age_from=BOUND,
    age_to=BOUND,
    languages=st.lists(st.sampled_from(VALUES), max_size=2).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(FILTERS)
def test_a_server_filters_as_the_catalog_does(
    server: MilvusServer, documents: DocumentFilter
) -> None:
    rows = [
        passage(
            f"{place}",
            year=-1 if year is None else year,
            age=-1 if age is None else int(age),
            language=language,
        )
        for place, (year, age, language) in enumerate(STORED)
    ]
    served = server.served()
    collection = served.collection if served else publish(server, rows)
    allowed = server.allowed(collection, [row.row for row in rows], row_filter(documents))
    assert allowed == [rows[place].row for place in _let_through(documents)]


def _let_through(documents: DocumentFilter) -> list[int]:
    condition, values = documents.condition()
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE rows (year INT, age_years REAL, language TEXT)")
    connection.executemany("INSERT INTO rows VALUES (?, ?, ?)", STORED)
    sql = f"SELECT rowid - 1 FROM rows WHERE {condition or 'TRUE'} ORDER BY rowid"
    places = [place for (place,) in connection.execute(sql, values)]
    connection.close()
    return places


def test_a_collection_that_went_away_is_said_in_a_line(server: MilvusServer) -> None:
    publish(server, ALL)
    with pytest.raises(StoreGoneError, match="stopped answering"):
        server.search("cases_b", EASTERN.vector, (), "", 3)


def test_a_server_that_went_away_is_said_in_a_line(
    server: MilvusServer, connection: Connection
) -> None:
    publish(server, ALL)
    close(replace(connection, client=object()))
    with pytest.raises(StoreGoneError, match="stopped answering"):
        server.search("cases_a", EASTERN.vector, (), "", 3)


def test_nothing_of_a_question_is_written_when_a_search_fails(
    server: MilvusServer, capfd: pytest.CaptureFixture[str]
) -> None:
    publish(server, ALL)
    with pytest.raises(StoreRefusedError) as refused:
        server.search("cases_a", EASTERN.vector, ["haemoptysis"], "year >= haemoptysis", 3)
    assert "haemoptysis" not in f"{refused.value}{capfd.readouterr()}"


@pytest.mark.parametrize(
    ("version", "hybrid", "half_floats"),
    [("v2.3.5-lite", False, False), ("v2.4.23", False, True), ("2.6.6", True, True)],
)
def test_a_server_is_asked_for_no_more_than_its_version_can(
    connection: Connection, version: str, hybrid: bool, half_floats: bool
) -> None:
    older = replace(connection, version=version)
    assert (older.hybrid, older.half_floats) == (hybrid, half_floats)


def test_an_old_server_refuses_words_with_a_line(connection: Connection) -> None:
    with pytest.raises(
        HybridRefusedError, match=r"runs Milvus v2\.3\.5, which searches by meaning"
    ):
        MilvusServer(replace(connection, version="v2.3.5")).need_hybrid()


@pytest.mark.usefixtures("connection")
def test_pymilvus_reads_no_settings_of_the_folder_it_lies_in() -> None:
    assert os.environ["PYTHON_DOTENV_DISABLED"] == "1"
