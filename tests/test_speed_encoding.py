from pathlib import Path

import pytest

from evaluation.speed.encoding import EncodingSpeed, measure_encoding
from index.encoders import choose_encoder
from tests.tiny_models import save_plain

TEXTS = ["torn tendon after fall", "fever", "rash and knee pain"]


@pytest.fixture(scope="module")
def speed(tmp_path_factory: pytest.TempPathFactory) -> EncodingSpeed:
    plain = choose_encoder(str(save_plain(tmp_path_factory.mktemp("model"))), export_from=None)
    return measure_encoding(TEXTS, plain, plain, turns=2, texts_in_a_turn=2)


def test_a_model_against_itself_gives_the_same_vectors(speed: EncodingSpeed) -> None:
    assert speed.least_cosine == pytest.approx(1, abs=1e-5)


def test_as_many_texts_are_encoded_as_were_asked_for(speed: EncodingSpeed) -> None:
    assert (speed.texts, speed.turns) == (2, 2)


def test_the_ratio_of_the_worst_turn_is_no_better_than_the_median(speed: EncodingSpeed) -> None:
    assert 0 < speed.least_ratio <= speed.ratio


def test_the_table_names_what_computed_our_vectors(speed: EncodingSpeed) -> None:
    assert "Casebook, torch fp32" in speed.to_markdown()


def test_the_results_file_holds_the_ratio(speed: EncodingSpeed) -> None:
    assert speed.to_dict()["ratio"] == speed.ratio


def test_two_models_are_not_compared(tmp_path: Path) -> None:
    one, other = (
        choose_encoder(str(save_plain(tmp_path / str(seed), seed)), export_from=None)
        for seed in (1, 2)
    )
    with pytest.raises(ValueError, match="the same model"):
        measure_encoding(TEXTS, one, other)
