"""How a server is reached: with what right, and what is said where it is not."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.location import LiteAddress, MilvusAddress
from index.store_errors import StoreAddressError, StoreLibraryMissingError, StoreUnreachableError

pytest.importorskip("pymilvus")

from index.stores.milvus.connection import connect


@pytest.fixture
def nobody() -> Iterator[MilvusAddress]:
    """An address of this machine where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield MilvusAddress("127.0.0.1", held.getsockname()[1], "cases")


def test_nobody_at_the_address_is_one_line(nobody: MilvusAddress) -> None:
    with pytest.raises(StoreUnreachableError) as refused:
        connect(nobody, {})
    assert re.fullmatch(rf"{nobody} cannot be reached .*Check host and port.*", str(refused.value))


def test_a_token_is_in_no_message(nobody: MilvusAddress) -> None:
    with pytest.raises(StoreUnreachableError) as refused:
        connect(nobody, {"CASEBOOK_MILVUS_TOKEN": "root:secret", "CASEBOOK_MILVUS_TLS": "1"})
    assert "secret" not in str(refused.value)


def test_nothing_but_our_line_is_written(
    nobody: MilvusAddress, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StoreUnreachableError):
        connect(nobody, {"CASEBOOK_MILVUS_TLS": "1"})
    assert "".join(capfd.readouterr()) == ""


def test_a_certificate_that_is_no_file_is_named_by_its_variable(nobody: MilvusAddress) -> None:
    with pytest.raises(StoreAddressError, match="CASEBOOK_MILVUS_CA names no file"):
        connect(nobody, {"CASEBOOK_MILVUS_CA": "/no/such.pem"})


def test_a_certificate_without_its_key_is_refused(nobody: MilvusAddress, tmp_path: Path) -> None:
    (tmp_path / "cert.pem").touch()
    environment = {
        "CASEBOOK_MILVUS_TLS": "1",
        "CASEBOOK_MILVUS_CERT": str(tmp_path / "cert.pem"),
    }
    with pytest.raises(StoreAddressError, match="belong together"):
        connect(nobody, environment)


def test_a_file_that_milvus_lite_would_not_take_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite")
    with pytest.raises(StoreAddressError, match=r"ends with \.db"):
        connect(LiteAddress(tmp_path / "server.sqlite", "cases"), {})


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite")
    with pytest.raises(StoreAddressError, match="there is no folder"):
        connect(LiteAddress(tmp_path / "none" / "server.db", "cases"), {})


def test_a_file_that_is_no_server_is_one_line(tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite")
    (tmp_path / "server.db").write_text("a plain file")
    with pytest.raises(StoreUnreachableError, match="in use, or damaged"):
        connect(LiteAddress(tmp_path / "server.db", "cases"), {})


def test_without_the_library_the_command_that_installs_it_is_named(
    nobody: MilvusAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymilvus", None)
    with pytest.raises(StoreLibraryMissingError, match=r"pip install -r requirements-milvus\.txt"):
        connect(nobody, {})
