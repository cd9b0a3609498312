"""Real small disks for tests: a file system in memory, which only an administrator may mount."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """A mounted file system of few bytes."""

    folder: Path

    def fill(self, left_free: int = 0) -> Path:
        """Write zeros until so many bytes are free; gives the file that holds them."""
        filler = self.folder / ".filler"
        facts = os.statvfs(self.folder)
        pages = max(facts.f_bavail - left_free // facts.f_frsize, 0)
        filler.write_bytes(bytes(pages * facts.f_frsize))
        return filler

    def make_read_only(self) -> None:
        """As a CD is: not even the administrator can write."""
        subprocess.run(["mount", "-o", "remount,ro", self.folder], check=True)


@contextmanager
def small_disk(folder: Path, megabytes: int = 4) -> Iterator[SmallDisk]:
    """Mount a disk at a new folder; the test is skipped where that is not allowed."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root of Linux can mount a small disk")
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs"]
    if subprocess.run(["mount", *options, folder], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let a small disk be mounted")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
