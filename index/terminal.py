"""The progress bar of the command line: on a terminal only, on standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from tqdm import tqdm


class TerminalProgress:
    """Shows one bar per stage of a build; nothing where standard error is not a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._what = ""
        self._bar: tqdm[None] | None = None

    def show(self, what: str, done: int, total: int) -> None:
        """Move the bar of a stage to `done` of `total`."""
        if not self._shown:
            return
        if what != self._what or self._bar is None:
            self._close()
            self._what = what
            bar: tqdm[Any] = tqdm(total=total, desc=what, unit="", leave=False)
            self._bar = bar
        self._bar.update(done - self._bar.n)

    def clear(self) -> None:
        """Take the bar away, so that a person can be asked something."""
        self._close()

    def __enter__(self) -> TerminalProgress:
        """Nothing is drawn before the first stage."""
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Leave the terminal clean, also after an error."""
        self._close()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
