"""The Milvus server of the wheel `milvus` 2.3.5 as a process that a test starts and kills.

The wheel's own `MilvusServer` unpacks 386 MB into each server's folder, changes the directory of
the process that starts it, and moves to another port when its own was just given up: what it
carries (the binaries and the template of their settings) is used without it.
"""

import importlib.util
import lzma
import os
import re
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import SO_REUSEADDR, SOL_SOCKET, socket

START_SECONDS = 180.0
"""A server answers after about ten seconds; two busy cores have taken it a minute."""
_LOOPBACK = "127.0.0.1"
_LEASE_SECONDS = 5
"""How long a server that was killed counts as alive to the next over its folder: 30 by default."""
_FIRST_PORT = 20000
"""Below those that Linux gives to whoever calls: a caller must not take a dead server's port."""
_HEALTH, _PEER = "health_port", "etcd_peer_port"
_SETTING = re.compile(r"\{\{\s*(\w+)(?:\(\w+\))?(?::\s*(.*?))?\s*\}\}")
"""A place to fill in the wheel's template: ``{{ name }}`` or ``{{ name(type): default }}``."""


class ServerNotStartedError(Exception):
    """The server did not answer: its last words are in the message."""


@dataclass(frozen=True)
class Program:
    """The unpacked server: its folder of binaries, the template of its settings, its log's."""

    binaries: Path
    template: str
    log_settings: str


def wheel_folder() -> Path | None:
    """Where the wheel's data lies; nothing where it is not installed."""
    found = importlib.util.find_spec("milvus")
    places = found.submodule_search_locations if found else None
    return Path(next(iter(places))) / "data" if places else None


def unpack(wheel: Path, into: Path) -> Program:
    """Unpack the wheel's binaries: once for all servers of a run, as it takes ten seconds."""
    into.mkdir(parents=True)
    for packed in sorted((wheel / "bin").glob("*.lzma")):
        binary = into / packed.stem
        binary.write_bytes(lzma.decompress(packed.read_bytes()))
        binary.chmod(0o755)
    template, log_settings = wheel / "config.yaml.template", wheel / "glog.conf"
    return Program(into, template.read_text(), log_settings.read_text())


class MilvusProcess:
    """One server over one folder; its address stays the same however often it is started."""

    def __init__(self, program: Program, folder: Path, settings: dict[str, str]) -> None:
        """`settings` fill places of the template: ``{"authorization_enabled": "true"}``."""
        names = [found[1] for found in _SETTING.finditer(program.template)]
        ports = _free_ports([name for name in names if name.endswith("_port")] + [_HEALTH, _PEER])
        self.folder = folder
        self.port = ports["proxy_port"]
        self.address = f"{_LOOPBACK}:{self.port}"
        self._program = program
        self._health = f"http://{_LOOPBACK}:{ports[_HEALTH]}/healthz"
        self._surroundings = {
            "DEPLOY_MODE": "STANDALONE",
            "COMMON_SESSION_TTL": str(_LEASE_SECONDS),
            "METRICS_PORT": str(ports[_HEALTH]),
            "MILVUS_RUN_DIR": str(folder / "run"),
            "ETCD_CONFIG_PATH": str(folder / "configs" / "etcd.yaml"),
            "LD_LIBRARY_PATH": str(program.binaries),
        }
        self._running: subprocess.Popen[bytes] | None = None
        self._write_settings({name: str(port) for name, port in ports.items()} | settings)
        self._write_store_settings(ports["etcd_port"], ports[_PEER])

    def start(self) -> None:
        """Start it and wait until it answers; raises ServerNotStartedError."""
        if self._running is not None:
            raise ServerNotStartedError(f"the server at {self.address} runs already")
        with (self.folder / "said.log").open("ab") as log:
            self._running = subprocess.Popen(
                [self._program.binaries / "milvus", "run", "standalone"],
                cwd=self.folder,
                env={**os.environ, **self._surroundings},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """End it and what it started as a power cut would: nothing can be written any more."""
        if self._running is None:
            return
        with suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()
        self._running = None

    def _write_settings(self, settings: dict[str, str]) -> None:
        data, logs = self.folder / "data", self.folder / "logs"
        for folder in (data, logs, self.folder / "configs"):
            folder.mkdir(parents=True)
        places = {
            "etcd_log_path": logs / "etcd.log",
            "system_log_path": logs,
            "etcd_data_dir": data / "etcd.data",
            "local_storage_dir": data,
            "rocksmq_data_dir": data / "rocksmq",
        }
        chosen = {name: str(place) for name, place in places.items()} | settings
        text = _SETTING.sub(lambda found: chosen.get(found[1], found[2]), self._program.template)
        (self.folder / "configs" / "milvus.yaml").write_text(text)
        (self.folder / "configs" / "glog.conf").write_text(self._program.log_settings)

    def _write_store_settings(self, port: int, peer_port: int) -> None:
        """Of its store of settings, which else takes the same two ports for every server."""
        here, peers = f"http://{_LOOPBACK}:{port}", f"http://{_LOOPBACK}:{peer_port}"
        lines = [
            f"data-dir: {self.folder / 'data' / 'etcd.data'}",
            f"listen-client-urls: {here}",
            f"advertise-client-urls: {here}",
            f"listen-peer-urls: {peers}",
            f"initial-advertise-peer-urls: {peers}",
            f"initial-cluster: default={peers}",
        ]
        (self.folder / "configs" / "etcd.yaml").write_text("\n".join(lines))

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._running is None or self._running.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self._health, timeout=5) as answer:
                    if b"OK" in answer.read():
                        return
            except OSError:
                pass  # not listening yet
            time.sleep(0.1)
        self.kill()
        last_words = (self.folder / "said.log").read_text(errors="replace")[-2000:]
        raise ServerNotStartedError(f"no answer at {self._health}; it said last:\n{last_words}")


@contextmanager
def running_server(
    program: Program, folder: Path, settings: dict[str, str] | None = None
) -> Iterator[MilvusProcess]:
    """A started server, killed at the end."""
    server = MilvusProcess(program, folder, settings or {})
    try:
        server.start()
        yield server
    finally:
        server.kill()


def _free_ports(names: list[str]) -> dict[str, int]:
    """A port for each name that nobody listens at; all are held until the last is found."""
    found: dict[str, int] = {}
    candidates = iter(range(_FIRST_PORT, 2**15))
    held: list[socket] = []
    for name in names:
        for port in candidates:
            held.append(socket())
            held[-1].setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            try:
                held[-1].bind((_LOOPBACK, port))
            except OSError:
                continue
            found[name] = port
            break
    for taken in held:
        taken.close()
    return found
