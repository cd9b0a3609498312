"""Which of an index's two collections is served, which is written, and what each of them has.

The alias is the only switch: readers ask what it points at, and that is never written. A writer
takes the other one, and wherever it is killed, the alias still points at what was published:

    begin    1 the row of the collection in NAME_manifest says "making" or "writing"
             2 the collection and its records are dropped and made where they are not kept
             3 the row says "writing"                killed up to here or later: begin again
    write    rows and records; the same ones again change nothing
    finish   4 what was written is made durable and counted
             5 the row says "published", with the manifest and the hash of the cards
             6 the alias is switched                 killed between 5 and 6: finish again, or begin

Both stay loaded: a reader that asked before the switch reads on in the one that was served, and
learns by its row, which says "writing" before anything else changes, that it must ask again.
Of two writers that began the same collection the first is refused when it wants to publish.
Collections of our names that have no row in NAME_manifest are somebody else's, and are left alone.
"""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from index.store_errors import (
    StoreDamagedError,
    StoreForeignError,
    StoreRefusedError,
    StoreVersionError,
)
from index.stores.milvus import requests
from index.stores.milvus.connection import ASK_SECONDS, WRITE_SECONDS, Connection, is_not_found
from index.stores.milvus.rows import number_of
from index.stores.milvus.schema import (
    BLANK_FIELD,
    BLANK_VECTOR,
    MANIFEST_FIELDS,
    SCHEMA_VERSION,
    TEXT_BYTES,
    Names,
    create_manifest,
    create_passages,
    create_records,
    records_of,
)

MAKING, WRITING, PUBLISHED = "making", "writing", "published"
_LOOKS = 3
"""How often a reader looks again that met two publications in the moment of its look."""


@dataclass(frozen=True)
class Served:
    """What a collection of passages has: the manifest as its publisher gave it, and its cards."""

    collection: str
    manifest: str
    cards_sha256: str


