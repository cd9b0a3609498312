"""The corpus of the speed benchmarks: real texts that come again with other words."""

from itertools import islice
from random import Random

import pytest

from evaluation.speed.corpus import (
    RECORDS_PER_DOCUMENT,
    BaseCorpus,
    documents_of,
    read_base,
    shape,
    with_other_words,
)
from index.near_duplicates import SIMILAR, signature, similarity
from ingest.documents import Document
from tests.speed_records import write_records


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> BaseCorpus:
    """Two base documents of made-up records."""
    folder = tmp_path_factory.mktemp("base")
    return read_base(write_records(folder / "records.jsonl", 2), folder / "texts")


def some(base: BaseCorpus, count: int) -> list[Document]:
    return list(islice(documents_of(base), count))


def test_a_record_is_a_section(base: BaseCorpus) -> None:
    assert [len(one.sections) for one in base.documents] == [RECORDS_PER_DOCUMENT] * 2


def test_the_base_comes_first_as_it_was_read(base: BaseCorpus) -> None:
    assert [one.text for one in some(base, 2)] == [one.text for one in base.documents]


def test_the_same_documents_come_in_every_run(base: BaseCorpus) -> None:
    assert some(base, 7) == some(base, 7)


def test_no_two_documents_have_the_same_id(base: BaseCorpus) -> None:
    assert len({one.doc_id for one in some(base, 50)}) == 50


def test_a_copy_has_other_words_in_the_same_places(base: BaseCorpus) -> None:
    first, _, copy = some(base, 3)
    assert copy.text != first.text
    assert copy.sections == first.sections
    assert len(copy.text) == len(first.text)


def test_two_copies_are_no_near_duplicates(base: BaseCorpus) -> None:
    signatures = [signature(one) for one in some(base, 6)[::2]]
    made = [one for one in signatures if one is not None]
    assert len(made) == 3
    assert max(similarity(made[0], made[1]), similarity(made[1], made[2])) < SIMILAR


def test_a_copy_is_known_by_its_shape(base: BaseCorpus) -> None:
    shapes = [shape(one.text) for one in some(base, 4)]
    assert shapes[0] == shapes[2] != shapes[1] == shapes[3]


def test_filters_of_known_selectivity_can_be_set(base: BaseCorpus) -> None:
    documents = some(base, 400)
    late = [one for one in documents if (one.metadata.year or 0) >= 2015]
    assert 160 < len(late) < 240
    assert {one.metadata.document_type for one in documents} > {"letter", "review"}


def test_only_words_of_four_small_letters_and_more_are_replaced() -> None:
    text = "Dr. Gray saw an MRI of 12 cm with that knee"
    assert with_other_words(text, {4: ("bone",)}, Random(3)) in (text, text.replace("knee", "bone"))


def test_a_word_gives_way_to_one_of_its_length() -> None:
    changed = with_other_words("tendon " * 20, {5: ("wrist",), 6: ("vessel",)}, Random(1))
    assert set(changed.split()) == {"tendon", "vessel"}
