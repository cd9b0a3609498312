"""The newest generation that a server serves, for each answer; connection and cards are kept.

A generation is one collection, which no writer touches while it is served. Who answers more slowly
than two publications come may see it change, and learns so at the end, by the collection's own row:
then nothing of the answer is used, and it is asked again (`index.stores.opening.answered`).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Lock

from index.errors import CatalogError, IndexMissingError
from index.location import Address
from index.manifest import Manifest
from index.store_errors import StoreDamagedError, StoreGoneError, SupersededError
from index.stores.cards import Cards
from index.stores.cards_cache import CardsCache
from index.stores.milvus.generation import MilvusGeneration
from index.stores.milvus.publishing import Served
from index.stores.milvus.served_manifest import read_served_manifest
from index.stores.milvus.server import MilvusServer

_ATTEMPTS = 5
"""Two publications may come while one answer is read, in an index that is changed all the time."""
_PIECES_AT_ONCE = 64
"""Pieces of cards that are fetched together, 16 MB."""


def card_key(piece: int) -> str:
    """What a piece of the cards is kept by among a collection's records."""
    return f"cards/{piece}"


class MilvusGenerations:
    """Gives the newest generation that is served at an address; may be shared between threads.

    Connects when it is first asked, and again after the server went away, but for a `server` that
    it was given.
    """

    def __init__(
        self, address: Address, server: MilvusServer | None = None, cache: CardsCache | None = None
    ) -> None:
        self._address = address
        self._given = server
        self._server = server
        self._cache = cache or CardsCache()
        self._lock = Lock()
        self._kept: tuple[Served, Manifest, Cards] | None = None

    @contextmanager
    def current(self) -> Iterator[MilvusGeneration]:
        """The served generation; raises a `CatalogError` if there is none to use.

        Raises `SupersededError` when it is closed, if it was written over while it was read.
        """
        server = self._connected()
        try:
            served, manifest, cards = self._opened(server)
            with closing(cards.connect()) as connection:
                try:
                    yield MilvusGeneration(connection, manifest, cards, server, served.collection)
                except (sqlite3.DatabaseError, CatalogError) as error:
                    explained = self._explained(error, server, served)
                    if explained is error:
                        raise
                    raise explained from error
                if server.state_of(served.collection) != served:
                    raise SupersededError(self._address)
        except StoreGoneError:
            self._let_go(server)
            raise

    def _connected(self) -> MilvusServer:
        with self._lock:
            if self._server is None:
                self._server = MilvusServer.connect(self._address)
            return self._server

    def _let_go(self, server: MilvusServer) -> None:
        """Connect anew for the next answer; others may still be reading from this connection."""
        with self._lock:
            if self._server is server and self._given is None:
                self._server = None

    def _opened(self, server: MilvusServer) -> tuple[Served, Manifest, Cards]:
        """What is served, with its cards; again where it was written over meanwhile."""
        for attempt in range(_ATTEMPTS):
            served = server.served()
            if served is None:
                raise IndexMissingError(str(self._address))
            try:
                return (served, *self._cards_of(server, served))
            except (ValueError, StoreDamagedError) as error:
                if attempt + 1 < _ATTEMPTS and server.state_of(served.collection) != served:
                    continue
                if isinstance(error, StoreDamagedError):
                    raise
                raise StoreDamagedError(self._address, str(error)) from error
        raise AssertionError("the last attempt returns or raises")

    def _cards_of(self, server: MilvusServer, served: Served) -> tuple[Manifest, Cards]:
        """Opened once a generation: who comes second waits for the first."""
        with self._lock:
            if self._kept is not None and self._kept[0] == served:
                return self._kept[1:]
            read = read_served_manifest(served.manifest, self._address)

            def fetch() -> Iterator[str]:
                for start in range(0, read.card_pieces, _PIECES_AT_ONCE):
                    end = min(start + _PIECES_AT_ONCE, read.card_pieces)
                    keys = [card_key(piece) for piece in range(start, end)]
                    found = server.records(served.collection, keys)
                    yield from (found.get(key, "") for key in keys)

            manifest = read.manifest
            cards = self._cache.cards(
                served.cards_sha256, manifest.identity, manifest.passages, fetch
            )
            _ = cards.facets  # mapped now: ValueError for a file that is none
            self._kept = (served, manifest, cards)
            return manifest, cards

    def _explained(
        self, error: sqlite3.DatabaseError | CatalogError, server: MilvusServer, served: Served
    ) -> Exception:
        """What is said of an answer that could not be read to its end."""
        if isinstance(error, StoreGoneError):
            return error
        if server.state_of(served.collection) != served:
            return SupersededError(self._address)
        if isinstance(error, CatalogError):
            return error
        with self._lock:
            self._kept = None  # its files are looked at again
        return StoreDamagedError(self._address, str(error))
