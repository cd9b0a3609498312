"""Where an index is when nobody says: a folder of this machine, or what a server serves by a name.

    .casebook                               an index folder
    milvus://HOST:PORT/NAME                 what a Milvus server serves as NAME
    milvus-lite:///PATH/FILE.db#NAME        the same in a file of this machine, to try it out

An address never holds a password: what is secret comes from the environment alone.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from index.store_errors import NotAFolderError, StoreAddressError

DEFAULT_FOLDER = Path(".casebook")
FOLDER_VARIABLE = "CASEBOOK_INDEX"
UPLOADS_FOLDER = "uploads"
"""In an index folder: documents that came through the page (`index.uploads`)."""
SERVER_SCHEME, FILE_SCHEME = "milvus", "milvus-lite"
DEFAULT_PORT = 19530
"""Milvus's own."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}")
"""What Milvus takes as the name of a collection, with room for what we put after it."""


@dataclass(frozen=True)
class MilvusAddress:
    """What a Milvus server serves as `name`."""

    host: str
    port: int
    name: str

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{SERVER_SCHEME}://{host}:{self.port}/{self.name}"


@dataclass(frozen=True)
class LiteAddress:
    """What a file of milvus-lite serves as `name`."""

    path: Path
    name: str

    def __str__(self) -> str:
        return f"{FILE_SCHEME}://{self.path}#{self.name}"


Address = MilvusAddress | LiteAddress
Place = Path | Address
"""Where an index can be."""


def index_folder(asked_for: str | None = None) -> Path:
    """The folder that was asked for, else `$CASEBOOK_INDEX`, else `.casebook/`.

    Raises `NotAFolderError` where that is the address of a server.
    """
    place = asked_for or os.environ.get(FOLDER_VARIABLE) or str(DEFAULT_FOLDER)
    if is_address(place):
        raise NotAFolderError(_without_secrets(place))
    return Path(place)


def index_place(asked_for: str | None = None) -> Place:
    """The folder or address that was asked for, else `$CASEBOOK_INDEX`, else `.casebook/`.

    Raises `StoreAddressError` for what begins like an address and is none.
    """
    place = asked_for or os.environ.get(FOLDER_VARIABLE) or str(DEFAULT_FOLDER)
    return parse_address(place) if is_address(place) else Path(place)


def is_address(place: str) -> bool:
    """Whether this is meant as an address of a server and not as a folder."""
    return place.startswith((f"{SERVER_SCHEME}://", f"{FILE_SCHEME}://"))


def parse_address(address: str) -> Address:
    """Read an address; raises `StoreAddressError`, which says how one is written.

    >>> parse_address("milvus://search.hospital.example:19530/cases")
    MilvusAddress(host='search.hospital.example', port=19530, name='cases')
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise StoreAddressError(_without_secrets(address), str(error)) from error
    if "@" in parts.netloc or parts.query:
        raise StoreAddressError(
            _without_secrets(address), "a password or token stands in the environment, not here"
        )
    if parts.scheme == FILE_SCHEME:
        path, name = parts.path, parts.fragment
        if parts.netloc or not path.strip("/"):
            raise StoreAddressError(address, "the path of the file begins with a third slash")
        return LiteAddress(Path(path), _name(address, name))
    if parts.scheme != SERVER_SCHEME or not parts.hostname:
        raise StoreAddressError(address, "no host is named")
    return MilvusAddress(parts.hostname, port or DEFAULT_PORT, _name(address, parts.path[1:]))


def _name(address: str, name: str) -> str:
    if not _NAME.fullmatch(name):
        raise StoreAddressError(
            address, "at its end stands a name of letters, figures and _, at most 61 of them"
        )
    return name


def _without_secrets(address: str) -> str:
    """An address as it may be shown: whoever wrote a password into it must not read it in a log."""
    return re.sub(r"//[^/]*@", "//…@", address.partition("?")[0])
