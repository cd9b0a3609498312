"""Paths to documents, and what was skipped and why."""

import os
from pathlib import Path

import pytest

from ingest.corpus import read_document, read_file, read_files
from ingest.documents import Document, SkippedFile
from ingest.errors import UnreadableFileError
from ingest.files import find_files
from ingest.formats import READERS
from tests.fixtures.examples import html_example

FEVER = "Fever rose. She recovered."


def write(path: Path, text: str = FEVER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(*paths: Path) -> list[str]:
    return [path.name for path in find_files(paths)[0]]


# Permissions


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every file")
def test_a_file_that_may_not_be_opened_is_a_skipped_line(tmp_path: Path) -> None:
    file = write(tmp_path / "secret.txt")
    file.chmod(0)
    (outcome,) = read_file(file)
    assert isinstance(outcome, SkippedFile) and "Permission denied" in outcome.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every folder")
def test_a_folder_that_may_not_be_listed_is_a_skipped_line(tmp_path: Path) -> None:
    write(tmp_path / "secret" / "a.txt")
    (tmp_path / "secret").chmod(0)
    skipped = find_files([tmp_path])[1]
    (tmp_path / "secret").chmod(0o700)
    assert ["Permission denied" in s.reason for s in skipped] == [True]


# Reading


def test_a_document_is_known_by_its_content_and_not_its_name(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.txt"), write(tmp_path / "b.txt")
    assert read_document(first).doc_id == read_document(second).doc_id


def test_the_source_is_the_path_that_was_read(tmp_path: Path) -> None:
    assert read_document(write(tmp_path / "a.txt")).source == str(tmp_path / "a.txt")


def test_a_file_that_is_named_wrongly_is_read_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(html_example())
    document = read_document(tmp_path / "page.pdf")
    assert (document.format, document.warnings) == (
        "html",
        ("named .pdf, read as the html that it holds",),
    )


def test_a_file_without_text_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no text in it"):
        read_document(write(tmp_path / "a.md", "![only a picture](knee.png)"))


def test_a_folder_read_as_a_file_is_a_skipped_line(tmp_path: Path) -> None:
    (outcome,) = read_file(tmp_path)
    assert isinstance(outcome, SkippedFile) and "cannot be opened" in outcome.reason


def test_an_error_that_nobody_foresaw_is_a_skipped_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READERS, "text", "json:loads")  # raises ValueError on what is no JSON
    (outcome,) = read_file(write(tmp_path / "a.txt"))
    assert isinstance(outcome, SkippedFile) and outcome.reason == "damaged: it cannot be read"


def test_whatever_a_reader_raises_the_next_file_is_read(tmp_path: Path) -> None:
    page = write(tmp_path / "page.html", f"<html><h1>A \x0b control</h1><p>{FEVER}</p></html>")
    outcomes = read_files([page, write(tmp_path / "good.txt")])
    assert isinstance([*outcomes][1], Document)


# Every broken file of shared/, in one batch with good ones

Batch = dict[str, Document | SkippedFile]

SKIPPED = {
    "bitrot400.pdf": "pages give no text",
    "bomb400MB.pdf": "damaged",
    "null.pdf": "nothing but null bytes",
    "pdfplumber__empty.pdf": "empty",
    "pdfplumber__malformed-from-issue-932.pdf": "perhaps scanned",
    "pdfplumber__password-example.pdf": "protected by a password",
    "pypdf__encrypted-file.pdf": "protected by a password",
    "pypdf__imagemagick-images.pdf": "no text in its 6 pages, perhaps scanned",
    "pypdf__r6-empty-password.pdf": "no text in its 1 page",
    "text.pdf": "named .pdf but not a PDF file",
    "trunc50.pdf": "damaged or cut short",
}
SCANNED = "pypdf__encrypted_doc_no_id.pdf"
"""Read where tesseract is installed, skipped where it is not."""
READ_WITH_A_WARNING = {
    "noheader.pdf": "does not begin as a PDF",
    "norma__corrupt_test2.xml": "re-indented by a tool",
    "norma__html_named_pdf.pdf": "named .pdf, read as the html that it holds",
}


@pytest.fixture(scope="module")
def batch(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """The broken files between two good ones, read in child processes."""
    good = tmp_path_factory.mktemp("good")
    broken = sorted((shared / "data" / "broken").iterdir())
    paths = [write(good / "first.txt"), *broken, write(good / "last.txt")]
    return {Path(outcome.source).name: outcome for outcome in read_files(paths)}


@pytest.mark.parametrize(("name", "reason"), SKIPPED.items())
def test_a_broken_file_is_a_skipped_line(batch: Batch, name: str, reason: str) -> None:
    outcome = batch[name]
    assert isinstance(outcome, SkippedFile) and reason in outcome.reason and outcome.remedy


@pytest.mark.parametrize(("name", "warning"), READ_WITH_A_WARNING.items())
def test_a_file_that_is_only_odd_is_read(batch: Batch, name: str, warning: str) -> None:
    outcome = batch[name]
    assert isinstance(outcome, Document) and warning in outcome.warnings[0]


def test_a_scanned_file_is_read_by_ocr_or_skipped_and_says_so(batch: Batch) -> None:
    outcome = batch[SCANNED]
    if isinstance(outcome, Document):
        assert "by OCR" in outcome.warnings[-1] and any(p.recognised for p in outcome.pages)
    else:
        assert "no text in its 3 pages" in outcome.reason and "tesseract" in outcome.remedy


def test_every_broken_file_has_its_line_in_these_tables(batch: Batch) -> None:
    assert set(batch) == {"first.txt", "last.txt", *SKIPPED, *READ_WITH_A_WARNING, SCANNED}


def test_the_good_files_among_the_broken_ones_are_read(batch: Batch) -> None:
    assert [type(batch[name]) for name in ("first.txt", "last.txt")] == [Document, Document]


def test_every_reason_is_one_line(batch: Batch) -> None:
    for outcome in batch.values():
        if isinstance(outcome, SkippedFile):
            assert "\n" not in f"{outcome.reason}{outcome.remedy}"
