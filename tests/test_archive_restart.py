"""A build that is killed in the middle of an archive goes on after what it has staged."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import catalog_path
from index.preparation import STAGED_AT_ONCE
from index.report import BuildReport
from ingest.corpus import read_as_ordered
from ingest.documents import Document
from ingest.reading_order import Passed, ReadingOrder, Told
from tests.conftest import hashing_choice
from tests.crash.processes import Child
from tests.fixtures.archives import article, packed, record, records, saved
from tests.index_contents import contents

ARTICLES = 600
PATIENCE_SECONDS = 120
pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")


@dataclass
class Restart:
    """What a build did that went on after a kill, and what the one before had staged."""

    folder: Path
    documents: Path
    staged: int
    read: list[str] = field(default_factory=list)
    known: int = 0
    report: BuildReport | None = None


def staged_count(folder: Path) -> int:
    """How many parts a build has staged so far."""
    try:
        connection = sqlite3.connect(f"file:{catalog_path(folder)}?mode=ro", uri=True)
    except sqlite3.OperationalError:
        return 0
    try:
        return int(connection.execute("SELECT count(*) FROM staged_sources").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # not made yet
    finally:
        connection.close()


def build(folder: Path, documents: Path) -> BuildReport:
    """What is killed; a child finds it by its name."""
    return build_index([documents], folder, hashing_choice())


def killed_in_the_middle(folder: Path, documents: Path) -> int:
    """Kill a build when it has staged some documents; how many it had."""
    child = Child(build, folder, documents)
    end = time.monotonic() + PATIENCE_SECONDS
    while staged_count(folder) < STAGED_AT_ONCE and time.monotonic() < end and child.running:
        time.sleep(0.01)
    child.kill()
    return staged_count(folder)


def build_noting(done: Restart) -> None:
    """Build, and take note of the parts that are read and of how many are known."""

    def noted(
        paths: list[Path], order_of: Callable[[Path], ReadingOrder], beat: Callable[[], None]
    ) -> Iterator[Told]:
        for told in read_as_ordered(paths, order_of, beat):
            done.read += [told.part] if isinstance(told, Document) else []
            done.known += told.known if isinstance(told, Passed) else 0
            yield told

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.readers.read_as_ordered", noted)
        done.report = build(done.folder, done.documents)


@pytest.fixture(scope="module", params=["a.tar.gz", "set.xml"])
def restart(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Restart:
    """A build of one big file, killed in mid-file, and the same build again."""
    home = tmp_path_factory.mktemp("restart")
    (home / "documents").mkdir()
    numbers = range(ARTICLES)
    raw = (
        records(map(record, numbers))
        if request.param == "set.xml"
        else packed({f"PMC/{number}.nxml": article(number) for number in numbers})
    )
    saved(home / "documents" / request.param, raw)
    staged = killed_in_the_middle(home / "index", home / "documents")
    done = Restart(home / "index", home / "documents", staged)

    build_noting(done)
    return done


def test_the_kill_hit_the_middle_of_the_file(restart: Restart) -> None:
    assert STAGED_AT_ONCE <= restart.staged < ARTICLES


def test_what_was_staged_is_only_streamed_over(restart: Restart) -> None:
    assert (restart.known, len(restart.read)) == (restart.staged, ARTICLES - restart.staged)


def test_every_document_is_in_the_index_once(restart: Restart) -> None:
    assert restart.report is not None
    assert (restart.report.documents, restart.report.skipped) == (ARTICLES, ())


def test_documents_of_before_the_kill_are_told_of_as_well(restart: Restart) -> None:
    assert restart.report is not None and len(restart.report.read) == ARTICLES


def test_the_index_is_as_if_nothing_had_happened(restart: Restart, tmp_path: Path) -> None:
    build(tmp_path / "fresh", restart.documents)
    assert contents(restart.folder) == contents(tmp_path / "fresh")


def test_of_a_set_only_the_unfinished_document_is_read_again(tmp_path: Path) -> None:
    path = saved(tmp_path / "set.xml", records(map(record, (1, 2, 3))))
    build(tmp_path / "index", path)
    with sqlite3.connect(catalog_path(tmp_path / "index")) as connection:
        connection.execute(
            "UPDATE documents SET unfinished = 1 WHERE doc_id IN "
            "(SELECT doc_id FROM sources WHERE part = 'PMID 2')"
        )
    connection.close()
    done = Restart(tmp_path / "index", path, 0)
    build_noting(done)
    assert done.report is not None
    assert (done.read, done.known, done.report.documents) == (["PMID 2"], 2, 3)
