"""A process of its own that opens an index and asks it: what it needs of time and of memory.

    python -m evaluation.speed.asking INDEX QUERIES.json ROUNDS

QUERIES is what `evaluation.speed.asked.KnownQueries.save` wrote. Prints one JSON object. No model
is loaded, so that memory and time are those of the search alone.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

from evaluation.speed.asked import FILTERS, KnownQueries, benchmark_questions
from index.stores.embedded_generation import EmbeddedGeneration, EmbeddedGenerations
from search.candidates import ranked_passages
from search.queries import DEFAULT_HITS, Filters, Query
from search.ranking import DEFAULT_RANKING
from search.service import SearchService
from search.understanding import UnderstoodQuery, understand

_STATUS = Path("/proc/self/status")
_KIB = 1024


@dataclass(frozen=True)
class Memory:
    """Bytes of a process: all that is resident, and the part that no file on disk backs.

    Pages of mapped files can be dropped and read again; 0 where the system does not say.
    """

    resident: int
    anonymous: int


@dataclass(frozen=True)
class Asked:
    """One process: opening in seconds, with imports and without; memory; CPU ms by filter.

    `legs` holds each time of both legs and fusion, `whole` that of whole questions.
    """

    import_seconds: float
    open_seconds: float
    open_cpu_seconds: float
    memory_opened: Memory
    memory: Memory
    legs: dict[str, list[float]]
    whole: dict[str, list[float]]

    @staticmethod
    def from_dict(values: dict[str, Any]) -> "Asked":
        """Read what the process printed."""
        memories = {name: Memory(**values[name]) for name in ("memory_opened", "memory")}
        return Asked(**{**values, **memories})


def ask(folder: Path, known: KnownQueries, texts: Sequence[str], rounds: int) -> Asked:
    """Open, ask all once, look at the memory, then time every question with every filter."""

    def opened() -> SearchService:
        return SearchService.open(folder, lambda _model: known.choice())

    started = time.perf_counter()
    opened()  # with whatever is imported late
    first, started, cpu = time.perf_counter() - started, time.perf_counter(), time.process_time()
    service = opened()
    again, cpu = time.perf_counter() - started, time.process_time() - cpu
    memory_opened = memory_now()
    for text, filters in zip(texts, cycle(FILTERS.values()), strict=False):
        service.search(Query(text, filters=filters))
    return Asked(
        import_seconds=max(0.0, first - again),
        open_seconds=again,
        open_cpu_seconds=cpu,
        memory_opened=memory_opened,
        memory=memory_now(),
        legs={name: _legs(folder, known, texts, one, rounds) for name, one in FILTERS.items()},
        whole={name: _whole(service, texts, one, rounds) for name, one in FILTERS.items()},
    )


def memory_now() -> Memory:
    """What this process has resident, as Linux says."""
    try:
        lines = _STATUS.read_text("utf-8").splitlines()
    except OSError:
        return Memory(0, 0)
    values = dict(line.split(":", 1) for line in lines)
    resident, anonymous = (int(values[name].split()[0]) * _KIB for name in ("VmRSS", "RssAnon"))
    return Memory(resident, anonymous)


def cpu_ms(work: Callable[[], object]) -> float:
    """Processor time of all threads in milliseconds."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def understood(
    generation: EmbeddedGeneration, known: KnownQueries, texts: Sequence[str]
) -> list[UnderstoodQuery]:
    """The questions as both legs get them."""
    return [understand(text, DEFAULT_RANKING, generation, known) for text in texts]


def search_both_legs(
    generation: EmbeddedGeneration, asked: UnderstoodQuery, filters: Filters
) -> None:
    """Both legs over one generation, fused: what every question needs."""
    ranked_passages(generation, asked, filters, DEFAULT_RANKING, DEFAULT_HITS)


def _legs(
    folder: Path, known: KnownQueries, texts: Sequence[str], filters: Filters, rounds: int
) -> list[float]:
    with EmbeddedGenerations(folder).current() as generation:
        every = understood(generation, known, texts)
        for asked in every:  # fills the caches of the connection
            search_both_legs(generation, asked, filters)
        return [
            cpu_ms(partial(search_both_legs, generation, asked, filters))
            for _ in range(rounds)
            for asked in every
        ]


def _whole(
    service: SearchService, texts: Sequence[str], filters: Filters, rounds: int
) -> list[float]:
    queries = [Query(text, filters=filters) for text in texts]
    for query in queries:
        service.search(query)
    return [cpu_ms(partial(service.search, query)) for _ in range(rounds) for query in queries]


def main(arguments: Sequence[str]) -> int:
    """Run; the arguments are of this project's own making."""
    folder, queries, rounds = arguments
    known = KnownQueries.load(Path(queries))
    asked = ask(Path(folder), known, benchmark_questions(), int(rounds))
    sys.stdout.write(json.dumps(asdict(asked)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
