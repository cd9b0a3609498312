"""A child process is told what to do, however much that is."""

from functools import partial
from multiprocessing.connection import Connection

from ingest.child_process import start_child

MORE_THAN_A_PIPE_HOLDS = 4_000_000
END_SECONDS = 30.0


def tell_length(text: str, connection: Connection) -> None:
    connection.send(len(text))


def test_a_function_may_bring_more_than_a_pipe_holds() -> None:
    child, connection = start_child(partial(tell_length, "x" * MORE_THAN_A_PIPE_HOLDS))
    with connection:
        assert connection.recv() == MORE_THAN_A_PIPE_HOLDS
    assert child.exit_status(END_SECONDS) == 0
