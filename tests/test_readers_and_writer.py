"""Readers and a writer at once, in processes of their own; the long run is `make crash`."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.build import build_index
from index.errors import IndexBusyError
from index.lock import writer_lock
from search.queries import Query
from search.service import SearchService
from tests.conftest import CALF, REPOSITORY, hashing_choice, write_small_corpus
from tests.crash.soak import SoakRun, run_soak
from tests.tiny_models import save_plain

SECONDS = 6
HOLD_THE_LOCK = (
    "import sys, time; from pathlib import Path; from index.lock import writer_lock\n"
    "with writer_lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="children are forked and killed")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> SoakRun:
    home = tmp_path_factory.mktemp("soak")
    return run_soak(home, save_plain(home / "model"), SECONDS, seed=3)


def test_no_answer_is_refused_while_an_index_is_written(run: SoakRun) -> None:
    assert [one.errors for one in run.readings] == [(), (), (), ()]


def test_no_answer_mixes_generations(run: SoakRun) -> None:
    assert [one.mixed for one in run.readings] == [(), (), (), ()]


def test_a_reader_that_stays_open_sees_new_generations(run: SoakRun) -> None:
    assert run.published > 1
    assert {max(one.generations) for one in run.readings} == {run.published}
    assert run.problems == ()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of the small corpus."""
    documents = write_small_corpus(tmp_path / "documents")
    build_index([documents], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


@pytest.fixture
def holder(index: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock of the index."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, str(index)],
        cwd=REPOSITORY, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout and child.stdout.readline() == "held\n"
    return child


def end(child: "subprocess.Popen[str]") -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate()


def test_a_second_writer_is_told_since_when_and_by_whom(
    index: Path, holder: "subprocess.Popen[str]"
) -> None:
    year = time.strftime("%Y")
    with pytest.raises(IndexBusyError) as caught:
        build_index([index.parent / "documents"], index, hashing_choice())
    end(holder)
    said = rf"is being built since {year}-\d\d-\d\d \d\d:\d\d, by process {holder.pid}\b"
    assert re.search(said, str(caught.value))


def test_a_busy_index_is_served(index: Path, holder: "subprocess.Popen[str]") -> None:
    service = SearchService.open(index, lambda _: hashing_choice())
    titles = [hit.title for hit in service.search(Query("tight calf")).hits]
    end(holder)
    assert titles[0] == "Tight calf in a runner"


def test_the_lock_of_a_killed_writer_blocks_nobody(
    index: Path, holder: "subprocess.Popen[str]"
) -> None:
    end(holder)
    (index.parent / "documents" / "calf.txt").write_text(f"{CALF}\nOne more.\n", "utf-8")
    report = build_index([index.parent / "documents"], index, hashing_choice())
    assert report.generation == 2


def test_a_lock_that_was_let_go_can_be_taken_again(index: Path) -> None:
    for _ in range(2):
        with writer_lock(index), pytest.raises(IndexBusyError), writer_lock(index):
            pass
