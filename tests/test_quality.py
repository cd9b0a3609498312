"""The harness, through the real build and search."""

from pathlib import Path

import pytest

from evaluation.datasets import DatasetError
from evaluation.quality import SUCCESS_OF_ANSWERS, measure_quality
from evaluation.quality_report import to_dict, to_markdown, write_quality
from evaluation.runs import QualityResult, read_run
from index.progress import no_progress
from tests.judged_folders import OF_TWO_KINDS, opened, write_dataset

TWO_KINDS = ("q1\td.2\t2", "q3\td.2\t1")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> QualityResult:
    """One judged query, of grade 1."""
    folder = tmp_path_factory.mktemp("plain")
    return measure_quality(opened(write_dataset(folder / "tiny"), folder / "w"), no_progress)


@pytest.fixture(scope="module")
def of_two_kinds(tmp_path_factory: pytest.TempPathFactory) -> QualityResult:
    """Two judged queries of two strata in one group, and one that nothing answers."""
    folder = tmp_path_factory.mktemp("kinds")
    tiny = write_dataset(folder / "tiny", queries=OF_TWO_KINDS, qrels=TWO_KINDS)
    (tiny / "sentences.tsv").write_text("heading\nq1\td.2\t0\t1\t1\n")
    return measure_quality(opened(tiny, folder / "w"), no_progress)


def test_the_relevant_document_first_scores_one(plain: QualityResult) -> None:
    for leg in plain.legs.values():
        assert leg.measures == dict.fromkeys(leg.measures, 1.0)
    assert (plain.documents, list(plain.legs)) == (2, ["fused", "keywords", "dense"])


def test_a_stratum_has_its_own_line(of_two_kinds: QualityResult) -> None:
    assert of_two_kinds.legs["fused"].strata["cause"]["MRR@10"] == 0.5
    assert "| cause 1 | dense | " in to_markdown(of_two_kinds)


def test_a_group_has_the_means_of_its_strata(of_two_kinds: QualityResult) -> None:
    assert of_two_kinds.legs["fused"].strata["g"]["MRR@10"] == (1 + 0.5) / 2


def test_success_of_answers_asks_for_the_higher_grade(of_two_kinds: QualityResult) -> None:
    strata = of_two_kinds.legs["fused"].strata
    assert [strata[name][SUCCESS_OF_ANSWERS] for name in ("finding", "cause")] == [1.0, 0.0]


def test_ungraded_judgements_have_no_success_of_answers(plain: QualityResult) -> None:
    assert SUCCESS_OF_ANSWERS not in plain.legs["fused"].measures


def test_a_query_that_nothing_answers_is_in_no_mean(of_two_kinds: QualityResult) -> None:
    fused = of_two_kinds.legs["fused"]
    assert set(fused.queries) - set(fused.judged) == {"q4"}
    assert fused.measures["MRR@10"] == (1 + 0.5) / 2


def test_a_query_that_nothing_answers_is_asked_only_as_users_ask(
    of_two_kinds: QualityResult,
) -> None:
    assert [len(leg.queries) for leg in of_two_kinds.legs.values()] == [3, 2, 2]


def test_fused_stands_against_each_leg_in_each_scope(of_two_kinds: QualityResult) -> None:
    found = [(one["scope"], one["against"]) for one in to_dict(of_two_kinds)["differences"]]
    scopes = ("all", "g", "finding", "cause")
    assert found == [(scope, leg) for scope in scopes for leg in ("keywords", "dense")]


def test_how_queries_are_shown_is_a_row_for_each_stratum(of_two_kinds: QualityResult) -> None:
    rows = to_dict(of_two_kinds)["answering"]
    assert [row["scope"] for row in rows] == ["all", "g", "finding", "cause", "far off"]


def test_the_marked_sentence_is_kept_with_its_offsets(plain: QualityResult) -> None:
    marked = plain.legs["fused"].queries["q1"].marked
    assert marked is not None and marked[0] == "d.2" and marked[1] < marked[2]


def test_a_run_is_read_back_as_it_was_written(of_two_kinds: QualityResult, tmp_path: Path) -> None:
    assert read_run(write_quality(of_two_kinds, tmp_path / "results")) == of_two_kinds


def test_a_table_is_written_beside_the_figures(plain: QualityResult, tmp_path: Path) -> None:
    text = write_quality(plain, tmp_path).with_suffix(".md").read_text("utf-8")
    assert text.startswith("# tiny (test): 2 documents, model hashing\n\n| queries | ranking |")


def test_a_second_run_takes_the_index_that_is_there(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "tiny")
    states = [opened(folder, tmp_path / "work").service.state() for _ in range(2)]
    assert [state.generation for state in states] == [1, 1]


def test_a_file_that_is_no_run_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]")
    with pytest.raises(DatasetError, match="is no results file"):
        read_run(tmp_path / "a.json")
