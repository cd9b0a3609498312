"""python -m evaluation.measured_ingest PATH …: `python -m ingest --json` and what it used.

Prints one JSON object: the report, wall seconds, and peak memory in bytes of the process itself
and of the largest of its reading children.
"""

import io
import json
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

from ingest.__main__ import main as ingest


def main() -> None:
    """Read the paths on the command line and report."""
    started = time.monotonic()
    said = io.StringIO()
    with redirect_stdout(said):
        ingest([*sys.argv[1:], "--json"])
    seconds = time.monotonic() - started
    measured = {
        "report": json.loads(said.getvalue()),
        "seconds": seconds,
        "parent_bytes": own_peak_bytes(),
        "children_bytes": children_peak_bytes(),
    }
    sys.stdout.write(json.dumps(measured))


def own_peak_bytes() -> int:
    """The most memory that this process has had at once.

    Linux hands the peak of a parent down to getrusage(2) of what it starts; /proc does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    return _bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def children_peak_bytes() -> int:
    """The most memory that any one child that has ended had at once."""
    import resource

    return _bytes(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def _bytes(maxrss: int) -> int:
    """Linux counts kilobytes, macOS bytes."""
    return maxrss if sys.platform == "darwin" else maxrss * 1024


if __name__ == "__main__":
    main()
