"""Exports of tiny models of random weights, against torch: made when a test runs, kept nowhere."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from subprocess import run
from sys import executable

import numpy as np
import pytest

from index import exporting
from index.encoders import Encoder, choose_encoder
from index.kept_exports import Export, export_folder, find_export, keep_export
from tests.tiny_models import save_plain, save_sentence_model, write_words

TEXTS = ["torn tendon after fall of the hip", "calf", "Fever, rash: knee pain bicycle", "", "a"]
LONG = "calf " * 60


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Home and cache of these tests: none reads or writes what the user has kept."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        patch.setenv("HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with prompts and mean pooling."""
    prompts = {"query": "represent this question : ", "document": "passage : "}
    return save_sentence_model(tmp_path_factory.mktemp("model") / "own", prompts)


@pytest.fixture(scope="module")
def torch_encoder(model: Path) -> Encoder:
    return choose_encoder(str(model), export_from=None).load()


@pytest.fixture(scope="module")
def exported(model: Path) -> Encoder:
    """The model after its first passages, when it has been exported."""
    encoder = choose_encoder(str(model), export_from=len(TEXTS)).load()
    encoder.encode_passages(TEXTS)
    return encoder


@pytest.fixture(scope="module")
def kept(model: Path, exported: Encoder) -> Export:
    found = find_export(exported.fingerprint)
    assert found
    return found


def test_passages_are_encoded_with_8_bits_once_a_model_is_exported(exported: Encoder) -> None:
    assert exported.runtime.startswith("onnxruntime int8")


def test_8_bit_passages_are_near_to_the_models_own(
    exported: Encoder, torch_encoder: Encoder
) -> None:
    ours, own = (one.encode_passages([*TEXTS, LONG]) for one in (exported, torch_encoder))
    assert (ours * own).sum(axis=1).min() > exporting.FAITHFUL_LEAST


def test_queries_are_the_models_own(exported: Encoder, torch_encoder: Encoder) -> None:
    ours, own = (one.encode_queries([*TEXTS, LONG]) for one in (exported, torch_encoder))
    assert ours == pytest.approx(own, abs=1e-5)


def test_an_exported_model_counts_the_same_tokens(
    exported: Encoder, torch_encoder: Encoder
) -> None:
    assert exported.count_tokens([*TEXTS, LONG]) == torch_encoder.count_tokens([*TEXTS, LONG])


def test_an_exported_model_reads_as_many_tokens(exported: Encoder, torch_encoder: Encoder) -> None:
    assert exported.max_tokens == torch_encoder.max_tokens
    assert exported.max_query_tokens == torch_encoder.max_query_tokens


def test_rows_come_in_the_order_of_the_texts(exported: Encoder) -> None:
    together = exported.encode_queries(TEXTS)
    alone = np.vstack([exported.encode_queries([text]) for text in TEXTS])
    assert together == pytest.approx(alone, abs=1e-5)


def test_the_same_export_serves_the_next_process(model: Path, kept: Export) -> None:
    assert choose_encoder(str(model)).load().runtime.startswith("onnxruntime int8")


def test_an_exported_model_is_used_without_torch(model: Path, kept: Export) -> None:
    script = (
        "import sys; from index.encoders import choose_encoder;"
        f"choose_encoder({str(model)!r}).load().encode_queries(['calf']);"
        "sys.exit(bool({'torch', 'transformers'} & sys.modules.keys()))"
    )
    assert run([executable, "-c", script], cwd=Path(__file__).parent.parent).returncode == 0


def test_onnxruntime_keeps_no_reports_for_its_makers(cache: Path, kept: Export) -> None:
    assert not list(cache.rglob("*Microsoft*"))


def test_an_export_leaves_no_scratch_behind(cache: Path, kept: Export) -> None:
    assert not list(cache.rglob("*.unfinished"))


def copied(export: Export, folder: Path, words: Export) -> Export:
    """Stands for the making of an export: the files of another, and what is written of it."""
    copytree(export.folder, folder, dirs_exist_ok=True)
    return words


