"""What the engine of a base must do beside searching: be built, saved, tuned and checked."""

from pathlib import Path
from typing import Protocol, Self

from index.engines import Rows, VectorEngine


class BaseEngine(VectorEngine, Protocol):
    """An engine over all vectors of a base, which never changes."""

    @property
    def probes(self) -> int:
        """How far a query looks: inverted lists, or codes looked at again; 0 where exact."""

    @property
    def most_probes(self) -> int:
        """How far it could look."""

    def with_probes(self, probes: int) -> Self:
        """The same vectors, looked at so far."""

    def save(self, path: Path) -> None:
        """Write the engine to a file durably; raises `OSError` where the disk refuses."""

    def ids(self) -> Rows:
        """The rows of all stored vectors, in the order of storage."""
