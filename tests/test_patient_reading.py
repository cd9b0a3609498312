"""Age and sex of a case's patient: read where they are sure, and else left out."""

import pytest

from ingest.cases.patient_reading import read_patient
from ingest.documents import Patient


def patient(*sentences: str, name: str = "Case 1") -> Patient | None:
    return read_patient([name], [" ".join(sentences)])


@pytest.mark.parametrize(
    ("sentence", "age", "sex"),
    [
        ("A 54-year-old woman presented with a swollen knee.", 54, "female"),
        ("A runner, a man of 51 years, was seen for a tight calf.", 51, "male"),
        ("A 9-month-old baby boy was referred for a limp.", 0.75, "male"),
        ("A thirty-two-year-old lady fell on the stairs.", 32, "female"),
        ("A 2 years and 3 months old girl was admitted with fever.", 2.25, "female"),
        ("An 11 and 1/2-year-old boy was seen after a fall.", 11.5, "male"),
        ("A 12-hour-old male infant was transferred to us.", 0.0014, "male"),
        ("Male, 48 years old, was seen for a sore heel.", 48, "male"),
        ("A 30-year-old man with a cat scratch on his hand was seen.", 30, "male"),
        ("A 47-year-old man received a part of his 48-year-old brother's liver.", 47, "male"),
    ],
)
def test_a_sentence_that_brings_the_patient_in_is_read(sentence: str, age: float, sex: str) -> None:
    assert patient(sentence) == Patient(age, sex)


@pytest.mark.parametrize(
    "sentences",
    [
        ("A newborn boy was seen at birth.", "His mother was a 32-year-old woman."),
        ("A male infant was delivered to a 30-year-old para 2 mother.",),
        ("A female teenager had pain.", "It was explained when she was 12 years old."),
        ("A man fell.", "It was found at another hospital when he was 8 years old."),
        ("A man fell.", "Case 3: a 25-year-old man slipped."),
        ("A young man was seen.", "The father is a 40-year-old farmer."),
        ("The man was 30 years old and the woman was 21 years old when they came.",),
        ("We saw a 50-year-old woman and her 27-year-old daughter with weak bones.",),
        ("It was found in a 6 year-old boy and 39 month-old girl.",),
        ("A woman in her early 70s presented with chest pain.",),
        ("A man was strong.", "His strength was that of a 35-year-old man."),
    ],
)
def test_an_age_that_may_be_another_persons_or_of_another_time_is_left_out(
    sentences: tuple[str, ...],
) -> None:
    found = patient(*sentences)
    assert found is None or found.age_years is None


def test_of_an_animal_nothing_is_said() -> None:
    assert patient("An 8-month-old, intact male French bulldog was presented to us.") is None


def test_who_is_between_the_sexes_has_no_stated_sex() -> None:
    told = "A 31-year-old transgender female-to-male patient was seen. He was well. He left."
    assert patient(told) == Patient(31, "")


def test_where_no_word_tells_the_sex_the_pronouns_do() -> None:
    told = "A 40-year-old patient was seen. She was well. Her knee was not."
    assert patient(told) == Patient(40, "female")


def test_one_pronoun_tells_nothing() -> None:
    assert patient("A 40-year-old patient was seen with his son.") == Patient(40, "")


def test_words_and_pronouns_that_disagree_tell_no_sex() -> None:
    told = "A 40-year-old man was seen. She was well. Her knee was not. Then she left."
    assert patient(told) == Patient(40, "")


def test_a_woman_without_an_age_is_still_a_woman() -> None:
    assert patient("We report the case of a young woman with gout.") == Patient(None, "female")


def test_a_title_tells_where_the_story_does_not() -> None:
    found = patient("The knee hurt.", name="Gout of the knee in a 70-year-old man")
    assert found == Patient(70, "male")


def test_a_story_that_tells_neither_has_no_patient() -> None:
    assert patient("The patient was seen for a swollen knee.") is None
