"""Where what is costly to make is kept for one user; deleting it costs only time."""

import os
from contextlib import suppress
from pathlib import Path


def user_cache(name: str) -> Path | None:
    """$XDG_CACHE_HOME/casebook/NAME, or ~/.cache/casebook/NAME; None for a user without a home."""
    # https://specifications.freedesktop.org/basedir-spec: what is not absolute is ignored.
    stated = Path(os.environ.get("XDG_CACHE_HOME", ""))
    with suppress(RuntimeError):
        return (stated if stated.is_absolute() else Path.home() / ".cache") / "casebook" / name
    return None
