"""Commands whose reader may have seen enough, as `head` has: no traceback, no error.

Python turns the signal for a closed pipe into `BrokenPipeError`, at a `print` or when it flushes
at its end; see https://docs.python.org/3/library/signal.html#note-on-sigpipe.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

UNWRITTEN = 1


def run_command(main: Callable[[], int]) -> int:
    """A command's exit status; 0 where the reader of its output closed it before the end.

    What a command prints into `head` it has done already. Output that cannot be written for
    another reason, a full disk perhaps, is one line on standard error and status 1.
    """
    try:
        try:
            return main()
        finally:
            for stream in _outputs():
                stream.flush()  # here, not at Python's end, where nobody could catch it
    except OSError as error:
        if not any(_refuses(stream) for stream in _outputs()):
            raise  # another file or pipe than those of ours
        _discard_unwritten()
        if isinstance(error, BrokenPipeError):
            return 0
        print(f"the output cannot be written: {error.strerror}", file=sys.stderr)  # noqa: T201
        return UNWRITTEN


def _outputs() -> list[TextIO]:
    """Standard output and error; Python has none where a shell closed them (``>&-``)."""
    streams: list[TextIO | None] = [sys.stdout, sys.stderr]
    return [stream for stream in streams if stream is not None]


def _refuses(stream: TextIO) -> bool:
    """Whether a stream takes not even the end of a line: an unbuffered one keeps no other trace."""
    try:
        stream.write("\n")
        stream.flush()
    except OSError:
        return True
    return False


def _discard_unwritten() -> None:
    """Let Python write nowhere, when it ends, what its buffers still hold."""
    for stream in _outputs():
        try:
            stream.flush()
        except OSError:
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
