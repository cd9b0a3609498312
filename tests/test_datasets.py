"""Folders of judged questions: what is read from them, and what is said of bad ones."""

from pathlib import Path

import pytest

from evaluation.datasets import DatasetError, load_dataset
from tests.judged_folders import DOCUMENTS, OF_TWO_KINDS, QUERIES, opened, write_dataset


def test_only_judged_queries_are_asked(tmp_path: Path) -> None:
    assert list(load_dataset(write_dataset(tmp_path / "tiny")).queries) == ["q1"]


def test_a_query_that_nothing_answers_is_asked_too(tmp_path: Path) -> None:
    dataset = load_dataset(write_dataset(tmp_path / "tiny", queries=OF_TWO_KINDS))
    assert [dataset.is_unanswerable(query) for query in dataset.queries] == [False, True]


def test_a_query_with_a_relevant_document_is_answerable_whatever_its_stratum(
    tmp_path: Path,
) -> None:
    qrels = ("q1\td.2\t1", "q4\td.2\t1")
    dataset = load_dataset(write_dataset(tmp_path / "t", queries=OF_TWO_KINDS, qrels=qrels))
    assert not dataset.is_unanswerable("q4")


def test_stratum_and_group_may_stand_in_the_metadata(tmp_path: Path) -> None:
    dataset = load_dataset(write_dataset(tmp_path / "tiny", queries=OF_TWO_KINDS))
    assert (dataset.strata["q1"], dataset.groups["q1"]) == ("finding", "g")


def test_documents_of_an_earlier_dataset_are_taken_away(tmp_path: Path) -> None:
    work = tmp_path / "work"
    load_dataset(write_dataset(tmp_path / "one")).prepare(work)
    load_dataset(write_dataset(tmp_path / "two", documents=DOCUMENTS[1:])).prepare(work)
    assert [path.name for path in (work / "documents").iterdir()] == ["d%2E2.txt"]


def test_documents_with_the_same_text_are_found_together(tmp_path: Path) -> None:
    twins = (*DOCUMENTS, {**DOCUMENTS[1], "_id": "d3"})
    corpus = load_dataset(write_dataset(tmp_path / "tiny", documents=twins)).prepare(tmp_path)
    assert sorted(corpus.ids.values()) == [("d.2", "d3"), ("d/1",)]


def test_judged_sentences_are_read_where_there_are_some(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "tiny")
    (folder / "sentences.tsv").write_text("query\tdoc\tstart\tend\tgrade\nq1\td.2\t7\t19\t2\n")
    assert load_dataset(folder).sentences == {("q1", "d.2", 7, 19): 2}


# Bad datasets


def refused(folder: Path) -> str:
    """The one line that is said of a folder."""
    with pytest.raises(DatasetError) as raised:
        load_dataset(folder)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_missing_judgements_are_named_with_the_splits_that_are_there(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "tiny")
    (folder / "qrels" / "test.tsv").rename(folder / "qrels" / "dev.tsv")
    assert "no BEIR dataset with qrels/test.tsv (splits there: dev)" in refused(folder)


def test_judgements_without_a_line_judge_nothing(tmp_path: Path) -> None:
    assert refused(write_dataset(tmp_path / "tiny", qrels=())).endswith("judges no query")


@pytest.mark.parametrize("line", ["q1\td.2\trelevant", "q1\td.2", "q1 d.2 1", "q1\t0\td.2\t1"])
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    said = refused(write_dataset(tmp_path / "tiny", qrels=("q1\td.2\t1", line)))
    assert "test.tsv, line 3: query id, document id and a whole number expected" in said


def test_a_judged_query_that_is_missing_is_named(tmp_path: Path) -> None:
    said = refused(write_dataset(tmp_path / "tiny", qrels=("q1\td.2\t1", "q9\td.2\t1")))
    assert "judges 1 queries that queries.jsonl lacks, the first is 'q9'" in said


def test_a_judged_document_that_the_corpus_lacks_is_named(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "tiny", qrels=("q1\td.2\t1", "q1\td9\t1"))
    with pytest.raises(DatasetError, match=r"not in its corpus, the first is 'd9' \(query 'q1'\)"):
        opened(folder, tmp_path / "work")


def test_a_query_without_words_is_named(tmp_path: Path) -> None:
    queries = ({"_id": "q1", "text": " "}, QUERIES[1])
    assert refused(write_dataset(tmp_path / "t", queries=queries)).endswith("query 'q1' is empty")


def test_no_queries_at_all_are_said_to_be_missing(tmp_path: Path) -> None:
    assert "queries.jsonl lacks" in refused(write_dataset(tmp_path / "tiny", queries=()))


@pytest.mark.parametrize("line", ["{", "[]", '{"_id": "q1"}', '{"_id": "q1", "text": null}'])
def test_a_record_that_is_none_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    folder = write_dataset(tmp_path / "tiny")
    (folder / "queries.jsonl").write_text(f"\n{line}\n")
    assert 'queries.jsonl, line 2: a JSON object with "_id" and "text"' in refused(folder)


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "tiny")
    (folder / "qrels" / "test.tsv").write_bytes(b"q\n\xff\xfe\n")
    assert "test.tsv cannot be read" in refused(folder)


def test_a_judged_sentence_is_marked_one_or_zero(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "tiny")
    (folder / "sentences.tsv").write_text("heading\nq1\td.2\t7\t19\tyes\n")
    assert "sentences.tsv, line 2" in refused(folder)
