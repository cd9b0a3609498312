"""Who cannot be asked, and who may not ask: one line each, from Casebook's own connection."""

from collections.abc import Callable, Iterator
from pathlib import Path
from socket import socket

import pytest

from index.location import MilvusAddress
from index.store_errors import StoreTokenError, StoreUnreachableError
from index.stores.milvus.connection import (
    CA_VARIABLE,
    TLS_VARIABLE,
    TOKEN_VARIABLE,
    Connection,
    connect,
)
from tests.milvus_server.process import MilvusProcess, Program, running_server
from tests.milvus_server.strangers import STRANGERS, listening

RIGHT = {TOKEN_VARIABLE: "root:Milvus"}
"""What every new server lets in."""
NOBODY_THERE = 1


def address(port: int, host: str = "127.0.0.1") -> MilvusAddress:
    return MilvusAddress(host, port, "cases")


@pytest.fixture(scope="module")
def guarded(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusAddress]:
    """A server that wants a token."""
    folder = tmp_path_factory.mktemp("guarded") / "server"
    with running_server(program, folder, {"authorization_enabled": "true"}) as server:
        yield address(server.port)


@pytest.fixture(scope="module")
def certified(
    program: Program, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[MilvusAddress, Path]]:
    """A server that speaks TLS, and the certificate of who vouches for it."""
    trustme = pytest.importorskip("trustme")
    folder = tmp_path_factory.mktemp("certified")
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "server.pem")
    settings = {
        "tls_mode": "1",
        "server_pem_path": str(folder / "server.pem"),
        "server_key_path": str(folder / "key.pem"),
    }
    with running_server(program, folder / "server", settings) as server:
        yield address(server.port), folder / "ca.pem"


def test_nobody_at_the_port_is_one_line(program: Program) -> None:
    with pytest.raises(StoreUnreachableError, match=r"^milvus://127.0.0.1:1/cases cannot be r"):
        connect(address(NOBODY_THERE), {})


def test_a_host_that_has_no_address_is_one_line(program: Program) -> None:
    with pytest.raises(StoreUnreachableError, match=r"//nowhere\.invalid:19530/"):
        connect(address(19530, "nowhere.invalid"), {})


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_is_one_line(program: Program, stranger: Callable[[socket], None]) -> None:
    with listening(stranger) as port, pytest.raises(StoreUnreachableError, match=f":{port}/cases"):
        connect(address(port), {})


def test_a_server_that_wants_no_token_is_asked_its_version(shared_server: MilvusProcess) -> None:
    assert connect(address(shared_server.port), {}).version == "v2.3.5-lite"


def test_the_right_token_is_let_in(guarded: MilvusAddress) -> None:
    assert connect(guarded, RIGHT).version == "v2.3.5-lite"


def test_no_token_is_one_line_that_says_where_to_put_it(guarded: MilvusAddress) -> None:
    with pytest.raises(StoreTokenError, match="wants a token, and none is in CASEBOOK_MILVUS_T"):
        connect(guarded, {})


@pytest.mark.parametrize("token", ["root:wrong", "nobody:Milvus", "an-api-key"])
def test_a_wrong_token_is_refused_and_not_repeated(guarded: MilvusAddress, token: str) -> None:
    with pytest.raises(StoreTokenError, match="refuses the token") as raised:
        connect(guarded, {TOKEN_VARIABLE: token})
    assert token not in str(raised.value)


def test_a_user_without_the_right_to_read_is_refused(guarded: MilvusAddress) -> None:
    connect(guarded, RIGHT).client.create_user("visitor", "Visitor1!")
    visitor = connect(guarded, {TOKEN_VARIABLE: "visitor:Visitor1!"})
    with pytest.raises(StoreTokenError, match="with the right to read"):
        _search(visitor)


def test_a_server_that_speaks_tls_is_let_speak_it(certified: tuple[MilvusAddress, Path]) -> None:
    where, authority = certified
    assert connect(where, {CA_VARIABLE: str(authority)}).version == "v2.3.5-lite"


@pytest.mark.parametrize("surroundings", [{}, {TLS_VARIABLE: "1"}], ids=["plain", "not vouched"])
def test_a_server_that_nobody_vouches_for_is_not_asked(
    certified: tuple[MilvusAddress, Path], surroundings: dict[str, str]
) -> None:
    with pytest.raises(StoreUnreachableError, match="CASEBOOK_MILVUS_TLS=1 is set if and only if"):
        connect(certified[0], surroundings)


def test_tls_asked_of_a_plain_server_is_one_line(shared_server: MilvusProcess) -> None:
    with pytest.raises(StoreUnreachableError, match="cannot be reached"):
        connect(address(shared_server.port), {TLS_VARIABLE: "1"})


def _search(connection: Connection) -> None:
    with connection.asking("search"):
        connection.client.search("cases", [[1.0]], limit=1)
