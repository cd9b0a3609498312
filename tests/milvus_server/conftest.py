"""The server for the tests here, which start it only in a network of their own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.milvus_server.namespace import WITHIN
from tests.milvus_server.process import MilvusProcess, Program, running_server, unpack, wheel_folder


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The unpacked server, once for all tests; they are skipped in the ordinary suite."""
    if WITHIN not in os.environ:
        pytest.skip("`make test-milvus` starts the real server, in a network of its own")
    wheel = wheel_folder()
    assert wheel is not None, "`python -m tests.milvus_server` has looked for it"
    binaries = tmp_path_factory.mktemp("milvus") / "binaries"
    yield unpack(wheel, binaries)
    shutil.rmtree(binaries)  # pytest would keep 386 MB of each of its last three runs


@pytest.fixture(scope="module")
def shared_server(
    program: Program, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MilvusProcess]:
    """A running server, which the tests of one module share."""
    with running_server(program, tmp_path_factory.mktemp("server") / "shared") as running:
        yield running


@pytest.fixture
def own_server(program: Program, tmp_path: Path) -> Iterator[MilvusProcess]:
    """A running server that a test has for itself, to kill it."""
    with running_server(program, tmp_path / "server") as running:
        yield running
