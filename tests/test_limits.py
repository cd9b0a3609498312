"""What one file may use: each test asks a reading process, which has set its own limits."""

import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import limits
from ingest.documents import SkippedFile
from ingest.isolation import read_isolated
from ingest.limits import MAX_CPU_SECONDS, MAX_EXTRA_SECONDS, allow_more_time
from ingest.reading_order import ReadingOrder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")


def answer(path: Path, _order: ReadingOrder) -> Iterator[SkippedFile]:
    """Do what a file's name asks, and tell the seconds of computing that are left."""
    match path.name:
        case "asks":
            allow_more_time(100)
        case "asks for ever":
            for _ in range(100):
                allow_more_time(100)
        case "takes time back":
            allow_more_time(-100)
        case "has computed":
            while time.process_time() < 2.5:
                pass
            limits.begin_document()
    soft, _ = resource.getrlimit(resource.RLIMIT_CPU)
    yield SkippedFile(path.name, str(round(soft - time.process_time())), "")


def seconds_left(*names: str) -> list[int]:
    """What one process answers to these names, one after the other."""
    outcomes = read_isolated([Path(name) for name in names], answer)
    return [int(one.reason) for one in outcomes if isinstance(one, SkippedFile)]


def test_a_document_has_its_seconds() -> None:
    assert seconds_left("a") == [pytest.approx(MAX_CPU_SECONDS, abs=1.5)]


def test_what_was_computed_before_is_not_counted() -> None:
    assert seconds_left("has computed") == [pytest.approx(MAX_CPU_SECONDS, abs=1.5)]


def test_a_file_that_asks_gets_more() -> None:
    assert seconds_left("asks") == [pytest.approx(MAX_CPU_SECONDS + 100, abs=1.5)]


def test_no_file_gets_more_than_all() -> None:
    most = MAX_CPU_SECONDS + MAX_EXTRA_SECONDS
    assert seconds_left("asks for ever") == [pytest.approx(most, abs=1.5)]


def test_the_next_file_may_ask_anew() -> None:
    left = seconds_left("asks for ever", "asks", "a")
    assert left[1:] == pytest.approx([MAX_CPU_SECONDS + 100, MAX_CPU_SECONDS], abs=1.5)


def test_no_file_can_lose_time() -> None:
    assert seconds_left("takes time back") == [pytest.approx(MAX_CPU_SECONDS, abs=1.5)]


def test_asking_outside_of_a_reading_process_changes_nothing() -> None:
    before = resource.getrlimit(resource.RLIMIT_CPU)
    allow_more_time(100)
    assert resource.getrlimit(resource.RLIMIT_CPU) == before


def test_a_crash_leaves_no_memory_on_the_disk(tmp_path: Path) -> None:
    assert facts_of(tmp_path)[0] == "0"


def test_a_reading_process_is_apart_from_ours(tmp_path: Path) -> None:
    # Ctrl-C goes to a group; what a reader has started is ended with its own.
    assert facts_of(tmp_path)[1] != str(os.getpgrp())


def facts_of(path: Path) -> list[str]:
    (outcome,) = read_isolated([path], facts)
    assert isinstance(outcome, SkippedFile)
    return outcome.reason.split()


def facts(path: Path, _order: ReadingOrder) -> Iterator[SkippedFile]:
    """The largest file that a crash may leave, and the group that the process is in."""
    yield SkippedFile("", f"{resource.getrlimit(resource.RLIMIT_CORE)[0]} {os.getpgrp()}", "")
