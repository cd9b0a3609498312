"""Where a reader keeps cards: fetched once a generation, shared by all processes of a user.

    $XDG_CACHE_HOME/casebook/cards/SHA256/, or ~/.cache/casebook/cards/SHA256/

SHA256 is that of the packed cards. `kept.json` holds the hash of every other file and the identity
of the index; a folder that does not fit it is fetched again. Where no such folder can be written,
cards are kept in a temporary one until the process ends. Deleting all of it costs one download.
"""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import finalize

from index.file_hashes import file_sha256
from index.store_errors import StoreError
from index.stores.cards import FILES, Cards, join_pieces, unpack
from ingest.cache_folder import user_cache

KEPT_GENERATIONS = 2
"""Of each index: the newest, and the one that a question may still be answered from."""
_ABOUT = "kept.json"
_PACKED = "cards.zip"
_UNFINISHED = ".unfinished-"
_ABANDONED_SECONDS = 24 * 60 * 60


class CardsUnwritableError(StoreError):
    """Neither the cache nor a temporary folder takes the cards."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "what is kept of an index on a server cannot be written, neither in ~/.cache nor in "
            f"a temporary folder ({reason}). Make room, or set XDG_CACHE_HOME to another place"
        )


class CardsCache:
    """Keeps unpacked cards in a folder; several processes may use the same one at once.

    Without a folder it is the user's own cache.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or user_cache("cards")
        self._temporary: Path | None = None

    def cards(
        self, sha256: str, identity: str, passages: int, fetch: Callable[[], Iterable[str]]
    ) -> Cards:
        """The cards of this hash, which an index of this identity and so many passages has.

        `fetch` gives their `index.stores.cards.pieces`, and is called where they are not kept
        whole. Raises `ValueError` if what it gives is something else.
        """
        for folder in self._folders():
            kept = folder / sha256
            if _is_whole(kept):
                with suppress(OSError):
                    os.utime(kept)
                return Cards(kept, passages)
        try:
            return Cards(self._fetched(sha256, identity, fetch), passages)
        except OSError as error:
            raise CardsUnwritableError(error.strerror or str(error)) from error

    def _folders(self) -> list[Path]:
        """Where cards may be kept already."""
        kept = [self._folder] if self._folder else []
        return kept + ([self._temporary] if self._temporary else [])

    def _fetched(self, sha256: str, identity: str, fetch: Callable[[], Iterable[str]]) -> Path:
        if self._folder:
            # What the server does not give is no fault of the folder's, and passes.
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                kept = _write(self._folder, sha256, identity, fetch)
                _forget_older(self._folder, identity)
                return kept
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="casebook-cards-"))
            finalize(self, shutil.rmtree, self._temporary, ignore_errors=True)
        kept = _write(self._temporary, sha256, identity, fetch)
        _forget_older(self._temporary, identity)
        return kept


def _write(root: Path, sha256: str, identity: str, fetch: Callable[[], Iterable[str]]) -> Path:
    """Fetch cards into a folder of their hash, which is there whole or not at all."""
    _forget_abandoned(root)
    with tempfile.TemporaryDirectory(
        prefix=_UNFINISHED, dir=root, ignore_cleanup_errors=True
    ) as unfinished:
        packed, new = Path(unfinished, _PACKED), Path(unfinished, "new")
        if join_pieces(fetch(), packed) != sha256:
            raise ValueError("the cards have other bytes than their hash says")
        new.mkdir(mode=0o700)
        unpack(packed, new)
        about = {"identity": identity, "files": {name: file_sha256(new / name) for name in FILES}}
        (new / _ABOUT).write_text(json.dumps(about), "utf-8")
        _put_in_place(new, root / sha256, Path(unfinished, "old"))
    return root / sha256


def _put_in_place(new: Path, kept: Path, old: Path) -> None:
    """Rename a whole folder; what another process put there meanwhile is as good, if whole."""
    for _ in range(KEPT_GENERATIONS):
        try:
            new.rename(kept)
            return
        except OSError:
            if _is_whole(kept):
                return
            with suppress(FileNotFoundError):
                kept.rename(old)
    new.rename(kept)


def _is_whole(folder: Path) -> bool:
    """Whether every file is as it was unpacked; a damaged disk, or a kill, leaves others."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        hashes = _about(folder)["files"]
        return all(file_sha256(folder / name) == hashes[name] for name in FILES)
    return False


def _about(folder: Path) -> dict[str, Any]:
    about: dict[str, Any] = json.loads((folder / _ABOUT).read_text("utf-8"))
    return about


def _forget_older(root: Path, identity: str) -> None:
    """Keep the newest cards of an index, and those of others as they are."""
    own: list[tuple[int, Path]] = []
    for folder in root.iterdir():
        with suppress(OSError, ValueError, KeyError, TypeError):
            if _about(folder)["identity"] == identity:
                own.append((folder.stat().st_mtime_ns, folder))
    for _, folder in sorted(own, reverse=True)[KEPT_GENERATIONS:]:
        shutil.rmtree(folder, ignore_errors=True)


def _forget_abandoned(root: Path) -> None:
    """Take away what processes left that were killed a day ago or more."""
    for folder in root.glob(f"{_UNFINISHED}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
