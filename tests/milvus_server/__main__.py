"""Runs the tests of this folder where a server may be started: `python -m tests.milvus_server`.

What is given beside goes to pytest: ``python -m tests.milvus_server -k alias``. Where the wheel or
the right to a network of its own is missing, one line says so and nothing is run.
"""

import sys
from pathlib import Path

from tests.milvus_server.namespace import reason_not_here, run_in_own_network
from tests.milvus_server.process import wheel_folder

_WHEEL_MISSING = "the server is not installed (pip install -r requirements-milvus-server.txt)"
_OWN_SMALL_FILES = 'mkdir -p /tmp/milvus && mount -t tmpfs -o size=1m own /tmp/milvus && exec "$@"'
"""The server leaves a file there for each time it starts: these are gone with the network."""


def main() -> int:
    """The exit status of the tests; 0 too where they cannot be run."""
    reason = reason_not_here() if wheel_folder() else _WHEEL_MISSING
    if reason:
        print(f"The real Milvus server is not tested here: {reason}")
        return 0
    tests = [sys.executable, "-m", "pytest", str(Path(__file__).parent), *sys.argv[1:]]
    command = ["sh", "-c", _OWN_SMALL_FILES, "sh", *tests]
    return run_in_own_network(command, shown=True).returncode


if __name__ == "__main__":
    sys.exit(main())
