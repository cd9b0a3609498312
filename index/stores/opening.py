"""Which store is at a place: the one table of them.

Each is imported when it is first asked for: who searches a folder needs no client of a server.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from index.location import Place
from index.stores import Generation


class Generations(Protocol):
    """Gives the newest published generation for each question."""

    def current(self) -> AbstractContextManager[Generation]:
        """That generation, held open; raises a `CatalogError` if there is none to use."""


def open_generations(place: Place) -> Generations:
    """What is published at a place; opened when it is first asked for."""
    if isinstance(place, Path):
        from index.stores.embedded_generation import EmbeddedGenerations

        return EmbeddedGenerations(place)
    from index.stores.milvus.generation import MilvusGenerations

    return MilvusGenerations(place)
