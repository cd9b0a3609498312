"""The benchmark of what a server would keep: bytes counted on a small index."""

import json
from pathlib import Path

import pytest

from evaluation.speed.served import ServedSize, measure_served, to_markdown, write_served
from index.build import build_index
from index.catalog import published
from index.progress import no_progress
from index.stores.served_documents import served_document
from tests.conftest import HashingEncoder, hashing_choice, write_small_corpus

SIZE = ServedSize(
    passages=10, documents=2, sampled=2, vector_bytes=1_000_000, sparse_bytes=2_000_000,
    field_bytes=3_000_000, record_bytes=4_000_000, cards_bytes=500_000, kept_cards_bytes=600_000,
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    build_index([write_small_corpus(folder / "documents")], folder / "index", hashing_choice())
    return folder / "index"


@pytest.fixture(scope="module")
def size(index: Path) -> ServedSize:
    return measure_served(index, no_progress)


def test_vectors_are_half_floats(size: ServedSize) -> None:
    assert size.vector_bytes == size.passages * HashingEncoder().dim * 2


def test_records_are_the_documents_as_json(index: Path, size: ServedSize) -> None:
    with published(index) as (connection, manifest):
        ids = [one for (one,) in connection.execute("SELECT doc_id FROM documents")]
        texts = [served_document(connection, one, manifest).text for one in ids]
    assert size.record_bytes == sum(len(text.encode()) for text in texts)


def test_a_sparse_vector_has_eight_bytes_for_each_different_term(
    index: Path, size: ServedSize
) -> None:
    with published(index) as (connection, _):
        rows = connection.execute(
            "SELECT title || ' ' || heading || ' ' || body FROM passage_terms"
        )
        texts = [text for (text,) in rows]
    assert size.sparse_bytes == sum(8 * len(set(text.split())) for text in texts)


def test_a_sample_speaks_for_all_documents(index: Path, size: ServedSize) -> None:
    sampled = measure_served(index, no_progress, most=1)
    assert (sampled.sampled, sampled.passages) == (1, size.passages)
    assert sampled.record_bytes == pytest.approx(size.record_bytes, rel=0.5)


def test_cards_are_fetched_smaller_than_they_are_kept(size: ServedSize) -> None:
    assert 0 < size.cards_bytes < size.kept_cards_bytes


def test_all_is_written_as_a_table_of_megabytes(tmp_path: Path) -> None:
    write_served([SIZE], tmp_path)
    assert "| 10 | 1.0 | 2.0 | 3.0 | 4.0 | 0.5 | 0.6 |" in to_markdown([SIZE])
    assert json.loads((tmp_path / "speed-served.json").read_text())["sizes"][0]["passages"] == 10
