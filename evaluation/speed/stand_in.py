"""The vectors of a corpus too large to encode for a benchmark: real ones, moved a little.

A base passage has the real model's vector. A passage made from it with other words has that
vector moved towards the vector of some other passage and a little to nowhere, as far as such
other words move a real vector (`SIMILARITY`); a text that was not made from one is encoded by the
real model. So an index of a million passages needs no day of encoding, and its vectors lie as
real ones do: around topics, none equal to another.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evaluation.speed.corpus import shape
from index.encoders import Encoder, EncoderChoice, Vectors
from index.progress import Progress
from index.publication import MAX_PASSAGE_TOKENS
from ingest.documents import Document
from ingest.passages import PassageBudget, encoded_text, encoding_prefix, split_passages

SIMILARITY = 0.66
"""Cosine of a passage with the one that it was made from: the mean over 60 pairs that the packaged
model encoded, half of them from .58 to .78."""
SCATTER = 0.3
"""The part of the move that leads nowhere, beside the part towards another passage."""
CHARACTERS_PER_TOKEN = 4
"""Tokens are not counted but guessed from the length, which other words do not change: the cuts of
a passage stay where they are in its base text."""
_ENCODED_AT_ONCE = 256


@dataclass(frozen=True)
class BaseVectors:
    """The vectors (n, dim) of all base passages, by the shape of each, and their exact texts."""

    shapes: dict[bytes, int]
    digests: dict[bytes, int]
    vectors: Vectors

    def save(self, path: Path) -> None:
        """Write them to one file."""
        part = path.with_name(path.name + ".unfinished")
        with part.open("wb") as file:
            np.savez(
                file,
                shapes=np.frombuffer(b"".join(self.shapes), np.uint8),
                places=np.array(list(self.shapes.values())),
                digests=np.frombuffer(b"".join(self.digests), np.uint8),
                vectors=self.vectors,
            )
        part.replace(path)

    @staticmethod
    def load(path: Path) -> "BaseVectors":
        """Read what `save` wrote."""
        with np.load(path) as stored:
            places = stored["places"].tolist()
            shapes = [row.tobytes() for row in stored["shapes"].reshape(-1, 16)]
            digests = [row.tobytes() for row in stored["digests"].reshape(-1, 16)]
            return BaseVectors(
                dict(zip(shapes, places, strict=True)),
                {digest: place for place, digest in enumerate(digests)},
                stored["vectors"],
            )


class StandInEncoder:
    """The real model for what is new to it, and moved base vectors for all that is made of them."""

    def __init__(self, model: Encoder, base: BaseVectors) -> None:
        self._model = model
        self._base = base
        self.name = model.name
        self.fingerprint = model.fingerprint
        self.dim = model.dim
        self.max_tokens = model.max_tokens
        self.max_query_tokens = model.max_query_tokens
        self.prompts = model.prompts
        self.runtime = "stand-in for copies"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """A guess by length."""
        return tokens_by_length(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim)."""
        found = [self._moved(text) for text in texts]
        unknown = [text for text, vector in zip(texts, found, strict=True) if vector is None]
        encoded = iter(self._model.encode_passages(unknown))
        rows = [next(encoded) if vector is None else vector for vector in found]
        return np.stack(rows) if rows else np.empty((0, self.dim), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row per text, (len(texts), dim), by the real model."""
        return self._model.encode_queries(texts)

    def _moved(self, text: str) -> Vectors | None:
        digest = _digest(text)
        if (same := self._base.digests.get(digest)) is not None:
            return np.asarray(self._base.vectors[same], np.float32)
        place = self._base.shapes.get(shape(text))
        return None if place is None else moved(self._base.vectors, place, digest)


def moved(vectors: Vectors, place: int, seed: bytes) -> Vectors:
    """A unit vector (dim,) with the cosine `SIMILARITY` to the one at `place`; the seed's own."""
    start = vectors[place]
    chance = np.random.default_rng(int.from_bytes(seed, "little"))
    nowhere = chance.standard_normal(len(start), np.float32)
    other = vectors[chance.integers(len(vectors))]
    away = other + SCATTER * nowhere / np.linalg.norm(nowhere)
    away -= (away @ start) * start
    away /= max(float(np.linalg.norm(away)), 1e-9)
    found: Vectors = (SIMILARITY * start + (1 - SIMILARITY**2) ** 0.5 * away).astype(np.float32)
    return found


def tokens_by_length(texts: Sequence[str]) -> list[int]:
    """Guessed tokens of each text: `CHARACTERS_PER_TOKEN` in one."""
    return [-(-len(text) // CHARACTERS_PER_TOKEN) for text in texts]


def stand_in_choice(
    choice: EncoderChoice, documents: Iterable[Document], path: Path, progress: Progress
) -> EncoderChoice:
    """The stand-in for a model; base vectors are made once and kept in `path`."""
    model = choice.load()
    if not path.exists():
        encode_base(model, documents, progress).save(path)
    encoder = StandInEncoder(model, BaseVectors.load(path))
    return replace(choice, load=lambda: encoder)


def encode_base(model: Encoder, documents: Iterable[Document], progress: Progress) -> BaseVectors:
    """Encode the passages of the base documents by the real model."""
    every = (text for one in documents for text in passage_texts(one))
    texts = list(dict.fromkeys(every))
    rows = []
    for start in range(0, len(texts), _ENCODED_AT_ONCE):
        progress("Encoding the base passages", start, len(texts))
        rows.append(model.encode_passages(texts[start : start + _ENCODED_AT_ONCE]))
    places = {_digest(text): place for place, text in enumerate(texts)}
    shapes = {shape(text): place for place, text in enumerate(texts)}
    return BaseVectors(shapes, places, np.concatenate(rows))


def passage_texts(document: Document) -> list[str]:
    """What an encoder reads for each passage of a document, tokens guessed by length."""
    budget = PassageBudget(tokens=MAX_PASSAGE_TOKENS)
    title = document.metadata.title
    return [
        encoded_text(encoding_prefix(title, p.section, budget, tokens_by_length), p.text)
        for p in split_passages(document, budget, tokens_by_length)
    ]


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
