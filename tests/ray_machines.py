"""A Ray cluster of two machines that both are this one, each with one core."""

import os
from pathlib import Path
from typing import Any

MEMORY = 150_000_000
"""Bytes of a machine's object store; Ray wants 75 million at least."""

HEALTH = {"health_check_period_ms": 1_000, "health_check_failure_threshold": 3}
"""A dead machine is noticed in some seconds; by default it takes a quarter of a minute."""


class Machines:
    """The head, and another one that can be killed and replaced."""

    def __init__(self) -> None:
        # Read by what Ray starts: it tells its makers nothing, and no pages are served.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        from ray.cluster_utils import Cluster

        self._cluster: Any = Cluster(
            initialize_head=True,
            head_node_args={
                "num_cpus": 1, "object_store_memory": MEMORY, "include_dashboard": False,
                "_system_config": HEALTH,
            },
        )  # fmt: skip
        self._other: Any = None
        self._runs = True
        self.start_other()

    @property
    def address(self) -> str:
        """The head's, as RAY_ADDRESS names it."""
        return str(self._cluster.address)

    def start_other(self) -> None:
        """Start the second machine, unless it runs."""
        if self._other is None:
            self._other = self._cluster.add_node(num_cpus=1, object_store_memory=MEMORY)

    def kill_other(self) -> None:
        """Kill the second machine with all that runs on it."""
        other, self._other = self._other, None
        self._cluster.remove_node(other, allow_graceful=False)

    def stop(self) -> None:
        """End both, if they run."""
        if self._runs:
            self._runs, self._other = False, None
            self._cluster.shutdown()


def repository() -> Path:
    """Where the machines find our code."""
    return Path(__file__).parent.parent
