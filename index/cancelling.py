"""A build that is asked to stop, from another thread than its own.

It stops where it next says how far it is. That is as safe as a kill at the same place, and more
orderly: open transactions are rolled back, children that read files are ended, the lock is freed.
What was published is served on; what was read and encoded stays for the next build.
"""

from threading import Event

from index.errors import CatalogError
from index.progress import Progress


class BuildCancelledError(CatalogError):
    """Somebody stopped the build; nothing of it was published."""

    def __init__(self) -> None:
        super().__init__(
            "the build was stopped and nothing was published. What it had read and encoded is "
            "kept: start it again, and it goes on from there"
        )


class Cancelling:
    """The wish that one build stops."""

    def __init__(self) -> None:
        self._asked = Event()

    @property
    def asked(self) -> bool:
        """Whether the build is to stop."""
        return self._asked.is_set()

    def ask(self) -> None:
        """Let it stop at the next place where it can; does nothing to a build that has ended."""
        self._asked.set()

    def wait(self, seconds: float) -> bool:
        """Sleep, but wake when the build is to stop; whether it is."""
        return self._asked.wait(seconds)

    def watched(self, progress: Progress) -> Progress:
        """The progress with a look at the wish: it raises `BuildCancelledError`."""

        def told(what: str, done: int, total: int) -> None:
            if self.asked:
                raise BuildCancelledError
            progress(what, done, total)

        return told
