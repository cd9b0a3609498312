"""Answers as scripts and spreadsheets read them."""

import csv
import io
import json
from dataclasses import replace

import pytest

from ingest.documents import Metadata, Passage, Patient
from search.hits import Answer, Hit, IndexState, Snippet, Twin
from search.output import hit_values, patient_words, score_words, to_csv, to_json, to_text, to_trec
from search.vocabulary import Expansion

TEXT = "=SUM(A1) rose. Pain fell."
PASSAGE = Passage("d1", 3, "Outcome", "other", 2, 3, 10, 10 + len(TEXT), TEXT)
HIT = Hit(
    1, 0.8123, PASSAGE, "Calf", Metadata("Calf", year=2021), "/c.pdf", "Calf. 2021.",
    Snippet(25, 35, "Pain fell."),
)  # fmt: skip
STATE = IndexState(4, "mini", 1, 9)
ANSWER = Answer("pain", STATE, "strong", (HIT,))
TWIN = Twin("d2", "Calf, a preprint", "/p.pdf", "Calf, a preprint.")
DENIED = replace(HIT, snippet=replace(HIT.snippet, denied=((25, 29),)))
OF_A_WOMAN = replace(HIT, patient=Patient(54.0, "female"), source_type="PDF")
WEAK = replace(ANSWER, strength="weak", hits=(replace(HIT, strength="weak", score=0.61),))
EXPANDED = replace(ANSWER, expansions=(Expansion("PIN", "posterior nerve", "abbreviation"),))
UNANSWERED = Answer("bread", STATE, "none", (HIT,))


def test_json_has_the_fields_that_scripts_rely_on() -> None:
    [hit] = json.loads(to_json(ANSWER))["hits"]
    promised = """rank score passage_id doc_id title section page start end text snippet source
        citation"""
    assert set(promised.split()) <= set(hit)


def test_json_names_index_and_snippet() -> None:
    answer = json.loads(to_json(ANSWER))
    assert answer["index"] == {"generation": 4, "model": "mini", "documents": 1, "passages": 9}
    assert answer["hits"][0]["snippet"]["text"] == "Pain fell."


def test_json_says_when_nothing_answers() -> None:
    assert json.loads(to_json(UNANSWERED))["answered"] is False


def test_json_says_how_the_question_was_read() -> None:
    answer = json.loads(to_json(replace(EXPANDED, kind="keywords")))
    assert answer["kind"] == "keywords"
    assert answer["expansions"] == [
        {"asked": "PIN", "added": "posterior nerve", "reason": "abbreviation"}
    ]


def test_json_says_how_sure_the_answer_and_each_hit_are() -> None:
    strong = replace(HIT, rank=2)
    answer = json.loads(to_json(replace(WEAK, hits=(*WEAK.hits, strong))))
    assert answer["strength"] == "weak"
    assert [hit["strength"] for hit in answer["hits"]] == ["weak", "strong"]


def test_json_names_documents_of_nearly_the_same_text() -> None:
    [hit] = json.loads(to_json(replace(ANSWER, hits=(replace(HIT, twins=(TWIN,)),))))["hits"]
    assert hit["twins"] == [
        {
            "doc_id": "d2",
            "title": "Calf, a preprint",
            "source": "/p.pdf",
            "citation": "Calf, a preprint.",
        }
    ]


def test_places_that_say_no_are_plain_lists() -> None:
    assert hit_values(DENIED)["snippet"]["denied"] == [[25, 29]]


def test_text_marks_the_answering_sentence() -> None:
    assert "=SUM(A1) rose. »Pain fell.«" in to_text(ANSWER)


def test_text_gives_section_and_pages() -> None:
    assert "[Outcome, pages 2–3]" in to_text(ANSWER)


def test_text_says_whom_the_passage_is_about() -> None:
    assert "    Patient: woman, 54\n" in to_text(replace(ANSWER, hits=(OF_A_WOMAN,)))
    assert "Patient" not in to_text(ANSWER)


