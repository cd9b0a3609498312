"""The names of cases."""

import pytest

from ingest.cases.labels import (
    labels_in,
    leading_label,
    names_side_by_side,
    speaks_of_several,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Case 1", 1),
        ("CASE 2", 2),
        ("Case #3: a runner", 3),
        ("Case no. 4", 4),
        ("Case report 2", 2),
        ("Case presentation – patient 2", 2),
        ("Case study 3:", 3),
        ("Case II", 2),
        ("Case one", 1),
        ("Patient A", 1),
        ("Patient C was a boy", 3),
        ("Client 2 wanted to run", 2),
        ("Observation 1: a woman", 1),
        ("First case", 1),
        ("The second patient, a girl", 2),
        ("Our third case was a man", 3),
        ("The other patient had a cough", 2),
        ("In case 2, a man fell", 2),
        ("Our patient in case 1 was a man", 1),
    ],
)
def test_a_label_gives_its_number(text: str, number: int) -> None:
    label = leading_label(text)
    assert label is not None and label.number == number


@pytest.mark.parametrize(
    "text",
    [
        "Case report",
        "Cases",
        "Patient information",
        "Patient 45 years old",
        "Patients 1 and 2 recovered",
        "Case-control study",
        "The first case of rabies was in 1950",
        "The second case was reported by Lund",
        "The patient 2 years later",
        "He was like case 1",
    ],
)
def test_other_wordings_are_no_label(text: str) -> None:
    assert leading_label(text) is None


def test_a_label_keeps_the_words_of_the_document() -> None:
    label = leading_label("Case report 2: a runner")
    assert label is not None and label.words == "Case report 2"


def test_all_labels_of_a_caption_are_found() -> None:
    assert [label.number for label in labels_in("MRI of case 1 (left) and case 3")] == [1, 3]


@pytest.mark.parametrize(
    "sentence",
    [
        "Both patients recovered.",
        "All three cases were mild.",
        "We report two cases of gout.",
        "These patients ran again.",
        "There was no pain in the two patients.",
    ],
)
def test_several_are_spoken_of(sentence: str) -> None:
    assert speaks_of_several(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["Both knees hurt.", "She had two children.", "He ran.", "He came to the children’s ward."],
)
def test_one_patient_is_not_several(sentence: str) -> None:
    assert not speaks_of_several(sentence)


def test_two_cases_told_as_equals_stand_side_by_side() -> None:
    assert names_side_by_side("Case 1 was a boy, and case 2 was a girl.")


def test_a_case_compared_with_another_is_told_alone() -> None:
    assert not names_side_by_side("Case 2 was treated like case 1.")
