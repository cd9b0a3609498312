"""Text to vectors: float32 rows of unit length.

The score of a pair is their cosine, whatever a model was trained for. MedCPT was trained for the
inner product of vectors of any length: here the length is left out, and with it what the model may
say by it. MedCPT's article encoder was trained on pairs of a title and an abstract; it is given a
passage as every other model is, title and heading before the text (`ingest.passages`), as one text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderUnavailableError
from index.model_files import UnusableModelError
from index.models import ModelFiles, find_model
from index.sentence_models import TextModel, load_text_model

Vectors = NDArray[np.float32]
"""Shape (rows, dim), every row of length 1."""


class Encoder(Protocol):
    """Turns passages and queries into vectors that can be compared."""

    @property
    def name(self) -> str:
        """What `--model` was given to find it."""

    @property
    def fingerprint(self) -> str:
        """Names the content of the model's files, and its prompts and pooling."""

    @property
    def dim(self) -> int:
        """Columns of every vector."""

    @property
    def max_tokens(self) -> int:
        """Tokens of a passage that are read; the rest would be cut."""

    @property
    def max_query_tokens(self) -> int:
        """Tokens of a query that are read; the rest would be cut."""

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
    """Any sentence-transformers model, or two that belong together, from files on this machine."""

    def __init__(self, files: ModelFiles, passages: TextModel, queries: TextModel) -> None:
        self._files = files
        self._passages = passages
        self._queries = queries
        self._same_tokens = passages.same_tokens_as(queries)
        dim = passages.dim
        if dim is None or queries.dim is None:
            raise EncoderUnavailableError(files.name, "it does not say how long its vectors are")
        if dim != queries.dim:
            raise EncoderUnavailableError(
                files.name,
                f"its vectors of questions have {queries.dim} columns, those of passages {dim}",
            )
        self._dim = dim
        if min(self.max_tokens, self.max_query_tokens) < 1:
            raise EncoderUnavailableError(files.name, "its prompts leave no room for a text")

    @property
    def name(self) -> str:
        """What `--model` was given to find it."""
        return self._files.name

    @property
    def fingerprint(self) -> str:
        """Names the content of the model's files, and its prompts and pooling."""
        return self._files.fingerprint

    @property
    def dim(self) -> int:
        """Columns of every vector."""
        return self._dim

    @property
    def max_tokens(self) -> int:
        """What the model reads of a passage, less its special tokens and the passage prompt."""
        return self._passages.max_tokens - self.count_tokens([self._files.passage_prompt])[0]

    @property
    def max_query_tokens(self) -> int:
        """What the model reads of a query, less its special tokens and the query prompt.

        Where its card allows fewer tokens than it could read, as MedCPT's does, the card's.
        """
        longest = self._queries.max_tokens
        if self._files.max_query_tokens:
            longest = min(longest, self._files.max_query_tokens - self._queries.special_tokens)
        return longest - self.count_tokens([self._files.query_prompt])[0]

    @property
    def prompts(self) -> tuple[str, str]:
        """What is put before a query, and before a passage."""
        return self._files.query_prompt, self._files.passage_prompt

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The model's own tokens in each text, special tokens left out.

        Where its two encoders count differently, the greater count: what fits, fits both.
        """
        counts = self._passages.count_tokens(texts)
        if self._same_tokens:
            return counts
        return [max(two) for two in zip(counts, self._queries.count_tokens(texts), strict=True)]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim), with the passage prompt."""
        return self._encode(self._passages, texts, self._files.passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim), with the query prompt."""
        return self._encode(self._queries, texts, self._files.query_prompt)

    def _encode(self, model: TextModel, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.empty((0, self._dim), dtype=np.float32)
        return model.encode(texts, prompt)


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


def _load(files: ModelFiles) -> SentenceTransformerEncoder:
    try:
        passages = load_text_model(files.folder, files.pooling)
        two = files.query_folder != files.folder
        queries = load_text_model(files.query_folder, files.pooling) if two else passages
    except UnusableModelError as error:
        raise EncoderUnavailableError(files.name, str(error)) from error
    return SentenceTransformerEncoder(
        files, TextModel(passages, "document"), TextModel(queries, "query")
    )
