"""The text of recognised pages, kept by the content of their pictures.

    $XDG_CACHE_HOME/casebook/ocr, or ~/.cache/casebook/ocr
        3f/3f09….json     {"text": …, "confidence": …, "engine": "tesseract 5.3.0 eng", …}

Only text of the documents is in it, no question. It may be deleted at any time; a folder that
cannot be read or written only costs time.
"""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.cache_folder import user_cache

if TYPE_CHECKING:
    from PIL.Image import Image

RULES_VERSION = 1
"""Raised whenever the same words of the engine would be made into another text."""


@dataclass(frozen=True)
class Recognised:
    """The text of a picture, "" if it is none, and how sure its words are (mean, from 0 to 1).

    `sizes` has for each line of the text the height of its letters in points.
    """

    text: str
    confidence: float
    engine: str
    sizes: tuple[float, ...] = ()


def cache_folder() -> Path | None:
    """Where the texts are kept; None for a user without a home."""
    return user_cache("ocr")


def has_cache() -> bool:
    """Whether any text was ever kept here."""
    folder = cache_folder()
    return folder is not None and folder.is_dir()


def picture_key(picture: "Image", dpi: int) -> str:
    """A name for all that the text depends on but the engine: the picture and our rules."""
    facts = f"{RULES_VERSION} {dpi} {picture.mode} {picture.size}"
    return hashlib.sha256(facts.encode() + picture.tobytes()).hexdigest()


def recall(key: str, engine: str) -> Recognised | None:
    """What this engine has made of a picture; whatever any made of it where `engine` is ""."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        stored = json.loads(_path(folder, key).read_text("utf-8"))
        recognised = Recognised(
            str(stored["text"]),
            float(stored["confidence"]),
            str(stored["engine"]),
            tuple(float(size) for size in stored["sizes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):  # absent, or damaged
        return None
    return recognised if engine in ("", recognised.engine) else None


def remember(key: str, recognised: Recognised) -> None:
    """Keep a text, whole or not at all."""
    folder = cache_folder()
    if folder is None:
        return
    path = _path(folder, key)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(recognised), file, ensure_ascii=False)
            Path(unfinished).replace(path)
        except OSError:
            Path(unfinished).unlink(missing_ok=True)


def _path(folder: Path, key: str) -> Path:
    return folder / key[:2] / f"{key}.json"
