"""A build that is killed leaves what was published, and is not begun from nothing again."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import catalog_path
from index.encoders import choose_encoder
from index.models import PACKAGED_MODEL
from search.queries import Query
from search.service import SearchService
from tests.conftest import CORPUS, REPOSITORY, write_small_corpus

BUILD = [sys.executable, "-m", "index", "build", "--json"]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")


def stored_vectors(folder: Path) -> int:
    if not catalog_path(folder).exists():
        return 0
    connection = sqlite3.connect(catalog_path(folder), timeout=30)
    try:
        return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def kill_when_vectors_exceed(process: "subprocess.Popen[bytes]", folder: Path, count: int) -> None:
    give_up = time.monotonic() + 120
    while stored_vectors(folder) <= count:
        assert process.poll() is None, "the build ended before it could be killed"
        assert time.monotonic() < give_up, "no vectors were stored"
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three small documents published, then a build of the starter corpus killed in its middle."""
    folder = tmp_path_factory.mktemp("killed") / "index"
    small = write_small_corpus(folder.parent / "small")
    build_index([small], folder, choose_encoder(PACKAGED_MODEL))
    command = [*BUILD, str(CORPUS), "--index", str(folder)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL) as process:
        kill_when_vectors_exceed(process, folder, stored_vectors(folder))
    return folder


def test_what_was_published_before_is_still_served(killed: Path) -> None:
    answer = SearchService.open(killed).search(Query("lipoma beside the median nerve"))
    assert (answer.index.generation, answer.hits[0].title) == (1, "Numb fingers at night")


def test_the_next_build_encodes_only_what_is_left(killed: Path) -> None:
    kept = stored_vectors(killed) - 4
    done = subprocess.run(
        [*BUILD, str(CORPUS), "--index", str(killed)],
        cwd=REPOSITORY, capture_output=True, check=True,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert kept > 0
    assert report["encoded"] == report["passages"] - kept
