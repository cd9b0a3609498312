"""Archives and large sets, read as they come: nothing unpacked to disk, one document in memory."""

import gzip
import random
import subprocess
import sys
import tarfile
from itertools import islice
from pathlib import Path
from typing import Literal

import pytest

from ingest import contents, corpus
from ingest.archives import Member, is_archive, members
from ingest.corpus import read_file, read_files, read_parts
from ingest.documents import Document, SkippedFile
from ingest.errors import UnreadableFileError
from ingest.files import MAX_FILE_BYTES, hash_file
from ingest.reading_order import Passed, ReadingOrder
from tests.fixtures.archives import article, entry, packed, packed_with, record, records, saved
from tests.fixtures.examples import ENDINGS, EXAMPLES, TITLE

TWO = {"PMC1/": b"", "PMC1/a.nxml": article(1), "PMC1/b.xml": article(2)}


def parts(path: Path) -> list[str]:
    """The names of the documents of a file, which has no others."""
    outcomes = read_file(path)
    assert all(isinstance(one, Document) for one in outcomes)
    return [one.part for one in outcomes]


def problems(path: Path) -> list[tuple[str, str]]:
    """The parts of a file that gave no document, with the reasons."""
    return [(one.part, one.reason) for one in read_file(path) if isinstance(one, SkippedFile)]


def documents(path: Path) -> list[Document]:
    return [one for one in read_file(path) if isinstance(one, Document)]


# What an archive gives


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tgz", "a"])
def test_each_member_of_an_archive_is_a_document(tmp_path: Path, name: str) -> None:
    assert parts(saved(tmp_path / name, packed(TWO))) == ["PMC1/a.nxml", "PMC1/b.xml"]


def test_an_archive_need_not_be_compressed(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.tar", packed(TWO, compressed=False))
    assert parts(path) == ["PMC1/a.nxml", "PMC1/b.xml"]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_kind_of_archive_is_known_by_its_first_header(form: Literal[0, 1, 2]) -> None:
    assert is_archive(tarfile.TarInfo("a.xml").tobuf(form))


def test_other_files_are_no_archives() -> None:
    assert not any(is_archive(raw * 20) for raw in EXAMPLES.values())
    assert not is_archive(b"") and not is_archive(bytes(512))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_format_is_read_inside_an_archive(tmp_path: Path, name: str) -> None:
    raw = packed({f"some/file{ENDINGS[name]}": EXAMPLES[name]})
    (found,) = documents(saved(tmp_path / "a.tar.gz", raw))
    assert (found.format, found.metadata.title) == (name, TITLE)


REPLY = b'<sub-article article-type="reply"><body><p>We differ.</p></body></sub-article>'
WITH_REPLY = article(1).replace(b"</article>", REPLY + b"</article>")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.nxml", article(1)),
        ("a.nxml", WITH_REPLY),
        ("a.xml.gz", gzip.compress(article(1), mtime=0)),
        ("a.txt", b"Fever rose in the knee."),
        ("a.xml", records([record(1), record(2)])),
    ],
)
def test_a_member_is_the_same_document_as_the_lone_file(
    tmp_path: Path, name: str, raw: bytes
) -> None:
    alone = documents(saved(tmp_path / name, raw))
    inside = documents(saved(tmp_path / "a.tar.gz", packed({name: raw})))
    assert [one.doc_id for one in inside] == [one.doc_id for one in alone]


def test_members_that_are_sets_name_their_records(tmp_path: Path) -> None:
    raw = packed({"sets/x.xml": records([record(1), record(2)])})
    assert parts(saved(tmp_path / "a.tar", raw)) == ["sets/x.xml PMID 1", "sets/x.xml PMID 2"]


def test_hidden_members_and_the_readme_of_an_archive_are_left_out(tmp_path: Path) -> None:
    others = dict.fromkeys(("._a.nxml", "PMC1/.git/x", "README.txt", "./~$b.docx"), b"x")
    assert parts(saved(tmp_path / "a.tar.gz", packed(others | TWO))) == [
        "PMC1/a.nxml",
        "PMC1/b.xml",
    ]


