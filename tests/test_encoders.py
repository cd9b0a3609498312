"""Vectors checked against transformers alone, with tiny models of random weights."""

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Router, Transformer

from index.build import build_index
from index.encoders import Encoder, SentenceTransformerEncoder, Vectors, choose_encoder
from index.errors import EncoderMismatchError, EncoderUnavailableError
from search.queries import Query
from search.service import SearchService
from tests.tiny_models import (
    LONGEST,
    WORDS,
    first_states,
    save_cross_encoder,
    save_plain,
    save_sentence_model,
    save_tokenizer,
    write_words,
)

TEXT = "torn tendon after fall"
PROMPTS = {"query": "represent this question : ", "document": "passage : "}


def unit(vector: Vectors) -> Vectors:
    length: Vectors = vector / np.linalg.norm(vector)
    return length


def load(folder: Path) -> Encoder:
    return choose_encoder(str(folder)).load()


@pytest.fixture(scope="module")
def prompted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model with both prompts, mean pooling."""
    return save_sentence_model(tmp_path_factory.mktemp("prompted"), PROMPTS)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plain folders that belong together, as MedCPT's do: CLS pooling."""
    folder = tmp_path_factory.mktemp("pair")
    save_plain(folder / "article", seed=1)
    save_plain(folder / "query", seed=2)
    write_words(folder, passage_encoder="article", query_encoder="query", model="MedCPT")
    return folder


def test_cls_pooling_takes_the_first_hidden_state(tmp_path: Path) -> None:
    folder = save_plain(tmp_path)
    write_words(folder, pooling="cls")
    row = load(folder).encode_passages([TEXT])[0]
    assert row == pytest.approx(unit(first_states(folder, TEXT)[0]), abs=1e-5)


def test_a_plain_folder_of_which_nothing_is_known_takes_the_mean(tmp_path: Path) -> None:
    folder = save_plain(tmp_path)
    row = load(folder).encode_passages([TEXT])[0]
    assert row == pytest.approx(unit(first_states(folder, TEXT).mean(axis=0)), abs=1e-5)


def test_passages_go_through_the_encoder_for_passages(pair: Path) -> None:
    row = load(pair).encode_passages([TEXT])[0]
    assert row == pytest.approx(unit(first_states(pair / "article", TEXT)[0]), abs=1e-5)


def test_queries_go_through_the_encoder_for_queries(pair: Path) -> None:
    row = load(pair).encode_queries([TEXT])[0]
    assert row == pytest.approx(unit(first_states(pair / "query", TEXT)[0]), abs=1e-5)


def test_the_prompt_stands_before_a_query(prompted: Path) -> None:
    row = load(prompted).encode_queries([TEXT])[0]
    states = first_states(prompted, PROMPTS["query"] + TEXT)
    assert len(states) == len(first_states(prompted, TEXT)) + 4
    assert row == pytest.approx(unit(states.mean(axis=0)), abs=1e-5)


def test_the_prompt_stands_before_a_passage(prompted: Path) -> None:
    row = load(prompted).encode_passages([TEXT])[0]
    states = first_states(prompted, PROMPTS["document"] + TEXT)
    assert row == pytest.approx(unit(states.mean(axis=0)), abs=1e-5)


def test_a_default_prompt_is_not_put_before_a_search(tmp_path: Path) -> None:
    folder = save_sentence_model(tmp_path / "own", {"sts": "the fever "})
    config = folder / "config_sentence_transformers.json"
    config.write_text(
        config.read_text().replace('"default_prompt_name": null', '"default_prompt_name": "sts"')
    )
    row = load(folder).encode_queries([TEXT])[0]
    assert '"sts",' in config.read_text()
    assert row == pytest.approx(unit(first_states(folder, TEXT).mean(axis=0)), abs=1e-5)


def test_a_prompt_that_casebook_json_takes_away_is_not_put_before_a_query(tmp_path: Path) -> None:
    folder = save_sentence_model(tmp_path / "own", PROMPTS)
    write_words(folder, query_prompt="")
    row = load(folder).encode_queries([TEXT])[0]
    assert row == pytest.approx(unit(first_states(folder, TEXT).mean(axis=0)), abs=1e-5)


def test_vectors_are_float32_rows_of_unit_length(pair: Path) -> None:
    rows = load(pair).encode_passages([TEXT, "fever", "calf pain"])
    assert str(rows.dtype) == "float32"
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1])


def test_no_texts_give_no_rows(pair: Path) -> None:
    assert load(pair).encode_queries([]).shape == (0, 16)


def test_a_passage_has_room_for_its_prompt_and_two_special_tokens(prompted: Path) -> None:
    assert load(prompted).max_tokens == LONGEST - 2 - 2


def test_a_passage_of_just_that_length_is_read_to_its_last_word(prompted: Path) -> None:
    encoder = load(prompted)
    text = "calf " * (encoder.max_tokens - 1)
    one, other = encoder.encode_passages([text + "knee", text + "hip"])
    assert not np.allclose(one, other, atol=1e-3)


