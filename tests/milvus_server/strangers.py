"""What else may be at an address that somebody typed: each listens on this machine for a test."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import create_server, socket

WEB_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def hangs_up(caller: socket) -> None:
    """Somebody who does not want to be called."""
    caller.close()


def says_nothing(caller: socket) -> None:
    """A server that hangs: it takes the call, and no answer ever comes."""


def web_server(caller: socket) -> None:
    """The wrong port of the right machine."""
    caller.sendall(WEB_ANSWER)


STRANGERS: tuple[Callable[[socket], None], ...] = (hangs_up, says_nothing, web_server)


@contextmanager
def listening(answer: Callable[[socket], None]) -> Iterator[int]:
    """The port at which every caller gets this answer; calls last until the end."""
    calls: list[socket] = []
    with create_server(("127.0.0.1", 0)) as here:

        def serve() -> None:
            while True:
                try:
                    calls.append(here.accept()[0])
                    answer(calls[-1])
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield here.getsockname()[1]
        here.shutdown(2)
        for call in calls:
            call.close()
