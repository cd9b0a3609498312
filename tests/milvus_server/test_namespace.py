"""A network of one's own, from which nothing gets out and nothing is left; needs no server."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.milvus_server.namespace import in_own_network, reason_not_here, run_in_own_network

REACHES_OUT = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
REACHES_ITSELF = (
    "import socket; here = socket.create_server(('127.0.0.1', 19530)); "
    "socket.create_connection(here.getsockname(), 5)"
)
STARTS = "import subprocess, sys; subprocess.run(sys.argv[1:])"
SLEEP = str(1_000_000_000 + os.getpid())
"""Seconds that no other process of this machine sleeps."""


@pytest.fixture(autouse=True)
def _only_where_there_are_such_networks() -> None:
    if reason := reason_not_here():
        pytest.skip(reason)


def test_nothing_outside_is_reached() -> None:
    tried = run_in_own_network([sys.executable, "-c", REACHES_OUT])
    assert "Network is unreachable" in tried.stderr


def test_a_server_within_is_reached() -> None:
    assert run_in_own_network([sys.executable, "-c", REACHES_ITSELF]).returncode == 0


def test_all_its_processes_end_with_the_one_that_asked_for_it() -> None:
    within = in_own_network(["sh", "-c", f"setsid sleep {SLEEP} & sleep {SLEEP}"])
    with subprocess.Popen([sys.executable, "-c", STARTS, *within]) as asked:
        _wait_for_sleepers(2)
        asked.kill()
        _wait_for_sleepers(0)


def _wait_for_sleepers(count: int) -> None:
    until = time.monotonic() + 60
    while _sleepers() != count:
        assert time.monotonic() < until, f"{_sleepers()} processes sleep, not {count}"
        time.sleep(0.05)


def _sleepers() -> int:
    said = [_command(process) for process in Path("/proc").glob("[0-9]*/cmdline")]
    return said.count(f"sleep\0{SLEEP}\0")


def _command(process: Path) -> str:
    try:
        return process.read_text()
    except OSError:  # it has just ended
        return ""
