"""Where the index folder is when nobody says."""

import os
from pathlib import Path

DEFAULT_FOLDER = Path(".casebook")
FOLDER_VARIABLE = "CASEBOOK_INDEX"


def index_folder(asked_for: str | None = None) -> Path:
    """The folder that was asked for, else `$CASEBOOK_INDEX`, else `.casebook/`."""
    return Path(asked_for or os.environ.get(FOLDER_VARIABLE) or DEFAULT_FOLDER)
