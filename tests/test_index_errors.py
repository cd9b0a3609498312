"""Messages of what can go wrong: one line, with a command that can be pasted as it is."""

import os
import shlex
from pathlib import Path

import pytest

from index.errors import (
    CatalogError,
    EncoderMismatchError,
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexUnreadableError,
    IndexUnwritableError,
    IndexVersionError,
    NotAnIndexError,
    NothingToIndexError,
)

FOLDER = Path("/home/anna/my 'own' cases")
NAMED = [
    IndexMissingError(FOLDER),
    NotAnIndexError(FOLDER, "a file"),
    IndexVersionError(FOLDER, 4, 5),
    IndexVersionError(FOLDER, 6, 5),
    IndexDamagedError(FOLDER, "a page is torn"),
    IndexDamagedError(FOLDER, "a page is torn", elsewhere=True),
    IndexBusyError(FOLDER, "by another process"),
    IndexUnreadableError(FOLDER, "it is gone"),
    EncoderMismatchError(FOLDER, "model one", "two"),
]


@pytest.mark.skipif(os.name != "posix", reason="quoting of POSIX shells")
@pytest.mark.parametrize("error", NAMED, ids=lambda error: type(error).__name__)
def test_the_folder_in_a_suggested_command_is_one_word_of_the_shell(error: CatalogError) -> None:
    words = shlex.split(str(error)[str(error).index("python -m") :])
    assert words[words.index("--index") + 1] in (str(FOLDER), f"{FOLDER}-new")


@pytest.mark.skipif(os.name != "posix", reason="quoting of POSIX shells")
def test_paths_without_documents_can_be_pasted() -> None:
    error = NothingToIndexError(["my cases", "b"], [])
    assert shlex.split(str(error).partition("python -m ingest ")[2]) == ["my cases", "b"]


def test_a_newer_version_is_never_built_over() -> None:
    said = str(IndexVersionError(Path("/a"), 6, 5))
    assert "index version 6, this program reads 5. Update Casebook" in said
    assert said.endswith("--index /a-new")


def test_an_older_version_is_built_again_in_its_place() -> None:
    said = str(IndexVersionError(Path("/a"), 4, 5))
    assert "Build it again, no text is encoded twice" in said
    assert said.endswith("--index /a")


def test_a_full_disk_does_not_suggest_another_place() -> None:
    said = str(IndexUnwritableError(Path("/a"), "full", IndexUnwritableError.FREE_SPACE))
    assert "run the same command again" in said
    assert "--index" not in said


def test_a_message_is_one_line_whatever_the_name_of_the_folder() -> None:
    assert "\n" not in str(IndexMissingError(Path("/a\nb")))
