"""An index of catalog version 5, before passages knew their patients: refused, then made anew."""

import sqlite3
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import catalog_path
from index.errors import IndexVersionError
from ingest.documents import Patient
from search.queries import Query
from search.service import SearchService
from tests.conftest import hashing_choice
from tests.index_contents import update

LAYOUT_OF_VERSION_FIVE = """
    ALTER TABLE passages DROP COLUMN age_years;
    ALTER TABLE passages DROP COLUMN sex;
    UPDATE generations SET manifest = json_remove(manifest, '$.identity');
    PRAGMA user_version = 5;
"""


@pytest.fixture
def folder(small_corpus: Path, tmp_path: Path) -> Path:
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    connection = sqlite3.connect(catalog_path(tmp_path / "index"))
    connection.executescript(LAYOUT_OF_VERSION_FIVE)
    connection.close()
    return tmp_path / "index"


def test_it_is_not_searched(folder: Path) -> None:
    with pytest.raises(IndexVersionError, match=r"version 5, .* Build it again"):
        SearchService.open(folder)


def test_it_is_not_updated(small_corpus: Path, folder: Path) -> None:
    with pytest.raises(IndexVersionError, match="Build it again"):
        update(folder, small_corpus)


def test_a_build_keeps_its_vectors(small_corpus: Path, folder: Path) -> None:
    report = build_index([small_corpus], folder, hashing_choice())
    assert (report.documents, report.encoded, report.generation) == (3, 0, 1)


def test_a_build_gives_its_passages_their_patients(small_corpus: Path, folder: Path) -> None:
    build_index([small_corpus], folder, hashing_choice())
    service = SearchService.open(folder, lambda _model: hashing_choice())
    assert service.search(Query("tight calf")).hits[0].patient == Patient(51.0, "male")
