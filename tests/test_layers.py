"""The base and what came since are opened together, and only what came since is read again."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.build import build_index
from index.catalog import published
from index.engines import Rows
from index.facets import Between
from index.layers import Layers, layers_of, open_base
from index.manifest import Manifest
from tests.conftest import CALF, hashing_choice
from tests.index_contents import update

ELBOW = "Title: Elbow\nYear: 2030\n\nThe elbow was sore.\n"


@pytest.fixture
def index(small_corpus: Path, tmp_path: Path) -> Path:
    build_index([small_corpus], tmp_path / "index", hashing_choice())
    return tmp_path / "index"


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def opened(stack: ExitStack, folder: Path) -> tuple[sqlite3.Connection, Manifest, Layers]:
    connection, manifest = stack.enter_context(published(folder))
    base = open_base(folder, manifest.base, manifest.settings.fingerprint, manifest.dim)
    return connection, manifest, layers_of(connection, base)


def rows(connection: sqlite3.Connection) -> list[int]:
    return [row for (row,) in connection.execute("SELECT row FROM passages ORDER BY row")]


def test_a_new_base_has_nothing_after_it(index: Path, stack: ExitStack) -> None:
    connection, manifest, layers = opened(stack, index)
    assert (len(layers.recent), len(layers.removed)) == (0, 0)
    assert layers.engine.ids().tolist() == rows(connection)
    assert len(layers.engine) == manifest.passages


def test_changed_documents_are_removed_rows_and_recent_ones(
    index: Path, small_corpus: Path, stack: ExitStack
) -> None:
    before = opened(stack, index)[1].base
    (small_corpus / "calf.txt").write_text(CALF.replace("eight", "nine"), "utf-8")
    update(index, small_corpus)
    connection, manifest, layers = opened(stack, index)
    assert (manifest.base, len(layers.removed), len(layers.recent)) == (before, 2, 2)
    assert layers.engine.ids().tolist() == rows(connection)


def test_only_what_came_since_is_read(
    index: Path, small_corpus: Path, stack: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    update(index, small_corpus)
    first = opened(stack, index)[2]
    (small_corpus / "hip.txt").write_text("Title: Hip\n\nIt was stiff.\n", "utf-8")
    update(index, small_corpus)
    connection, _ = stack.enter_context(published(index))
    read: list[Rows] = []

    def noted(_connection: object, asked: Rows, *_: object) -> NDArray[np.float16]:
        read.append(asked)
        return np.ones((len(asked), 64), np.float16)

    monkeypatch.setattr("index.layers.halves_of", noted)
    layers_of(connection, first.opened, first)
    assert [asked.tolist() for asked in read] == [[max(rows(connection))]]


def test_an_older_snapshot_has_its_own_layers(
    index: Path, small_corpus: Path, stack: ExitStack
) -> None:
    connection, _, layers = opened(stack, index)
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    update(index, small_corpus)
    again = layers_of(connection, layers.opened, layers)
    assert again.engine.ids().tolist() == rows(connection) == layers.engine.ids().tolist()


def test_recent_rows_are_filtered_by_what_they_state(
    index: Path, small_corpus: Path, stack: ExitStack
) -> None:
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    update(index, small_corpus)
    connection, _, layers = opened(stack, index)
    mask = layers.facets.mask({"year": Between(low=2025)})
    assert mask is not None and np.flatnonzero(mask).tolist() == [max(rows(connection))]


def test_recent_words_are_found(index: Path, small_corpus: Path, stack: ExitStack) -> None:
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    update(index, small_corpus)
    connection, _, layers = opened(stack, index)
    assert layers.keywords(connection).counts(["elbow", "hip"]) == {"elbow": 1, "hip": 0}


def test_a_recent_passage_without_a_vector_is_refused(
    index: Path, small_corpus: Path, stack: ExitStack
) -> None:
    (small_corpus / "elbow.txt").write_text(ELBOW, "utf-8")
    update(index, small_corpus)
    connection, manifest = stack.enter_context(published(index))
    base = open_base(index, manifest.base, "another model", manifest.dim)
    with pytest.raises(sqlite3.DataError, match="has no vector of 64 columns"):
        layers_of(connection, base)


def test_a_changed_file_of_the_base_is_refused(index: Path, stack: ExitStack) -> None:
    manifest = opened(stack, index)[1]
    (index / "base-1" / "facets.bin").write_bytes(b"bit rot")
    with pytest.raises(ValueError, match=r"base-1/facets.bin is not as it was written"):
        open_base(index, manifest.base, "hashing-1", 64)
