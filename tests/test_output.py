"""Answers as scripts and spreadsheets read them."""

import csv
import io
import json

from ingest.documents import Metadata, Passage
from search.hits import Answer, Hit, IndexState, Snippet
from search.output import to_csv, to_json, to_text, to_trec

TEXT = "=SUM(A1) rose. Pain fell."
PASSAGE = Passage("d1", 3, "Outcome", "other", 2, 3, 10, 10 + len(TEXT), TEXT)
HIT = Hit(
    1, 0.8123, PASSAGE, "Calf", Metadata("Calf", year=2021), "/c.pdf", "Calf. 2021.",
    Snippet(25, 35, "Pain fell."),
)  # fmt: skip
STATE = IndexState(4, "mini", 1, 9)
ANSWER = Answer("pain", STATE, True, (HIT,))
UNANSWERED = Answer("bread", STATE, False, (HIT,))


def test_json_has_the_fields_that_scripts_rely_on() -> None:
    [hit] = json.loads(to_json(ANSWER))["hits"]
    promised = """rank score passage_id doc_id title section page start end text snippet source
        citation"""
    assert set(promised.split()) <= set(hit)


def test_json_names_index_and_snippet() -> None:
    answer = json.loads(to_json(ANSWER))
    assert answer["index"] == {"generation": 4, "model": "mini", "documents": 1, "passages": 9}
    assert answer["hits"][0]["snippet"] == {"start": 25, "end": 35, "text": "Pain fell."}


def test_json_says_when_nothing_answers() -> None:
    assert json.loads(to_json(UNANSWERED))["answered"] is False


def test_text_marks_the_answering_sentence() -> None:
    assert "=SUM(A1) rose. »Pain fell.«" in to_text(ANSWER)


def test_text_gives_section_and_pages() -> None:
    assert "[Outcome, pages 2–3]" in to_text(ANSWER)


def test_text_of_no_answer_is_one_line() -> None:
    assert to_text(UNANSWERED) == "Nothing relevant in this index.\n"


def test_a_cell_that_a_spreadsheet_would_run_is_harmless() -> None:
    [row] = csv.DictReader(io.StringIO(to_csv(ANSWER)))
    assert row["text"] == "'" + TEXT


def test_a_trec_run_has_six_columns() -> None:
    assert to_trec(ANSWER) == "1 Q0 d1:3 1 0.8123 casebook\n"


def test_no_answer_is_an_empty_run() -> None:
    assert to_trec(UNANSWERED) == ""
