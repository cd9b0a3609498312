"""One run of a job on Ray: units are read, pieces encoded, and each shard told of. Only here Ray.

Runs in a child process of the build (`index.cluster.reader`), so that nothing that Ray does to its
process, which it ends where it loses its cluster, is done to the one that writes the index. What it
tells its parent, in this order: ("connected", what the cluster has), any number of ("shard", name),
and then one of ("done", ""), ("failed", a line) for what no second run would mend, ("unreachable",
a line) where there is no cluster, and ("lost", a line) for what a second run may mend.
"""

import json
import logging
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from index.cluster.units import Unit
from index.cluster.workers import Job, ShardMaker, read_unit
from ingest.reading_order import ReadingOrder
from ingest.selection import Selection

READER_CPUS, ENCODER_CPUS = 0.25, 0.75
"""What the two kinds of work claim of a core: together one, so that a machine of one core can do
both. A reader waits for its child, or for an encoder to take what was read; an encoder runs on one
thread (Ray sets OMP_NUM_THREADS by this), which encodes most for each core."""
OBJECT_STORE_BYTES = 500_000_000
"""Memory of a cluster that we start for pieces on their way; each is a megabyte or two."""
BLOCK_BYTES = 4_000_000
"""Pieces that go on their way together: few, so that no encoder waits for a whole archive."""
MOST_BLOCKS = 4_096
"""Ray's tasks of reading in one run: each has its row in Ray's books."""
KNOCK_SECONDS = 5.0
"""For somebody to answer at the address."""

_LOST_ITS_PARENT = 1
_MISSING = re.compile(r"No module named '([\w.]+)'")
_MACHINE = re.compile(r"\bip=([\w.:]+)")


@dataclass(frozen=True)
class Run:
    """One run: the job, what to read and how, and where.

    `address` is that of a cluster's head (host:port), "" for one of this machine, which is started
    with `scratch` for its files and ended with the run. What Ray says goes to `log`.
    """

    job: Job
    units: tuple[Unit, ...]
    order_of: Mapping[Path, ReadingOrder]
    address: str
    log: Path
    scratch: Path = Path()


class _FailedError(Exception):
    """What no second run would mend, as a line for people."""


class _UnreachableError(Exception):
    """There is no cluster, or it does not take us in, as a line for people."""


def run(what: Run, connection: Connection) -> None:
    """Work at a job until its units are done, and tell the parent of it; raises nothing."""
    _stand_apart(what.log)
    _end_with_parent(connection)
    try:
        for told in _told(what):
            connection.send(told)
        connection.send(("done", ""))
    except _FailedError as error:
        connection.send(("failed", str(error)))
    except _UnreachableError as error:
        connection.send(("unreachable", str(error)))
    except Exception as error:  # Ray has some fifty kinds, and passes others on
        logging.getLogger(__name__).exception("the run ended")
        connection.send(_ended_by(error))


def _told(what: Run) -> Iterator[tuple[str, str]]:
    # Ray would tell its makers how it is used.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    # Workers look for our code where the process stood that connected.
    os.chdir(Path(__file__).resolve().parents[2])
    import ray

    _connect(what)
    try:
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        cores, cards = int(resources.get("CPU", 1)), int(resources.get("GPU", 0))
        yield "connected", f"{len(_machines())} machines, {cores} cores, {cards} graphics cards"
        for row in _rows(what, max(1, cores), cards):
            if row["problem"]:
                raise _FailedError(str(row["problem"]))
            yield "shard", str(row["shard"])
    finally:
        ray.shutdown()


def _ended_by(error: Exception) -> tuple[str, str]:
    """What to tell of a run that ended early."""
    missing = _MISSING.search(str(error))
    if missing is None:
        return "lost", _first_line(error)
    where = _MACHINE.search(str(error))
    machine = f"the machine {where.group(1)}" if where else "a machine of the cluster"
    return "failed", (
        f"{machine} has no Python package {missing.group(1)}: put Casebook and what it needs under "
        f"the same paths as here ({Path.cwd()}) on all machines"
    )


