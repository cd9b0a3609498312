"""Vectors that stand in for those of a million passages: as far from their base as real ones."""

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from evaluation.speed.corpus import with_other_words
from evaluation.speed.stand_in import (
    SIMILARITY,
    BaseVectors,
    StandInEncoder,
    encode_base,
    moved,
    passage_texts,
)
from index.progress import no_progress
from ingest.documents import Document, Metadata, Section
from tests.conftest import HashingEncoder

TEXT = "A tendon tore while the patient lifted heavy boxes. The surgeon sutured both ends."
DOCUMENT = Document("d", "d.txt", "text", Metadata(), TEXT, (Section("", "other", 0, len(TEXT)),))
OTHER = replace(DOCUMENT, doc_id="e", text=TEXT.upper())
WORDS = {length: ("abcdefghij"[:length],) for length in range(4, 9)}


@pytest.fixture(scope="module")
def base() -> BaseVectors:
    return encode_base(HashingEncoder(), [DOCUMENT, OTHER, DOCUMENT], no_progress)


@pytest.fixture(scope="module")
def encoder(base: BaseVectors) -> StandInEncoder:
    return StandInEncoder(HashingEncoder(), base)


def varied(seed: int) -> str:
    return with_other_words(TEXT, WORDS, Random(seed))


def test_a_base_passage_has_the_vector_of_the_model(encoder: StandInEncoder) -> None:
    texts = passage_texts(DOCUMENT)
    expected = HashingEncoder().encode_passages(texts)
    assert np.array_equal(encoder.encode_passages(texts), expected)


def test_a_copy_is_as_near_to_its_base_as_real_ones_are(encoder: StandInEncoder) -> None:
    first, copy = encoder.encode_passages([TEXT, varied(1)])
    assert float(first @ copy) == pytest.approx(SIMILARITY, abs=1e-5)


def test_two_copies_have_two_vectors(encoder: StandInEncoder) -> None:
    first, second = encoder.encode_passages([varied(1), varied(2)])
    assert float(first @ second) < 0.99


def test_every_vector_has_the_length_one(base: BaseVectors) -> None:
    lengths = [np.linalg.norm(moved(base.vectors, 0, bytes([seed] * 16))) for seed in range(9)]
    assert lengths == pytest.approx([1.0] * 9, abs=1e-5)


def test_the_same_text_has_the_same_vector_in_every_run(base: BaseVectors) -> None:
    first, again = (StandInEncoder(HashingEncoder(), base) for _ in range(2))
    texts = [varied(3)]
    assert np.array_equal(first.encode_passages(texts), again.encode_passages(texts))


def test_what_was_not_made_from_the_base_is_encoded(encoder: StandInEncoder) -> None:
    texts = ["Nothing like it.", varied(1), "Nor this."]
    found = encoder.encode_passages(texts)
    assert np.array_equal(found[::2], HashingEncoder().encode_passages(texts[::2]))


def test_base_vectors_are_read_as_they_were_written(base: BaseVectors, tmp_path: Path) -> None:
    base.save(tmp_path / "base.npz")
    read = BaseVectors.load(tmp_path / "base.npz")
    assert (read.shapes, read.digests) == (base.shapes, base.digests)
    assert np.array_equal(read.vectors, base.vectors)
