"""What a served collection says of itself: the manifest of its generation, and how to read it."""

import json
from dataclasses import dataclass

from index.manifest import Manifest
from index.store_errors import StoreDamagedError, StoreVersionError
from index.stores.cards import CARDS_VERSION
from index.stores.milvus.passages import ROW_VERSION

_VERSIONS = [ROW_VERSION, CARDS_VERSION]


@dataclass(frozen=True)
class ServedManifest:
    """A generation that is served, and the number of pieces that its cards are cut into."""

    manifest: Manifest
    card_pieces: int

    def to_json(self) -> str:
        """As the server keeps it."""
        values = {"versions": _VERSIONS, "card_pieces": self.card_pieces}
        return json.dumps(values | {"manifest": json.loads(self.manifest.to_json())})


def is_of(stored: str, manifest: Manifest) -> bool:
    """Whether this is of that very generation, laid out as this program would lay it out."""
    values = json.loads(stored)
    same = values.get("manifest") == json.loads(manifest.to_json())
    return bool(same and values.get("versions") == _VERSIONS)


def read_served_manifest(stored: str, address: object) -> ServedManifest:
    """What `to_json` wrote; raises `StoreVersionError`, or `StoreDamagedError` for something else.

    `address` is where it was read, for the message.
    """
    try:
        values = json.loads(stored)
        found = values["versions"]
        if found == _VERSIONS:
            manifest = Manifest.from_json(json.dumps(values["manifest"]))
            return ServedManifest(manifest, int(values["card_pieces"]))
    except (ValueError, TypeError, KeyError) as error:
        raise StoreDamagedError(address, "its manifest cannot be read") from error
    raise StoreVersionError.of_layout(address, found, _VERSIONS)