def _connect(what: Run) -> None:
    import ray

    quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    if not what.address:
        ray.init(
            address="local",
            num_cpus=_cores(),
            include_dashboard=False,
            object_store_memory=OBJECT_STORE_BYTES,
            _temp_dir=str(what.scratch),
            **quiet,
        )
        return
    _knock(what.address)
    try:
        ray.init(address=what.address, **quiet)
    except (RuntimeError, ValueError, ConnectionError) as error:
        raise _UnreachableError(
            f"the cluster at RAY_ADDRESS={what.address} does not take us in: {_first_line(error)}"
        ) from error


def _knock(address: str) -> None:
    """See that somebody answers, as Ray itself would try for minutes."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or "/" in address:
        raise _FailedError(
            f"RAY_ADDRESS={address} is no address of a cluster's head: it is written HOST:PORT"
        )
    try:
        socket.create_connection((host.strip("[]"), int(port)), KNOCK_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise _UnreachableError(
            f"no Ray cluster answers at RAY_ADDRESS={address} ({error}). Start its head there "
            "(ray start --head), or unset RAY_ADDRESS to use this machine alone"
        ) from error


def _machines() -> list[dict[str, Any]]:
    import ray

    nodes: list[dict[str, Any]] = ray.nodes()  # type: ignore[no-untyped-call]
    return [node for node in nodes if node["Alive"]]


def _rows(what: Run, cores: int, cards: int) -> Iterator[dict[str, Any]]:
    """Rows of shards, as they are done on any machine."""
    import ray.data
    from ray.data import ActorPoolStrategy, DataContext

    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.target_max_block_size = BLOCK_BYTES
    # An encoder that dies with its machine is not waited for: there may be no room for another.
    # The run ends, and the next one does what is not done (https://github.com/ray-project/ray/
    # issues/62746: a pool without living actors waits for ever where errors are passed over).
    context.max_errored_blocks = 0
    units = [_unit_row(unit, what) for unit in what.units]
    on_gpu = cards > 0
    claim: dict[str, Any] = {"num_cpus": ENCODER_CPUS, "max_restarts": 0, "max_task_retries": 0}
    if on_gpu:
        claim |= {"num_gpus": 1, "num_cpus": 1}
    shards = (
        ray.data.from_items(units, override_num_blocks=min(len(units), MOST_BLOCKS))
        .map_batches(partial(_read, what.job), batch_size=1, num_cpus=READER_CPUS)
        .map_batches(
            ShardMaker,
            fn_constructor_args=(what.job, on_gpu),
            batch_size=1,
            compute=ActorPoolStrategy(size=_encoders(what, cards if on_gpu else cores)),
            **claim,
        )
    )
    yield from shards.iter_rows()


def _read(job: Job, batch: dict[str, Sequence[Any]]) -> Iterator[dict[str, list[str]]]:
    """Ray's rows of units to rows of pieces."""
    for text in batch["unit"]:
        files = json.loads(text)
        orders = [_order(*order) for _, *order in files]
        yield from read_unit(job, [Path(path) for path, *_ in files], orders)


def _unit_row(unit: Unit, what: Run) -> dict[str, str]:
    orders = [(path, what.order_of[path]) for path in unit.paths]
    files = [
        [str(path), asdict(order.selection), sorted(order.known_parts), order.file_hash]
        for path, order in orders
    ]
    return {"unit": json.dumps(files)}


def _order(selection: dict[str, list[str]], known_parts: list[str], file_hash: str) -> ReadingOrder:
    wanted = Selection(**{name: tuple(values) for name, values in selection.items()})
    return ReadingOrder(wanted, frozenset(known_parts), file_hash)


def _encoders(what: Run, most: int) -> int:
    """How many encoders have work: one that has none would still load its model."""
    pieces = sum(unit.bytes for unit in what.units) // what.job.limits.characters
    return min(most, max(len(what.units), pieces))


def _stand_apart(log: Path) -> None:
    """Hear no Ctrl-C, which is for the parent, and let what Ray says go to its log."""
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    os.close(said)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_LOST_ITS_PARENT))


def _end_with_parent(connection: Connection) -> None:
    """End, and our cluster with us, when the parent does: the pipe says so."""

    def watch() -> None:
        with suppress(EOFError, OSError):
            connection.recv()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0]}"[:300] if lines else type(error).__name__


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
