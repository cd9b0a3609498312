"""Text to vectors: float32 rows of unit length.

The score of a pair is their cosine, whatever a model was trained for. MedCPT was trained for the
inner product of vectors of any length: here the length is left out, and with it what the model may
say by it. MedCPT's article encoder was trained on pairs of a title and an abstract; it is given a
passage as every other model is, title and heading before the text (`ingest.passages`), as one text.

onnxruntime and torch give vectors of one fingerprint: an export is checked to be faithful before
it is used (`index.exporting`), and they may lie in one index (docs/decisions/0016).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderUnavailableError
from index.exporting import Prompted, export_encoder
from index.kept_exports import Export, find_export
from index.model_files import UnusableModelError
from index.models import ModelFiles, find_model
from index.onnx_models import OnnxTextModel
from index.sentence_models import TextModel, load_text_model

Vectors = NDArray[np.float32]
"""Shape (rows, dim), every row of length 1."""
EXPORT_FROM = 1_000
"""Passages that a process must encode before a model is exported, once on a machine: exporting
takes as long as encoding some hundreds."""


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

    @property
    def runtime(self) -> str:
        """What computes the vectors, and why not something faster; no part of the fingerprint."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The model's own tokens in each text, special tokens left out."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim)."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim), with the query prompt."""


class Half(Protocol):
    """One of a model's two encoders: that of passages, or that of queries."""

    @property
    def dim(self) -> int | None:
        """Columns of its vectors; None if the model does not say."""

    @property
    def max_tokens(self) -> int:
        """Tokens that are read, special ones left out."""

    @property
    def special_tokens(self) -> int:
        """Tokens that frame every text."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens in each text, special ones left out."""

    def encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        """One unit row per text; the prompt stands before each."""


@dataclass(frozen=True)
class Halves:
    """Both encoders of a model, whether they split texts alike, and what computes them."""

    passages: Half
    queries: Half
    same_tokens: bool
    runtime: str


