"""Where the index folder is when nobody says, and where in it people's own files are."""

import os
from pathlib import Path

DEFAULT_FOLDER = Path(".casebook")
FOLDER_VARIABLE = "CASEBOOK_INDEX"
UPLOADS_FOLDER = "uploads"
"""In an index folder: documents that came through the page (`index.uploads`)."""


def index_folder(asked_for: str | None = None) -> Path:
    """The folder that was asked for, else `$CASEBOOK_INDEX`, else `.casebook/`."""
    return Path(asked_for or os.environ.get(FOLDER_VARIABLE) or DEFAULT_FOLDER)
