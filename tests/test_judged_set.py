"""Our own judged set: its documents are found where they are, and none of their text is in it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from evaluation.datasets import UNANSWERABLE, DatasetError, load_dataset, read_records
from evaluation.judged_set import JUDGEMENTS, load_judged_set, prepare_judged_documents
from tests.conftest import CORPUS
from tests.judged_folders import write_dataset

RECORD = {"_id": "E1", "title": "Knee", "text": "It swelled.", "metadata": {"doi": "10.1/x"}}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Folders as they are in the shared data, with a document in each."""
    for name in ("seeds", "maccrobat", "e3c"):
        (tmp_path / "data" / name).mkdir(parents=True)
    (tmp_path / "data" / "seeds" / "000_a.txt").write_text("A seed.")
    (tmp_path / "data" / "maccrobat" / "17.txt").write_text("A case.")
    (tmp_path / "data" / "e3c" / "corpus.jsonl").write_text(json.dumps(RECORD))
    return tmp_path / "data"


def test_documents_are_named_by_folder_and_file(data: Path, tmp_path: Path) -> None:
    names = {name for one in prepare_judged_documents(data, tmp_path).ids.values() for name in one}
    ours = {name for name in names if name.startswith("corpus/")}
    assert names - ours == {"seeds/000_a", "maccrobat/17", "e3c/E1"}
    assert len(ours) == len([path for path in CORPUS.iterdir() if path.stem != "README"])


def test_a_record_becomes_a_text_with_what_it_states(data: Path, tmp_path: Path) -> None:
    prepare_judged_documents(data, tmp_path)
    written = (tmp_path / "e3c" / "E1.txt").read_text()
    assert written == "Title: Knee\nDOI: 10.1/x\n\nIt swelled.\n"


def test_the_set_goes_by_its_name(data: Path, tmp_path: Path) -> None:
    judgements = write_dataset(tmp_path / "judgements", qrels=("q1\te3c/E1\t3",))
    assert load_judged_set(data=data, judgements=judgements).name == "judged"


def test_documents_that_are_not_here_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="set CASEBOOK_SHARED"):
        load_judged_set(data=tmp_path)


def test_each_stratum_has_questions_enough() -> None:
    kinds = [record["metadata"] for record in read_records(JUDGEMENTS / "queries.jsonl")]
    count = Counter(kind["stratum"] for kind in kinds)
    assert sum(kind.get("group") == "question" for kind in kinds) >= 120
    assert count["case"] >= 30 and count["keywords"] >= 30
    assert all(count[stratum] >= 20 for stratum in UNANSWERABLE)


def test_no_two_questions_have_one_name() -> None:
    names = [record["_id"] for record in read_records(JUDGEMENTS / "queries.jsonl")]
    assert len(names) == len(set(names))


def test_no_question_that_nothing_answers_is_judged_to_be_answered() -> None:
    if not (JUDGEMENTS / "qrels" / "test.tsv").is_file():
        pytest.skip("nothing is judged yet")
    dataset = load_dataset(JUDGEMENTS)
    without = [query for query, stratum in dataset.strata.items() if stratum in UNANSWERABLE]
    assert without and all(dataset.is_unanswerable(query) for query in without)
