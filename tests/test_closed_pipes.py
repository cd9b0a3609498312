"""Commands piped into `head`, or into a full disk: real processes, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

ENDLESS = """
import sys
from ingest.closed_pipes import run_command
def main():
    while True:
        print("word " * 1000)
sys.exit(run_command(main))
"""
SMALL = """
import sys
from ingest.closed_pipes import run_command
def main():
    sys.stdin.read()
    print("a line that waits in the buffer")
    return 0
sys.exit(run_command(main))
"""
ANOTHER_PIPE = """
import os, sys
from ingest.closed_pipes import run_command
def main():
    theirs, ours = os.pipe()
    os.close(theirs)
    os.write(ours, b"word")
sys.exit(run_command(main))
"""
posix = pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")


def closed_after_a_line(*command: str) -> tuple[int, str]:
    """The exit status and the errors of a command whose reader leaves after the first bytes."""
    with subprocess.Popen(
        [sys.executable, *command], cwd=REPOSITORY,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout and process.stderr
        if command[0] != "-c" or command[1] == ENDLESS:
            process.stdout.read(1)
        process.stdout.close()
        process.stdin.close()
        errors = process.stderr.read().decode()
    return process.returncode, errors


@posix
@pytest.mark.parametrize("script", [ENDLESS, SMALL], ids=["in mid-print", "at the end"])
def test_a_reader_that_has_seen_enough_is_no_error(script: str) -> None:
    assert closed_after_a_line("-c", script) == (0, "")


@posix
def test_a_broken_pipe_that_is_not_the_output_is_an_error() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER_PIPE],
        cwd=REPOSITORY, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "BrokenPipeError" in done.stderr) == (1, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_that_cannot_be_written_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", SMALL], cwd=REPOSITORY, stdin=subprocess.DEVNULL,
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    said = "the output cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, said)


@posix
@pytest.mark.parametrize(
    "command",
    [
        ("query.py", "--help"),
        ("-m", "ingest", "--help"),
        ("-m", "ingest", "corpus"),
        ("-m", "index", "--help"),
        ("-m", "index", "models"),
        ("-m", "evaluation", "--help"),
    ],
    ids=" ".join,
)
def test_every_command_may_be_piped_into_head(command: tuple[str, ...]) -> None:
    assert closed_after_a_line(*command) == (0, "")