def test_json_says_whom_the_passage_is_about() -> None:
    values = hit_values(OF_A_WOMAN)
    assert values["patient"] == {"age_years": 54.0, "sex": "female"}
    assert (values["source_type"], hit_values(HIT)["patient"]) == ("PDF", None)


def test_csv_says_whom_the_passage_is_about_in_words() -> None:
    [row] = csv.DictReader(io.StringIO(to_csv(replace(ANSWER, hits=(OF_A_WOMAN,)))))
    assert (row["patient"], row["source_type"]) == ("woman, 54", "PDF")


@pytest.mark.parametrize(
    ("patient", "words"),
    [
        (Patient(54.0, "female"), "woman, 54"),
        (Patient(18.0, "male"), "man, 18"),
        (Patient(17.5, "male"), "boy, 17.5"),
        (Patient(0.75, "male"), "boy, 9 months"),
        (Patient(1.0, "female"), "girl, 1"),
        (Patient(0.0575, "female"), "girl, 3 weeks"),
        (Patient(0.0055, ""), "child, 2 days"),
        (Patient(0.0009, "male"), "boy, newborn"),
        (Patient(60.0, ""), "patient, 60"),
        (Patient(None, "male"), "male"),
        (None, ""),
    ],
)
def test_a_patient_in_words(patient: Patient | None, words: str) -> None:
    assert patient_words(patient) == words


def test_text_begins_with_what_was_searched_for_as_well() -> None:
    first = to_text(EXPANDED).splitlines()[0]
    assert first == "Also searched for: PIN → posterior nerve (abbreviation)"


def test_text_says_that_a_match_is_weak_and_nothing_of_a_strong_one() -> None:
    assert "    ~ weak match: may be about something else\n" in to_text(WEAK)
    assert "match" not in to_text(ANSWER)


def test_text_of_a_weak_answer_begins_by_saying_so() -> None:
    assert to_text(WEAK).startswith("Nothing here answers this surely;")


def test_text_says_that_a_sentence_says_no() -> None:
    assert "»Pain fell.« (says no)" in to_text(replace(ANSWER, hits=(DENIED,)))


def test_text_names_documents_of_nearly_the_same_text() -> None:
    shown = to_text(replace(ANSWER, hits=(replace(HIT, twins=(TWIN,)),)))
    assert "    Nearly the same text in: Calf, a preprint (/p.pdf)\n" in shown


def test_an_estimate_is_never_called_certain() -> None:
    assert [score_words(score) for score in (1.0, 0.995, 0.994, 0.0)] == [
        ">0.99", ">0.99", "0.99", "<0.01",
    ]  # fmt: skip


def test_text_of_no_answer_is_one_line() -> None:
    assert to_text(UNANSWERED) == "Nothing relevant in this index.\n"


def test_a_cell_that_a_spreadsheet_would_run_is_harmless() -> None:
    [row] = csv.DictReader(io.StringIO(to_csv(ANSWER)))
    assert row["text"] == "'" + TEXT


def test_csv_has_strength_and_the_number_of_twins() -> None:
    answer = replace(WEAK, hits=(replace(WEAK.hits[0], twins=(TWIN, TWIN)),))
    [row] = csv.DictReader(io.StringIO(to_csv(answer)))
    assert (row["strength"], row["twins"]) == ("weak", "2")


def test_a_trec_run_has_six_columns() -> None:
    assert to_trec(ANSWER) == "1 Q0 d1:3 1 0.8123 casebook\n"


def test_no_answer_is_an_empty_run() -> None:
    assert to_trec(UNANSWERED) == ""


def test_scores_that_are_printed_alike_become_ranks_in_a_trec_run() -> None:
    close = replace(HIT, rank=2, score=0.81229)
    scores = [line.split()[4] for line in to_trec(replace(ANSWER, hits=(HIT, close))).splitlines()]
    assert scores == ["1.00000000", "0.50000000"]
