"""What the files under some paths change: files of one document, and files of several."""

from pathlib import Path

from index.changes import FoundFiles, SourceChanges, compare_sources, files_to_read
from index.sources import StoredSource
from ingest.files import SourceFile

ONE, TWO = (
    StoredSource("/a.xml", "PMID 1", "h1", "d1"),
    StoredSource("/a.xml", "PMID 2", "h1", "d2"),
)


def found(*files: tuple[str, str]) -> FoundFiles:
    return FoundFiles(tuple(SourceFile(Path(path), digest) for path, digest in files), ())


def compare(
    files: FoundFiles,
    read: list[StoredSource],
    before: list[StoredSource],
    unread: tuple[str, ...] = (),
) -> SourceChanges:
    return compare_sources(files, read, before, unread)


def test_a_file_of_two_records_is_two_sources() -> None:
    changes = compare(found(("/a.xml", "h1")), [ONE, TWO], [])
    assert (changes.sources, changes.added) == ((ONE, TWO), ("/a.xml",))


def test_a_file_with_one_record_changed_is_one_change() -> None:
    other = StoredSource("/a.xml", "PMID 2", "h2", "d3")
    same = StoredSource("/a.xml", "PMID 1", "h2", "d1")
    changes = compare(found(("/a.xml", "h2")), [same, other], [ONE, TWO])
    assert (changes.changed, changes.sources) == (("/a.xml",), (same, other))


def test_the_same_records_in_other_bytes_are_unchanged() -> None:
    again = [StoredSource("/a.xml", one.part, "h2", one.doc_id) for one in (ONE, TWO)]
    changes = compare(found(("/a.xml", "h2")), again, [ONE, TWO])
    assert (changes.unchanged, changes.any()) == (1, False)


def test_a_file_that_vanished_is_removed() -> None:
    changes = compare(found(), [], [ONE, TWO])
    assert (changes.removed, changes.sources) == (("/a.xml",), ())


def test_a_file_that_cannot_be_read_now_keeps_its_documents() -> None:
    changes = compare(found(("/a.xml", "h2")), [], [ONE, TWO], unread=("/a.xml",))
    assert changes.sources == (ONE, TWO)


def test_a_file_that_breaks_off_keeps_the_records_after_the_break() -> None:
    first = StoredSource("/a.xml", "PMID 1", "h2", "d9")
    changes = compare(found(("/a.xml", "h2")), [first], [ONE, TWO], unread=("/a.xml",))
    assert changes.sources == (first, TWO)


def test_a_record_in_two_files_is_named_as_the_same() -> None:
    copy = StoredSource("/b.xml", "PMID 2", "h3", "d2")
    changes = compare(found(("/a.xml", "h1"), ("/b.xml", "h3")), [ONE, TWO, copy], [])
    assert changes.duplicates == ("/b.xml (PMID 2) = /a.xml (PMID 2)",)


def test_two_files_with_the_same_bytes_are_read_once() -> None:
    files = found(("/a.xml", "h1"), ("/b.xml", "h1")).files
    assert [file.path for file in files_to_read(files, ())] == [Path("/a.xml")]


def test_a_known_content_is_not_read_again() -> None:
    assert files_to_read(found(("/a.xml", "h1")).files, ("h1",)) == []
