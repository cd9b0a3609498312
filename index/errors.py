"""What can go wrong with an index. Each message is one line that names the way out.

CatalogError
├── IndexMissingError         there is no index in this folder
├── NotAnIndexError           the folder holds something else
├── IndexVersionError         written by another version of Casebook
├── IndexDamagedError         a part is missing or does not belong to the others
├── IndexBusyError            another process is building it
├── IndexUnwritableError      the folder or the disk refuses
├── NothingToIndexError       the paths hold no document that can be read
├── PathMissingError          a path that was asked for does not exist
├── EncoderUnavailableError   the model cannot be loaded
├── EncoderMismatchError      the model is not the one that the index was built with
└── RerankerUnavailableError  the cross-encoder cannot be loaded (index/cross_encoders.py)
"""

from collections.abc import Sequence
from pathlib import Path

from ingest.documents import SkippedFile


class CatalogError(Exception):
    """Anything that makes an index unusable, or a build impossible."""


class IndexMissingError(CatalogError):
    """Nothing has been built here yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"no index in {folder}. Build it: python -m index build --index {folder}")


class NotAnIndexError(CatalogError):
    """The folder or its catalog was not written by Casebook."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"{folder} is not an index ({reason}). "
            f"Build one in another folder: python -m index build --index {folder}-new"
        )


class IndexVersionError(CatalogError):
    """The catalog's layout is older or newer than this program's."""

    def __init__(self, folder: Path, found: int, known: int) -> None:
        way_out = (
            f"Update Casebook, or build another: python -m index build PATH … --index {folder}-new"
            if found > known
            else f"Build it again, no text is encoded twice: "
            f"python -m index build PATH … --index {folder}"
        )
        super().__init__(
            f"{folder} has index version {found}, this program reads {known}. {way_out}"
        )


class IndexDamagedError(CatalogError):
    """A part is missing, or belongs to another generation than the rest."""

    def __init__(self, folder: Path, damage: str) -> None:
        super().__init__(
            f"the index in {folder} is damaged: {damage}. "
            f"Rebuild it from your documents: python -m index build PATH … --index {folder}"
        )


class IndexBusyError(CatalogError):
    """There is one writer at a time."""

    def __init__(self, folder: Path, writer: str) -> None:
        super().__init__(
            f"{folder} is being built {writer}. Wait for it, then try again: "
            f"python -m index info --index {folder}"
        )


class IndexUnwritableError(CatalogError):
    """The folder cannot be made or written, or the disk is full."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"{folder} cannot be written ({reason}). Free or choose another place: "
            "python -m index build PATH … --index DIR"
        )


class NothingToIndexError(CatalogError):
    """No document under the paths; `skipped` says what was there and why it was not read."""

    def __init__(self, paths: Sequence[str], skipped: Sequence[SkippedFile]) -> None:
        super().__init__(
            f"nothing readable in {' '.join(paths)}; the index was left as it was. "
            f"See what is read: python -m ingest {' '.join(paths)}"
        )
        self.skipped = tuple(skipped)


class PathMissingError(CatalogError):
    """A mistyped path must not empty an index."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"no such file or folder: {path}; nothing was changed. "
            "Check it and build again: python -m index build PATH …"
        )


class EncoderUnavailableError(CatalogError):
    """The model is unknown, not on this machine, or not what it should be."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"the model '{model}' cannot be used: {reason}. "
            "Use the packaged one: python -m index build --model all-MiniLM-L6-v2"
        )


class EncoderMismatchError(CatalogError):
    """The index's vectors come from another model than the one at hand."""

    def __init__(self, folder: Path, built_with: str, at_hand: str) -> None:
        super().__init__(
            f"{folder} was built with encoder '{built_with}', but '{at_hand}' is at hand. "
            f"Rebuild it: python -m index build PATH … --model {built_with} --index {folder}"
        )
