"""An index folder served by a real server, which is killed in mid-build and in mid-search."""

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from index.build import build_index
from index.location import MilvusAddress
from index.store_errors import StoreGoneError
from search.queries import Filters, Query
from search.service import SearchService
from tests.conftest import hashing_choice
from tests.index_contents import chosen, texts, update
from tests.milvus_server.process import MilvusProcess

pytest.importorskip("pymilvus")

from index.stores.milvus.server import MilvusServer
from index.stores.served import SENDING, Mirrored, mirror

CALF, WRIST = "tight calf of a runner", "swollen median nerve"
QUESTIONS = (CALF, WRIST, "stiff shoulder", "the price of bread")
FILTERS = (Filters(), Filters(year_from=2016), Filters(document_types=("article",)))
_NUMBERS = count()


@pytest.fixture
def folder(small_corpus: Path, tmp_path: Path) -> Path:
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


@pytest.fixture
def address(shared_server: MilvusProcess) -> MilvusAddress:
    return MilvusAddress("127.0.0.1", shared_server.port, f"index_{next(_NUMBERS)}")


@pytest.fixture
def killed_in_mid_build(
    own_server: MilvusProcess, folder: Path, small_corpus: Path
) -> Iterator[MilvusAddress]:
    """What served generation 1, and was killed when generation 2 was sent."""
    address = MilvusAddress("127.0.0.1", own_server.port, "index")
    serve(folder, address)
    (small_corpus / "calf.txt").unlink()
    update(folder, small_corpus)
    with pytest.raises(StoreGoneError, match="stopped answering"):
        serve(folder, address, own_server)
    own_server.start()
    yield address


def serve(folder: Path, address: MilvusAddress, killed: MilvusProcess | None = None) -> Mirrored:
    """Have a server serve a folder; one that is to be killed dies when documents are sent."""

    def progress(stage: str, _done: int, _total: int) -> None:
        if killed and stage == SENDING:
            killed.kill()

    with closing(MilvusServer.connect(address)) as server:
        return mirror(folder, server, progress)


def scored(service: SearchService, question: str, filters: Filters) -> list[tuple[float, str]]:
    """The hits with their scores; those of one score in the order of their texts."""
    hits = service.search(Query(question, filters=filters)).hits
    return sorted((-round(hit.score, 4), hit.passage.text) for hit in hits)


def test_a_served_index_answers_as_its_folder_does(folder: Path, address: MilvusAddress) -> None:
    serve(folder, address)
    here, there = (SearchService.open(place, chosen(None)) for place in (folder, address))
    asked = [(question, filters) for question in QUESTIONS for filters in FILTERS]
    assert [scored(there, *one) for one in asked] == [scored(here, *one) for one in asked]


def test_what_is_served_already_is_not_sent_again(folder: Path, address: MilvusAddress) -> None:
    serve(folder, address)
    assert serve(folder, address).documents_put == 0


def test_an_open_page_finds_no_more_what_was_deleted(
    folder: Path, small_corpus: Path, address: MilvusAddress
) -> None:
    serve(folder, address)
    service = SearchService.open(address, chosen(None))
    assert "runner" in texts(service, CALF)[0]
    (small_corpus / "calf.txt").unlink()
    update(folder, small_corpus)
    serve(folder, address)
    assert not any("runner" in text for text in texts(service, CALF))


def test_a_build_whose_server_died_has_published_nothing(
    killed_in_mid_build: MilvusAddress,
) -> None:
    service = SearchService.open(killed_in_mid_build, chosen(None))
    assert (service.state().generation, "runner" in texts(service, CALF)[0]) == (1, True)


def test_a_build_whose_server_died_is_finished_by_the_next(
    folder: Path, killed_in_mid_build: MilvusAddress
) -> None:
    serve(folder, killed_in_mid_build)
    service = SearchService.open(killed_in_mid_build, chosen(None))
    assert not any("runner" in text for text in texts(service, CALF))


def test_a_page_whose_server_died_says_so_and_answers_when_it_is_back(
    folder: Path, own_server: MilvusProcess
) -> None:
    address = MilvusAddress("127.0.0.1", own_server.port, "index")
    serve(folder, address)
    service = SearchService.open(address, chosen(None))
    own_server.kill()
    with pytest.raises(StoreGoneError, match=r"^milvus://\S+ stopped answering\..*then try again"):
        texts(service, CALF)
    own_server.start()
    assert "runner" in texts(service, CALF)[0]
