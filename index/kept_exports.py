"""Where exported encoders are kept, and whether what lies there may be used.

    $XDG_CACHE_HOME/casebook/encoders/KEY, or ~/.cache/casebook/encoders/KEY

KEY stands for the model's fingerprint, the rules of the export and onnxruntime's version: whatever
changes the vectors changes the folder. `export.json` holds the hash of every other file; a folder
that does not fit it is made again. Deleting all of it costs a minute at the next long build.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from index.model_files import UnusableModelError, read_json, sha256
from index.onnx_models import ExportedHalf
from ingest.cache_folder import user_cache

RULES_VERSION = 1
"""Raised whenever an export would come out otherwise: its graph, its quantisation or its check."""
_WORDS = "export.json"
_UNFINISHED = ".unfinished"
_ABANDONED_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Export:
    """An encoder that was exported: its two halves, and how faithful 8 bits were found to be.

    `eight_bits` says whether passages are encoded with them. The cosines are those of 8-bit vectors
    of real passages with the model's own, on average and of the worst.
    """

    folder: Path
    passages: ExportedHalf
    queries: ExportedHalf
    eight_bits: bool
    mean_cosine: float
    least_cosine: float


def export_folder(fingerprint: str) -> Path | None:
    """Where the export of a model is kept; None for a user without a home, or no onnxruntime."""
    try:
        runtime = version("onnxruntime")
    except PackageNotFoundError:
        return None
    key = hashlib.sha256(json.dumps([fingerprint, RULES_VERSION, runtime]).encode()).hexdigest()
    kept = user_cache("encoders")
    return kept / key[:32] if kept else None


def find_export(fingerprint: str) -> Export | None:
    """What was kept of this model, whole and undamaged; None where there is nothing of use."""
    folder = export_folder(fingerprint)
    if folder is None:
        return None
    # Whatever is wrong with the files, they are made again.
    with suppress(OSError, UnusableModelError, KeyError, TypeError, ValueError):
        return _read(folder, fingerprint)
    return None


def keep_export(fingerprint: str, export: Callable[[Path], Export]) -> Export:
    """Export into a folder of its own, then give it its name: others see all of it or nothing.

    Where another process was faster, theirs is taken. Raises OSError where nothing can be kept.
    """
    folder = export_folder(fingerprint)
    if folder is None:
        raise OSError("there is no onnxruntime, or no place to keep an export")
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent)
    with _scratch(folder) as scratch:
        _write(scratch, fingerprint, export(scratch))
        for path in scratch.iterdir():
            _sync(path)
        if not find_export(fingerprint):
            _replace(scratch, folder)
    kept = find_export(fingerprint)
    if kept is None:
        raise OSError(f"{folder} was damaged while it was written")
    return kept


def _read(folder: Path, fingerprint: str) -> Export | None:
    words: dict[str, Any] = read_json(folder / _WORDS)
    if words["fingerprint"] != fingerprint:
        return None
    if any(sha256(folder / name) != digest for name, digest in words["files"].items()):
        return None
    halves = [_half(words[name]) for name in ("passages", "queries")]
    if {name for half in halves for name in (half.model, half.tokenizer)} != words["files"].keys():
        return None
    cosines = float(words["mean_cosine"]), float(words["least_cosine"])
    return Export(folder, halves[0], halves[1], bool(words["eight_bits"]), *cosines)


def _half(words: dict[str, Any]) -> ExportedHalf:
    return ExportedHalf(**{**words, "inputs": tuple(words["inputs"])})


def _write(folder: Path, fingerprint: str, export: Export) -> None:
    halves = (export.passages, export.queries)
    names = sorted({name for half in halves for name in (half.model, half.tokenizer)})
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()
    words = {key: value for key, value in asdict(export).items() if key != "folder"}
    words |= {"fingerprint": fingerprint, "files": {name: sha256(folder / name) for name in names}}
    (folder / _WORDS).write_text(json.dumps(words, indent=1), "utf-8")


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    scratch = Path(
        tempfile.mkdtemp(suffix=_UNFINISHED, prefix=f"{folder.name}-", dir=folder.parent)
    )
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _replace(scratch: Path, folder: Path) -> None:
    """Give a finished folder its name; one of that name that is of no use goes."""
    if folder.exists():
        aside = Path(tempfile.mkdtemp(suffix=_UNFINISHED, dir=folder.parent))
        folder.rename(aside / folder.name)
        shutil.rmtree(aside, ignore_errors=True)
    # Another process may have been faster; then the name is taken, by what is as good.
    with suppress(OSError):
        scratch.rename(folder)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sweep(parent: Path) -> None:
    """Delete what a process left behind that was killed while it exported."""
    for path in parent.glob(f"*{_UNFINISHED}"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(path)