@dataclass(frozen=True)
class _State:
    """The row of a collection in NAME_manifest; while it is written, `cards` names the writer."""

    collection: str
    state: str
    schema_version: int
    dim: int
    manifest: str = ""
    cards: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether this program knows the fields of the collection."""
        return self.schema_version == SCHEMA_VERSION

    @property
    def served(self) -> Served | None:
        """What the collection has; None where it is not published."""
        if self.state != PUBLISHED:
            return None
        return Served(self.collection, self.manifest, self.cards)


class Publishing:
    """The two collections of one index, their rows in NAME_manifest, and the alias."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._client = connection.client
        self._names = names
        self._writer = uuid.uuid4().hex

    def served(self) -> Served | None:
        """What the alias points at; None where nothing was published yet."""
        for look in range(_LOOKS):
            with self._connection.asking("look up what is served"):
                collection = self._alias_target()
                state = self._state(collection, strong=look > 0) if collection else None
            if collection is None:
                return None
            if state is None:
                raise StoreForeignError(self._connection.address, self._names.alias)
            self._check_version(state)
            if state.served:
                return state.served
        raise StoreDamagedError(self._connection.address, "what is served is not published")

    def state_of(self, collection: str) -> Served | None:
        """What a collection has, also where it is not served; None if that is not known whole.

        Whoever answers a question asks this at its end: it does not wait for the log (`_put` did).
        """
        with self._connection.asking("look up what is published"):
            state = self._state(collection, strong=False)
        return state.served if state and state.is_ours else None

    def spare(self) -> str:
        """The physical collection that is not served."""
        with self._connection.asking("look up what is served"):
            served = self._alias_target()
        first, second = self._names.physical
        return second if served == first else first

    def begin(self, collection: str, dim: int, keep: bool) -> None:
        """Steps 1 to 3; what is kept is of the same schema and width, or is not kept."""
        with self._connection.asking("be written"):
            self._check_is_ours()
            if collection == self._alias_target():
                raise ValueError(f"{collection} is served")
            before = self._state(collection)
            if before and before.schema_version > SCHEMA_VERSION:
                self._check_version(before)
            keeps = keep and before is not None and before.state != MAKING
            keeps = keeps and before is not None and before.is_ours and before.dim == dim
            keeps = keeps and all(map(self._exists, (collection, records_of(collection))))
            state = _State(
                collection, WRITING if keeps else MAKING, SCHEMA_VERSION, dim, cards=self._writer
            )
            self._put(state)
            if not keeps:
                self._make_anew(collection, dim)
                self._put(replace(state, state=WRITING))
            for name in (collection, records_of(collection)):
                self._client.load_collection(name, timeout=WRITE_SECONDS)

    def finish(self, collection: str, manifest: str, cards: str, passages: int | None) -> None:
        """Steps 4 to 6; may be repeated."""
        address = self._connection.address
        if len(manifest.encode()) > TEXT_BYTES:
            raise StoreRefusedError(address, "be published", "its manifest is too long")
        with self._connection.asking("be published"):
            state = self._state(collection)
            if state is None or state.state == MAKING:
                raise StoreDamagedError(address, f"{collection} was never begun")
            if state.state == WRITING and state.cards != self._writer:
                raise StoreRefusedError(address, "be published", "another build writes it too")
            for name in (collection, records_of(collection)):
                self._client.flush(name, timeout=WRITE_SECONDS)
        # Both are read, so that whoever reads them later sees no less (`requests.FRESHNESS`).
        requests.count(self._connection, records_of(collection))
        found = requests.count(self._connection, collection)
        if passages not in (None, found):
            raise StoreDamagedError(address, f"{collection} has {found} of {passages} passages")
        with self._connection.asking("be published"):
            self._put(replace(state, state=PUBLISHED, manifest=manifest, cards=cards))
            self._switch(collection)

    def _switch(self, collection: str) -> None:
        alias, target = self._names.alias, self._alias_target()
        if target is None:
            self._client.create_alias(collection, alias, timeout=WRITE_SECONDS)
        elif target != collection:
            self._client.alter_alias(collection, alias, timeout=WRITE_SECONDS)

    def _alias_target(self) -> str | None:
        try:
            found = self._client.describe_alias(self._names.alias, timeout=ASK_SECONDS)
        except Exception as error:
            if is_not_found(error):
                return None
            raise
        target = str(found.get("collection_name") or "")
        if target and target not in self._names.physical:
            raise StoreForeignError(self._connection.address, self._names.alias)
        return target or None

    def _exists(self, name: str) -> bool:
        return bool(self._client.has_collection(name, timeout=ASK_SECONDS))

    def _state(self, collection: str, strong: bool = True) -> _State | None:
        """The row of a collection; None if it has none, or NAME_manifest is not there."""
        asked = f"row in [{number_of('collection', collection)}]"
        try:
            found = requests.query(
                self._connection, self._names.manifest, asked, MANIFEST_FIELDS, strong
            )
        except Exception as error:
            if is_not_found(error):
                return None
            raise
        return _state_of(found[0]) if found else None

    def _put(self, state: _State) -> None:
        """Write the row of a collection, and see it written."""
        row = number_of("collection", state.collection)
        fields = {"row": row, **vars(state), BLANK_FIELD: BLANK_VECTOR}
        self._client.upsert(self._names.manifest, [fields], timeout=WRITE_SECONDS)
        if self._state(state.collection) != state:
            raise StoreDamagedError(self._connection.address, "what was written is not there")

    def _make_anew(self, collection: str, dim: int) -> None:
        for name in (collection, records_of(collection)):
            if self._exists(name):
                self._client.drop_collection(name, timeout=WRITE_SECONDS)
        create_passages(self._connection, collection, dim)
        create_records(self._connection, records_of(collection))

    def _check_is_ours(self) -> None:
        """Make NAME_manifest where nothing has our names; raises `StoreForeignError`."""
        address, names = self._connection.address, self._names
        if not self._exists(names.manifest):
            for name in (names.alias, *names.all):
                if self._exists(name):
                    raise StoreForeignError(address, name)
            create_manifest(self._connection, names.manifest)
            return
        described = self._client.describe_collection(names.manifest, timeout=ASK_SECONDS)
        fields = {str(field["name"]) for field in described["fields"]}
        if not fields >= set(MANIFEST_FIELDS):
            raise StoreForeignError(address, names.manifest)
        # It may have been made and not loaded by a writer that was killed then.
        self._client.load_collection(names.manifest, timeout=WRITE_SECONDS)
        if self._alias_target() is None and self._exists(names.alias):
            raise StoreForeignError(address, names.alias)
        for collection in names.physical:
            if self._state(collection) is None:
                for name in (collection, records_of(collection)):
                    if self._exists(name):
                        raise StoreForeignError(address, name)

    def _check_version(self, state: _State) -> None:
        if not state.is_ours:
            raise StoreVersionError.of_layout(
                self._connection.address, state.schema_version, SCHEMA_VERSION
            )


def _state_of(row: dict[str, Any]) -> _State:
    return _State(
        str(row["collection"]),
        str(row["state"]),
        int(row["schema_version"]),
        int(row["dim"]),
        str(row["manifest"]),
        str(row["cards"]),
    )
