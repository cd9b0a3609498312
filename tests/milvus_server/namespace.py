"""A child process in a network of its own, which takes all of its processes with it.

A test that kills a server must neither meet another server on this machine nor leave one behind.
So its process gets two namespaces of Linux (`man 7 namespaces`): a network that holds nothing but
its own loopback, where all ports are free and no packet leaves; and a numbering of processes of
its own, whose first process, when it ends in whatever way, makes the kernel kill all others in it.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence

WITHIN = "CASEBOOK_OWN_NETWORK"
"""Set to 1 for what runs in such a network: there the server may be started."""
_TOOLS = ("unshare", "setpriv", "ip")
_LOOPBACK_UP = 'ip link set lo up && exec "$@"'


def reason_not_here() -> str:
    """Why this machine gives no process a network of its own; empty where it does.

    Root may always make one, but not root of most containers; others where the kernel lets them
    be root of a namespace.
    """
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        return f"{', '.join(missing)} not found (Debian: apt-get install util-linux iproute2)"
    tried = run_in_own_network(["true"])
    if tried.returncode:
        return f"no network of its own for a process here: {tried.stderr.strip()}"
    return ""


def in_own_network(command: Sequence[str]) -> list[str]:
    """`command` in a network and a numbering of processes of its own.

    `setpriv` has the kernel kill `unshare` with the process that started it, `unshare` its child,
    and with that child end all the processes that it ever started.
    """
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    unshare = ["unshare", *as_root, "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    return ["setpriv", "--pdeathsig", "KILL", *unshare, "sh", "-c", _LOOPBACK_UP, "sh", *command]


def run_in_own_network(
    command: Sequence[str], shown: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run `command` there and wait for it; what it says is kept, or `shown` as it comes."""
    return subprocess.run(
        in_own_network(command),
        env={**os.environ, WITHIN: "1"},
        capture_output=not shown,
        text=True,
        check=False,
    )
