"""What people can have done on the library page, as jobs for the builder.

Each is a trial first, if they wish: everything is done but the last step.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from index.progress import Progress
from ui.building import Job

if TYPE_CHECKING:
    from index.options import BuildOptions
    from index.report import BuildReport


def adding(folder: Path, paths: Sequence[Path], what: str, trial: bool) -> Job:
    """Add documents; `what` names them in words."""
    real = Job(f"Adding {what}", partial(_add, folder, tuple(paths), False))
    return _trial(real, partial(_add, folder, tuple(paths), True)) if trial else real


def renewing(folder: Path, trial: bool) -> Job:
    """Look at all files again."""
    real = Job("Looking at all files again", partial(_renew, folder, False))
    return _trial(real, partial(_renew, folder, True)) if trial else real


def going_back(folder: Path) -> Job:
    """Take the last publication back. Who asks for that has agreed to lose what it brought."""
    return Job("Taking the last change back", partial(_go_back, folder), may_lose=True)


def _trial(real: Job, work: "partial[BuildReport]") -> Job:
    return Job(real.title, work, rehearses=real)


def _add(
    folder: Path, paths: Sequence[Path], rehearsed: bool, progress: Progress, may_lose: bool
) -> "BuildReport":
    from index.adding import add_documents
    from index.encoders import choose_encoder

    return add_documents(paths, folder, choose_encoder, progress, _options(rehearsed, may_lose))


def _renew(folder: Path, rehearsed: bool, progress: Progress, may_lose: bool) -> "BuildReport":
    from index.adding import renew_documents
    from index.encoders import choose_encoder

    return renew_documents(folder, choose_encoder, progress, _options(rehearsed, may_lose))


def _go_back(folder: Path, progress: Progress, may_lose: bool) -> "BuildReport":
    from index.encoders import choose_encoder
    from index.rollback import roll_back

    return roll_back(folder, choose_encoder, progress, _options(False, may_lose))


def _options(rehearsed: bool, may_lose: bool) -> "BuildOptions":
    from index.options import BuildOptions

    return BuildOptions(rehearsed=rehearsed, agree=lambda _: rehearsed or may_lose)