def query_room(folder: Path) -> int:
    encoder = load(folder)
    assert isinstance(encoder, SentenceTransformerEncoder)
    return encoder.max_query_tokens


def test_a_query_has_room_for_its_prompt_and_two_special_tokens(prompted: Path) -> None:
    assert query_room(prompted) == LONGEST - 2 - 4


def test_a_query_has_no_more_room_than_the_models_card_allows(tmp_path: Path) -> None:
    for seed, half in enumerate(("article", "query"), 1):
        save_plain(tmp_path / half, seed, longest=100)
    write_words(tmp_path, passage_encoder="article", query_encoder="query", model="MedCPT")
    assert query_room(tmp_path) == 64 - 2


def test_tokens_are_counted_without_special_ones(prompted: Path) -> None:
    assert load(prompted).count_tokens([TEXT, "fever", ""]) == [4, 1, 0]


def test_encoders_that_count_differently_count_the_greater(tmp_path: Path) -> None:
    save_plain(tmp_path / "article")
    save_tokenizer(save_plain(tmp_path / "query", seed=2), [*WORDS[:4], "fe", "##ver"])
    write_words(tmp_path, passage_encoder="article", query_encoder="query")
    assert load(tmp_path).count_tokens(["fever knee"]) == [3]  # fe ##ver [UNK]


def test_halves_of_other_lengths_do_not_belong_together(tmp_path: Path) -> None:
    save_plain(tmp_path / "article", dim=32)
    save_plain(tmp_path / "query")
    write_words(tmp_path, passage_encoder="article", query_encoder="query")
    with pytest.raises(EncoderUnavailableError, match=r"of questions have 16 columns, .* 32"):
        load(tmp_path)


def test_a_prompt_as_long_as_the_model_reads_is_refused(tmp_path: Path) -> None:
    folder = save_plain(tmp_path)
    write_words(folder, query_prompt="the " * LONGEST)
    with pytest.raises(EncoderUnavailableError, match="leave no room"):
        load(folder)


def test_a_cross_encoder_is_no_encoder(tmp_path: Path) -> None:
    folder = save_cross_encoder(tmp_path)
    with pytest.raises(EncoderUnavailableError, match="it scores pairs of texts"):
        choose_encoder(str(folder))


@pytest.fixture(scope="module")
def routed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """sentence-transformers' own kind of two encoders in one model; the halves lie beside it."""
    folder = tmp_path_factory.mktemp("routed")
    query, document = (
        [Transformer(str(save_plain(folder / half, seed))), Pooling(16, "mean")]
        for seed, half in enumerate(("query", "document"), 1)
    )
    router = Router.for_query_document(query, document)
    SentenceTransformer(modules=[router]).save(str(folder / "whole"))
    return folder


def test_a_model_with_routes_reads_queries_by_the_one_for_queries(routed: Path) -> None:
    row = load(routed / "whole").encode_queries([TEXT])[0]
    assert row == pytest.approx(unit(first_states(routed / "query", TEXT).mean(axis=0)), abs=1e-5)


def test_a_model_with_routes_reads_passages_by_the_one_for_documents(routed: Path) -> None:
    row = load(routed / "whole").encode_passages([TEXT])[0]
    states = first_states(routed / "document", TEXT)
    assert row == pytest.approx(unit(states.mean(axis=0)), abs=1e-5)


def test_a_model_that_wants_its_own_code_is_refused(tmp_path: Path) -> None:
    folder = save_plain(tmp_path)
    (folder / "config.json").write_text(
        '{"model_type": "own", "auto_map": {"AutoConfig": "own.Config", "AutoModel": "own.Model"}}'
    )
    (folder / "own.py").write_text("raise SystemExit('code of a model was run')")
    with pytest.raises(EncoderUnavailableError, match="no code of a model is run"):
        load(folder)


def test_an_index_refuses_its_own_model_with_another_prompt(
    small_corpus: Path, tmp_path: Path
) -> None:
    folder = save_plain(tmp_path / "model")
    write_words(folder, query_prompt="query : ")
    build_index([small_corpus], tmp_path / "index", choose_encoder(str(folder)))
    assert SearchService.open(tmp_path / "index").search(Query("calf pain")).hits
    write_words(folder, query_prompt="question : ")
    with pytest.raises(EncoderMismatchError, match="Rebuild it"):
        SearchService.open(tmp_path / "index").search(Query("calf pain"))


def test_an_index_is_searched_with_two_encoders(
    pair: Path, small_corpus: Path, tmp_path: Path
) -> None:
    build_index([small_corpus], tmp_path / "index", choose_encoder(str(pair)))
    found = SearchService.open(tmp_path / "index").search(Query("calf"))
    assert {hit.title for hit in found.hits} >= {"Tight calf in a runner"}
