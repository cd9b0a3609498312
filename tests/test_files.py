"""Finding files under paths, and taking their bytes: nothing hangs, nothing is half."""

import os
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.corpus import read_file
from ingest.documents import Document, SkippedFile
from ingest.errors import UnreadableFileError
from ingest.files import MAX_FILE_BYTES, SourceFile, find_files, hash_file, read_whole

NO_FILE = "no file but a pipe, a socket or a device"


def write(path: Path, text: str = "Fever rose in the knee.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(*paths: Path) -> list[str]:
    return [path.name for path in find_files(paths)[0]]


def reasons(*paths: Path) -> list[str]:
    """Why the only things found were skipped."""
    files, skipped = find_files(paths)
    assert files == []
    return [skip.reason for skip in skipped]


# Finding


def test_folders_are_searched_to_the_bottom(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "deep" / "er" / "b.md")
    assert names(tmp_path) == ["a.txt", "b.md"]


def test_files_are_sorted_by_path(tmp_path: Path) -> None:
    files = [write(tmp_path / name) for name in ("c.txt", "a.txt", "b.txt")]
    assert names(*files) == ["a.txt", "b.txt", "c.txt"]


def test_a_file_that_is_named_twice_is_found_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    assert names(file, tmp_path, tmp_path / "." / "a.txt") == ["a.txt"]


def test_paths_are_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    assert find_files([Path("a.txt")])[0] == [file.resolve()]


@pytest.mark.parametrize("name", [".hidden.txt", ".git/a.txt", "~$open.docx", "README.md"])
def test_files_that_are_no_documents_are_left_out(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    assert find_files([tmp_path]) == ([], [])


def test_a_readme_that_is_named_is_read(tmp_path: Path) -> None:
    assert names(write(tmp_path / "README.md")) == ["README.md"]


def test_a_folder_named_readme_is_searched(tmp_path: Path) -> None:
    write(tmp_path / "readme" / "a.txt")
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("name", ["two words.txt", "膝 🦵.txt", "two\nlines.txt", "'q\"uote.txt"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    outcomes = [one for path in find_files([tmp_path])[0] for one in read_file(path)]
    assert [(type(o), Path(o.source).name) for o in outcomes] == [(Document, name)]


def test_a_path_that_does_not_exist_is_a_skipped_line(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere"
    assert find_files([missing])[1] == [SkippedFile(str(missing), "not found", "check the path")]


def test_a_name_that_is_too_long_for_any_file_is_a_skipped_line(tmp_path: Path) -> None:
    assert reasons(tmp_path / ("n" * 300)) == ["cannot be opened (File name too long)"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert find_files([tmp_path]) == ([], [])


@pytest.mark.skipif(sys.platform != "linux", reason="such names cannot be on every system")
def test_a_name_that_is_no_utf_8_is_a_skipped_line_that_can_be_printed(tmp_path: Path) -> None:
    write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/f\xff.txt")))
    name = f"{tmp_path.resolve()}/f\\udcff.txt"
    skipped = SkippedFile(name, "a name that is not valid UTF-8", "rename it")
    assert find_files([tmp_path]) == ([], [skipped])


# What is no file


def test_a_pipe_is_a_skipped_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(tmp_path) == [NO_FILE]


def test_a_pipe_that_is_named_is_a_skipped_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(tmp_path / "pipe.txt") == [NO_FILE]


def test_a_socket_is_a_skipped_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's address has room for a short path only
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        assert reasons(tmp_path) == [NO_FILE]


def test_a_device_is_a_skipped_line() -> None:
    assert reasons(Path("/dev/zero")) == [NO_FILE]


def test_a_pipe_that_took_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    outcome = hash_file(tmp_path / "a.txt")
    assert isinstance(outcome, SkippedFile) and outcome.reason == NO_FILE


# Links


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "a.txt")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link.txt").symlink_to(outside)
    assert reasons(tmp_path / "folder") == ["a link out of the folder"]


def test_a_link_within_the_folder_adds_nothing(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(write(tmp_path / "a.txt"))
    assert find_files([tmp_path]) == ([tmp_path.resolve() / "a.txt"], [])


def test_a_folder_that_is_itself_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path / "folder" / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    assert names(tmp_path / "link") == ["a.txt"]


def test_a_link_to_nothing_is_a_skipped_line(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    assert reasons(tmp_path) == ["a link to a file that is not there"]


def test_a_link_to_itself_is_a_skipped_line(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert len(find_files([tmp_path])[1]) == 1


def test_links_in_a_circle_are_skipped_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert reasons(tmp_path) == ["a link that leads to itself"] * 2


def test_a_linked_folder_that_is_not_followed_is_a_skipped_line(tmp_path: Path) -> None:
    write(tmp_path / "outside" / "a.txt")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link").symlink_to(tmp_path / "outside")
    assert reasons(tmp_path / "folder") == ["a link out of the folder"]


def test_a_linked_folder_within_the_folder_adds_nothing(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "deep")
    (tmp_path / "deep" / "up").symlink_to(tmp_path)
    assert (names(tmp_path), find_files([tmp_path])[1]) == (["a.txt"], [])


def test_a_link_to_a_pipe_is_a_skipped_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".pipe")
    (tmp_path / "link.txt").symlink_to(tmp_path / ".pipe")
    assert reasons(tmp_path) == [NO_FILE]


# Permissions


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder whose files may be forbidden: root gives up its rights, who may open all."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "readable").mkdir(mode=0o777)
        ours = os.geteuid()
        forbidden = write(Path(folder) / "readable" / "secret.txt")
        forbidden.chmod(0)
        (Path(folder) / "unlisted").mkdir(mode=0)
        os.seteuid(65534 if ours == 0 else ours)
        try:
            yield Path(folder)
        finally:
            os.seteuid(ours)
            (Path(folder) / "unlisted").chmod(0o700)


def test_a_folder_that_may_not_be_listed_is_a_skipped_line(as_nobody: Path) -> None:
    assert reasons(as_nobody / "unlisted") == ["cannot be opened (Permission denied)"]


def test_a_file_that_may_not_be_opened_is_a_skipped_line(as_nobody: Path) -> None:
    outcome = hash_file(as_nobody / "readable" / "secret.txt")
    assert isinstance(outcome, SkippedFile) and "Permission denied" in outcome.reason


def test_a_file_that_may_not_be_opened_is_found(as_nobody: Path) -> None:
    assert names(as_nobody / "readable") == ["secret.txt"]


def test_a_file_in_a_folder_that_may_not_be_entered_is_a_skipped_line(as_nobody: Path) -> None:
    assert reasons(as_nobody / "unlisted" / "a.txt") == ["cannot be opened (Permission denied)"]


# Hashing and reading


def test_a_file_is_named_by_its_content(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2
    assert hash_file(file) == SourceFile(file, digest)


def test_a_files_bytes_are_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 10_000)
    assert read_whole(tmp_path / "a.txt") == bytes(range(256)) * 10_000


def test_a_file_that_is_too_large_is_a_skipped_line(tmp_path: Path) -> None:
    file = write(tmp_path / "huge.txt")
    os.truncate(file, MAX_FILE_BYTES + 1)  # sparse: takes no room on the disk
    outcome = hash_file(file)
    assert isinstance(outcome, SkippedFile) and outcome.reason == "larger than 300 MB"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    os.truncate(write(tmp_path / "huge.txt"), MAX_FILE_BYTES + 1)
    with pytest.raises(UnreadableFileError, match="larger than 300 MB"):
        read_whole(tmp_path / "huge.txt")


def test_a_file_that_vanished_is_a_skipped_line(tmp_path: Path) -> None:
    assert isinstance(hash_file(tmp_path / "gone.txt"), SkippedFile)


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Path]:
    """A large file that somebody writes to all the time."""
    path = tmp_path / "growing.txt"
    path.write_bytes(b"a" * 50_000_000)
    begun, done = threading.Event(), threading.Event()

    def grow() -> None:
        while not done.is_set():
            with path.open("ab") as file:
                file.write(b"b")
            begun.set()

    writer = threading.Thread(target=grow)
    writer.start()
    begun.wait()
    yield path
    done.set()
    writer.join()


def test_a_file_that_changes_while_it_is_read_is_not_read_half(growing: Path) -> None:
    with pytest.raises(UnreadableFileError, match="changed while it was read"):
        read_whole(growing)
