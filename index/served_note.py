"""Which server serves an index folder, as far as the folder knows.

A folder that is changed while a server serves it leaves the server behind: whoever changes it is
told, and never serves an old state without knowing.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import quoted

_NAME = "served.json"


@dataclass(frozen=True)
class ServedNote:
    """The last generation of a folder that a server was made to serve."""

    address: str
    identity: str
    generation: int


def note_served(folder: Path, note: ServedNote) -> None:
    """Remember that a server serves a generation of the folder; raises `OSError`."""
    unfinished = folder / f".{_NAME}.{os.getpid()}"
    unfinished.write_text(json.dumps(asdict(note)) + "\n", "utf-8")
    unfinished.replace(folder / _NAME)


def served_note(folder: Path) -> ServedNote | None:
    """What is remembered; None for nothing, and for what cannot be read."""
    try:
        return ServedNote(**json.loads((folder / _NAME).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def behind(folder: Path, generation: int) -> str:
    """A line that says that a server serves another generation than this one, "" if none does."""
    note = served_note(folder)
    if note is None or note.generation == generation:
        return ""
    return (
        f"{note.address} still serves generation {note.generation}. Have it serve this one: "
        f"python -m index serve --index {quoted(folder)} --store {quoted(note.address)}"
    )
