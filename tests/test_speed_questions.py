"""The benchmark of questions: what a process of its own says, and the report of it."""

from argparse import ArgumentTypeError
from pathlib import Path

import numpy as np
import pytest

from evaluation.speed.asked import FILTERS, KnownQueries, benchmark_questions, know_queries
from evaluation.speed.asking import Asked, Memory, ask
from evaluation.speed.command import sizes
from evaluation.speed.questions import FilterRow, PlainRow, SizeResult
from evaluation.speed.questions_report import plots, to_markdown, write_questions
from index.build import build_index
from tests.conftest import HashingEncoder, hashing_choice, write_small_corpus

TEXTS = ["tight calf", "median nerve at the wrist"]
ROWS = tuple(FilterRow(name, 0.5, 2.0, 4.0, 6.0, 8.0, 0.99) for name in FILTERS)


def of_size(passages: int, factor: float) -> SizeResult:
    memory = Memory(int(100e6 * factor), int(50e6 * factor))
    row = tuple(FilterRow(r.filter, 0.5, 2.0, 4.0 * factor, 6.0, 8.0, 0.99) for r in ROWS)
    plain = (PlainRow(10, 2.0, 3.0, 3.0, 4.0),) if passages == 10_000 else ()
    return SizeResult(
        passages, 9, 100, int(1e6 * factor), 10.0, 0.5, 0.01 * factor, memory, memory, row, plain
    )


RESULTS = [of_size(10_000, 1), of_size(100_000, 2), of_size(1_000_000, 4)]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked")
    build_index([write_small_corpus(folder / "documents")], folder / "index", hashing_choice())
    return folder / "index"


@pytest.fixture(scope="module")
def known(index: Path) -> KnownQueries:
    """The queries as a process without a model reads them."""
    path = index.with_name("queries.json")
    know_queries(index, HashingEncoder(), TEXTS).save(path)
    return KnownQueries.load(path)


@pytest.fixture(scope="module")
def asked(index: Path, known: KnownQueries) -> Asked:
    return ask(index, known, TEXTS, rounds=2)


def test_every_stratum_is_asked_and_no_question_twice() -> None:
    texts = benchmark_questions()
    assert len(set(texts)) == 100
    assert max(len(text.split()) for text in texts) > 40 > 5 > min(len(t.split()) for t in texts)


def test_known_queries_have_the_vectors_of_the_model(known: KnownQueries) -> None:
    expected = HashingEncoder().encode_queries(TEXTS)
    assert np.array_equal(known.encode_queries(TEXTS), expected)


def test_a_query_that_was_not_encoded_before_is_refused(known: KnownQueries) -> None:
    with pytest.raises(KeyError):
        known.encode_queries(["shoulder"])


def test_every_question_is_timed_with_every_filter(asked: Asked) -> None:
    assert {name: len(times) for name, times in asked.legs.items()} == dict.fromkeys(FILTERS, 4)
    assert {name: len(times) for name, times in asked.whole.items()} == dict.fromkeys(FILTERS, 4)


def test_growth_is_extended_to_six_million() -> None:
    points = plots(RESULTS)["cpu"].lines[0].points
    assert [(point.x, point.measured) for point in points[2:]] == [
        (1_000_000, True),
        (3_000_000, False),
        (6_000_000, False),
    ]


def test_what_is_extended_stands_in_italics() -> None:
    assert "| CPU p95, no filter, ms | 4 | 8 | 16 | *22.3* | *27.4* |" in to_markdown(RESULTS)


def test_only_small_indexes_are_compared_with_a_plain_search() -> None:
    text = to_markdown(RESULTS)
    assert "| 10,000 | 10 | 2.00 | 3.00 | 3.00 | 4.00 | 1.50 |" in text
    assert "plain" not in to_markdown(RESULTS[1:])


def test_each_measure_has_its_plot(tmp_path: Path) -> None:
    write_questions(RESULTS, tmp_path)
    drawn = {path.stem.rpartition("-")[2] for path in tmp_path.glob("*.svg")}
    assert drawn == {"cpu", "memory", "opening", "disk"}


def test_sizes_are_read_with_their_units() -> None:
    assert sizes("1m,10k,500") == (500, 10_000, 1_000_000)


@pytest.mark.parametrize("text", ["", "k", "0", "-5", "10k,ten"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="is no size such as 500, 10k or 1m"):
        sizes(text)
