"""Sentences that bring a patient in, or speak of one."""

import pytest

from ingest.cases.ages import ages_told_side_by_side
from ingest.cases.patients import (
    from_elsewhere,
    introduction,
    speaks_of_patient,
    tells_of_him_or_her,
    tells_one_case,
)


@pytest.mark.parametrize(
    ("sentence", "age", "sex"),
    [
        ("A 45-year-old man presented with fever.", "45 year", "m"),
        ("In May 2009, a 45 year old woman was seen.", "45 year", "f"),
        ("A three-month-old boy was admitted.", "three month", "m"),
        ("An eighty-seven year old female was referred.", "eighty-seven year", "f"),
        ("A 5.9 years old male had a rash.", "5.9 year", "m"),
        ("A 78 yo M presented.", "78 year", "m"),
        ("A 4 and a half years old boy came.", "4 and a half year", "m"),
        ("A woman in her 60s had a lump.", "60s", "f"),
        ("A runner of 51 years had a tight calf.", "51 year", ""),
        ("The patient, a man of 51, had torn a tendon.", "51 year", "m"),
        ("A male patient, aged 45, came.", "45 year", "m"),
        ("Patient (32 years old) without history.", "32 year", ""),
        ("A 46-year-old bowler came with pain.", "46 year", ""),
        ("A 30-year-old primigravida presented.", "30 year", "f"),
        ("The proband is a 45-year old woman.", "45 year", "f"),
        ("A neonate was delivered at term.", "", ""),
        ("In this instance, an athlete was diagnosed with a strain.", "", ""),
    ],
)
def test_somebody_is_brought_in(sentence: str, age: str, sex: str) -> None:
    who = introduction(sentence)
    assert who is not None and (who.age, who.sex) == (age, sex)


@pytest.mark.parametrize(
    "sentence",
    [
        "Patients aged 18 to 65 years were eligible.",
        "Adults 18 years or older could take part.",
        "The mean age was 45 years.",
        "Her 40-year-old mother was well.",
        "She had a 10-year-old fracture of the wrist.",
        "A 3-year-old prosthesis was changed.",
        "The patient had a 5-year history of pain.",
        "A 6-week course of antibiotics was given.",
        "Seven-week-old mice underwent surgery.",
        "After 3 years he was well.",
    ],
)
def test_nobody_is_brought_in(sentence: str) -> None:
    assert introduction(sentence) is None


def test_somebody_with_an_indefinite_article_is_new() -> None:
    who = introduction("Another patient, a 30-year-old cook, fell.")
    assert who is not None and who.new


def test_our_patient_is_not_new() -> None:
    who = introduction("Our patient, a 30-year-old woman, fell.")
    assert who is not None and not who.new


def test_another_age_is_another_person() -> None:
    first, second = introduction("A 30-year-old man fell."), introduction("A 31-year-old man fell.")
    assert first is not None and second is not None and not first.same_person(second)


@pytest.mark.parametrize(
    "sentence",
    [
        "We report a case of gout of the spine.",
        "We describe a young woman with gout.",
        "A patient with a thigh melanoma was staged.",
        "The boy was born at term.",
        "She had a long history of asthma.",
    ],
)
def test_one_case_is_announced(sentence: str) -> None:
    assert tells_one_case(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "We report two cases of gout.",
        "We describe features of 23 patients with gout.",
        "We performed a case-control study.",
        "The male hormone was measured.",
        "The patient lies on the couch.",
    ],
)
def test_no_single_case_is_announced(sentence: str) -> None:
    assert not tells_one_case(sentence)


def test_what_others_reported_is_from_elsewhere() -> None:
    assert from_elsewhere("Lund et al. saw a 40-year-old woman [12].")


def test_what_we_report_is_our_own() -> None:
    assert not from_elsewhere("With a look at the literature we report a 40-year-old woman.")


def test_two_persons_told_as_equals_are_two() -> None:
    assert ages_told_side_by_side("A 64-year-old man and a 42-year-old woman fell.") == 2


def test_a_parent_is_no_equal() -> None:
    assert ages_told_side_by_side("A 2-day-old boy of a 30-year-old woman had fever.") == 1


def test_a_known_patient_is_spoken_of() -> None:
    assert speaks_of_patient("On admission our patient was pale.")


def test_he_and_she_are_told_of_in_the_past_only() -> None:
    texts = ["She was pale.", "Dr. Roy leads the clinic and he serves on boards."]
    assert [tells_of_him_or_her(text) for text in texts] == [True, False]
