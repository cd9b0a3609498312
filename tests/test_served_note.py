"""A folder knows which server serves it, and tells whoever leaves that behind."""

from pathlib import Path

from index.build import build_index
from index.served_note import ServedNote, behind, note_served, served_note
from tests.conftest import hashing_choice, write_small_corpus

ADDRESS = "milvus://search.example:19530/cases"


def test_what_was_noted_is_remembered(tmp_path: Path) -> None:
    note = ServedNote(ADDRESS, "one", 3)
    note_served(tmp_path, note)
    assert served_note(tmp_path) == note


def test_a_folder_that_no_server_serves_is_behind_nothing(tmp_path: Path) -> None:
    assert served_note(tmp_path) is None
    assert behind(tmp_path, 7) == ""


def test_a_note_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "served.json").write_text("{half", "utf-8")
    assert served_note(tmp_path) is None


def test_a_server_left_behind_is_named_with_the_command(tmp_path: Path) -> None:
    note_served(tmp_path, ServedNote(ADDRESS, "one", 3))
    assert behind(tmp_path, 3) == ""
    assert (
        f"still serves generation 3. Have it serve this one: python -m index serve --index "
        f"{tmp_path} --store {ADDRESS}" in behind(tmp_path, 4)
    )


def test_a_build_tells_which_server_it_left_behind(tmp_path: Path) -> None:
    corpus, index = write_small_corpus(tmp_path / "documents"), tmp_path / "index"
    build_index([corpus], index, hashing_choice())
    note_served(index, ServedNote(ADDRESS, "one", 1))
    (corpus / "calf.txt").unlink()
    report = build_index([corpus], index, hashing_choice())
    assert report.generation == 2
    assert f"{ADDRESS} still serves generation 1" in report.to_text()
