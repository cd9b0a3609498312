"""A long query is read whole, in parts of whole sentences."""

import numpy as np

from search.query_parts import one_vector, query_parts
from tests.conftest import HashingEncoder

STORY = " ".join(f"Sentence {number} tells of pain." for number in range(60))


def test_a_short_query_is_one_part() -> None:
    assert query_parts("calf pain", HashingEncoder()) == ["calf pain"]


def test_a_long_query_is_read_to_its_end() -> None:
    assert " ".join(query_parts(STORY, HashingEncoder())) == STORY


def test_no_part_is_longer_than_the_encoder_reads() -> None:
    encoder = HashingEncoder()
    parts = query_parts(STORY + " pain" * 200, encoder)
    assert max(encoder.count_tokens(parts)) <= encoder.max_query_tokens


def test_parts_are_whole_sentences() -> None:
    assert all(part.endswith(".") for part in query_parts(STORY, HashingEncoder()))


def test_a_monster_sentence_is_cut_between_words() -> None:
    parts = query_parts("pain " * 200, HashingEncoder())
    assert set(" ".join(parts).split()) == {"pain"}


def test_the_vector_of_the_parts_orders_passages_as_their_mean_cosine_does() -> None:
    chance = np.random.default_rng(3)
    parts, passages = (chance.normal(size=(n, 8)).astype(np.float32) for n in (3, 20))
    by_mean = np.argsort(-(passages @ parts.T).mean(axis=1))
    assert by_mean.tolist() == np.argsort(-(passages @ one_vector(parts)[0])).tolist()
