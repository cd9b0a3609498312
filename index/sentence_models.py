"""Loads models with sentence-transformers. The only file that knows it.

Weights are read from safetensors only, no code of a model is run, and nothing may ask the network:
all files are here when something is loaded.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.model_files import UnusableModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

Loaded = TypeVar("Loaded")
Task = Literal["query", "document"]
"""What a text is, in sentence-transformers' words; a model with routes takes the one for it."""

BATCH_SIZE = 32
_UNSTATED_MAX_TOKENS = 512
_LONGEST_REASON = 200
_LOADING: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
_WEIGHTS = {"use_safetensors": True, "dtype": "float32"}
"""A model stored in half precision is computed in full: a processor is slow at halves."""


@dataclass(frozen=True)
class TorchParts:
    """What an encoder is made of, for `index.exporting`: all that shapes its vectors.

    `model` is the torch module from tokens to states, `tokenizer` the text of a tokenizer.json,
    `inputs` what the module takes of it, `pooling` is "mean" or "cls"; `longest` counts tokens
    with the special ones.
    """

    model: Any
    tokenizer: str
    inputs: tuple[str, ...]
    pooling: str
    longest: int
    special_tokens: int
    pad_token: int
    dim: int

    @contextmanager
    def plain_attention(self) -> Iterator[None]:
        """Attention as plain products for a while: the fused one exports guards against NaN."""
        before = self.model.config._attn_implementation
        self.model.set_attn_implementation("eager")
        try:
            yield
        finally:
            self.model.set_attn_implementation(before)


class TextModel:
    """One text encoder: a model, or the half of one that reads questions or passages."""

    def __init__(self, model: "SentenceTransformer", task: Task) -> None:
        self._model = model
        self._task = task
        routes = getattr(model[0], "sub_modules", {})
        # Modules of torch, of which mypy knows nothing.
        self._input: Any = routes[task][0] if task in routes else model[0]

    @property
    def dim(self) -> int | None:
        """Columns of its vectors; None if the model does not say."""
        return self._model.get_embedding_dimension()

    @property
    def max_tokens(self) -> int:
        """Tokens that are read, special ones left out."""
        longest = getattr(self._input, "max_seq_length", None) or _UNSTATED_MAX_TOKENS
        return int(longest) - self.special_tokens

    @property
    def special_tokens(self) -> int:
        """Tokens that frame every text: 2 in a BERT-like encoder."""
        count = getattr(self._input.tokenizer, "num_special_tokens_to_add", None)
        return int(count()) if count else 0

    def same_tokens_as(self, other: "TextModel") -> bool:
        """Whether both split every text alike."""
        mine, others = self._input.tokenizer, other._input.tokenizer
        return mine is others or bool(mine.get_vocab() == others.get_vocab())

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens in each text, special ones left out."""
        if not texts:
            return []
        tokens = self._input.tokenizer(list(texts), add_special_tokens=False, verbose=False)
        return [len(ids) for ids in tokens["input_ids"]]

    @property
    def device(self) -> str:
        """Where it runs: "cpu", "cuda", …; sentence-transformers takes a GPU where there is one."""
        return str(self._model.device.type)

    def torch_parts(self) -> TorchParts:
        """What an export takes; raises `UnusableModelError` where vectors need more than that."""
        from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

        modules: list[Any] = list(self._model)
        if len(modules) < 2 or type(modules[1]) is not Pooling:
            raise UnusableModelError("it is not a transformer and a pooling")
        if any(type(one) is not Normalize for one in modules[2:]):
            raise UnusableModelError("it has further layers after its pooling")
        words, pooling = modules[0], modules[1]
        if pooling.pooling_mode not in ("mean", "cls") or not pooling.include_prompt:
            raise UnusableModelError(f"its pooling is {pooling.pooling_mode}, not mean or cls")
        tokenizer = words.tokenizer
        sides = {getattr(tokenizer, f"{what}_side", "") for what in ("padding", "truncation")}
        if not getattr(tokenizer, "is_fast", False) or sides != {"right"}:
            raise UnusableModelError("its tokenizer is not one that can be saved whole")
        return TorchParts(
            model=words.auto_model,
            tokenizer=tokenizer.backend_tokenizer.to_str(),
            inputs=tuple(tokenizer.model_input_names),
            pooling=pooling.pooling_mode,
            longest=self.max_tokens + self.special_tokens,
            special_tokens=self.special_tokens,
            pad_token=int(tokenizer.pad_token_id or 0),
            dim=int(self.dim or 0),
        )

    def encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        """One unit row per text; the prompt stands before each, and no other than this one."""
        encode = self._model.encode_query if self._task == "query" else self._model.encode_document
        rows = encode(
            list(texts),
            prompt=prompt,
            batch_size=BATCH_SIZE,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.ascontiguousarray(rows, dtype=np.float32)


class PairModel:
    """A cross-encoder: reads a query and a passage together and gives them one score."""

    def __init__(self, model: "CrossEncoder") -> None:
        self._model = model

    @property
    def scores_a_pair(self) -> int:
        """Scores that it gives each pair: 1 for one that ranks."""
        return int(self._model.num_labels)

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """The model's own scores before any squashing, which would make ties of the best.

        What is longer than the model reads is cut, the longer text of a pair first.
        """
        from torch.nn import Identity

        if not passages:
            return []
        scores = self._model.predict(
            [(query, passage) for passage in passages],
            batch_size=BATCH_SIZE,
            activation_fn=Identity(),
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return [float(score) for score in scores]


def load_text_model(folder: Path, pooling: str = "") -> "SentenceTransformer":
    """Load an encoder; `pooling` makes one of a plain transformers folder.

    Raises `UnusableModelError`.
    """
    return _load(lambda: _text_model(folder, pooling))


def load_pair_model(folder: Path) -> PairModel:
    """Load a cross-encoder; raises `UnusableModelError`."""
    return PairModel(_load(lambda: _cross_encoder(folder)))


def _text_model(folder: Path, pooling: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    if not pooling or (folder / "modules.json").is_file():
        return SentenceTransformer(str(folder), model_kwargs=dict(_WEIGHTS), **_LOADING)
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    words = Transformer(
        str(folder),
        model_kwargs={**_LOADING, **_WEIGHTS},
        processor_kwargs=dict(_LOADING),
        config_kwargs=dict(_LOADING),
    )
    whole = Pooling(words.get_embedding_dimension(), pooling_mode=pooling)
    return SentenceTransformer(modules=[words, whole])


def _cross_encoder(folder: Path) -> "CrossEncoder":
    from sentence_transformers import CrossEncoder

    model: CrossEncoder = CrossEncoder(str(folder), model_kwargs=dict(_WEIGHTS), **_LOADING)
    return model


def _load(load: Callable[[], Loaded]) -> Loaded:
    # From this line on nothing may ask the network.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return load()
    # Whatever a foreign folder makes the loader raise means the same to its user.
    except Exception as error:
        lines = str(error).strip().splitlines()
        reason = lines[0][:_LONGEST_REASON] if lines else repr(error)
        if "trust_remote_code" in str(error):
            reason = "it needs code of its own, and no code of a model is run"
        raise UnusableModelError(reason) from error
