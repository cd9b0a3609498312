"""Files that are compressed one by one."""

import gzip
import random
from pathlib import Path

import pytest

from ingest.compression import UNSUSPECTED_BYTES, uncompressed
from ingest.corpus import read_document
from ingest.errors import UnreadableFileError
from tests.fixtures.examples import EXAMPLES, TITLE

TEXT = b"A man fell. " * 20
PACKED = gzip.compress(TEXT, mtime=0)


def test_what_is_not_compressed_stays_as_it_is() -> None:
    assert uncompressed(TEXT, "case.txt") == (TEXT, ".txt")


@pytest.mark.parametrize("name", ["paper.xml.gz", "PAPER.XML.GZ", "my.paper.xml"])
def test_the_inner_name_tells_the_format(name: str) -> None:
    assert uncompressed(PACKED, name) == (TEXT, ".xml")


def test_the_content_tells_that_it_is_compressed_and_not_the_name() -> None:
    assert uncompressed(TEXT, "case.txt.gz") == (TEXT, ".gz")
    assert uncompressed(PACKED, "case") == (TEXT, "")


def test_members_one_after_the_other_are_one_file() -> None:
    assert uncompressed(PACKED + PACKED, "a.xml.gz")[0] == TEXT + TEXT


@pytest.mark.parametrize("behind", [b"\0" * 100, b"garbage", b"\x1f"])
def test_what_stands_behind_the_last_member_is_ignored(behind: bytes) -> None:
    assert uncompressed(PACKED + behind, "a.xml.gz")[0] == TEXT


def test_more_than_is_read_at_a_time_comes_out_whole() -> None:
    noise = random.Random(0).randbytes(3_000_000)
    assert uncompressed(gzip.compress(noise, 1), "a.gz")[0] == noise


@pytest.mark.parametrize("end", [2, 9, 20, len(PACKED) - 1])
def test_a_file_that_is_cut_short_says_so(end: int) -> None:
    with pytest.raises(UnreadableFileError, match="cut short"):
        uncompressed(PACKED[:end], "a.xml.gz")


@pytest.mark.parametrize("at", [2, 12, len(PACKED) - 6])
def test_a_damaged_file_says_so(at: int) -> None:
    damaged = PACKED[:at] + bytes([PACKED[at] ^ 0xFF]) + PACKED[at + 1 :]
    with pytest.raises(UnreadableFileError, match=r"damaged \.gz"):
        uncompressed(damaged, "a.xml.gz")


def test_a_bomb_is_stopped_before_it_fills_the_memory() -> None:
    bomb = gzip.compress(b"\0" * (UNSUSPECTED_BYTES + 30_000_000))
    with pytest.raises(UnreadableFileError, match="unpacks to more than 20 MB"):
        uncompressed(bomb, "a.xml.gz")


def test_nothing_inside_is_nothing() -> None:
    assert uncompressed(gzip.compress(b""), "a.xml.gz") == (b"", ".xml")


@pytest.mark.parametrize(
    ("name", "format_name"),
    [("paper.xml.gz", "jats"), ("paper.nxml.gz", "jats"), ("notes.txt.gz", "text")],
)
def test_a_compressed_document_is_read_like_any_other(
    tmp_path: Path, name: str, format_name: str
) -> None:
    (tmp_path / name).write_bytes(gzip.compress(EXAMPLES[format_name]))
    document = read_document(tmp_path / name)
    assert (document.format, document.metadata.title) == (format_name, TITLE)
    assert document.warnings == ()
