"""A model is found by name or folder, and read as its files and the table say."""

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from index.__main__ import main
from index.errors import EncoderUnavailableError
from index.model_table import MODELS, SEARCH_PROMPT, KnownModel, known_model
from index.models import ModelFiles, find_model
from tests.tiny_models import save_in_hub_cache, save_plain, save_sentence_model, write_words


@pytest.fixture
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the hub's client looks for what it has, empty."""
    cache = tmp_path / "hub"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    return cache


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_plain(tmp_path_factory.mktemp("plain"))


def copy_of(folder: Path, target: Path) -> Path:
    target.mkdir(parents=True)
    for path in folder.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
    return target


def change_json(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    values = json.loads(path.read_text()) if path.exists() else {}
    change(values)
    path.write_text(json.dumps(values))


def test_the_packaged_model_keeps_the_fingerprint_of_its_first_indexes() -> None:
    assert find_model("all-MiniLM-L6-v2").fingerprint == "f329bf3ab0e6471e"


@pytest.mark.parametrize("row", MODELS, ids=lambda row: row.name)
def test_every_name_of_a_known_model_leads_to_its_row(row: KnownModel) -> None:
    assert {known_model(name) for name in (*row.names, *row.relatives)} == {row}


def test_a_known_model_that_states_no_prompts_has_those_of_the_table(hub_cache: Path) -> None:
    save_in_hub_cache(hub_cache, "intfloat/multilingual-e5-small")
    found = find_model("intfloat/multilingual-e5-small")
    assert (found.query_prompt, found.passage_prompt) == ("query: ", "passage: ")


def test_a_model_of_another_size_has_its_relatives_prompts(hub_cache: Path) -> None:
    save_in_hub_cache(hub_cache, "BAAI/bge-base-en-v1.5")
    found = find_model("BAAI/bge-base-en-v1.5")
    assert (found.name, found.query_prompt) == ("BAAI/bge-base-en-v1.5", SEARCH_PROMPT)


@pytest.mark.parametrize(
    "name", ["MedCPT", "ncbi/MedCPT-Query-Encoder", "ncbi/MedCPT-Article-Encoder"]
)
def test_medcpt_is_both_its_encoders_by_any_of_its_names(name: str, hub_cache: Path) -> None:
    passages = save_in_hub_cache(hub_cache, "ncbi/MedCPT-Article-Encoder", seed=1)
    queries = save_in_hub_cache(hub_cache, "ncbi/MedCPT-Query-Encoder", seed=2)
    found = find_model(name)
    assert (found.name, found.folder, found.query_folder) == ("MedCPT", passages, queries)


def test_a_missing_half_is_named(hub_cache: Path) -> None:
    save_in_hub_cache(hub_cache, "ncbi/MedCPT-Article-Encoder")
    with pytest.raises(EncoderUnavailableError, match="its encoder ncbi/MedCPT-Query-Encoder is"):
        find_model("MedCPT")


def test_nothing_is_fetched_unless_it_may_be(
    hub_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(EncoderUnavailableError, match="not among the models on this machine"):
        find_model("MongoDB/mdbr-leaf-ir")


def test_a_folders_name_says_nothing_of_its_prompts(plain: Path, tmp_path: Path) -> None:
    found = find_model(str(copy_of(plain, tmp_path / "multilingual-e5-small")))
    assert (found.query_prompt, found.passage_prompt) == ("", "")


def test_a_copy_has_the_prompts_of_the_name_it_was_saved_under(plain: Path, tmp_path: Path) -> None:
    folder = copy_of(plain, tmp_path / "copy")
    name = "intfloat/multilingual-e5-small"
    change_json(folder / "config.json", lambda values: values.update(_name_or_path=name))
    assert find_model(str(folder)).query_prompt == "query: "


def test_a_copy_that_states_its_pooling_has_the_prompts_of_its_name_too(tmp_path: Path) -> None:
    folder = save_sentence_model(tmp_path / "copy", {})
    name = "intfloat/multilingual-e5-small"
    change_json(folder / "config.json", lambda values: values.update(_name_or_path=name))
    assert find_model(str(folder)).passage_prompt == "passage: "


def test_a_copy_has_the_prompts_of_the_model_that_casebook_json_names(
    plain: Path, tmp_path: Path
) -> None:
    folder = copy_of(plain, tmp_path / "copy")
    write_words(folder, model="Snowflake/snowflake-arctic-embed-s")
    found = find_model(str(folder))
    assert (found.pooling, found.query_prompt) == ("cls", SEARCH_PROMPT)


def test_a_models_own_prompts_win_over_the_tables(tmp_path: Path) -> None:
    folder = save_sentence_model(tmp_path / "own", {"query": "question: "})
    write_words(folder, model="intfloat/multilingual-e5-small")
    found = find_model(str(folder))
    assert (found.query_prompt, found.passage_prompt) == ("question: ", "")


def test_what_casebook_json_says_wins_over_the_models_own_prompts(tmp_path: Path) -> None:
    folder = save_sentence_model(tmp_path / "own", {"query": "question: "})
    write_words(folder, query_prompt="", passage_prompt="passage: ")
    found = find_model(str(folder))
    assert (found.query_prompt, found.passage_prompt) == ("", "passage: ")


def test_the_pooling_of_modules_json_stands(tmp_path: Path) -> None:
    folder = save_sentence_model(tmp_path / "own", {}, pooling="max")
    write_words(folder, model="Snowflake/snowflake-arctic-embed-s")
    assert find_model(str(folder)).pooling == ""


def with_words(folder: Path, **words: str) -> ModelFiles:
    write_words(folder.parent, passage_encoder=folder.name, query_encoder=folder.name, **words)
    return find_model(str(folder.parent))


def test_another_prompt_or_pooling_is_another_fingerprint(plain: Path, tmp_path: Path) -> None:
    folder = copy_of(plain, tmp_path / "pair" / "one")
    found = [
        with_words(folder, **words)
        for words in (
            {},
            {"query_prompt": "a"},
            {"passage_prompt": "a"},
            {"pooling": "cls"},
            {"pooling": "max"},
        )
    ]
    assert len({files.fingerprint for files in found}) == len(found)


def test_another_query_encoder_is_another_fingerprint(plain: Path, tmp_path: Path) -> None:
    copy_of(plain, tmp_path / "passages")
    fingerprints = set()
    for seed in (1, 2):
        save_plain(tmp_path / f"queries-{seed}", seed)
        write_words(tmp_path, passage_encoder="passages", query_encoder=f"queries-{seed}")
        fingerprints.add(find_model(str(tmp_path)).fingerprint)
    assert len(fingerprints) == 2


def test_a_model_that_its_files_describe_whole_has_the_fingerprint_of_its_files(
    tmp_path: Path,
) -> None:
    from index.model_files import fingerprint

    folder = save_sentence_model(tmp_path / "own", {"query": "question: "})
    assert find_model(str(folder)).fingerprint == fingerprint(folder)


def pickled(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")


def without_tokenizer(folder: Path) -> None:
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (folder / name).unlink()


def with_code(folder: Path) -> None:
    module = {"idx": 0, "name": "0", "path": "", "type": "modeling_own.Encoder"}
    (folder / "modules.json").write_text(json.dumps([module]))


def with_a_pickled_route(folder: Path) -> None:
    router = {"path": "", "type": "sentence_transformers.models.Router"}
    route = {"query_0": "sentence_transformers.models.Transformer"}
    (folder / "modules.json").write_text(json.dumps([router]))
    (folder / "router_config.json").write_text(json.dumps({"types": route}))
    (folder / "query_0").mkdir()
    (folder / "query_0" / "pytorch_model.bin").write_bytes(b"")


def classifier(folder: Path) -> None:
    names = ["BertForSequenceClassification"]
    change_json(folder / "config.json", lambda values: values.update(architectures=names))


def torn(folder: Path) -> None:
    (folder / "config.json").write_text('{"architectures":')


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (pickled, "its weights are pickled"),
        (with_a_pickled_route, "its weights are pickled"),
        (lambda folder: (folder / "model.safetensors").unlink(), "it has no weights"),
        (without_tokenizer, "its tokenizer is missing"),
        (with_code, "no code of a model is run"),
        (classifier, "it scores pairs of texts"),
        (torn, "config.json cannot be read"),
        (lambda folder: write_words(folder, model="e5"), "names 'e5', which is in no table"),
        (lambda folder: write_words(folder, prompt="q"), "says what is not known: prompt"),
        (lambda folder: write_words(folder, pooling="first"), "names the pooling 'first', not one"),
        (lambda folder: write_words(folder, query_encoder="no"), "no, which is no folder"),
    ],
)
def test_what_must_not_be_loaded_is_refused_in_one_line(
    spoil: Callable[[Path], object], reason: str, plain: Path, tmp_path: Path
) -> None:
    folder = copy_of(plain, tmp_path / "spoilt")
    spoil(folder)
    with pytest.raises(EncoderUnavailableError, match=reason) as caught:
        find_model(str(folder))
    assert "\n" not in str(caught.value)


def test_a_folder_of_two_models_asks_which(plain: Path, tmp_path: Path) -> None:
    copy_of(plain, tmp_path / "article")
    copy_of(plain, tmp_path / "query")
    with pytest.raises(EncoderUnavailableError, match=r"holds 2 models \(article, query\)"):
        find_model(str(tmp_path))


def test_a_folder_around_a_model_names_it(plain: Path, tmp_path: Path) -> None:
    inside = copy_of(plain, tmp_path / "inside")
    with pytest.raises(EncoderUnavailableError, match=f"did you mean {inside}"):
        find_model(str(tmp_path))


def test_the_known_models_are_listed_with_their_licences(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["models", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in listed] == [row.name for row in MODELS]
    assert all(row["licence"] and row["card"].startswith("https://") for row in listed)


def test_the_list_for_people_names_the_default_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    assert capsys.readouterr().out.startswith("all-MiniLM-L6-v2 ")
