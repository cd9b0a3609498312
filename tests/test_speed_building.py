"""Indexes for the speed benchmarks: of the size that was asked for, and kept."""

import pytest

from evaluation.speed.building import BuiltIndex, SpeedCorpus
from index.catalog import catalog_path
from index.progress import no_progress
from search.queries import Query
from search.service import SearchService
from tests.conftest import hashing_choice
from tests.speed_records import write_records


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> SpeedCorpus:
    folder = tmp_path_factory.mktemp("speed")
    records = write_records(folder / "records.jsonl", 2)
    return SpeedCorpus(hashing_choice(), folder, no_progress, records)


@pytest.fixture(scope="module")
def built(corpus: SpeedCorpus) -> BuiltIndex:
    return corpus.index(150)


def test_an_index_has_the_passages_that_were_asked_for(built: BuiltIndex) -> None:
    assert 150 <= built.passages < 200
    assert built.documents > 2


def test_an_index_is_searched_as_any_other(built: BuiltIndex) -> None:
    service = SearchService.open(built.folder, lambda _model: hashing_choice())
    hits = service.search(Query("patient 5 was seen")).hits
    assert any("Patient 5 was seen" in hit.passage.text for hit in hits)


def test_an_index_is_built_once(corpus: SpeedCorpus, built: BuiltIndex) -> None:
    assert corpus.index(150) == built


def test_its_size_on_disk_is_that_of_all_its_files(built: BuiltIndex) -> None:
    assert built.bytes_on_disk > catalog_path(built.folder).stat().st_size > 0


def test_an_index_that_cannot_be_opened_is_built_anew(corpus: SpeedCorpus) -> None:
    first = corpus.index(20)
    catalog_path(first.folder).unlink()
    assert corpus.index(20).passages == first.passages
    assert catalog_path(first.folder).exists()
