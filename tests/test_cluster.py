"""Builds on Ray: of two machines one is killed, a writer is killed, there is no cluster."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.__main__ import main
from index.build import build_index
from index.cluster.errors import ClusterError, ClusterLostError
from index.cluster.shards import Manifest, find_shard, shards_folder
from index.report import BuildReport
from tests.cluster_build import build_on_ray
from tests.cluster_parts import choose_hashing, write_cases
from tests.conftest import hashing_choice
from tests.index_contents import contents

pytest.importorskip("ray", reason="pip install -r requirements-ray.txt")
pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="machines of a cluster are Linux's or macOS's"),
    # Ray's own, in the test's process, which starts the machines.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
from tests.ray_machines import Machines, repository  # noqa: E402

DOCUMENTS = 24
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    started = Machines()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cases(tmp_path_factory.mktemp("cases") / "documents", DOCUMENTS)


@pytest.fixture(scope="module")
def built_here(documents: Path) -> Path:
    """The same documents, built without a cluster."""
    index = documents.parent / "here"
    build_index([documents], index, hashing_choice())
    return index


def done(index: Path) -> dict[str, tuple[int, Manifest]]:
    """The shards that are done: when they were written, and their manifests."""
    found = {}
    for path in shards_folder(index).glob("*.json"):
        manifest = find_shard(path.parent, path.stem)
        if manifest is not None:
            found[path.stem] = path.stat().st_mtime_ns, manifest
    return found


def kill_in_mid_job(machines: Machines, documents: Path, index: Path) -> int:
    """Start a build and kill its writer after the first shards; gives how many there were."""
    command = [sys.executable, "-m", "tests.cluster_build"]
    with subprocess.Popen(
        [*command, str(documents), str(index), machines.address], cwd=repository()
    ) as writer:
        end = time.monotonic() + PATIENCE_SECONDS
        while not done(index) and time.monotonic() < end:
            time.sleep(0.05)
        count = len(done(index))
        writer.send_signal(signal.SIGKILL)
    return count


@pytest.fixture(scope="module")
def gone_on(machines: Machines, documents: Path) -> tuple[Path, dict[str, tuple[int, Manifest]]]:
    """An index whose first writer was killed, and the shards that were done before the second.

    Nothing is published yet, so that the shards are still there.
    """
    index = documents.parent / "gone_on"
    assert 0 < kill_in_mid_job(machines, documents, index) < DOCUMENTS / 2
    before = done(index)
    build_on_ray(documents, index, machines.address, choose_hashing, rehearsed=True)
    return index, before


def test_after_a_killed_writer_no_shard_is_made_again(
    gone_on: tuple[Path, dict[str, tuple[int, Manifest]]],
) -> None:
    index, before = gone_on
    after = done(index)
    assert {name: after[name][0] for name in before} == {
        name: written for name, (written, _) in before.items()
    }


def test_after_a_killed_writer_each_document_is_in_one_shard(
    gone_on: tuple[Path, dict[str, tuple[int, Manifest]]],
) -> None:
    files = [file.source for _, one in done(gone_on[0]).values() for file in one.files]
    assert (len(files), len(set(files))) == (DOCUMENTS, DOCUMENTS)


def test_after_a_killed_writer_the_next_one_publishes_everything(
    gone_on: tuple[Path, dict[str, tuple[int, Manifest]]],
    machines: Machines,
    documents: Path,
    built_here: Path,
) -> None:
    build_on_ray(documents, gone_on[0], machines.address)
    assert contents(gone_on[0]) == contents(built_here)
    assert not shards_folder(gone_on[0]).exists()


@pytest.fixture(scope="module")
def outlived(machines: Machines, documents: Path) -> tuple[Path, BuildReport, int]:
    """An index of a build in which a machine was killed, and how many files were done by then."""
    machines.start_other()
    index = documents.parent / "outlived"
    killed_at: list[int] = []

    def kill_once(what: str, taken: int, files: int) -> None:
        if what == "Reading files" and 0 < taken < files and not killed_at:
            killed_at.append(taken)
            machines.kill_other()

    report = build_on_ray(documents, index, machines.address, progress=kill_once)
    return index, report, killed_at[0]


def test_a_machine_is_killed_in_mid_job(outlived: tuple[Path, BuildReport, int]) -> None:
    assert 0 < outlived[2] < DOCUMENTS


def test_a_killed_machine_loses_no_document_and_gives_none_twice(
    outlived: tuple[Path, BuildReport, int], built_here: Path
) -> None:
    index, report, _ = outlived
    assert (report.documents, len(report.added), len(report.read)) == (DOCUMENTS,) * 3
    assert contents(index) == contents(built_here)


def test_what_is_indexed_already_needs_no_cluster(outlived: tuple[Path, BuildReport, int]) -> None:
    again = build_on_ray(outlived[0].parent / "documents", outlived[0], "127.0.0.1:1")
    assert (again.unchanged, again.published) == (DOCUMENTS, False)


def test_a_whole_cluster_that_dies_is_one_line_that_says_what_is_kept(
    machines: Machines, documents: Path, outlived: tuple[Path, BuildReport, int]
) -> None:
    def kill(what: str, taken: int, files: int) -> None:
        if what == "Reading files" and taken:
            machines.stop()

    index = documents.parent / "lost"
    with pytest.raises(ClusterLostError, match=r"no Ray cluster answers .* What is done is kept"):
        build_on_ray(documents, index, machines.address, progress=kill)
    assert done(index)


def test_a_cluster_of_this_machine_reads_and_skips_as_the_machine_alone(tmp_path: Path) -> None:
    documents = write_cases(tmp_path / "documents", 3)
    (documents / "broken.pdf").write_bytes(b"%PDF-1.4 no more than this")
    here, on_ray = tmp_path / "here", tmp_path / "on-ray"
    alone = build_index([documents], here, hashing_choice())
    report = build_on_ray(documents, on_ray, "", choose_hashing)
    assert contents(on_ray) == contents(here)
    assert (len(report.skipped), report.skipped) == (1, alone.skipped)


def test_an_address_where_nothing_listens_is_one_line(
    documents: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("RAY_ADDRESS", address)
    status = main(["build", str(documents), "--on", "ray", "--index", str(tmp_path / "index")])
    said = capfd.readouterr().err.splitlines()
    assert (status, len(said)) == (1, 1)
    assert f"no Ray cluster answers at RAY_ADDRESS={address}" in said[0]


def test_an_address_of_another_kind_is_one_line(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="it is written HOST:PORT"):
        build_on_ray(documents, tmp_path / "index", "ray://head:10001")
