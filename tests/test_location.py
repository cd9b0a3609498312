"""Where an index is: a folder, or the address of what a server serves."""

from pathlib import Path

import pytest

from index.location import (
    LiteAddress,
    MilvusAddress,
    index_folder,
    index_place,
    parse_address,
)
from index.store_errors import NotAFolderError, StoreAddressError


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("milvus://search:19531/cases", MilvusAddress("search", 19531, "cases")),
        ("milvus://search/cases", MilvusAddress("search", 19530, "cases")),
        ("milvus://[::1]:19530/_c2", MilvusAddress("::1", 19530, "_c2")),
        ("milvus-lite:///data/try.db#cases", LiteAddress(Path("/data/try.db"), "cases")),
    ],
)
def test_an_address_is_read(written: str, meant: MilvusAddress | LiteAddress) -> None:
    assert parse_address(written) == meant


@pytest.mark.parametrize(
    "written", ["milvus://search:19530/cases", "milvus://[::1]:1/c", "milvus-lite:///a/b.db#c"]
)
def test_an_address_is_written_as_it_was_read(written: str) -> None:
    assert str(parse_address(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "milvus://search:19530",
        "milvus://search:19530/",
        "milvus://search:19530/two/names",
        "milvus://search:19530/9lives",
        f"milvus://search:19530/{'a' * 62}",
        "milvus://search:port/cases",
        "milvus://search:99999/cases",
        "milvus:///cases",
        "milvus-lite://data/try.db#cases",
        "milvus-lite:///data/try.db",
        "http://search:19530/cases",
    ],
)
def test_what_is_no_address_is_refused_with_how_one_is_written(written: str) -> None:
    with pytest.raises(StoreAddressError, match="is written milvus://HOST:PORT/NAME"):
        parse_address(written)


@pytest.mark.parametrize(
    "written", ["milvus://root:secret@search:19530/c", "milvus://search:1/c?token=secret"]
)
def test_a_password_in_an_address_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(StoreAddressError, match="stands in the environment") as refused:
        parse_address(written)
    assert "secret" not in str(refused.value)


def test_the_environment_may_name_a_folder_or_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_INDEX", "milvus://search/cases")
    assert index_place() == MilvusAddress("search", 19530, "cases")
    monkeypatch.setenv("CASEBOOK_INDEX", "/data/index")
    assert index_place() == Path("/data/index")


def test_what_writes_a_folder_refuses_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_INDEX", "milvus://search/cases")
    with pytest.raises(NotAFolderError, match="--index DIR --store milvus://search/cases"):
        index_folder()