class SentenceTransformerEncoder:
    """Any sentence-transformers model, or two that belong together, from files on this machine.

    It is run by onnxruntime once it was exported, else by torch. Where torch runs it on a
    processor, it is exported as soon as `export_from` passages have come (None: never), and what
    comes after is encoded by the export.
    """

    def __init__(self, files: ModelFiles, halves: Halves, export_from: int | None = None) -> None:
        self._files = files
        self._halves = halves
        self._export_from = export_from
        self._seen: list[str] = []
        dim, query_dim = halves.passages.dim, halves.queries.dim
        if dim is None or query_dim is None:
            raise EncoderUnavailableError(files.name, "it does not say how long its vectors are")
        if dim != query_dim:
            raise EncoderUnavailableError(
                files.name,
                f"its vectors of questions have {query_dim} columns, those of passages {dim}",
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
        return self._halves.passages.max_tokens - self.count_tokens([self._files.passage_prompt])[0]

    @property
    def max_query_tokens(self) -> int:
        """What the model reads of a query, less its special tokens and the query prompt.

        Where its card allows fewer tokens than it could read, as MedCPT's does, the card's.
        """
        queries = self._halves.queries
        longest = queries.max_tokens
        if self._files.max_query_tokens:
            longest = min(longest, self._files.max_query_tokens - queries.special_tokens)
        return longest - self.count_tokens([self._files.query_prompt])[0]

    @property
    def runtime(self) -> str:
        """What computes the vectors, and why not something faster."""
        return self._halves.runtime

    @property
    def prompts(self) -> tuple[str, str]:
        """What is put before a query, and before a passage."""
        return self._files.query_prompt, self._files.passage_prompt

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The model's own tokens in each text, special tokens left out.

        Where its two encoders count differently, the greater count: what fits, fits both.
        """
        counts = self._halves.passages.count_tokens(texts)
        if self._halves.same_tokens:
            return counts
        others = self._halves.queries.count_tokens(texts)
        return [max(two) for two in zip(counts, others, strict=True)]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim), with the passage prompt."""
        self._export_when_it_pays(texts)
        return self._encode(self._halves.passages, texts, self._files.passage_prompt)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim), with the query prompt."""
        return self._encode(self._halves.queries, texts, self._files.query_prompt)

    def _encode(self, half: Half, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.empty((0, self._dim), dtype=np.float32)
        try:
            return half.encode(texts, prompt)
        except UnusableModelError as error:
            raise EncoderUnavailableError(self.name, str(error)) from error

    def _export_when_it_pays(self, texts: Sequence[str]) -> None:
        if self._export_from is None:
            return
        self._seen.extend(texts)
        if len(self._seen) >= max(1, self._export_from):
            self._halves = _export(self._files, self._halves, self._seen)
            self._seen, self._export_from = [], None


@dataclass(frozen=True)
class EncoderChoice:
    """An encoder that is found but not loaded yet: loading takes seconds, knowing it does not."""

    name: str
    fingerprint: str
    load: Callable[[], Encoder]


def loaded(choice: EncoderChoice) -> EncoderChoice:
    """The same choice with its encoder loaded now, once for all that ask for it."""
    encoder = choice.load()
    return replace(choice, load=lambda: encoder)


def choose_encoder(
    model: str, may_download: bool = False, export_from: int | None = EXPORT_FROM
) -> EncoderChoice:
    """Find a model by name or path; raises `EncoderUnavailableError` with the reason.

    With `export_from` None torch runs it, also where an export was kept.
    """
    files = find_model(model, may_download)
    return EncoderChoice(files.name, files.fingerprint, lambda: _load(files, export_from))


def _load(files: ModelFiles, export_from: int | None) -> SentenceTransformerEncoder:
    kept = find_export(files.fingerprint) if export_from is not None else None
    if kept:
        return SentenceTransformerEncoder(files, _exported_halves(kept))
    try:
        passages = load_text_model(files.folder, files.pooling)
        two = files.query_folder != files.folder
        queries = load_text_model(files.query_folder, files.pooling) if two else passages
    except UnusableModelError as error:
        raise EncoderUnavailableError(files.name, str(error)) from error
    return _with_torch(
        files, TextModel(passages, "document"), TextModel(queries, "query"), export_from
    )


def _with_torch(
    files: ModelFiles, passages: TextModel, queries: TextModel, export_from: int | None
) -> SentenceTransformerEncoder:
    runtime = "torch fp32"
    if passages.device != "cpu":
        runtime, export_from = f"torch fp32 on {passages.device}", None
    elif export_from is not None:
        runtime = f"torch fp32 (not exported: fewer than {export_from:,} passages at once so far)"
    halves = Halves(passages, queries, passages.same_tokens_as(queries), runtime)
    return SentenceTransformerEncoder(files, halves, export_from)


def _export(files: ModelFiles, halves: Halves, seen: Sequence[str]) -> Halves:
    """What runs the model from here on: its export, or what ran it before, and why."""
    passages, queries = halves.passages, halves.queries
    if not (isinstance(passages, TextModel) and isinstance(queries, TextModel)):
        return halves
    try:
        return _exported_halves(
            export_encoder(
                files.fingerprint,
                Prompted(passages, files.passage_prompt),
                Prompted(queries, files.query_prompt),
                seen,
            )
        )
    except UnusableModelError as error:
        return replace(halves, runtime=f"torch fp32 ({error})")


def _exported_halves(export: Export) -> Halves:
    passages = OnnxTextModel(export.folder, export.passages)
    queries = OnnxTextModel(export.folder, export.queries)
    runtime = f"onnxruntime int8 (cosine {export.mean_cosine:.3f} with fp32)"
    if not export.eight_bits:
        runtime = f"onnxruntime fp32 (int8 has a cosine of only {export.mean_cosine:.3f} with it)"
    return Halves(passages, queries, passages.same_tokens_as(queries), runtime)
