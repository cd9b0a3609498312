"""A server on another port of this machine that notes who comes: what another machine would see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Listener:
    """What came, as the last part of each path asked for."""

    address: str = ""
    came: list[str] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener; "/" is an empty page without any policy, all else is noted."""
    noted = Listener()

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/":
                noted.came.append(self.path.removeprefix("/").partition("?")[0])
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            """Not on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Noting)
    noted.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield noted
    finally:
        server.shutdown()
        server.server_close()
