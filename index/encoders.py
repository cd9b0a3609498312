"""Text to vectors: float32 rows of unit length. The only file that knows sentence-transformers."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderUnavailableError
from index.models import ModelFiles, find_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
"""Shape (rows, dim), every row of length 1."""

BATCH_SIZE = 32
_SPECIAL_TOKENS = 2
"""A classifier and a separator token frame every text of a BERT-like encoder."""
_UNSTATED_MAX_TOKENS = 512

# Prompts of well-known models that do not state them in their own files, from their model cards.
_PROMPTS: tuple[tuple[str, str, str], ...] = (
    ("bge-small-en", "Represent this sentence for searching relevant passages: ", ""),
    ("bge-base-en", "Represent this sentence for searching relevant passages: ", ""),
    ("bge-large-en", "Represent this sentence for searching relevant passages: ", ""),
    ("/e5-", "query: ", "passage: "),
    ("multilingual-e5-", "query: ", "passage: "),
)


class Encoder(Protocol):
    """Turns passages and queries into vectors that can be compared."""

    @property
    def name(self) -> str:
        """What `--model` was given to find it."""

    @property
    def fingerprint(self) -> str:
        """Names the content of the model's files."""

    @property
    def dim(self) -> int:
        """Columns of every vector."""

    @property
    def max_tokens(self) -> int:
        """Tokens of a passage that are read; the rest would be cut."""

    @property
    def prompts(self) -> tuple[str, str]:
        """What is put before a query, and before a passage."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The model's own tokens in each text, special tokens left out."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim)."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim), with the query prompt."""


class SentenceTransformerEncoder:
    """Any sentence-transformers model, loaded from files on this machine."""

    def __init__(self, files: ModelFiles, model: "SentenceTransformer") -> None:
        self._files = files
        self._model = model
        dim = model.get_embedding_dimension()
        if dim is None:
            raise EncoderUnavailableError(files.name, "it does not say how long its vectors are")
        self._dim = dim
        self._prompts = _prompts(files.name, model)

    @property
    def name(self) -> str:
        """What `--model` was given to find it."""
        return self._files.name

    @property
    def fingerprint(self) -> str:
        """Names the content of the model's files."""
        return self._files.fingerprint

    @property
    def dim(self) -> int:
        """Columns of every vector."""
        return self._dim

    @property
    def max_tokens(self) -> int:
        """What the model reads, less its special tokens and the passage prompt."""
        longest = self._model.max_seq_length or _UNSTATED_MAX_TOKENS
        return int(longest) - _SPECIAL_TOKENS - self.count_tokens([self._prompts[1]])[0]

    @property
    def prompts(self) -> tuple[str, str]:
        """What is put before a query, and before a passage."""
        return self._prompts

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The model's own tokens in each text, special tokens left out."""
        if not texts:
            return []
        tokens = self._model.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in tokens["input_ids"]]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim)."""
        return self._encode(texts, self._prompts[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim), with the query prompt."""
        return self._encode(texts, self._prompts[0])

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.empty((0, self._dim), dtype=np.float32)
        rows = self._model.encode(
            list(texts),
            prompt=prompt or None,
            batch_size=BATCH_SIZE,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.ascontiguousarray(rows, dtype=np.float32)


@dataclass(frozen=True)
class EncoderChoice:
    """An encoder that is found but not loaded yet: loading takes seconds, knowing it does not."""

    name: str
    fingerprint: str
    load: Callable[[], Encoder]


def choose_encoder(model: str, may_download: bool = False) -> EncoderChoice:
    """Find a model by name or path; raises `EncoderUnavailableError` with the reason."""
    files = find_model(model, may_download)
    return EncoderChoice(files.name, files.fingerprint, lambda: _load(files))


def _load(files: ModelFiles) -> Encoder:
    # All files are here now: from this line on nothing may ask the network.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        loaded = SentenceTransformer(
            str(files.folder),
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        )
    # Whatever a foreign folder makes the loader raise means the same to its user.
    except Exception as error:
        lines = str(error).strip().splitlines()
        raise EncoderUnavailableError(
            files.name, lines[0][:200] if lines else repr(error)
        ) from error
    return SentenceTransformerEncoder(files, loaded)


def _prompts(name: str, model: "SentenceTransformer") -> tuple[str, str]:
    """The prompts that the model states, else those that its card is known to ask for."""
    stated = {key: prompt or "" for key, prompt in (model.prompts or {}).items()}
    query = stated.get("query", "")
    passage = next(
        (stated[key] for key in ("document", "passage", "corpus") if stated.get(key)), ""
    )
    if query or passage:
        return query, passage
    for part, query_prompt, passage_prompt in _PROMPTS:
        if part in name.lower():
            return query_prompt, passage_prompt
    return "", ""
