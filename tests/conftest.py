"""What all tests share: where real data may be, a small corpus, and an encoder made of hashes."""

import hashlib
import os
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from index.build import build_index
from index.encoders import Encoder, EncoderChoice, Vectors, choose_encoder
from index.keywords import terms
from index.models import PACKAGED_MODEL
from search.service import SearchService

REPOSITORY = Path(__file__).parent.parent
CORPUS = REPOSITORY / "corpus"
SHARED = Path(os.environ.get("CASEBOOK_SHARED", REPOSITORY.parent / "shared"))
"""Real data that is not ours to commit; tests that use it are skipped where it is not."""

# A shell starts what runs in its background with Ctrl-C ignored, and so would our children be.
signal.signal(signal.SIGINT, signal.default_int_handler)
# What a developer's cache holds must change no test; and no test may leave anything there.
_CACHE = tempfile.TemporaryDirectory(prefix="casebook-cache-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name
# A test may be slow on a loaded machine; and no example is kept outside of the tests.
settings.register_profile("casebook", deadline=None, database=None)
settings.load_profile("casebook")

CALF = """Title: Tight calf in a runner
Year: 2021
Type: case report

Patient

A runner of 51 years had a tight calf for ten years. Rest did not help him.

Treatment

Fluid was injected between soleus and gastrocnemius. He ran again after eight weeks.
"""
WRIST = """Title: Numb fingers at night
Year: 2015
Type: article

Findings

The median nerve was swollen at the wrist. A lipoma lay beside it.
"""
SHOULDER = """Title: Stiff shoulder

Course

The capsule was distended with saline. Reaching overhead became easy.
"""


class HashingEncoder:
    """Words hashed into a vector: real vectors of unit length, without a model to load."""

    name = "hashing"
    fingerprint = "hashing-1"
    dim = 64
    max_tokens = 60
    max_query_tokens = 60
    prompts = ("", "")
    runtime = "hashing"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in terms(text):
                digest = hashlib.sha256(term.encode()).digest()
                row[digest[0] % self.dim] += 1 if digest[1] % 2 else -1
            row /= max(float(np.linalg.norm(row)), 1e-6)
        return rows


def hashing_choice(encoder: Encoder | None = None) -> EncoderChoice:
    """A choice that gives the hashing encoder, or one made by the test."""
    chosen = encoder or HashingEncoder()
    return EncoderChoice(chosen.name, chosen.fingerprint, lambda: chosen)


def write_small_corpus(folder: Path) -> Path:
    """Three plain text documents: calf.txt, wrist.txt and shoulder.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("calf", CALF), ("wrist", WRIST), ("shoulder", SHOULDER)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    return write_small_corpus(tmp_path / "documents")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data; the test is skipped where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"no real data in {SHARED} (set CASEBOOK_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter corpus, indexed with the packaged model as a newcomer's first start does."""
    folder = tmp_path_factory.mktemp("corpus") / "index"
    build_index([CORPUS], folder, choose_encoder(PACKAGED_MODEL))
    return folder


@pytest.fixture(scope="session")
def corpus_service(corpus_index: Path) -> SearchService:
    return SearchService.open(corpus_index)
