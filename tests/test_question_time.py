"""What a question costs beside its parts: ratios, and the steps by their names."""

from pathlib import Path

import pytest

from evaluation.question_time import (
    TimeResult,
    choose_questions,
    measure_question_time,
    pieces,
)
from evaluation.sampling import Sampler
from index.progress import no_progress
from search.queries import Query
from tests.conftest import HashingEncoder
from tests.judged_folders import OF_TWO_KINDS, opened, write_dataset


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> TimeResult:
    """One turn over two judged queries and one that nothing answers."""
    folder = tmp_path_factory.mktemp("time")
    tiny = opened(write_dataset(folder / "tiny", queries=OF_TWO_KINDS), folder / "work")
    index = folder / "work" / "index"
    return measure_question_time(tiny, index, HashingEncoder(), no_progress, rounds=1)


def test_half_of_the_ratios_lie_between_the_quartiles(result: TimeResult) -> None:
    for row in result.rows:
        assert 0 < row.lower_quartile <= row.median <= row.upper_quartile


def test_each_stratum_has_its_ratio(result: TimeResult) -> None:
    rows = {row.scope: row.questions for row in result.rows}
    assert rows == {"all": 2, "finding": 1, "far off": 1}


def test_the_table_has_ratios_and_no_times(result: TimeResult, tmp_path: Path) -> None:
    text = result.write(tmp_path).with_suffix(".md").read_text("utf-8")
    assert "| questions | median | half of them | CPU, median |" in text
    assert "Slowest step: " in text


def test_the_same_few_questions_of_each_stratum_are_timed() -> None:
    strata = {f"q{number}": "odd" if number % 2 else "even" for number in range(40)}
    chosen = choose_questions(strata, strata, per_stratum=3)
    assert [strata[query] for query in chosen] == ["even"] * 3 + ["odd"] * 3
    assert chosen == choose_questions(reversed(strata), strata, per_stratum=3)


def test_a_long_text_is_encoded_whole_in_few_pieces() -> None:
    words = [f"w{number}" for number in range(130)]  # the encoder reads 60 at once
    parts = pieces(" ".join(words), HashingEncoder())
    assert [len(part.split()) for part in parts] == [44, 44, 42]
    assert " ".join(parts).split() == words


def test_a_step_is_named_by_the_function_at_work(tmp_path: Path) -> None:
    service = opened(write_dataset(tmp_path / "tiny"), tmp_path / "work").service
    with Sampler() as sampler:
        while not sampler.shares():
            service.search(Query("lipoma at the median nerve"))
    assert all(step.split(".")[0] and share > 0 for step, share in sampler.shares().items())
    assert sum(sampler.shares().values()) == pytest.approx(1)


def test_work_outside_of_a_search_is_no_step() -> None:
    with Sampler() as sampler:
        sum(range(1_000_000))
    assert sampler.shares() == {}
