"""A server is made to serve what a folder has published: whole, once, and whatever happens."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import published
from index.errors import IndexMissingError
from index.served_note import served_note
from index.store_errors import StoreVersionError, SupersededError
from index.stores import Generation
from index.stores.opening import answered
from tests.conftest import CALF, hashing_choice
from tests.index_contents import update

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")

from index.stores.milvus.generations import MilvusGenerations
from index.stores.milvus.rows import passage_number
from index.stores.milvus.server import MilvusServer
from index.stores.served import mirror
from tests.served_indexes import asked, lite_server, texts_of

ELBOW = "Title: Weak fingers\nYear: 2019\nType: review\n\nThe radial tunnel was tender.\n"


class KilledError(Exception):
    """Stands for a process that ends."""


@dataclass
class KilledAfter:
    """A progress that ends the process when it was told so often."""

    told: int

    def __call__(self, _what: str, _done: int, _all: int) -> None:
        self.told -= 1
        if self.told < 0:
            raise KilledError


@pytest.fixture
def index(small_corpus: Path, tmp_path: Path) -> Path:
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MilvusServer]:
    with lite_server(tmp_path) as server:
        yield server


@pytest.fixture
def served(index: Path, server: MilvusServer) -> MilvusServer:
    """A server that serves the small corpus."""
    mirror(index, server)
    return server


def change(index: Path, corpus: Path) -> None:
    """Add a document, change one that has two passages into one, and remove one."""
    (corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    (corpus / "calf.txt").write_text(CALF.partition("Treatment")[0], "utf-8")
    (corpus / "wrist.txt").unlink()
    update(index, corpus)


def generation_of(server: MilvusServer) -> int:
    with MilvusGenerations(server.address, server).current() as generation:
        return generation.manifest.generation


def is_whole(server: MilvusServer, index: Path) -> bool:
    """Whether the server has each passage of the folder with its text, and no other."""
    with (
        published(index) as (connection, manifest),
        MilvusGenerations(server.address, server).current() as generation,
    ):
        places = connection.execute("SELECT doc_id, ordinal FROM passages").fetchall()
        rows = [passage_number(f"{doc_id}:{ordinal}") for doc_id, ordinal in places]
        assert generation.manifest == manifest
        assert len(generation.passages(rows)) == len(rows)
        assert all(generation.document(doc_id) for doc_id, _ in places)
        return server.count(generation.collection) == len(rows)


def test_a_server_that_had_nothing_serves_the_folder(index: Path, server: MilvusServer) -> None:
    mirrored = mirror(index, server)
    assert (mirrored.documents_put, mirrored.documents_removed, mirrored.passages) == (3, 0, 4)
    assert is_whole(server, index)


def test_a_folder_without_an_index_is_not_served(server: MilvusServer, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(IndexMissingError):
        mirror(tmp_path / "none", server)
    assert server.served() is None


def test_where_nothing_changed_nothing_is_written(
    index: Path, served: MilvusServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("begin", "upsert", "delete", "put_records", "finish"):
        monkeypatch.delattr(MilvusServer, name)
    mirrored = mirror(index, served)
    assert (mirrored.documents_put, mirrored.cards_bytes) == (0, 0)
    assert "already" in mirrored.to_text()


def test_what_changed_is_served(index: Path, served: MilvusServer, small_corpus: Path) -> None:
    change(index, small_corpus)
    mirror(index, served)
    assert is_whole(served, index)


def test_of_what_a_collection_has_only_differences_are_sent(
    index: Path, served: MilvusServer, small_corpus: Path
) -> None:
    for name in ("hip", "knee"):  # each collection has had the first documents once
        (small_corpus / f"{name}.txt").write_text(f"Title: {name}\n\nA stiff joint.\n", "utf-8")
        update(index, small_corpus)
        mirrored = mirror(index, served)
    assert (mirrored.documents, mirrored.documents_put, mirrored.passages) == (5, 2, 2)
    assert is_whole(served, index)


def test_a_file_that_was_moved_is_served_by_its_new_name(
    index: Path, served: MilvusServer, small_corpus: Path
) -> None:
    (small_corpus / "calf.txt").rename(small_corpus / "leg.txt")
    update(index, small_corpus)
    mirror(index, served)
    with MilvusGenerations(served.address, served).current() as generation:
        (best,) = generation.search(asked("tight calf of a runner", k=1))
        assert generation.passages([best.row])[best.row].source.endswith("leg.txt")


def test_killed_at_any_step_what_was_served_is_served_until_all_of_it_is_there(
    index: Path, served: MilvusServer, small_corpus: Path
) -> None:
    change(index, small_corpus)
    kills = 0
    for step in range(99):
        try:
            mirror(index, served, KilledAfter(step))
            break
        except KilledError:
            kills += 1
            assert generation_of(served) == 1 or is_whole(served, index)
    assert kills > 5
    assert is_whole(served, index)


@pytest.mark.parametrize("step", [3, 4, 5, 6, 7, 8])
def test_what_a_killed_run_left_of_other_documents_is_gone_after_the_next(
    index: Path, served: MilvusServer, small_corpus: Path, step: int
) -> None:
    change(index, small_corpus)
    with pytest.raises(KilledError):
        mirror(index, served, KilledAfter(step))
    (small_corpus / "elbow.txt").unlink()
    (small_corpus / "calf.txt").write_text(CALF, "utf-8")
    update(index, small_corpus)
    mirror(index, served)
    assert is_whole(served, index)


def test_a_killed_run_is_gone_on_with(index: Path, server: MilvusServer) -> None:
    with pytest.raises(KilledError):
        mirror(index, server, KilledAfter(7))  # while cards are sent
    assert mirror(index, server).documents_put == 0
    assert is_whole(server, index)


def test_another_index_takes_the_place_of_the_one_that_was_served(
    served: MilvusServer, small_corpus: Path, tmp_path: Path
) -> None:
    (small_corpus / "calf.txt").unlink()
    for name in ("other", "another"):
        build_index([small_corpus], tmp_path / name, hashing_choice())
        mirror(tmp_path / name, served)
        assert is_whole(served, tmp_path / name)


def test_rows_that_somebody_took_away_are_sent_again(
    index: Path, served: MilvusServer, small_corpus: Path
) -> None:
    change(index, small_corpus)
    mirror(index, served)
    spare = served.spare()
    with published(index) as (connection, _):
        (doc_id,) = connection.execute("SELECT min(doc_id) FROM passages").fetchone()
    served.begin(spare, 64, keep=True)
    served.delete(spare, [passage_number(f"{doc_id}:0")])
    (small_corpus / "hip.txt").write_text("Title: Hip\n\nA snapping hip.\n", "utf-8")
    update(index, small_corpus)
    mirror(index, served)
    assert is_whole(served, index)


def test_the_folder_notes_what_serves_it(index: Path, served: MilvusServer) -> None:
    note = served_note(index)
    assert note is not None
    assert (note.address, note.generation) == (str(served.address), 1)


def test_what_another_version_of_the_program_put_there_is_refused(
    index: Path, served: MilvusServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.stores.milvus.served_manifest._VERSIONS", [99, 99])
    with pytest.raises(StoreVersionError, match="Build it again"):
        generation_of(served)


def publish_again(index: Path, server: MilvusServer, corpus: Path, name: str) -> None:
    (corpus / f"{name}.txt").write_text(f"Title: {name}\n\nA stiff joint.\n", "utf-8")
    update(index, corpus)
    mirror(index, server)


def test_who_reads_while_one_generation_is_published_reads_on(
    index: Path, served: MilvusServer, small_corpus: Path
) -> None:
    with MilvusGenerations(served.address, served).current() as generation:
        publish_again(index, served, small_corpus, "hip")
        found = generation.search(asked("a stiff joint"))
        assert "A stiff joint." not in texts_of(generation, found)


def test_who_reads_while_two_are_published_is_told_so(
    index: Path, served: MilvusServer, small_corpus: Path
) -> None:
    with (
        pytest.raises(SupersededError, match="Ask again"),
        MilvusGenerations(served.address, served).current() as generation,
    ):
        for name in ("hip", "knee"):
            publish_again(index, served, small_corpus, name)
        generation.search(asked("a stiff joint"))


def test_an_answer_that_was_written_over_is_asked_again(
    index: Path, served: MilvusServer, small_corpus: Path
) -> None:
    waiting = ["hip", "knee"]
    generations = MilvusGenerations(served.address, served)

    def read(generation: Generation) -> int:
        while waiting:
            publish_again(index, served, small_corpus, waiting.pop())
        return generation.manifest.generation

    assert answered(generations, read) == 3