def test_a_member_that_comes_twice_is_told_apart(tmp_path: Path) -> None:
    raw = packed({"a.txt": b"Fever."}, compressed=False)[:1024] + packed(
        {"a.txt": b"Cough."}, False
    )
    assert parts(saved(tmp_path / "a.tar", raw)) == ["a.txt", "a.txt (2)"]


def test_the_real_articles_are_read_from_an_archive_as_from_their_files(
    shared: Path, tmp_path: Path
) -> None:
    paths = sorted((shared / "data/jats").iterdir()) + sorted((shared / "data/medline").iterdir())
    raw = packed({f"PMC/{path.name}": path.read_bytes() for path in paths})
    lone = [one.doc_id for path in paths for one in documents(path)]
    assert [one.doc_id for one in documents(saved(tmp_path / "a.tar.gz", raw))] == lone


# What would do harm


HOSTILE = {
    "symlink": (entry("x.xml", tarfile.SYMTYPE, "/etc/passwd"), "a link inside an archive"),
    "hardlink": (entry("x.xml", tarfile.LNKTYPE, "a.txt"), "a link inside an archive"),
    "device": (entry("x.xml", tarfile.CHRTYPE), "no file but a pipe or a device"),
    "pipe": (entry("x.xml", tarfile.FIFOTYPE), "no file but a pipe or a device"),
    "above": (entry("../x.xml", tarfile.REGTYPE), "a name that leads out of the archive"),
    "absolute": (entry("/tmp/x.xml", tarfile.REGTYPE), "a name that leads out of the archive"),
    "empty": (entry("x.xml", tarfile.REGTYPE), "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_member_is_one_line_and_the_next_is_read(tmp_path: Path, name: str) -> None:
    hostile, reason = HOSTILE[name]
    path = saved(tmp_path / "a.tar", packed_with(hostile, {"good.nxml": article(1)}))
    assert problems(path) == [(hostile.name, reason)]
    assert [one.part for one in documents(path)] == ["good.nxml"]


def test_nothing_of_an_archive_is_written_to_disk(tmp_path: Path) -> None:
    raw = packed_with(entry("../x.xml", tarfile.REGTYPE), {"good.nxml": article(1)})
    path = saved(tmp_path / "a.tar", raw)
    assert read_file(path) and [*tmp_path.iterdir()] == [path]


def test_a_member_larger_than_any_document_is_one_line(tmp_path: Path) -> None:
    huge = tarfile.TarInfo("huge.xml")
    huge.size = MAX_FILE_BYTES + 1
    path = saved(tmp_path / "a.tar", huge.tobuf() + bytes(512))
    assert problems(path)[0] == ("huge.xml", "larger than 300 MB")


def test_archives_in_archives_are_not_opened(tmp_path: Path) -> None:
    raw = packed({"in.tar.gz": packed(TWO), "in.tar": packed(TWO, False), "good.nxml": article(1)})
    reason = "an archive, not a document"
    path = saved(tmp_path / "a.tar.gz", raw)
    assert problems(path) == [("in.tar.gz", reason), ("in.tar", reason)]


def test_of_thousands_of_bad_members_a_hundred_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "LINES_A_FILE", 3)
    raw = packed({f"{number}.tar": packed({}, False) for number in range(1200)} | TWO)
    path = saved(tmp_path / "a.tar.gz", raw)
    assert [part for part, _ in problems(path)] == ["0.tar", "1.tar", "2.tar", "1,197 more"]
    assert len(documents(path)) == 2


def test_a_name_that_is_no_utf8_is_shown_with_escapes(tmp_path: Path) -> None:
    raw = packed({"caf\udce9.nxml": article(1)})
    assert parts(saved(tmp_path / "a.tar.gz", raw)) == ["caf\\udce9.nxml"]


@pytest.mark.parametrize("end", [-9, -200])
def test_a_cut_archive_gives_what_is_whole_and_one_line(tmp_path: Path, end: int) -> None:
    raw = packed({"a.nxml": article(1), "b.txt": random.Random(1).randbytes(40_000)})
    path = saved(tmp_path / "a.tar.gz", raw[:end])
    assert [one.part for one in documents(path)] == ["a.nxml"]
    assert problems(path)[-1] == ("", "a .gz file that is cut short, after 2 members")


def test_a_wrong_checksum_of_a_compressed_archive_is_one_line(tmp_path: Path) -> None:
    raw = packed({"a.nxml": article(1), "b.bin": random.Random(1).randbytes(2_500_000)})
    path = saved(tmp_path / "a.tar.gz", raw[:-8] + bytes([raw[-8] ^ 0xFF]) + raw[-7:])
    assert problems(path)[-1] == ("", "a damaged .gz file, after 2 members")
    assert [one.part for one in documents(path)] == ["a.nxml"]


def test_a_wrong_checksum_of_a_header_is_not_taken_for_the_end(tmp_path: Path) -> None:
    raw = bytearray(packed(TWO, compressed=False))
    raw[raw.rindex(b"PMC1/b.xml")] ^= 0xFF
    path = saved(tmp_path / "a.tar", bytes(raw))
    assert problems(path) == [("", "a damaged or cut archive, after 2 members")]
    assert [one.part for one in documents(path)] == ["PMC1/a.nxml"]


def test_an_archive_that_ends_within_a_member_is_one_line(tmp_path: Path) -> None:
    raw = packed({"a.nxml": article(1), "b.txt": b"A man fell. " * 400}, compressed=False)
    path = saved(tmp_path / "a.tar", raw[: raw.index(b"A man") + 600])
    assert [one.part for one in documents(path)] == ["a.nxml"]
    assert len(problems(path)) == 2


def test_a_bomb_in_an_archive_is_stopped(tmp_path: Path) -> None:
    raw = gzip.compress(packed({"zeros.txt": bytes(60_000_000)}, compressed=False))
    *_, (part, reason) = problems(saved(tmp_path / "a.tar.gz", raw))
    assert (part, reason) == ("", "unpacks to more than 20 MB, after 1 member")


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    assert problems(saved(tmp_path / "a.tar", packed({}, compressed=False)))[0][1]


def test_the_batch_goes_on_after_a_broken_archive(tmp_path: Path) -> None:
    broken = saved(tmp_path / "a.tar.gz", packed(TWO)[:60])
    good = saved(tmp_path / "b.tar.gz", packed(TWO))
    kinds = [type(one) for one in read_files([broken, good])]
    assert kinds == [SkippedFile, Document, Document]


# What is too large to be held


@pytest.fixture
def small_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of more than 2,000 bytes are read piece by piece."""
    monkeypatch.setattr(contents, "AT_ONCE_BYTES", 2_000)
    monkeypatch.setattr(contents, "_CHUNK_BYTES", 700)


SETS = {
    "set.xml": records(record(number) for number in range(1, 40)),
    "set.xml.gz": gzip.compress(records(record(number) for number in range(1, 40)), mtime=0),
    "two.xml": 2 * records(record(number) for number in range(1, 20)),
    "articles.xml": b"<set>" + b"".join(map(article, range(30))) + b"</set>",
    "a.tar.gz": packed({f"{number}.nxml": article(number) for number in range(30)}),
    "book.txt": b"The man fell again and again. " * 200,
}


@pytest.mark.parametrize("name", SETS)
def test_a_large_file_gives_what_it_would_give_if_it_were_small(
    tmp_path: Path, name: str, request: pytest.FixtureRequest
) -> None:
    path = saved(tmp_path / name, SETS[name])
    at_once = read_file(path)
    request.getfixturevalue("small_hands")
    assert read_file(path) == at_once
    assert all(isinstance(one, Document) for one in at_once)


@pytest.mark.usefixtures("small_hands")
@pytest.mark.parametrize("chunk", range(690, 720))
def test_letters_and_declarations_are_whole_wherever_a_piece_ends(
    tmp_path: Path, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "_CHUNK_BYTES", chunk)
    one = b"<?xml version='1.0'?><set>" + article(1, title="Caf&eacute; &amp; calf") * 4 + b"</set>"
    found = documents(saved(tmp_path / "set.xml", one + one))
    assert [one.metadata.title for one in found] == ["Café & calf"] * 8


@pytest.mark.usefixtures("small_hands")
def test_a_large_set_that_is_cut_gives_what_is_whole_and_one_line(tmp_path: Path) -> None:
    *found, last = read_file(saved(tmp_path / "set.xml", SETS["set.xml"][:-60]))
    assert len(found) == 38 and isinstance(last, SkippedFile)
    assert last.reason.startswith("damaged XML at line") and last.reason.endswith("38 documents")


@pytest.mark.usefixtures("small_hands")
def test_what_is_written_to_while_it_is_read_is_said(tmp_path: Path) -> None:
    path = saved(tmp_path / "set.xml", SETS["set.xml"])
    outcomes = read_parts(path)
    next(outcomes)
    path.write_bytes(SETS["set.xml"] + b"\n")
    *_, last = outcomes
    assert isinstance(last, SkippedFile) and last.reason == "changed while it was read"


def test_an_archive_of_any_size_has_a_hash_and_a_video_has_none(tmp_path: Path) -> None:
    for name, start in (("a.tar", packed(TWO, False)), ("film.mp4", b"\0\0\0\x18ftypmp42")):
        with saved(tmp_path / name, start).open("r+b") as file:
            file.truncate(MAX_FILE_BYTES + 1)  # sparse: takes no room on the disk
    assert not isinstance(hash_file(tmp_path / "a.tar"), SkippedFile)
    assert isinstance(hash_file(tmp_path / "film.mp4"), SkippedFile)


def test_members_are_read_one_by_one_from_what_has_come() -> None:
    whole = packed({f"{number}.txt": b"x" * 70_000 for number in range(9)}, compressed=False)
    chunks = iter([whole[start : start + 1024] for start in range(0, len(whole), 1024)])
    first, second = islice(members(chunks), 2)
    assert (first.name, second.name) == ("0.txt", "1.txt") and isinstance(first, Member)
    assert len([*chunks]) > 400


def test_the_end_of_an_archive_is_checked() -> None:
    whole = packed({"a.txt": b"x"}, compressed=False)
    with pytest.raises(UnreadableFileError, match="after 1 member"):
        list(members(iter([whole, b"garbage"])))


PEAK = """
import resource, sys
from pathlib import Path
from ingest.corpus import read_parts
path = Path(sys.argv[1])
count = sum(1 for _ in read_parts(path))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak_kb(path: Path) -> int:
    """The most memory that a process has which reads a file."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[1])


@pytest.mark.parametrize("compressed", [True, False])
def test_memory_does_not_grow_with_the_archive(tmp_path: Path, compressed: bool) -> None:
    noise = random.Random(0)
    filler = {f"{n}.bin": noise.randbytes(2_000_000) for n in range(60)}
    small = saved(tmp_path / "small.tar", packed(dict(islice(filler.items(), 10)), compressed))
    large = saved(tmp_path / "large.tar", packed(filler, compressed))
    assert peak_kb(large) - peak_kb(small) < 20_000


# What is known already


def passed(path: Path, order: ReadingOrder) -> tuple[list[str], int]:
    """The parts that are read, and how many were gone by because they are known."""
    told = [*read_parts(path, order)]
    known = sum(one.known for one in told if isinstance(one, Passed))
    return [one.part for one in told if isinstance(one, Document)], known


@pytest.mark.parametrize("name", ["set.xml.gz", "a.tar.gz"])
def test_parts_that_are_known_are_not_read_again(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path / name, SETS[name])
    first, *others = documents(path)
    known = frozenset(one.part for one in others)
    order = ReadingOrder(known_parts=known, file_hash=first.file_hash)
    assert passed(path, order) == ([first.part], len(others))


def test_parts_of_another_content_of_the_file_are_not_known(tmp_path: Path) -> None:
    path = saved(tmp_path / "set.xml", SETS["set.xml"])
    order = ReadingOrder(known_parts=frozenset(["PMID 1"]), file_hash="of yesterday")
    assert len(passed(path, order)[0]) == 39


def test_who_goes_by_documents_gives_signs_of_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpus, "SPEAK_SECONDS", 0.0)
    path = saved(tmp_path / "set.xml", SETS["set.xml"])
    known = frozenset(f"PMID {number}" for number in range(1, 40))
    file_hash = documents(path)[0].file_hash
    told = [*read_parts(path, ReadingOrder(known_parts=known, file_hash=file_hash))]
    assert [one.known for one in told if isinstance(one, Passed)] == [0, *[1] * 39]
