"""Makes an encoder that runs without torch, checks that it is faithful, and keeps it.

Passages are encoded with weights and activations of 8 bits, which is about twice as fast; queries
with the very numbers of the model, as one short text costs little and its vector should not depend
on what else is asked. Only products with weights are quantised: word vectors stay as they are.

What is not faithful is not used, and a model that cannot be exported stays with torch.
"""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.kept_exports import Export, find_export, keep_export
from index.model_files import UnusableModelError
from index.onnx_models import ExportedHalf, OnnxTextModel, silent_onnxruntime
from index.sentence_models import TextModel, TorchParts

FAITHFUL_MEAN = 0.99
"""Mean cosine of 8-bit vectors with the model's own from which on they may stand for them."""
FAITHFUL_LEAST = 0.98
"""The same for the worst passage: none may be led astray because the others are not."""
EXACT_COSINE = 0.9999
"""What an export of full precision must reach for each text: beyond that is only rounding."""
SAMPLE_TEXTS = 64
_NEEDED = ("onnx", "onnxscript", "onnxruntime")
_QUERY_LETTERS = 120
_LONGEST_REASON = 200


@dataclass(frozen=True)
class Prompted:
    """One half of an encoder as torch runs it, and the prompt that stands before its texts."""

    model: TextModel
    prompt: str


def export_encoder(
    fingerprint: str, passages: Prompted, queries: Prompted, real_passages: Sequence[str]
) -> Export:
    """The export that was kept of this model, or a new one, checked on `real_passages`.

    Takes about ten seconds for a small model. Raises `UnusableModelError` with the reason where
    there can be none.
    """
    missing = [name for name in _NEEDED if not find_spec(name)]
    if missing:
        raise UnusableModelError(f"{missing[0]} is not installed")
    silent_onnxruntime()
    make = partial(_make, passages=passages, queries=queries, texts=spread(real_passages))
    try:
        return find_export(fingerprint) or keep_export(fingerprint, make)
    except UnusableModelError:
        raise
    except OSError as error:
        raise UnusableModelError(f"its export cannot be kept: {error.strerror or error}") from error
    # The exporter follows a model's own code: whatever it raises means the same to the user.
    except Exception as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise UnusableModelError(f"it cannot be exported: {lines[0][:_LONGEST_REASON]}") from error


def spread(texts: Sequence[str], most: int = SAMPLE_TEXTS) -> list[str]:
    """At most so many of the texts, evenly from first to last.

    >>> spread(["a", "b", "c", "d", "e"], 2)
    ['a', 'c']
    """
    most = min(most, len(texts))
    return [texts[len(texts) * number // most] for number in range(most)]


def _make(folder: Path, passages: Prompted, queries: Prompted, texts: Sequence[str]) -> Export:
    """Export both halves into a folder, and choose what encodes passages by how faithful it is."""
    asked = _exported(queries.model.torch_parts(), folder, "queries")
    full = asked
    if passages.model.torch_parts().model is not queries.model.torch_parts().model:
        full = _exported(passages.model.torch_parts(), folder, "passages")
    for half, prompted, read in (
        (asked, queries, [text[:_QUERY_LETTERS] for text in texts]),
        (full, passages, texts),
    ):
        if min(_cosines(folder, half, prompted, read)) < EXACT_COSINE:
            raise UnusableModelError("its export gives other vectors than the model")
    small = _quantised(folder, full)
    cosines = _cosines(folder, small, passages, texts)
    mean, least = float(np.mean(cosines)), min(cosines)
    faithful = mean >= FAITHFUL_MEAN and least >= FAITHFUL_LEAST
    return Export(folder, small if faithful else full, asked, faithful, mean, least)


def _cosines(
    folder: Path, half: ExportedHalf, prompted: Prompted, texts: Sequence[str]
) -> list[float]:
    """How near the vectors of an exported half are to those of the model itself."""
    expected = prompted.model.encode(texts, prompted.prompt)
    found: NDArray[np.float32] = OnnxTextModel(folder, half).encode(texts, prompted.prompt)
    return [float(cosine) for cosine in (expected * found).sum(axis=1)]


def _exported(parts: TorchParts, folder: Path, name: str) -> ExportedHalf:
    """Write one half as an ONNX graph from tokens to unit rows, and its tokenizer."""
    import torch

    half = ExportedHalf(
        model=f"{name}.onnx",
        tokenizer=f"{name}.json",
        inputs=parts.inputs,
        longest=parts.longest,
        special_tokens=parts.special_tokens,
        pad_token=parts.pad_token,
        dim=parts.dim,
    )
    (folder / half.tokenizer).write_text(parts.tokenizer, "utf-8")
    rows = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens")}
    # Sizes of 1 would be taken for constants, and a mask without a gap for none at all.
    example = torch.ones((2, min(8, parts.longest)), dtype=torch.int64)
    example[1, -1] = 0
    with _quiet(), parts.plain_attention(), torch.no_grad():
        torch.onnx.export(
            _pooled(parts),
            tuple(example.clone() for _ in half.inputs),  # one tensor would be one input
            str(folder / half.model),
            input_names=list(half.inputs),
            output_names=["vectors"],
            dynamic_shapes=(tuple(rows for _ in half.inputs),),
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    return half


def _pooled(parts: TorchParts) -> Any:
    """A torch module from tokens to unit rows, as the model's own modules would make them."""
    import torch

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = parts.model

        def forward(self, *tokens: Any) -> Any:
            inputs = dict(zip(parts.inputs, tokens, strict=True))
            states = self.model(**inputs).last_hidden_state
            pooled = states[:, 0]
            if parts.pooling == "mean":
                mask = inputs["attention_mask"].unsqueeze(-1).to(states.dtype)
                pooled = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, dim=1)

    return Pooled().eval()


def _quantised(folder: Path, full: ExportedHalf) -> ExportedHalf:
    """The same graph with products of 8 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    small = replace(full, model="passages-int8.onnx")
    with _quiet():
        quantize_dynamic(
            folder / full.model,
            folder / small.model,
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            # 7 bits of weights: with 8, processors without VNNI overflow, and say nothing.
            reduce_range=True,
        )
    return small


@contextmanager
def _quiet() -> Iterator[None]:
    """The exporter warns about operators of images, and the quantiser calls for preprocessing."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
