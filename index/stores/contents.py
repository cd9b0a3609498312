"""What a collection of a server holds, as a record in it says: so that only differences are sent.

    contents          of which index, settings and layout all of it is, and the number of parts
    contents/7        part 7: doc_id to the digest of what is stored, and how many passages that has

The record of a part is written before and after the part is changed: before, every document that
is about to change has an empty digest and the most passages that it had or will have. So whatever
is there is listed, also after a kill; and what is listed with a digest is there.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.manifest import Manifest
from index.store_errors import StoreDamagedError
from index.stores.milvus.passages import ROW_VERSION

if TYPE_CHECKING:
    from index.stores.milvus.server import MilvusServer

DOCUMENTS_OF_A_PART = 1_024
"""On average, when a collection is made: some 50 kB, which are written twice for each change."""
_KEY = "contents"


@dataclass(frozen=True)
class Holding:
    """One document of a collection: the digest of what is stored, "" for one under way."""

    digest: str
    passages: int


Part = Mapping[str, Holding]
"""Documents by doc_id."""


@dataclass(frozen=True)
class Contents:
    """The record of a collection that is being written."""

    server: "MilvusServer"
    collection: str
    parts: int

    def part_of(self, doc_id: str) -> int:
        """The part that a document belongs to, counted from 0."""
        return int.from_bytes(hashlib.sha256(doc_id.encode()).digest()[:8], "big") % self.parts

    def read(self) -> list[Part]:
        """All parts; raises `StoreDamagedError` where one was written by halves."""
        found = self.server.records(self.collection, [self._key(n) for n in range(self.parts)])
        return [_part(found.get(self._key(n), "{}")) for n in range(self.parts)]

    def note(self, part: int, holdings: Part) -> None:
        """Write one part."""
        values = {doc_id: [one.digest, one.passages] for doc_id, one in holdings.items()}
        self.server.put_records(self.collection, [(self._key(part), json.dumps(values))])

    def _key(self, part: int) -> str:
        return f"{_KEY}/{part}"


def begin(server: "MilvusServer", collection: str, manifest: Manifest, afresh: bool) -> Contents:
    """Begin to write a collection: what it holds is kept if it is of this index and settings."""
    about = {
        "row_version": ROW_VERSION,
        "identity": manifest.identity,
        "settings": json.loads(manifest.to_json())["settings"],
    }
    server.begin(collection, manifest.dim, keep=not afresh)
    kept = {} if afresh else _about(server, collection)
    parts = kept.pop("parts", 0)
    if parts and kept == about:
        return Contents(server, collection, parts)
    if kept or server.count(collection):
        server.begin(collection, manifest.dim, keep=False)
    parts = max(1, -(-manifest.documents // DOCUMENTS_OF_A_PART))
    server.put_records(collection, [(_KEY, json.dumps(about | {"parts": parts}))])
    return Contents(server, collection, parts)


def _about(server: "MilvusServer", collection: str) -> dict[str, Any]:
    """What the collection says of itself; nothing where that is not whole."""
    try:
        about = json.loads(server.records(collection, [_KEY]).get(_KEY, "{}"))
    except (StoreDamagedError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}


def _part(stored: str) -> Part:
    return {doc_id: Holding(*values) for doc_id, values in json.loads(stored).items()}


def changed(holds: Part, wanted: Part) -> tuple[list[str], list[str]]:
    """The documents to be put and those to be taken out, in order."""
    put = [doc_id for doc_id in wanted if holds.get(doc_id) != wanted[doc_id]]
    return put, [doc_id for doc_id in holds if doc_id not in wanted]


def under_way(holds: Part, wanted: Part, ids: Sequence[str]) -> Part:
    """What a part may hold while these documents are put in or taken out."""
    none = Holding("", 0)
    most = {
        doc_id: max(holds.get(doc_id, none).passages, wanted.get(doc_id, none).passages)
        for doc_id in ids
    }
    return {**holds, **{doc_id: Holding("", passages) for doc_id, passages in most.items()}}
