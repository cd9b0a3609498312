"""Runs an encoder that was exported (`index.exporting`): onnxruntime, tokenizers and numpy only.

Neither torch nor sentence-transformers is imported, which is most of a cold start's time. A half
is one of the two encoders of a model: that of passages, or that of queries.

Texts are put into batches by length, so that a short passage is not padded to a long one, and a
batch holds so many tokens, not so many texts.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.model_files import UnusableModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

BATCH_TOKENS = 2_048
"""Tokens in a batch, padding counted: 8 passages of 256; more needs more memory."""
WINDOW_TEXTS = 4_096
"""Texts whose tokens are held at once: enough to find others of the same length."""
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


@dataclass(frozen=True)
class ExportedHalf:
    """The files of one exported encoder, and how it reads a text.

    `longest` counts tokens with the special ones, of which there are `special_tokens`; `inputs`
    are the names that the graph wants of `_INPUTS`. The graph gives one unit row of `dim` per text.
    """

    model: str
    tokenizer: str
    inputs: tuple[str, ...]
    longest: int
    special_tokens: int
    pad_token: int
    dim: int

    def __post_init__(self) -> None:
        if not set(self.inputs) <= set(_INPUTS):
            raise ValueError(f"no such inputs: {self.inputs}")


class OnnxTextModel:
    """One exported text encoder; the graph is loaded when the first text is encoded."""

    def __init__(self, folder: Path, half: ExportedHalf) -> None:
        self._path = folder / half.model
        self._half = half
        self._words = (folder / half.tokenizer).read_text("utf-8")

    @property
    def dim(self) -> int:
        """Columns of its vectors."""
        return self._half.dim

    @property
    def max_tokens(self) -> int:
        """Tokens that are read, special ones left out."""
        return self._half.longest - self._half.special_tokens

    @property
    def special_tokens(self) -> int:
        """Tokens that frame every text: 2 in a BERT-like encoder."""
        return self._half.special_tokens

    def same_tokens_as(self, other: "OnnxTextModel") -> bool:
        """Whether both split every text alike."""
        return self._words == other._words

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens in each text, special ones left out."""
        found = self._counter.encode_batch(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in found]

    def encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        """One unit row per text; the prompt stands before each.

        Raises `UnusableModelError` where the graph cannot be loaded.
        """
        rows = np.empty((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), WINDOW_TEXTS):
            window = [prompt + text for text in texts[start : start + WINDOW_TEXTS]]
            tokens = self._reader.encode_batch(window)
            for batch in batches_by_length([len(one.ids) for one in tokens], BATCH_TOKENS):
                inputs = self._inputs([tokens[number] for number in batch])
                rows[[start + number for number in batch]] = self._session.run(None, inputs)[0]
        return rows

    def _inputs(self, batch: "Sequence[Encoding]") -> dict[str, NDArray[np.int64]]:
        """What the graph is given: (texts, tokens of the longest) each."""
        shape = (len(batch), max(len(one.ids) for one in batch))
        found = {name: np.zeros(shape, np.int64) for name in _INPUTS}
        found["input_ids"][:] = self._half.pad_token
        for row, one in enumerate(batch):
            end = len(one.ids)
            found["input_ids"][row, :end] = one.ids
            found["attention_mask"][row, :end] = one.attention_mask
            found["token_type_ids"][row, :end] = one.type_ids
        return {name: found[name] for name in self._half.inputs}

    @cached_property
    def _reader(self) -> "Tokenizer":
        tokenizer = self._tokenizer()
        tokenizer.enable_truncation(self._half.longest)
        return tokenizer

    @cached_property
    def _counter(self) -> "Tokenizer":
        tokenizer = self._tokenizer()
        tokenizer.no_truncation()
        return tokenizer

    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer: Tokenizer = Tokenizer.from_str(self._words)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> "InferenceSession":
        onnxruntime = silent_onnxruntime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _cores()
        # Threads that wait in a loop take the processor from whoever has work.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            session: InferenceSession = onnxruntime.InferenceSession(
                str(self._path), options, providers=["CPUExecutionProvider"]
            )
        # onnxruntime has an error class of its own for each cause.
        except Exception as error:
            raise UnusableModelError(
                f"its export {self._path} cannot be loaded ({type(error).__name__}): delete it"
            ) from error
        return session


def silent_onnxruntime() -> Any:
    """The library, told to report nothing: from 1.29 on it tells its makers how it is used.

    It must be told before it is imported; what it then reports, models and errors among it, goes
    over the network. Source: https://github.com/microsoft/onnxruntime/pull/27379
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime


def batches_by_length(lengths: Sequence[int], most_tokens: int) -> Iterator[list[int]]:
    """Numbers of texts in batches of at most `most_tokens` with padding, longest first.

    A text that is longer than that is a batch of its own.

    >>> list(batches_by_length([2, 9, 3, 2], 9))
    [[1], [2, 0, 3]]
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    start = 0
    while start < len(order):
        size = max(1, most_tokens // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size


def _cores() -> int:
    """The cores that this process may use: a container may have been given fewer than there are.

    OMP_NUM_THREADS, which torch heeds too, may state fewer: others work on the same machine.
    """
    cores = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    stated = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores, int(stated)) if stated.isdigit() and int(stated) else cores
