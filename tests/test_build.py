"""What a build adds, changes, removes, keeps and never does twice."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.build import build_index
from index.catalog import catalog_path
from index.encoders import Vectors
from index.errors import (
    IndexBusyError,
    IndexVersionError,
    NotAnIndexError,
    NothingToIndexError,
    PathMissingError,
)
from index.lock import writer_lock
from index.preparation import Preparation
from index.report import BuildReport
from ingest.corpus import read_as_ordered
from ingest.reading_order import ReadingOrder, Told
from search.queries import Query
from search.service import SearchService
from tests.conftest import CALF, HashingEncoder, hashing_choice
from tests.index_contents import update
from tests.test_build_parts import RECORD, write_set


def build(corpus: Path, folder: Path, encoder: HashingEncoder | None = None) -> BuildReport:
    return build_index([corpus], folder, hashing_choice(encoder))


def sources(folder: Path, question: str) -> list[str]:
    service = SearchService.open(folder, lambda _model: hashing_choice())
    return [Path(hit.source).name for hit in service.search(Query(question)).hits]


def names(paths: tuple[str, ...]) -> list[str]:
    return [Path(path).name for path in paths]


def test_the_first_build_adds_every_document(small_corpus: Path, tmp_path: Path) -> None:
    report = build(small_corpus, tmp_path / "index")
    assert names(report.added) == ["calf.txt", "shoulder.txt", "wrist.txt"]


def test_the_second_build_changes_and_encodes_nothing(small_corpus: Path, tmp_path: Path) -> None:
    first = build(small_corpus, tmp_path / "index")
    encoder = HashingEncoder()
    second = build(small_corpus, tmp_path / "index", encoder)
    assert (second.unchanged, second.generation, encoder.encoded) == (3, first.generation, [])


def test_only_the_text_that_changed_is_encoded_again(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    (small_corpus / "calf.txt").write_text(CALF.replace("eight weeks", "nine weeks"), "utf-8")
    encoder = HashingEncoder()
    report = build(small_corpus, tmp_path / "index", encoder)
    assert (names(report.changed), len(encoder.encoded)) == (["calf.txt"], 1)
    assert "nine weeks" in encoder.encoded[0]


def test_no_hit_comes_from_the_old_text(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    (small_corpus / "calf.txt").write_text(CALF.replace("eight weeks", "nine weeks"), "utf-8")
    build(small_corpus, tmp_path / "index")
    service = SearchService.open(tmp_path / "index", lambda _model: hashing_choice())
    texts = [hit.passage.text for hit in service.search(Query("ran again after weeks")).hits]
    assert sum("nine weeks" in text for text in texts) == 1
    assert not any("eight weeks" in text for text in texts)


def test_no_hit_comes_from_a_deleted_document(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    (small_corpus / "calf.txt").unlink()
    report = build(small_corpus, tmp_path / "index")
    assert names(report.removed) == ["calf.txt"]
    assert "calf.txt" not in sources(tmp_path / "index", "tight calf runner soleus")


def test_a_copy_of_a_file_is_one_document_with_two_sources(
    small_corpus: Path, tmp_path: Path
) -> None:
    (small_corpus / "copy of calf.txt").write_text(CALF, "utf-8")
    report = build(small_corpus, tmp_path / "index")
    assert (report.documents, len(report.added), len(report.duplicates)) == (3, 4, 1)


def test_a_renamed_file_is_not_encoded_again(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    (small_corpus / "calf.txt").rename(small_corpus / "leg.txt")
    encoder = HashingEncoder()
    report = build(small_corpus, tmp_path / "index", encoder)
    assert (names(report.added), names(report.removed)) == (["leg.txt"], ["calf.txt"])
    assert encoder.encoded == []


def test_a_file_that_became_unreadable_keeps_what_was_read(
    small_corpus: Path, tmp_path: Path
) -> None:
    build(small_corpus, tmp_path / "index")
    (small_corpus / "calf.txt").write_bytes(b"\0\0\0")
    report = build(small_corpus, tmp_path / "index")
    assert "what was read before is kept" in report.skipped[0].remedy
    assert sources(tmp_path / "index", "tight calf runner soleus")[0] == "calf.txt"


def test_a_bad_file_is_a_line_in_the_report_and_the_rest_is_indexed(
    small_corpus: Path, tmp_path: Path
) -> None:
    (small_corpus / "broken.pdf").write_bytes(b"hello world, not a pdf")
    report = build(small_corpus, tmp_path / "index")
    assert (report.documents, report.skipped[0].reason) == (3, "named .pdf but not a PDF file")


def test_another_model_encodes_all_again_and_is_the_one_searched(
    small_corpus: Path, tmp_path: Path
) -> None:
    build(small_corpus, tmp_path / "index")
    other = HashingEncoder()
    other.name, other.fingerprint, other.dim = "other", "other-1", 32
    report = build(small_corpus, tmp_path / "index", other)
    assert (report.model, report.documents, report.encoded) == ("other", 3, report.passages)


def test_going_back_to_a_model_encodes_nothing(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    other = HashingEncoder()
    other.name, other.fingerprint = "other", "other-1"
    build(small_corpus, tmp_path / "index", other)
    assert build(small_corpus, tmp_path / "index").encoded == 0


class StoppingEncoder(HashingEncoder):
    """Is interrupted after its first batch, as by Ctrl-C."""

    def encode_passages(self, texts: list[str]) -> Vectors:  # type: ignore[override]
        if self.encoded:
            raise KeyboardInterrupt
        return super().encode_passages(texts)


def test_an_interrupted_build_goes_on_where_it_stopped(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.preparation.ENCODED_AT_ONCE", 1)
    with pytest.raises(KeyboardInterrupt):
        build(small_corpus, tmp_path / "index", StoppingEncoder())
    report = build(small_corpus, tmp_path / "index")
    assert report.encoded == report.passages - 1


def test_a_build_that_fails_leaves_what_was_published(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(small_corpus, tmp_path / "index")
    (small_corpus / "wrist.txt").unlink()
    monkeypatch.setattr("index.publication.calibrate", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(small_corpus, tmp_path / "index")
    assert "wrist.txt" in sources(tmp_path / "index", "median nerve")


def test_every_base_belongs_to_a_kept_generation(small_corpus: Path, tmp_path: Path) -> None:
    for year in ("2001", "2002", "2003", "2004"):
        (small_corpus / "calf.txt").write_text(CALF.replace("2021", year), "utf-8")
        build(small_corpus, tmp_path / "index")
    folders = sorted(path.name for path in (tmp_path / "index").glob("base-*"))
    assert folders == ["base-3", "base-4"]


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"bit rot")])
def test_a_build_mends_the_vector_file_without_encoding(
    small_corpus: Path, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    build(small_corpus, tmp_path / "index")
    damage(tmp_path / "index" / "base-1" / "vectors.faiss")
    report = build(small_corpus, tmp_path / "index")
    assert (report.generation, report.encoded) == (2, 0)
    assert sources(tmp_path / "index", "tight calf runner soleus")[0] == "calf.txt"


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM passages WHERE row = 1",
        "DELETE FROM vectors WHERE id = (SELECT vector_id FROM passages LIMIT 1)",
        "UPDATE vectors SET vector = x'0000'",
        "INSERT INTO keywords (keywords) VALUES ('delete-all')",
    ],
)
def test_a_build_mends_a_catalog_that_lost_rows(
    small_corpus: Path, tmp_path: Path, damage: str
) -> None:
    first = build(small_corpus, tmp_path / "index")
    with sqlite3.connect(catalog_path(tmp_path / "index")) as connection:
        connection.execute(damage)
    connection.close()
    report = build(small_corpus, tmp_path / "index")
    assert (report.generation, report.passages) == (2, first.passages)
    assert sources(tmp_path / "index", "tight calf runner soleus")[0] == "calf.txt"


def test_a_second_writer_is_told_who_is_building(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    with (
        writer_lock(tmp_path / "index"),
        pytest.raises(IndexBusyError, match=r"being built since \d{4}-.*, by process \d+"),
    ):
        build(small_corpus, tmp_path / "index")


def test_a_file_that_changes_while_it_is_read_leaves_no_ghost(
    small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def save_then_read(
        paths: list[Path], order_of: Callable[[Path], ReadingOrder], beat: Callable[[], None]
    ) -> Iterator[Told]:
        (small_corpus / "calf.txt").write_text(CALF + "\nOne more line.\n", "utf-8")
        return read_as_ordered(paths, order_of, beat)

    monkeypatch.setattr("index.readers.read_as_ordered", save_then_read)
    report = build(small_corpus, tmp_path / "index")
    assert (report.documents, report.skipped[0].reason) == (2, "changed while it was read")


def test_of_two_names_for_the_same_bytes_the_one_that_can_be_read_counts(
    small_corpus: Path, tmp_path: Path
) -> None:
    (small_corpus / "a picture.jpg").write_text(CALF, "utf-8")
    assert "calf.txt" in names(build(small_corpus, tmp_path / "index").added)


def test_an_index_inside_the_documents_is_not_a_document(small_corpus: Path) -> None:
    build(small_corpus, small_corpus / "index")
    report = build(small_corpus, small_corpus / "index")
    assert (report.documents, report.skipped) == (3, ())


def test_a_manifest_that_cannot_be_read_is_mended_by_a_build(
    small_corpus: Path, tmp_path: Path
) -> None:
    build(small_corpus, tmp_path / "index")
    with sqlite3.connect(catalog_path(tmp_path / "index")) as connection:
        connection.execute("UPDATE generations SET manifest = '{}'")
    connection.close()
    report = build(small_corpus, tmp_path / "index")
    assert (report.generation, report.documents, report.encoded) == (1, 3, 0)


def test_a_mistyped_path_changes_nothing(small_corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(PathMissingError, match="nothing was changed"):
        build_index([small_corpus, tmp_path / "docs"], tmp_path / "index", hashing_choice())
    assert not (tmp_path / "index").exists()


def test_a_folder_with_nothing_readable_leaves_the_index(
    small_corpus: Path, tmp_path: Path
) -> None:
    build(small_corpus, tmp_path / "index")
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToIndexError, match="left as it was"):
        build(tmp_path / "empty", tmp_path / "index")
    assert len(sources(tmp_path / "index", "calf")) > 0


def test_a_folder_with_other_files_is_not_built_into(small_corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(NotAnIndexError, match="holds other files"):
        build(small_corpus, tmp_path / "photos")


def test_another_programs_database_is_not_touched(small_corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    with sqlite3.connect(catalog_path(tmp_path / "index")) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(NotAnIndexError, match="another program"):
        build(small_corpus, tmp_path / "index")


def test_an_index_of_a_newer_version_is_refused(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    connection = sqlite3.connect(catalog_path(tmp_path / "index"))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexVersionError, match="version 99, this program reads 6"):
        build(small_corpus, tmp_path / "index")


def test_an_index_of_an_older_version_is_built_again_without_encoding(
    small_corpus: Path, tmp_path: Path
) -> None:
    build(small_corpus, tmp_path / "index")
    connection = sqlite3.connect(catalog_path(tmp_path / "index"))
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    report = build(small_corpus, tmp_path / "index")
    assert (report.documents, report.encoded, report.generation) == (3, 0, 1)


def test_stored_vectors_are_those_of_their_passages(small_corpus: Path, tmp_path: Path) -> None:
    encoder = HashingEncoder()
    build(small_corpus, tmp_path / "index", encoder)
    with sqlite3.connect(catalog_path(tmp_path / "index")) as connection:
        rows = connection.execute("SELECT vector FROM vectors").fetchall()
    connection.close()
    stored = {np.frombuffer(row[0], np.float16).tobytes() for row in rows}
    expected = encoder.encode_queries(encoder.encoded).astype(np.float16)
    assert stored == {row.tobytes() for row in expected}


def test_the_report_says_how_each_document_was_read(small_corpus: Path, tmp_path: Path) -> None:
    report = build(small_corpus, tmp_path / "index").to_dict()
    assert [(row["read_by"], row["words"]) for row in report["read"]] == [
        ("text", 32),
        ("text", 11),
        ("text", 14),
    ]


def test_a_build_that_reads_nothing_reports_no_reading(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    report = build(small_corpus, tmp_path / "index")
    assert report.read == () and "read by" not in report.to_text()


def test_the_report_can_be_read_by_a_script(small_corpus: Path, tmp_path: Path) -> None:
    report = json.loads(json.dumps(build(small_corpus, tmp_path / "index").to_dict()))
    assert (report["documents"], len(report["added"]), report["skipped"]) == (3, 3, [])


def test_a_new_base_is_told_with_its_engine_and_recall(small_corpus: Path, tmp_path: Path) -> None:
    report = build(small_corpus, tmp_path / "index")
    told = json.loads(json.dumps(report.to_dict()))
    assert (told["merged"], told["engine"], told["recall"]) == (True, "exact", 1.0)
    assert "Vectors are searched by exact, recall@50 1.000." in report.to_text()


def test_a_publication_on_the_base_before_tells_no_engine(
    small_corpus: Path, tmp_path: Path
) -> None:
    build(small_corpus, tmp_path / "index")
    (small_corpus / "calf.txt").unlink()
    report = update(tmp_path / "index", small_corpus)
    told = json.loads(json.dumps(report.to_dict()))
    assert (told["merged"], told["published"], told["generation"]) == (False, True, 2)
    assert "Vectors are searched" not in report.to_text()


def test_the_report_tells_what_the_probes_lost(small_corpus: Path, tmp_path: Path) -> None:
    build(small_corpus, tmp_path / "index")
    (small_corpus / "calf.txt").unlink()
    report = update(tmp_path / "index", small_corpus)
    assert report.to_dict()["probes"]["lost"] == 3
    assert "3 probe questions: 67% of their first 10 hits are the same, 3 of 9 lost." in (
        report.to_text()
    )


def test_a_file_of_many_records_is_committed_bit_by_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [RECORD.format(pmid=n, title=f"Calf {n}", text=f"Tight {n}.") for n in range(9)]
    write_set(tmp_path / "set.xml", *records)
    committed: list[int] = []
    monkeypatch.setattr("index.preparation.STAGED_AT_ONCE", 4)
    monkeypatch.setattr("index.preparation.Preparation.commit", noted(committed))
    build(tmp_path / "set.xml", tmp_path / "index")
    assert committed[:3] == [4, 8, 9]


def noted(committed: list[int]) -> Callable[[Preparation], None]:
    """A commit that notes how many documents have been read."""
    commit = Preparation.commit

    def commit_and_note(preparation: Preparation) -> None:
        committed.append(len(preparation.read))
        commit(preparation)

    return commit_and_note
