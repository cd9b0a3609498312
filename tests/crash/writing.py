"""What the killed children do: the commands of `python -m index`, and they say how far they are.

The command line shows progress on a terminal only; here the same functions are given another one
to call, which writes the name of the stage into a file. An index of any size would be merged
always or never, as is asked for here; nothing else differs from the commands.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

STAGE_FILE = "stage.txt"
_WIDTH = 48


Writer = Callable[[Path, Path, Path, Path], dict[str, Any]]
"""Takes the index folder, the documents, the model and the file for stages; gives the report."""


def build(folder: Path, documents: Path, model: Path, stages: Path) -> dict[str, Any]:
    """`python -m index build DOCUMENTS --model MODEL`, which writes a base."""
    from index.build import build_index
    from index.encoders import choose_encoder

    choice = choose_encoder(str(model))
    return build_index([documents], folder, choice, _show_in(stages)).to_dict()


def update(folder: Path, documents: Path, _model: Path, stages: Path) -> dict[str, Any]:
    """`python -m index update DOCUMENTS` of a large index: rows are written and no base."""
    return _update(folder, documents, stages, least=10**9)


def merge(folder: Path, documents: Path, _model: Path, stages: Path) -> dict[str, Any]:
    """`python -m index update DOCUMENTS` of a large index at last: a new base is due."""
    return _update(folder, documents, stages, least=0)


def roll_back(folder: Path, _documents: Path, _model: Path, stages: Path) -> dict[str, Any]:
    """`python -m index rollback` of a large index."""
    from index import rollback
    from index.base import MergePolicy
    from index.encoders import choose_encoder
    from index.options import BuildOptions

    options = BuildOptions(merging=MergePolicy(small=0, least=10**9, share=0))
    return rollback.roll_back(folder, choose_encoder, _show_in(stages), options).to_dict()


def _update(folder: Path, documents: Path, stages: Path, least: int) -> dict[str, Any]:
    from index.base import MergePolicy
    from index.build import update_index
    from index.encoders import choose_encoder
    from index.options import BuildOptions

    options = BuildOptions(merging=MergePolicy(small=0, least=least, share=0))
    return update_index([documents], folder, choose_encoder, _show_in(stages), options).to_dict()


def _show_in(stages: Path) -> Callable[[str, int, int], None]:
    descriptor = os.open(stages, os.O_CREAT | os.O_WRONLY)

    def show(what: str, _done: int, _all: int) -> None:
        os.pwrite(descriptor, what.ljust(_WIDTH).encode()[:_WIDTH], 0)

    return show


def stage(stages: Path) -> str:
    """The stage that a child has reached, "" before the first."""
    try:
        return stages.read_text("utf-8").strip()
    except OSError:
        return ""
