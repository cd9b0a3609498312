"""Files that came through the page: kept by content, refused with a reason, discarded."""

import gzip
from pathlib import Path

import pytest

from index.adding import add_documents
from index.build import build_index
from index.location import UPLOADS_FOLDER
from index.uploads import (
    MAX_UPLOAD_MB,
    UploadRefusedError,
    discard_uploads,
    keep_upload,
    safe_name,
    shown_source,
    waiting_uploads,
)
from tests.conftest import hashing_choice, write_small_corpus

TEXT = b"Title: A new case\n\nNotes\n\nA rower had pain under the shoulder blade.\n"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build_index([write_small_corpus(tmp_path / "documents")], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


def test_a_kept_file_waits_under_its_own_name(index: Path) -> None:
    keep_upload(index, "rower.txt", TEXT)
    (upload,) = waiting_uploads(index)
    assert (upload.name, upload.size, upload.path.read_bytes()) == ("rower.txt", len(TEXT), TEXT)


def test_the_same_file_is_kept_once(index: Path) -> None:
    assert keep_upload(index, "a.txt", TEXT) == keep_upload(index, "a.txt", TEXT)
    assert len(waiting_uploads(index)) == 1


def test_what_became_part_of_the_index_waits_no_more(index: Path) -> None:
    upload = keep_upload(index, "rower.txt", TEXT)
    report = add_documents([upload.path], index, lambda _: hashing_choice())
    assert report.published and waiting_uploads(index) == []


def test_a_readme_that_somebody_uploads_is_read(index: Path) -> None:
    upload = keep_upload(index, "README.txt", TEXT)
    assert add_documents([upload.path], index, lambda _: hashing_choice()).added


def test_discarding_leaves_what_is_part_of_the_index(index: Path) -> None:
    upload = keep_upload(index, "rower.txt", TEXT)
    other = keep_upload(index, "other.txt", TEXT + b"More.\n")
    add_documents([upload.path], index, lambda _: hashing_choice())
    discard_uploads(index, [upload, other])
    assert (upload.path.exists(), other.path.exists()) == (True, False)


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.pdf", b"\x89PNG and so on", "a picture"),
        ("a.txt", b"\xff\xd8\xff\xe0 and so on", "a picture"),
        ("a.pdf", b"plain words", "not a PDF file"),
        ("a.exe", b"MZ\x90\x00", "a type that is not read"),
        ("a.txt", b"", "empty"),
        ("a.xml.gz", b"\x1f\x8b broken", "a damaged .gz file"),
        ("a.xml.gz", gzip.compress(b"<svg></svg>"), "XML of a kind that is not read"),
    ],
)
def test_what_a_file_holds_decides_whether_it_is_kept(
    index: Path, name: str, raw: bytes, reason: str
) -> None:
    with pytest.raises(UploadRefusedError, match=reason):
        keep_upload(index, name, raw)
    assert waiting_uploads(index) == []


def test_a_file_named_otherwise_than_it_is_is_kept(index: Path) -> None:
    assert keep_upload(index, "page.pdf", b"<html><body><p>Words.</p></body></html>").size == 39


def test_a_file_that_is_too_large_is_refused(index: Path) -> None:
    with pytest.raises(UploadRefusedError, match=f"larger than {MAX_UPLOAD_MB} MB"):
        keep_upload(index, "a.txt", b"x" * (MAX_UPLOAD_MB * 10**6 + 1))


def test_too_many_files_that_wait_are_refused(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.uploads.MAX_WAITING", 1)
    keep_upload(index, "a.txt", TEXT)
    with pytest.raises(UploadRefusedError, match="wait already"):
        keep_upload(index, "b.txt", TEXT + b"More.\n")


@pytest.mark.parametrize(
    "name", ["../../escape.txt", "..\\..\\escape.txt", "/etc/escape.txt", "a/b\0c.txt", ".."]
)
def test_a_name_cannot_lead_out_of_the_folder(index: Path, name: str) -> None:
    (index / UPLOADS_FOLDER).mkdir()
    if Path(safe_name(name)).suffix:
        assert keep_upload(index, name, TEXT).path.parent == (index / UPLOADS_FOLDER).resolve()
    else:
        with pytest.raises(UploadRefusedError):
            keep_upload(index, name, TEXT)


def test_a_long_name_keeps_its_ending() -> None:
    assert len(safe_name("ü" * 500 + ".pdf").encode()) <= 130
    assert safe_name("ü" * 500 + ".pdf").endswith(".pdf")


def test_a_kept_file_is_shown_by_the_name_that_it_came_with(index: Path) -> None:
    upload = keep_upload(index, "my rower.txt", TEXT)
    assert shown_source(str(upload.path), index) == "my-rower.txt (uploaded)"
    assert shown_source("/data/calf.pdf", index) == "/data/calf.pdf"


def test_building_from_other_paths_keeps_what_was_uploaded(index: Path, tmp_path: Path) -> None:
    upload = keep_upload(index, "rower.txt", TEXT)
    add_documents([upload.path], index, lambda _: hashing_choice())
    report = build_index([tmp_path / "documents"], index, hashing_choice())
    assert (report.documents, report.removed) == (4, ())


def test_building_adds_no_upload_that_waits(index: Path, tmp_path: Path) -> None:
    keep_upload(index, "rower.txt", TEXT)
    assert build_index([tmp_path / "documents"], index, hashing_choice()).documents == 3


def test_an_upload_whose_file_is_deleted_leaves_with_the_next_build(
    index: Path, tmp_path: Path
) -> None:
    upload = keep_upload(index, "rower.txt", TEXT)
    add_documents([upload.path], index, lambda _: hashing_choice())
    upload.path.unlink()
    report = build_index([tmp_path / "documents"], index, hashing_choice())
    assert report.removed == (str(upload.path),)


def test_an_upload_is_not_forgotten_with_the_catalog(index: Path, tmp_path: Path) -> None:
    keep_upload(index, "rower.txt", TEXT)
    for file in index.glob("catalog.sqlite*"):
        file.unlink()
    assert build_index([tmp_path / "documents"], index, hashing_choice()).documents == 4


def test_an_index_folder_with_uploads_can_be_built_anew(index: Path, tmp_path: Path) -> None:
    upload = keep_upload(index, "rower.txt", TEXT)
    for file in index.glob("catalog.sqlite*"):
        file.unlink()
    report = build_index([tmp_path / "documents", upload.path], index, hashing_choice())
    assert (report.documents, report.generation) == (4, 1)
