"""Which store is at a place: the one table of them.

Each is imported when it is first asked for: who searches a folder needs no client of a server.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Protocol, TypeVar

from index.catalog import published
from index.errors import IndexMissingError
from index.location import Address, Place
from index.manifest import Manifest
from index.store_errors import SupersededError
from index.stores import Generation

_KEPT_ADDRESSES = 4
"""Servers that one process keeps connections to: a program asks one, a test a few."""
_ATTEMPTS = 5
"""Two publications may come while one answer is read, in an index that is changed all the time."""
Answer = TypeVar("Answer")


class Generations(Protocol):
    """Gives the newest published generation for each question."""

    def current(self) -> AbstractContextManager[Generation]:
        """That generation, held open; raises a `CatalogError` if there is none to use."""


def answered(generations: Generations, read: Callable[[Generation], Answer]) -> Answer:
    """What `read` makes of the newest generation; asked again where that was written over."""
    for _ in range(_ATTEMPTS - 1):
        try:
            with generations.current() as generation:
                return read(generation)
        except SupersededError:
            continue
    with generations.current() as generation:
        return read(generation)


def count_published(generations: Generations) -> int:
    """The passages of the newest generation; 0 where nothing has been published yet."""
    try:
        return answered(generations, lambda generation: generation.manifest.passages)
    except IndexMissingError:
        return 0


def open_generations(place: Place) -> Generations:
    """What is published at a place; opened when it is first asked for."""
    if isinstance(place, Path):
        from index.stores.embedded_generation import EmbeddedGenerations

        return EmbeddedGenerations(place)
    return _served(place)


@contextmanager
def published_at(place: Place) -> Iterator[tuple[sqlite3.Connection, Manifest]]:
    """The tables and the manifest of what is published at a place, of one generation.

    Behind an address the tables have no texts and no passages (`index.stores.cards`). Raises a
    `CatalogError` if nothing is published there.
    """
    if isinstance(place, Path):
        with published(place) as (connection, manifest):
            yield connection, manifest
    else:
        # Of what is written over only the passages go: these tables are this machine's own copy.
        with suppress(SupersededError), _served(place).current() as generation:
            yield generation.connection, generation.manifest


@lru_cache(_KEPT_ADDRESSES)
def _served(address: Address) -> Generations:
    """One connection, and one copy of what is read from it, for all who ask in this process."""
    from index.stores.milvus.generations import MilvusGenerations

    return MilvusGenerations(address)
