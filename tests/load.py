"""python -m tests.load: many people at once, and a long day, against the real server.

Each visitor is a websocket session of its own (`tests/page_client.py`) over the starter corpus;
each answer is checked against what the search service gives for that question. A time runs from
sending the question to the last message of the drawn page. Results: evaluation/results/load.json.
"""

import argparse
import asyncio
import json
import math
import random
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.build import build_index
from index.encoders import choose_encoder
from index.library import Wanted, list_documents
from index.models import PACKAGED_MODEL
from search.queries import Query
from search.service import SearchService
from tests.browser.cold_start import cold_start
from tests.browser.driving import ROOT, free_port, served
from tests.page_client import Visitor

RESULTS = ROOT / "evaluation" / "results" / "load.json"
THINKING_SECONDS = 15.0
"""Between two questions of one person: reading a page of passages takes longer, if anything."""
_SEED = 6
_MOST_QUESTIONS = 200
_READY_SECONDS = 120.0


@dataclass(frozen=True)
class Load:
    """What people met. Times are milliseconds, memory is MiB resident of the server."""

    searches: int
    wrong_answers: int
    p50_ms: float
    p95_ms: float
    most_ms: float


@dataclass(frozen=True)
class Expected:
    """A question and the titles that the service itself gives for it."""

    question: str
    titles: list[str]


class Log:
    """Notes each answer as it comes."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._wrong = 0

    async def ask(self, visitor: Visitor, one: Expected) -> None:
        """Ask, time and check."""
        started = time.perf_counter()
        titles = await visitor.ask(one.question)
        self._times.append((time.perf_counter() - started) * 1000)
        self._wrong += titles != one.titles

    def load(self) -> Load:
        """What was noted."""
        times = [round(one, 1) for one in sorted(self._times)]
        return Load(
            len(times), self._wrong, percentile(times, 0.5), percentile(times, 0.95), times[-1]
        )


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest of sorted times that at least this share of them does not exceed.

    >>> percentile([1, 2, 3, 4], 0.5)
    2
    """
    return times[max(math.ceil(len(times) * share) - 1, 0)]


def questions(index: Path) -> list[Expected]:
    """One question per document: the words of its title."""
    service = SearchService.open(index)
    listed = list_documents(index, Wanted(), 0, _MOST_QUESTIONS).documents
    asked = sorted({document.title for document in listed if document.title})
    return [
        Expected(title, [hit.title for hit in service.search(Query(title)).hits]) for title in asked
    ]


async def at_once(address: str, expected: Sequence[Expected], people: int, rounds: int) -> Load:
    """All ask in the same moment, `rounds` times."""
    log, visitors = Log(), await _come(address, people)
    for turn in range(rounds):
        await asyncio.gather(
            *(
                log.ask(visitor, expected[(turn * people + number) % len(expected)])
                for number, visitor in enumerate(visitors)
            )
        )
    await _leave(visitors)
    return log.load()


async def thinking(address: str, expected: Sequence[Expected], people: int, seconds: float) -> Load:
    """Each asks, thinks about `THINKING_SECONDS`, and asks again."""
    log, chance, end = Log(), random.Random(_SEED), time.monotonic() + seconds
    visitors = await _come(address, people)

    async def day(visitor: Visitor) -> None:
        await asyncio.sleep(chance.uniform(0, THINKING_SECONDS))
        while time.monotonic() < end:
            await log.ask(visitor, chance.choice(expected))
            await asyncio.sleep(chance.uniform(0.5, 1.5) * THINKING_SECONDS)

    await asyncio.gather(*(day(visitor) for visitor in visitors))
    await _leave(visitors)
    return log.load()


async def memory(
    address: str, pid: int, expected: Sequence[Expected], marks: Sequence[int]
) -> dict[str, float]:
    """MiB of the server after each number of searches, by ten people in turn."""
    log, sizes, visitors = Log(), {}, await _come(address, 10)
    for number in range(1, max(marks) + 1):
        await log.ask(visitors[number % 10], expected[number % len(expected)])
        if number in marks:
            sizes[str(number)] = resident_mib(pid)
    await _leave(visitors)
    return sizes


async def _come(address: str, people: int) -> list[Visitor]:
    return [await Visitor(address).__aenter__() for _ in range(people)]


async def _leave(visitors: Sequence[Visitor]) -> None:
    for visitor in visitors:
        await visitor.__aexit__()


def resident_mib(pid: int) -> float:
    """What a process holds in memory (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return round(int(line.split()[1]) / 1024, 1)


def server_on(port: int) -> int:
    """The process that was told to listen on a port (Linux)."""
    for folder in Path("/proc").glob("[0-9]*"):
        words = (folder / "cmdline").read_bytes().split(b"\0")
        if b"streamlit" in words and str(port).encode() in words:
            return int(folder.name)
    raise ProcessLookupError(f"no server on port {port}")


def wait_until_ready(address: str) -> None:
    """Until `/readyz` says so."""
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}readyz", timeout=5):
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(f"{address} is not ready after {_READY_SECONDS:.0f} s")


def measure(index: Path, parts: Sequence[str], seconds: float) -> dict[str, object]:
    """Run the parts that were asked for against a server of their own each."""
    found: dict[str, object] = {}
    expected = questions(index)
    for part in parts:
        if part == "cold_start":
            found[part] = cold_start(index)
            continue
        port = free_port()
        with served(index, port=port) as address:
            wait_until_ready(address)
            if part == "at_once":
                found[part] = asdict(asyncio.run(at_once(address, expected, 10, 10)))
            elif part == "thinking":
                found[part] = asdict(asyncio.run(thinking(address, expected, 50, seconds)))
            else:
                marks = (100, 300, 1000)
                found["memory_mib"] = asyncio.run(memory(address, server_on(port), expected, marks))
    return found


def main() -> None:
    """Measure, print, and keep the results beside those of other parts."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.load")
    parser.add_argument("parts", nargs="*", default=["cold_start", "at_once", "thinking", "memory"])
    parser.add_argument("--index", type=Path, help="an index that is there, not the corpus anew")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long fifty people stay")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = options.index
        if index is None:
            index = Path(folder) / "index"
            build_index([ROOT / "corpus"], index, choose_encoder(PACKAGED_MODEL))
        found = measure(index, options.parts, options.seconds)
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    text = json.dumps({**kept, **found}, indent=2)
    RESULTS.write_text(text + "\n", "utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
