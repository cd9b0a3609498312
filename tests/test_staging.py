"""What a stopped build has read is not read again, unless it would be read otherwise now."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import staging
from index.build import build_index
from index.catalog import catalog_path
from index.encoders import Vectors
from index.options import BuildOptions
from index.report import BuildReport
from index.schema import DOCUMENTS_SCHEMA
from index.staging import StagedSource
from ingest.corpus import read_as_ordered
from ingest.documents import Document, Metadata
from ingest.reading_order import ReadingOrder, Told
from tests.conftest import CALF, HashingEncoder, hashing_choice
from tests.index_contents import contents, take_back
from tests.test_build_parts import CALF as RECORD
from tests.test_build_parts import WRIST, write_page, write_set

AFRESH = BuildOptions(afresh=True)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all files that are read from now on."""
    names: list[str] = []

    def noted(
        paths: list[Path], order_of: Callable[[Path], ReadingOrder], beat: Callable[[], None]
    ) -> Iterator[Told]:
        names.extend(path.name for path in paths)
        return read_as_ordered(paths, order_of, beat)

    monkeypatch.setattr("index.readers.read_as_ordered", noted)
    return names


class Interrupted(HashingEncoder):
    """Is stopped before it has encoded anything, as by Ctrl-C."""

    def encode_passages(self, _texts: object) -> Vectors:
        raise KeyboardInterrupt


def stop(documents: Path, folder: Path, options: BuildOptions | None = None) -> None:
    """A build that is stopped when all has been read and cut."""
    with pytest.raises(KeyboardInterrupt):
        build_index(
            [documents], folder, hashing_choice(Interrupted()), options=options or BuildOptions()
        )


def build(documents: Path, folder: Path, options: BuildOptions | None = None) -> BuildReport:
    return build_index([documents], folder, hashing_choice(), options=options or BuildOptions())


def fresh(documents: Path, folder: Path) -> list[list[str]]:
    build(documents, folder)
    return contents(folder)


