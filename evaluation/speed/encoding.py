"""Passages per second: ours, and plain sentence-transformers with the same weights and texts.

The two take turns on the same texts in one process, so that whatever else the machine does meets
both; what counts is the ratio of a turn's two times, and of these the median.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from index.encoders import Encoder, EncoderChoice, Vectors

BATCH_TEXTS = 32
"""Texts in a batch of the plain way, sentence-transformers' own default. Ours holds as many where
they have 64 tokens, fewer where they are longer (`index.onnx_models.BATCH_TOKENS`)."""
TURNS = 3
TEXTS_IN_A_TURN = 64


@dataclass(frozen=True)
class EncodingSpeed:
    """What encoding cost. `ratio` is the median over the turns of plain time by our time.

    Seconds are those of the median turn; the cosines are between the two ways' vectors of the same
    text, on average and of the worst. `cpu_ratio` compares processor seconds, which other
    processes disturb less; `runtime` is what computed ours.
    """

    model: str
    runtime: str
    texts: int
    turns: int
    batch_texts: int
    passages_per_s: float
    plain_passages_per_s: float
    ratio: float
    least_ratio: float
    cpu_ratio: float
    mean_cosine: float
    least_cosine: float

    def to_dict(self) -> dict[str, Any]:
        """All of it, as it is written to a results file."""
        return asdict(self)

    def to_markdown(self) -> str:
        """A table of the two ways."""
        return "\n".join(
            (
                "| Encoding | Passages per second | Ratio | Cosine with plain |",
                "|---|---:|---:|---:|",
                "| plain `SentenceTransformer.encode`, torch fp32 "
                f"| {self.plain_passages_per_s:.1f} | 1.00 | 1 |",
                f"| Casebook, {self.runtime} | {self.passages_per_s:.1f} | {self.ratio:.2f} "
                f"| {self.mean_cosine:.4f} (worst {self.least_cosine:.4f}) |",
            )
        )


@dataclass(frozen=True)
class _Turn:
    seconds: float
    cpu_seconds: float
    vectors: Vectors


def measure_encoding(
    texts: Sequence[str],
    ours: EncoderChoice,
    plain: EncoderChoice,
    turns: int = TURNS,
    texts_in_a_turn: int = TEXTS_IN_A_TURN,
) -> EncodingSpeed:
    """Let both ways encode the first texts, in turns; each has encoded them once before.

    So loading, and exporting, are not timed. `ours` is ``choose_encoder(name, export_from=1)``,
    `plain` the same by torch: ``choose_encoder(name, export_from=None)``. Raises ValueError where
    they are two models, or there is no text.
    """
    if not texts or ours.fingerprint != plain.fingerprint:
        raise ValueError("encoding is compared on some texts, with the same model")
    sample = list(texts[:texts_in_a_turn])
    mine, others = ours.load(), plain.load()
    for encoder in (mine, others):
        encoder.encode_passages(sample)
    pairs = [_pair(mine, others, sample, number) for number in range(turns)]
    return _summary(mine, pairs, len(sample))


def _summary(mine: Encoder, pairs: Sequence[tuple[_Turn, _Turn]], texts: int) -> EncodingSpeed:
    ratios = [other.seconds / own.seconds for own, other in pairs]
    own, other = pairs[0]
    cosines = (own.vectors * other.vectors).sum(axis=1)
    return EncodingSpeed(
        model=mine.name,
        runtime=mine.runtime,
        texts=texts,
        turns=len(pairs),
        batch_texts=BATCH_TEXTS,
        passages_per_s=texts / median(own.seconds for own, _ in pairs),
        plain_passages_per_s=texts / median(other.seconds for _, other in pairs),
        ratio=median(ratios),
        least_ratio=min(ratios),
        cpu_ratio=median(other.cpu_seconds / own.cpu_seconds for own, other in pairs),
        mean_cosine=float(cosines.mean()),
        least_cosine=float(cosines.min()),
    )


def _pair(mine: Encoder, others: Encoder, texts: list[str], number: int) -> tuple[_Turn, _Turn]:
    """One turn of each; who goes first changes."""
    if number % 2:
        other = _timed(others.encode_passages, texts)
        return _timed(mine.encode_passages, texts), other
    return _timed(mine.encode_passages, texts), _timed(others.encode_passages, texts)


def _timed(encode: Callable[[Sequence[str]], Vectors], texts: list[str]) -> _Turn:
    started, cpu_started = time.perf_counter(), time.process_time()
    vectors = encode(texts)
    return _Turn(time.perf_counter() - started, time.process_time() - cpu_started, vectors)
