"""Broken and hostile files: a line each, and the batch goes on within its memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.bounds import BoundsResult, FileBounds, measure_files
from evaluation.hostile_files import HOSTILE_FILES, LAST_WORDS, write_hostile_files
from index.progress import no_progress
from ingest.corpus import read_files
from ingest.documents import Document, SkippedFile

Batch = dict[str, Document | SkippedFile]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Batch:
    """The hostile files between two good ones, read in child processes."""
    folder = tmp_path_factory.mktemp("hostile")
    good = [folder / "first.txt", folder / "last.txt"]
    for path in good:
        path.write_text("Fever rose in the knee.")
    paths = [good[0], *write_hostile_files(folder), good[1]]
    return {Path(outcome.source).name: outcome for outcome in read_files(paths)}


def test_each_hostile_file_has_its_line(batch: Batch) -> None:
    assert set(batch) == {"first.txt", *HOSTILE_FILES, "last.txt"}


def test_the_good_files_among_them_are_read(batch: Batch) -> None:
    assert [type(batch[name]) for name in ("first.txt", "last.txt")] == [Document, Document]


@pytest.mark.parametrize(
    "name",
    [
        "billion-laughs.xml",
        "gzip-bomb.xml.gz",
        "liar.docx",
        "pdf-bomb.pdf",
        "pdf-loop.pdf",
        "quadratic-blowup.xml",
        "zip-bomb.docx",
        "zip-bomb.epub",
    ],
)
def test_a_bomb_is_a_skipped_line(batch: Batch, name: str) -> None:
    outcome = batch[name]
    assert isinstance(outcome, SkippedFile) and outcome.reason and outcome.remedy


def test_a_pdf_of_2000_pages_is_read_to_the_end(batch: Batch) -> None:
    document = batch["long.pdf"]
    assert isinstance(document, Document) and document.page_count == 2000
    assert document.text.endswith(LAST_WORDS)


def test_no_file_of_ours_is_read_through_an_entity(batch: Batch) -> None:
    document = batch["external-entity.xml"]
    assert isinstance(document, Document) and "root:" not in document.text


def test_every_reason_is_one_line_of_our_own(batch: Batch) -> None:
    for outcome in batch.values():
        if isinstance(outcome, SkippedFile):
            assert "\n" not in f"{outcome.reason}{outcome.remedy}"


# The measurement


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> BoundsResult:
    """Two files, one sound and one not."""
    folder = tmp_path_factory.mktemp("measured")
    for name, text in (("a.txt", "Fever rose in the knee."), ("b.txt", "")):
        (folder / name).write_text(text)
    paths = [folder / "a.txt", folder / "b.txt"]
    return BoundsResult(*measure_files(paths, paths[0], no_progress), False)


def test_each_file_is_measured_with_its_line(measured: BoundsResult) -> None:
    assert [(one.file, one.documents, one.line) for one in measured.files] == [
        ("a.txt", 1, "read, 5 words"),
        ("b.txt", 0, "empty; remove it, or get a fresh copy"),
    ]


def test_all_files_are_read_once_more_together(measured: BoundsResult) -> None:
    assert (measured.batch.file, measured.batch.line) == ("all 2 at once", "1 read, 1 skipped")


def test_parent_and_children_have_used_memory(measured: BoundsResult) -> None:
    assert all(one.parent_mb > 5 and one.children_mb > 5 for one in measured.files)


def test_too_much_memory_of_the_parent_breaks_the_bounds(measured: BoundsResult) -> None:
    greedy = FileBounds("c.pdf", 0, "damaged", 1.0, 501, 30)
    assert measured.holds and not BoundsResult((greedy,), measured.batch, False).holds


def test_a_file_without_a_line_breaks_the_bounds(measured: BoundsResult) -> None:
    silent = FileBounds("c.pdf", 0, "", 1.0, 30, 30)
    assert not BoundsResult((silent,), measured.batch, False).holds


def test_the_table_is_written_beside_the_figures(measured: BoundsResult, tmp_path: Path) -> None:
    path = measured.write(tmp_path)
    assert "| b.txt | 0 | empty;" in path.with_suffix(".md").read_text("utf-8")


def test_the_peak_of_a_process_is_its_own_and_not_its_parents() -> None:
    # This process has numpy and more in memory; a new one has next to nothing.
    program = "from evaluation.measured_ingest import own_peak_bytes; print(own_peak_bytes())"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    assert int(done.stdout) < pages * os.sysconf("SC_PAGESIZE")
