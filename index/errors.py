"""What can go wrong with an index. Each message is one line that names the way out.

CatalogError
├── IndexMissingError         there is no index in this folder
├── NotAnIndexError           the folder holds something else
├── IndexVersionError         written by another version of Casebook
├── IndexDamagedError         a part is missing or does not belong to the others
├── IndexBusyError            another process is building it
├── IndexUnwritableError      the folder or the disk refuses to be written
├── IndexUnreadableError      the folder or the disk refuses to be read
├── SqliteLacksError          this machine's SQLite is too old, or was made without a part
├── NothingToIndexError       the paths hold no document that can be read
├── PathMissingError          a path that was asked for does not exist
├── IndexOutdatedError        made by other settings than today's: an update would mix them
├── PublicationRefusedError   much of what was found would be lost, and nobody agreed
├── NothingToTakeBackError    the generation before is not kept
├── BuildCancelledError       somebody stopped the build (index/cancelling.py)
├── UploadRefusedError        a file that came through the page is not kept (index/uploads.py)
├── EncoderUnavailableError   the model cannot be loaded
├── EncoderMismatchError      the model is not the one that the index was built with
├── RerankerUnavailableError  the cross-encoder cannot be loaded (index/cross_encoders.py)
└── StoreError                an index that a server serves cannot be used (index/store_errors.py)
"""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from ingest.documents import SkippedFile


def quoted(path: Path | str) -> str:
    """A path as it can be pasted into a command of this system's shell.

    >>> quoted("my cases")
    "'my cases'"
    """
    if os.name == "posix":
        return shlex.quote(str(path))
    from subprocess import list2cmdline

    return list2cmdline([str(path)])


def _built_at(place: Path | str) -> str:
    """The option of `python -m index build` that names a place.

    >>> _built_at("milvus://search:19530/cases")
    '--store milvus://search:19530/cases'
    """
    option = "--store" if "://" in str(place) else "--index"
    return f"{option} {quoted(place)}"


def _aside(folder: Path) -> str:
    """A folder beside one that cannot be used, as a command takes it."""
    return quoted(f"{folder}-new")


class CatalogError(Exception):
    """Anything that makes an index unusable, or a build impossible."""

    def __init__(self, message: str) -> None:
        # A name or a library's own message may hold line breaks.
        super().__init__(" ".join(message.split("\n")))


class IndexMissingError(CatalogError):
    """Nothing has been built here yet, in a folder or behind the address of a server."""

    def __init__(self, place: Path | str) -> None:
        super().__init__(f"no index in {place}. Build it: python -m index build {_built_at(place)}")


class NotAnIndexError(CatalogError):
    """The folder or its catalog was not written by Casebook."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"{folder} is not an index ({reason}). "
            f"Build one in another folder: python -m index build --index {_aside(folder)}"
        )


class IndexVersionError(CatalogError):
    """The catalog's layout is older or newer than this program's."""

    def __init__(self, folder: Path, found: int, known: int) -> None:
        way_out = (
            "Update Casebook, or build another: "
            f"python -m index build PATH … --index {_aside(folder)}"
            if found > known
            else f"Build it again, no text is encoded twice: "
            f"python -m index build PATH … --index {quoted(folder)}"
        )
        super().__init__(
            f"{folder} has index version {found}, this program reads {known}. {way_out}"
        )


class IndexDamagedError(CatalogError):
    """A part is missing, or belongs to another generation than the rest.

    `elsewhere` where the catalog itself is broken, so that nothing can be built in its place.
    """

    def __init__(self, folder: Path, damage: str, elsewhere: bool = False) -> None:
        place = _aside(folder) if elsewhere else quoted(folder)
        super().__init__(
            f"the index in {folder} is damaged: {damage}. "
            f"Rebuild it from your documents: python -m index build PATH … --index {place}"
        )


class IndexBusyError(CatalogError):
    """There is one writer at a time; `way_out` where waiting does not help."""

    def __init__(self, folder: Path, writer: str, way_out: str = "") -> None:
        wait = f"Wait for it, then try again: python -m index info --index {quoted(folder)}"
        super().__init__(f"{folder} is being built {writer}. {way_out or wait}")


class IndexUnwritableError(CatalogError):
    """The folder cannot be made or written, or the disk is full; `way_out` if not another place."""

    FREE_SPACE = (
        "What was published is still served. Make room and run the same command again: "
        "it goes on where it stopped"
    )

    def __init__(self, folder: Path, reason: str, way_out: str = "") -> None:
        elsewhere = "Choose another place: python -m index build PATH … --index DIR"
        super().__init__(f"{folder} cannot be written ({reason}). {way_out or elsewhere}")


class IndexUnreadableError(CatalogError):
    """The folder cannot be read, or the disk fails."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"{folder} cannot be read ({reason}). Mend that, or build another: "
            f"python -m index build PATH … --index {_aside(folder)}"
        )


class SqliteLacksError(CatalogError):
    """The SQLite library that this Python uses cannot hold an index."""

    def __init__(self, version: str, lacking: Sequence[str]) -> None:
        super().__init__(
            f"this Python's SQLite {version} lacks {', '.join(lacking)}. Use a Python from "
            "python.org or conda-forge: python3 -m venv .venv, then pip install -r requirements.txt"
        )


class NothingToIndexError(CatalogError):
    """No document under the paths; `skipped` says what was there and why it was not read.

    `left_out` counts documents that are there and that the selection leaves out.
    """

    def __init__(
        self, paths: Sequence[str], skipped: Sequence[SkippedFile], left_out: int = 0
    ) -> None:
        nothing = f"the selection leaves out all {left_out:,} documents" if left_out else ""
        super().__init__(
            f"{nothing or 'nothing readable'} in {' '.join(paths)}; the index was left as it was. "
            f"See what is read: python -m ingest {' '.join(map(quoted, paths))}"
        )
        self.skipped = tuple(skipped)


class PathMissingError(CatalogError):
    """A mistyped path must not empty an index."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"no such file or folder: {path}; nothing was changed. "
            "Check it and build again: python -m index build PATH …"
        )


class IndexOutdatedError(CatalogError):
    """What is stored is not what would be made of the same files today."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} was built by another version of Casebook or of its model, or lost rows: "
            f"build it again, no text is encoded twice: python -m index build PATH … "
            f"--index {quoted(folder)}"
        )


class PublicationRefusedError(CatalogError):
    """The probe questions lose much; the person was asked, or could not be."""

    def __init__(self, folder: Path, lost: int, before: int) -> None:
        super().__init__(
            f"nothing was published in {folder}: {lost} of {before} hits of the probe questions "
            "would be lost. Look at what goes with --dry-run; publish it all the same with --yes"
        )


class NothingToTakeBackError(CatalogError):
    """There is no generation to go back to."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"the last publication in {folder} cannot be taken back: {reason}. "
            f"Build it from other documents: python -m index build PATH … --index {quoted(folder)}"
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

    def __init__(self, place: Path | str, built_with: str, at_hand: str) -> None:
        super().__init__(
            f"{place} was built with encoder '{built_with}', but '{at_hand}' is at hand. "
            "Rebuild it: python -m index build PATH … "
            f"--model {quoted(built_with)} {_built_at(place)}"
        )
