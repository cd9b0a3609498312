"""Reads a build's files on a cluster: hands out, takes finished shards, hands out what was lost.

Shards of a build that was stopped are taken first, so that nothing is encoded twice. A file that
is not there at the end of a run is handed out again, as long as runs get anything done.
"""

import hashlib
import importlib.util
import json
import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from index.cluster.errors import ClusterError, ClusterLostError, RayMissingError
from index.cluster.pieces import PieceLimits
from index.cluster.ray_job import Run, run
from index.cluster.shards import done_shards, shards_folder, write_known, write_token
from index.cluster.taking import Taking
from index.cluster.units import UnitLimits, group_files, limits_for
from index.cluster.workers import VERSION, Choose, Job, choose_here, made_as
from index.cutting import split_as
from index.readers import Read, ReadingTask
from ingest.child_process import start_child
from ingest.files import stamp_file

ADDRESS_VARIABLE = "RAY_ADDRESS"
FRUITLESS_RUNS = 5
"""Runs in a row that may end early without a single shard: what kills them will kill the next. A
cluster takes a quarter of a minute to notice that a machine is dead, and gives it work until then.
"""
CONNECT_SECONDS = 90
"""For a cluster to start, or to take us in: some seconds; many more on a busy machine."""
BEAT_SECONDS = 1.0
END_SECONDS = 15
"""For a run to leave its cluster in good order; then it is killed."""
_LONGEST_PLACE = 30
"""Characters of a folder for temporary files that leave room for the names of Ray's sockets, which
have 107 at most."""


def tell_nobody(_said: str) -> None:
    """For builds whose report does not say what the cluster had."""


@dataclass(frozen=True)
class ClusterReader:
    """What `BuildOptions.reader` takes to read and encode on Ray.

    `index` is the index folder, which all machines must see; `address` that of the cluster's head
    (host:port), "" for one that is started here and ended after the work. Without `unit_limits`
    the number of files decides. `tell` hears what the cluster has ("2 machines, 2 cores, …").
    """

    index: Path
    address: str = ""
    choose: Choose = choose_here
    unit_limits: UnitLimits | None = None
    piece_limits: PieceLimits = field(default_factory=PieceLimits)
    tell: Callable[[str], None] = tell_nobody

    def __call__(self, task: ReadingTask) -> Iterator[Read]:
        """Read and encode files; raises a `ClusterError`, and then the same again goes on."""
        if not task.files:
            return
        refuse_without_ray()
        job = self._job(task)
        orders = {file.source: task.order_of(file) for file in task.files}
        taking = Taking(job.folder, {file.source: file for file in task.files}, orders)
        settings = {name: made_as(job.settings, orders[name].selection) for name in orders}
        yield from taking.take_done(done_shards(job.folder, set(settings.values())), settings)
        write_known(job.folder, task.known_vectors())
        fruitless, again = 0, False
        while taking.waiting:
            before = len(taking.names)
            ended = yield from self._run(job, taking, task, again)
            again = True
            fruitless = 0 if len(taking.names) > before else fruitless + 1
            if taking.waiting and fruitless == FRUITLESS_RUNS:
                raise _lost(ended or "shards were lost", taking, task)

    def _job(self, task: ReadingTask) -> Job:
        encoder = task.encoder()
        folder = shards_folder(self.index)
        shape = json.dumps([VERSION, encoder.fingerprint, split_as(encoder)])
        return Job(
            folder=folder,
            token=write_token(folder),
            model=encoder.name,
            fingerprint=encoder.fingerprint,
            split_as=split_as(encoder),
            settings=hashlib.sha256(shape.encode()).hexdigest()[:16],
            choose=self.choose,
            limits=self.piece_limits,
        )

    def _run(
        self, job: Job, taking: Taking, task: ReadingTask, again: bool
    ) -> Generator[Read, None, str]:
        """One run over all that waits; gives why it ended early, "" if it did not."""
        files = [file.path for file in taking.waiting.values()]
        limits = self.unit_limits or limits_for(len(files))
        units = tuple(group_files([(path, _size(path)) for path in files], limits))
        what = Run(
            job=job,
            units=units,
            order_of={path: taking.orders[str(path)] for path in files},
            address=self.address,
            log=job.folder / "ray.log",
        )
        connected = False
        with _running(what) as connection:
            patience = time.monotonic() + CONNECT_SECONDS
            while True:
                task.beat()
                if not connection.poll(BEAT_SECONDS):
                    if not connected and time.monotonic() > patience:
                        raise ClusterError(_no_answer(self.address))
                    continue
                try:
                    kind, said = connection.recv()
                except (EOFError, OSError):
                    return "the run on it was ended"
                if kind == "unreachable" and again:
                    raise _lost(said.split(". ")[0], taking, task)
                if kind in ("failed", "unreachable"):
                    raise ClusterError(said)
                if kind in ("done", "lost"):
                    return str(said)
                connected = True
                if kind == "connected":
                    self.tell(said)
                if kind == "shard":
                    yield from taking.take(said)


def _lost(reason: str, taking: Taking, task: ReadingTask) -> ClusterLostError:
    return ClusterLostError(reason, len(task.files) - len(taking.waiting), len(task.files))


def refuse_without_ray() -> None:
    """Raise `RayMissingError` unless what `--on ray` needs is installed; imports none of it."""
    if any(importlib.util.find_spec(name) is None for name in ("ray", "pyarrow", "pandas")):
        raise RayMissingError


def address_of_cluster() -> str:
    """The cluster that the environment names, "" for none: one is started here then."""
    stated = os.environ.get(ADDRESS_VARIABLE, "").strip()
    return "" if stated == "local" else stated


@contextmanager
def _running(what: Run) -> Iterator[Connection]:
    """A run in a child process, ended however we leave it."""
    with _scratch() as scratch:
        child, connection = start_child(partial(run, replace(what, scratch=scratch)))
        try:
            yield connection
        finally:
            connection.close()
            if child.exit_status(END_SECONDS) is None:
                child.kill()
                child.exit_status(END_SECONDS)


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder for the files of a cluster of this machine."""
    place = gettempdir()
    if os.name == "posix" and len(place) > _LONGEST_PLACE:
        place = "/tmp"
    with TemporaryDirectory(prefix="casebook-", dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _no_answer(address: str) -> str:
    where = f"the cluster at {ADDRESS_VARIABLE}={address}" if address else "Ray on this machine"
    return (
        f"{where} did not answer within {CONNECT_SECONDS} s: see that it runs (ray status), "
        "then give the same command again"
    )


def _size(path: Path) -> int:
    """A file's bytes; 0 for one that cannot be asked."""
    stamp = stamp_file(path)
    return stamp.size if stamp else 0