def test_a_damaged_export_is_not_used(exported: Encoder, kept: Export) -> None:
    path = kept.folder / kept.passages.model
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    found = find_export(exported.fingerprint)
    path.write_bytes(whole)
    assert found is None


def test_the_export_of_another_model_is_not_used(kept: Export) -> None:
    other = export_folder("another")
    assert other
    copytree(kept.folder, other)
    assert find_export("another") is None


def test_a_damaged_export_is_made_again(exported: Encoder, kept: Export, tmp_path: Path) -> None:
    copytree(kept.folder, tmp_path / "copy")
    (kept.folder / "export.json").write_text("{")

    copy = replace(kept, folder=tmp_path / "copy")
    assert keep_export(exported.fingerprint, lambda folder: copied(copy, folder, kept)) == kept


def test_an_export_that_another_process_finished_first_is_taken(
    exported: Encoder, kept: Export
) -> None:
    slower = replace(kept, mean_cosine=0.5)
    found = keep_export(exported.fingerprint, lambda folder: copied(kept, folder, slower))
    assert found == kept


def test_what_a_killed_process_left_behind_goes_after_a_day(
    exported: Encoder, kept: Export
) -> None:
    left = kept.folder.parent / "x.unfinished"
    left.mkdir()
    os.utime(left, (0, 0))
    keep_export(exported.fingerprint, lambda folder: copied(kept, folder, kept))
    assert not left.exists()


def runtime_of(folder: Path) -> str:
    """What computes a model's vectors after its first passage, where it is exported at once."""
    encoder = choose_encoder(str(folder), export_from=1).load()
    encoder.encode_passages(["calf"])
    return encoder.runtime


def test_a_model_with_another_pooling_stays_with_torch(tmp_path: Path) -> None:
    folder = save_sentence_model(tmp_path / "own", {}, pooling="max")
    assert runtime_of(folder) == "torch fp32 (its pooling is max, not mean or cls)"


def test_a_model_stays_with_torch_where_no_export_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert "(its export cannot be kept: Not a directory)" in runtime_of(save_plain(tmp_path / "m"))


def test_few_passages_are_not_worth_an_export(tmp_path: Path) -> None:
    encoder = choose_encoder(str(save_plain(tmp_path))).load()
    encoder.encode_passages(["calf"])
    assert encoder.runtime.startswith("torch fp32 (not exported")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two encoders that belong together, with CLS pooling."""
    folder = tmp_path_factory.mktemp("pair")
    save_plain(folder / "article", seed=1)
    save_plain(folder / "query", seed=2)
    write_words(folder, passage_encoder="article", query_encoder="query", pooling="cls")
    return folder


@pytest.fixture(scope="module")
def unfaithful(pair: Path) -> Encoder:
    """An encoder whose 8-bit vectors were found to be too far from its own."""
    encoder = choose_encoder(str(pair), export_from=1).load()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "FAITHFUL_MEAN", 1.01)
        encoder.encode_passages(TEXTS)
    return encoder


def test_where_8_bits_are_unfaithful_it_is_said(unfaithful: Encoder) -> None:
    assert unfaithful.runtime.startswith("onnxruntime fp32 (int8 has a cosine of only")


def test_where_8_bits_are_unfaithful_passages_are_the_models_own(
    unfaithful: Encoder, pair: Path
) -> None:
    own = choose_encoder(str(pair), export_from=None).load().encode_passages(TEXTS)
    assert unfaithful.encode_passages(TEXTS) == pytest.approx(own, abs=1e-5)


def test_queries_have_an_export_of_their_own_where_they_have_an_encoder(
    unfaithful: Encoder, pair: Path
) -> None:
    own = choose_encoder(str(pair), export_from=None).load().encode_queries(TEXTS)
    assert unfaithful.encode_queries(TEXTS) == pytest.approx(own, abs=1e-5)
