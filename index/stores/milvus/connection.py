"""One connection to a Milvus server: where, with what right, which version, and what goes wrong.

What is secret comes from the environment alone, and is in no message:

    CASEBOOK_MILVUS_TOKEN    USER:PASSWORD or an API key
    CASEBOOK_MILVUS_TLS=1    speak TLS; so does a server whose CASEBOOK_MILVUS_CA is named
    CASEBOOK_MILVUS_CA       a file with the certificate that signed the server's, else the system's
    CASEBOOK_MILVUS_CERT     with …_KEY: files by which we show who we are, where the server asks

A question is patient data: the client library, which logs what it sent when something fails, is
silenced, no proxy of the environment is used, and no message of the server is passed on.
"""

import logging
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from index.location import Address, LiteAddress, MilvusAddress
from index.store_errors import (
    StoreAddressError,
    StoreError,
    StoreGoneError,
    StoreLibraryMissingError,
    StoreRefusedError,
    StoreTokenError,
    StoreUnreachableError,
    StoreVersionError,
)

if TYPE_CHECKING:
    from pymilvus import MilvusClient

TOKEN_VARIABLE = "CASEBOOK_MILVUS_TOKEN"
TLS_VARIABLE = "CASEBOOK_MILVUS_TLS"
CA_VARIABLE = "CASEBOOK_MILVUS_CA"
CERT_VARIABLE = "CASEBOOK_MILVUS_CERT"
KEY_VARIABLE = "CASEBOOK_MILVUS_KEY"

CONNECT_SECONDS = 5.0
"""A server in the same house answers in milliseconds; a person waits for the line that says no."""
ASK_SECONDS = 10.0
"""Ten times what a page may take: a search that lasts longer is of no use to who asked."""
WRITE_SECONDS = 120.0
"""A batch of rows, also while the server is throttling, building indexes or loading."""

HYBRID_SINCE, FLOAT16_SINCE, OLDEST = (2, 5), (2, 4), (2, 3)
"""Versions that brought BM25, half floats, and upserting with the cosine."""
_LITE = "milvus_lite"
LOADING_PAUSE = 0.5
"""Between two looks whether a server that was started has loaded what it serves: it takes 2–25 s
(measured on 2.3.5), of which a question waits `ASK_SECONDS`."""
_LOGGERS = ("pymilvus", "pymilvus.milvus_client", "pymilvus.bulk_writer", "grpc", "milvus_lite")
_NOT_CONNECTED, _NOT_FOUND, _NOT_LOADED = 2, 100, 101
"""Numbers of Milvus for what is not there, and for what is there and not in memory yet."""
_REFUSED = ("UNAUTHENTICATED", "PERMISSION_DENIED")
_GONE = ("UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED")
_SAID_OF_RIGHTS = re.compile(r"auth check failure|permission deny|missing authorization", re.I)
_SAID_OF_NAMES = re.compile(r"not found|not exist|can't find", re.I)
_SAID_OF_TIME = re.compile(r"Retry timeout|Retry run out|timeout", re.I)

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Connection:
    """A client that has asked its server for the version; may be used from many threads."""

    address: Address
    client: "MilvusClient"
    version: str
    has_token: bool

    @property
    def is_lite(self) -> bool:
        """Whether this is a file that milvus-lite serves, which knows fewer types."""
        return self.version.startswith(_LITE)

    @property
    def hybrid(self) -> bool:
        """Whether the server counts BM25; a schema with it crashes one that does not."""
        return self.is_lite or _number(self.version) >= HYBRID_SINCE

    @property
    def half_floats(self) -> bool:
        """Whether vectors may be kept in 16 bits."""
        return not self.is_lite and _number(self.version) >= FLOAT16_SINCE

    @contextmanager
    def asking(self, task: str) -> Iterator[None]:
        """Turn what goes wrong inside into a `StoreError`; `task` is a verb with its object."""
        try:
            yield
        except Exception as error:
            if not _is_of_client(error):
                raise
            raise self._in_our_words(error, task) from None

    def when_loaded(self, collection: str, ask: Callable[[], Answer]) -> Answer:
        """What `ask` gives; a server that was just started is given time to load first.

        It loads by itself what it had loaded before; a file of milvus-lite must be told.
        """
        until = time.monotonic() + ASK_SECONDS
        while True:
            try:
                return ask()
            except Exception as error:
                if _code(error) != _NOT_LOADED or time.monotonic() > until:
                    raise
            if self.is_lite:
                self.client.load_collection(collection, timeout=ASK_SECONDS)
            else:
                time.sleep(LOADING_PAUSE)

    def _in_our_words(self, error: Exception, task: str) -> StoreError:
        if _is_about_rights(error):
            return StoreTokenError(self.address, self.has_token)
        if _code(error) == _NOT_LOADED:
            return StoreGoneError(self.address, "is still loading what it serves")
        if is_not_found(error) or _is_gone(error):
            return StoreGoneError(self.address)
        return StoreRefusedError(self.address, task, f"Milvus says {_code(error)}")


