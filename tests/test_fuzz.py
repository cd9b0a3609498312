"""Every reader on damaged files: a document or an error of ours, no other exception, no hang.

    reader(raw)          gives a `Reading` or raises `UnreadableFileError`
    read_document(path)  gives a `Document` or raises `UnreadableFileError`
    read_file(path)      gives documents and skipped files, and raises nothing

A new format is covered by its line in `READERS` and its example. Longer runs on other damage:
CASEBOOK_FUZZ=50 pytest tests/test_fuzz.py (fifty times as many files, chosen at random).
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

pytest.importorskip("hypothesis", reason="hypothesis is not installed")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.blocks import assemble
from ingest.corpus import read_document, read_file
from ingest.documents import Document, SkippedFile
from ingest.errors import UnreadableFileError
from ingest.formats import READERS, SPLITTERS, SUFFIXES, reader, splitter
from tests.fixtures.damage import KINDS, TOKENS, Damage, damaged
from tests.fixtures.examples import ENDINGS, EXAMPLES

TIMES = int(os.environ.get("CASEBOOK_FUZZ", "1"))
HANGS_AFTER_SECONDS = 60
"""A damaged file of a few kilobytes is read in milliseconds."""

every_format = pytest.mark.parametrize("name", READERS)
DAMAGES = st.lists(
    st.builds(
        Damage,
        st.sampled_from(KINDS),
        st.floats(0, 1),
        st.sampled_from((1, 2, 7, 40, 300)),
        st.sampled_from(TOKENS),
    ),
    min_size=1,
    max_size=6,
)
INSIDE = st.floats(0, 1.2)
STARTS = (
    b"",
    *(example[:60] for example in EXAMPLES.values()),
    b"\x1f\x8b\x08",
    b"\xd0\xcf\x11\xe0",
)
ALL_ENDINGS = ("", ".gz", ".xml.gz", *SUFFIXES)


def files(count: int) -> settings:
    """So many damaged files: the same in every run, unless more are asked for."""
    return settings(
        max_examples=count * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )


class HangError(BaseException):
    """Not to be swallowed by a reader's `except Exception`."""


@contextmanager
def no_hang() -> Iterator[None]:
    def hangs(_signal: int, _frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(HANGS_AFTER_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@every_format
def test_it_has_an_example(name: str) -> None:
    assert EXAMPLES[name] and ENDINGS[name]


@every_format
@files(120)
@given(damages=DAMAGES, inside=INSIDE)
def test_a_reader_gives_a_reading_or_an_error_of_ours(
    name: str, damages: list[Damage], inside: float
) -> None:
    with no_hang():
        try:
            assemble(reader(name)(damaged(EXAMPLES[name], damages, inside)).blocks)
        except UnreadableFileError as error:
            assert error.reason and error.remedy


@pytest.mark.parametrize("name", SPLITTERS)
@files(120)
@given(damages=DAMAGES)
def test_a_splitter_gives_parts_or_an_error_of_ours(name: str, damages: list[Damage]) -> None:
    split = splitter(name)
    assert split
    with no_hang():
        try:
            parts = [*split(damaged(EXAMPLES[name], damages, inside=2))]
        except UnreadableFileError as error:
            assert error.reason and error.remedy
        else:
            assert {part.format for part in parts} <= set(READERS)


@every_format
@files(80)
@given(damages=DAMAGES, inside=INSIDE)
def test_a_file_gives_a_document_or_an_error_of_ours(
    name: str, damages: list[Damage], inside: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"damaged{ENDINGS[name]}"
    path.write_bytes(damaged(EXAMPLES[name], damages, inside))
    with no_hang():
        try:
            document = read_document(path)
        except UnreadableFileError as error:
            assert error.reason and error.remedy
        else:
            check_places(document)


@files(150)
@given(
    raw=st.binary(max_size=300), start=st.sampled_from(STARTS), ending=st.sampled_from(ALL_ENDINGS)
)
def test_any_bytes_under_any_name_give_outcomes(
    raw: bytes, start: bytes, ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{ending}"
    path.write_bytes(start + raw)
    with no_hang():
        outcomes = read_file(path)
    assert outcomes and all(isinstance(one, Document | SkippedFile) for one in outcomes)


def check_places(document: Document) -> None:
    """Sections, pages and cases lie inside the text, in order; sections hold something."""
    for spans in (document.sections, document.pages, document.cases):
        edges = [edge for span in spans for edge in (span.start, span.end)]
        assert edges == sorted(edges)
        assert not edges or (edges[0] >= 0 and edges[-1] <= len(document.text))
    assert all(document.text[one.start : one.end].strip() for one in document.sections)
