"""What can go wrong with an index that a server serves. Each message is one line with the way out.

StoreError
├── StoreAddressError         what is no address of one
├── NotAFolderError           an address where only a folder can be
├── StoreLibraryMissingError  the client of such servers is not installed
├── StoreUnreachableError     nobody answers at the address
├── StoreTokenError           the server wants a token, or another one
├── StoreVersionError         server or index are of a version that does not fit this program
├── HybridRefusedError        the server is too old to search by words
├── StoreForeignError         the name is somebody else's on that server
├── StoreGoneError            the server stopped answering in the middle
├── StoreRefusedError         the server does not do what it is asked
├── NotTheWriterError         a store that is only asked is to change (index/stores/served.py)
├── CardsUnwritableError      no room for what a reader keeps (index/stores/cards_cache.py)
├── SupersededError           what was being read was published anew
└── StoreDamagedError         a part of what the server keeps is missing
"""

from typing import Any

from index.errors import CatalogError, quoted


class StoreError(CatalogError):
    """An index that a server serves cannot be asked or changed."""


class StoreAddressError(StoreError):
    """Something that begins like an address and is none."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"{address} is no address of an index: {reason}. It is written milvus://HOST:PORT/NAME"
        )


class NotAFolderError(StoreError):
    """What a server serves is asked for where a folder of this machine is needed."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} is served and not written: a build keeps its index in a folder and has the "
            "server serve it: python -m index build PATH … --index DIR "
            f"--store {quoted(address)}"
        )


class StoreLibraryMissingError(StoreError):
    """The optional packages for a server are not there."""

    def __init__(self, package: str) -> None:
        super().__init__(
            f"an index on a server needs the package {package}. "
            "Install it: pip install -r requirements-milvus.txt"
        )


class StoreUnreachableError(StoreError):
    """Nobody answers, or not as a Milvus server does."""

    SERVER = (
        "Check host and port, that the server runs, and that CASEBOOK_MILVUS_TLS=1 is set "
        "if and only if it speaks TLS"
    )
    FILE = "One program at a time can use it; if none does, take another file"

    def __init__(self, address: object, reason: str, way_out: str) -> None:
        super().__init__(f"{address} cannot be reached ({reason}). {way_out}")


class StoreTokenError(StoreError):
    """The server does not let us in, or not do this; the token is never named."""

    def __init__(self, address: object, has_token: bool) -> None:
        reason = "refuses the token of" if has_token else "wants a token, and none is in"
        super().__init__(
            f"{address} {reason} CASEBOOK_MILVUS_TOKEN. Set that to USER:PASSWORD or to an API key "
            "with the right to read these collections, and to write them for a build"
        )


class StoreVersionError(StoreError):
    """Not the version that this program can use."""

    def __init__(self, address: object, reason: str, way_out: str) -> None:
        super().__init__(f"{address} cannot be used: {reason}. {way_out}")

    @classmethod
    def of_layout(cls, address: object, found: Any, known: Any) -> "StoreVersionError":
        """What is served is laid out otherwise than this program reads it."""
        rebuild = f"Build it again: python -m index build PATH … --store {address}"
        return cls(
            address,
            f"what it serves has version {found}, this program reads {known}",
            "Update Casebook" if found > known else rebuild,
        )


class HybridRefusedError(StoreError):
    """A server that knows no BM25 is asked to search by words."""

    def __init__(self, address: object, version: str) -> None:
        super().__init__(
            f"{address} runs Milvus {version}, which searches by meaning only; by words from 2.5 "
            "on. Update the server and build again, or search by meaning"
        )


class StoreForeignError(StoreError):
    """What has our names on the server was not made by us, and is left alone."""

    def __init__(self, address: object, name: str) -> None:
        super().__init__(
            f"'{name}' at {address} was not made by Casebook, and nothing was changed. "
            "Choose another name: python -m index build PATH … --store milvus://HOST:PORT/NAME"
        )


class StoreGoneError(StoreError):
    """The server went away in mid-search or mid-build, or is too slow."""

    def __init__(self, address: object, state: str = "stopped answering") -> None:
        super().__init__(
            f"{address} {state}. What was published before is what is served when it is "
            "back: then try again, a build goes on where it stopped"
        )


class StoreRefusedError(StoreError):
    """The server says no; its reason may hold texts, and stays out."""

    def __init__(self, address: object, task: str, reason: str) -> None:
        super().__init__(
            f"{address} refuses to {task} ({reason}). What was published before is still served; "
            "the server's own log says why"
        )


class SupersededError(StoreError):
    """What was being read was written over; asking again mends it."""

    def __init__(self, address: object) -> None:
        super().__init__(f"{address} was published anew while it was being read. Ask again")


class StoreDamagedError(StoreError):
    """What the server keeps is not whole."""

    def __init__(self, address: object, damage: str) -> None:
        super().__init__(
            f"what {address} keeps is damaged: {damage}. "
            f"Build it again: python -m index build PATH … --store {address}"
        )