def connect(address: Address, environment: Mapping[str, str] = os.environ) -> Connection:
    """Open a connection and ask the server's version before anything else.

    Raises `StoreLibraryMissingError`, `StoreUnreachableError`, `StoreTokenError`,
    `StoreVersionError`, or `StoreAddressError` for a file that cannot be.
    """
    client_class = _client_class(address)
    token = environment.get(TOKEN_VARIABLE, "")
    try:
        client = client_class(
            _uri(address, _speaks_tls(environment)),
            token=token,
            timeout=CONNECT_SECONDS,
            # Its own: closing it must not close another's to the same server.
            dedicated=True,
            grpc_options={"grpc.enable_http_proxy": 0},
            **_tls_files(address, environment),
        )
        version = str(client.get_server_version(timeout=CONNECT_SECONDS))
    except Exception as error:
        if not _is_of_client(error) and not isinstance(error, OSError):
            raise
        if _is_about_rights(error):
            raise StoreTokenError(address, bool(token)) from None
        raise _unreachable(address) from None
    connection = Connection(address, client, version, bool(token))
    if not connection.is_lite and _number(version) < OLDEST:
        raise StoreVersionError(
            address, f"it is Milvus {version}", "Update the server: dense search needs 2.3, 2.5 all"
        )
    return connection


def _unreachable(address: Address) -> StoreUnreachableError:
    if isinstance(address, LiteAddress):
        reason, way_out = "the file is in use, or damaged", StoreUnreachableError.FILE
    else:
        reason, way_out = "no Milvus server answers there", StoreUnreachableError.SERVER
    return StoreUnreachableError(address, reason, way_out)


def is_not_found(error: Exception) -> bool:
    """Whether a server says that a collection or an alias is not there."""
    return _code(error) == _NOT_FOUND or bool(_SAID_OF_NAMES.search(_said(error)))


def close(connection: Connection) -> None:
    """Let go of the connection; the file of a milvus-lite is closed with it."""
    with suppress(Exception):
        connection.client.close()
    if isinstance(connection.address, LiteAddress):
        from milvus_lite.server_manager import server_manager_instance

        server_manager_instance.release_server(str(connection.address.path))


def _client_class(address: Address) -> Any:
    # grpc writes to stderr by itself, and reads this when it is first imported.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    # pymilvus would read a file .env of whatever project its packages lie in.
    os.environ.setdefault("PYTHON_DOTENV_DISABLED", "1")
    try:
        if isinstance(address, LiteAddress):
            import milvus_lite  # noqa: F401
        from pymilvus import MilvusClient
    except ModuleNotFoundError as error:
        raise StoreLibraryMissingError(error.name or "pymilvus") from error
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return MilvusClient


def _uri(address: Address, tls: bool) -> str:
    if isinstance(address, MilvusAddress):
        host = f"[{address.host}]" if ":" in address.host else address.host
        return f"{'https' if tls else 'http'}://{host}:{address.port}"
    if address.path.suffix != ".db":
        raise StoreAddressError(str(address), "the name of the file ends with .db")
    if not address.path.parent.is_dir():
        raise StoreAddressError(str(address), f"there is no folder {address.path.parent}")
    return str(address.path)


def _speaks_tls(environment: Mapping[str, str]) -> bool:
    return environment.get(TLS_VARIABLE, "") not in ("", "0") or CA_VARIABLE in environment


def _tls_files(address: Address, environment: Mapping[str, str]) -> dict[str, Any]:
    """What pymilvus wants for TLS; raises `StoreAddressError` for files that cannot be used."""
    if isinstance(address, LiteAddress) or not _speaks_tls(environment):
        return {}
    names = [name for name in (CA_VARIABLE, CERT_VARIABLE, KEY_VARIABLE) if environment.get(name)]
    for name in names:
        if not Path(environment[name]).is_file():
            raise StoreAddressError(str(address), f"{name} names no file")
    if names == [CA_VARIABLE]:
        return {"server_pem_path": environment[CA_VARIABLE]}
    if names and len(names) < 3:
        raise StoreAddressError(
            str(address), f"{CERT_VARIABLE}, {KEY_VARIABLE} and {CA_VARIABLE} belong together"
        )
    keys = ("ca_pem_path", "client_pem_path", "client_key_path")
    return {key: environment[name] for key, name in zip(keys, names, strict=False)}


def _number(version: str) -> tuple[int, int]:
    """Major and minor of what a server calls itself; (0, 0) where it says nothing of the kind.

    >>> _number("v2.5.10-gpu")
    (2, 5)
    """
    found = re.search(r"(\d+)\.(\d+)", version)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _is_of_client(error: Exception) -> bool:
    """Whether pymilvus or grpc raised this; a closed channel is a `ValueError` of grpc's."""
    import grpc
    from pymilvus.exceptions import MilvusException

    return isinstance(error, MilvusException | grpc.RpcError) or (
        isinstance(error, ValueError) and "closed channel" in str(error)
    )


def _is_about_rights(error: Exception) -> bool:
    return _code(error) in _REFUSED or bool(_SAID_OF_RIGHTS.search(_said(error)))


def _is_gone(error: Exception) -> bool:
    return (
        isinstance(error, ValueError)
        or _code(error) in (_NOT_CONNECTED, *_GONE)
        or bool(_SAID_OF_TIME.search(_said(error)))
    )


def _code(error: Exception) -> int | str:
    """The name of grpc's status, where the error or its cause has one, else Milvus's number."""
    import grpc

    # An error of pymilvus may be its own cause: never more than one step.
    for one in (error, error.__cause__):
        if isinstance(one, grpc.RpcError):
            return str(one.code().name)
    code = getattr(error, "code", "nothing")
    return str(code.name) if isinstance(code, grpc.StatusCode) else code


def _said(error: Exception) -> str:
    """What an error says; for looking at, never for showing."""
    return str(getattr(error, "message", error))