def change(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(catalog_path(folder), isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_no_file_is_read_again_after_a_stop(
    small_corpus: Path, tmp_path: Path, read: list[str]
) -> None:
    stop(small_corpus, tmp_path / "index")
    assert sorted(read) == ["calf.txt", "shoulder.txt", "wrist.txt"]
    read.clear()
    assert (build(small_corpus, tmp_path / "index").documents, read) == (3, [])


def test_a_file_that_changed_since_the_stop_is_read_again(
    small_corpus: Path, tmp_path: Path, read: list[str]
) -> None:
    stop(small_corpus, tmp_path / "index")
    read.clear()
    (small_corpus / "calf.txt").write_text(CALF.replace("eight", "nine"), "utf-8")
    build(small_corpus, tmp_path / "index")
    assert read == ["calf.txt"]
    assert contents(tmp_path / "index") == fresh(small_corpus, tmp_path / "fresh")


def test_a_file_that_went_since_the_stop_is_not_published(
    small_corpus: Path, tmp_path: Path
) -> None:
    stop(small_corpus, tmp_path / "index")
    (small_corpus / "calf.txt").unlink()
    assert build(small_corpus, tmp_path / "index").documents == 2


def test_what_another_version_read_is_read_again(
    small_corpus: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(small_corpus, tmp_path / "index")
    read.clear()
    monkeypatch.setattr("index.reading_orders.READING_VERSION", 99)
    build(small_corpus, tmp_path / "index")
    assert sorted(read) == ["calf.txt", "shoulder.txt", "wrist.txt"]


def stop_with_a_known_document(documents: Path, folder: Path) -> None:
    """Stop a build that read the bytes of one record anew, and found it as it was."""
    write_set(documents / "set.xml", RECORD)
    build(documents, folder)
    write_set(documents / "set.xml", RECORD + "\n")
    (documents / "calf.txt").write_text(CALF.replace("eight", "nine"), "utf-8")
    stop(documents, folder)


def test_a_document_found_as_it_was_is_not_read_again(
    small_corpus: Path, tmp_path: Path, read: list[str]
) -> None:
    stop_with_a_known_document(small_corpus, tmp_path / "index")
    read.clear()
    report = build(small_corpus, tmp_path / "index")
    assert (read, report.documents) == ([], 4)


def test_a_document_found_as_it_was_is_read_again_by_another_version(
    small_corpus: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_with_a_known_document(small_corpus, tmp_path / "index")
    read.clear()
    monkeypatch.setattr("index.build_under_way.READING_VERSION", 99)
    monkeypatch.setattr("index.publication.READING_VERSION", 99)
    change(tmp_path / "index", "DELETE FROM staged_documents")
    build(small_corpus, tmp_path / "index")
    assert "set.xml" in read


def test_a_document_found_as_it_was_and_lost_since_is_read_again(
    small_corpus: Path, tmp_path: Path
) -> None:
    stop_with_a_known_document(small_corpus, tmp_path / "index")
    change(tmp_path / "index", "DELETE FROM passages")
    change(tmp_path / "index", "DELETE FROM documents")
    assert build(small_corpus, tmp_path / "index").documents == 4
    assert contents(tmp_path / "index") == fresh(small_corpus, tmp_path / "fresh")


def test_a_document_found_as_it_was_is_not_believed_afresh(
    small_corpus: Path, tmp_path: Path, read: list[str]
) -> None:
    stop_with_a_known_document(small_corpus, tmp_path / "index")
    read.clear()
    build(small_corpus, tmp_path / "index", AFRESH)
    assert "set.xml" in read


def test_pages_of_a_site_that_grew_since_the_stop_are_cut_again(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in ("calf", "knee"):
        write_page(documents, name, f"The {name} was sore.")
    stop(documents, tmp_path / "index")
    write_page(documents, "wrist", "The wrist was sore.")
    build(documents, tmp_path / "index")
    assert contents(tmp_path / "index") == fresh(documents, tmp_path / "fresh")


def test_a_bad_part_is_reported_again_after_a_stop(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    write_set(documents / "a.xml", RECORD, WRIST.replace("A lipoma lay beside the median nerve.", ""
              ).replace("Numb hand", ""))  # fmt: skip
    write_set(documents / "b.xml", WRIST)
    stop(documents, tmp_path / "index")
    report = build(documents, tmp_path / "index")
    assert [skip.part for skip in report.skipped] == ["PMID 12"]


def test_a_whole_file_read_after_a_bad_part_is_not_read_again(
    tmp_path: Path, read: list[str]
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    write_set(documents / "a.xml", RECORD, WRIST.replace("A lipoma lay beside the median nerve.", ""
              ).replace("Numb hand", ""))  # fmt: skip
    write_set(documents / "b.xml", WRIST)
    stop(documents, tmp_path / "index")
    read.clear()
    build(documents, tmp_path / "index")
    assert read == ["a.xml"]


def test_what_a_reader_warned_of_is_told_after_a_stop(small_corpus: Path, tmp_path: Path) -> None:
    write_page(small_corpus, "knee", "The knee was sore.")
    (small_corpus / "knee.html").rename(small_corpus / "knee.rtf")
    stop(small_corpus, tmp_path / "index")
    warnings = build(small_corpus, tmp_path / "index").warnings
    assert [warned.warning for warned in warnings] == ["named .rtf, read as the html that it holds"]


def test_publishing_leaves_nothing_staged(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    connection = sqlite3.connect(catalog_path(tmp_path / "index"))
    assert staging.staged_doc_ids(connection) == set() == staging.finished_files(connection)
    connection.close()


def test_taking_back_forgets_what_a_stopped_build_has_read(
    small_corpus: Path, tmp_path: Path
) -> None:
    build(small_corpus, tmp_path / "index")
    held = contents(tmp_path / "index")
    (small_corpus / "wrist.txt").unlink()
    build(small_corpus, tmp_path / "index")
    (small_corpus / "hip.txt").write_text("Title: Hip\n\nIt was stiff.\n", "utf-8")
    stop(small_corpus, tmp_path / "index")
    take_back(tmp_path / "index")
    assert contents(tmp_path / "index") == held


@pytest.fixture
def catalog() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(DOCUMENTS_SCHEMA.replace("REFERENCES vectors (id)", ""))
    yield connection
    connection.close()


def stage(catalog: sqlite3.Connection, name: str) -> None:
    document = Document(f"d-{name}", f"/{name}", "text", Metadata(), "text", ())
    staging.stage_document(catalog, document, "1")
    staging.stage_source(catalog, StagedSource(f"h-{name}", "", f"d-{name}"))
    staging.finish_file(catalog, f"h-{name}")


def test_only_what_wanted_files_hold_is_kept(catalog: sqlite3.Connection) -> None:
    stage(catalog, "a")
    stage(catalog, "b")
    staging.keep_only(catalog, {"h-b"})
    assert staging.staged_doc_ids(catalog) == {"d-b"}
    assert staging.staged_sources(catalog) == [StagedSource("h-b", "", "d-b")]


def test_a_document_that_is_staged_already_is_not_new(catalog: sqlite3.Connection) -> None:
    document = Document("d", "/d", "text", Metadata(), "text", ())
    assert [staging.stage_document(catalog, document, "1") for _ in range(2)] == [True, False]


def test_documents_come_back_in_the_order_of_reading(catalog: sqlite3.Connection) -> None:
    for name in ("c", "a", "b"):
        stage(catalog, name)
    found = [document.doc_id for document in staging.uncut_documents(catalog, "today")]
    assert found == ["d-c", "d-a", "d-b"]
