"""What kind of thing a question asks for, told by its own words."""

import pytest

from search.question_kinds import asking_part, kinds_asked

STORY = "The patient is a baker of 61 years who fell on her hand in spring. " * 4


def names(question: str) -> set[str]:
    return {kind.name for kind in kinds_asked(question)}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("swollen thumb, what could it be?", "diagnosis"),
        ("which nerve is pinched at the ankle", "diagnosis"),
        ("what alternatives can I offer when everything failed", "treatment"),
        ("broken clavicle: plate or brace?", "treatment"),
        ("does it recur", "outcome"),
        ("how long did the relief last", "duration"),
        ("can statins tear a tendon", "cause"),
        ("which risk factors", "risk"),
        ("does insurance pay", "cost"),
        ("what dose of lidocaine", "dose"),
        ("is ultrasound guidance needed", "test"),
        ("any side effects?", "harm"),
        ("how common is this", "frequency"),
    ],
)
def test_a_form_of_question_tells_its_kind(question: str, kind: str) -> None:
    assert kind in names(question)


def test_several_kinds_can_be_asked_at_once() -> None:
    assert {"treatment", "duration"} <= names("what treatment, and how long?")


def test_keywords_ask_for_no_kind() -> None:
    assert names("ulnar nerve ganglion") == set()


def test_a_description_asks_for_its_name() -> None:
    assert names("numb toes, weak ankle and a lump behind the knee") == {"diagnosis"}


def test_a_treatment_that_is_only_told_is_not_asked_for() -> None:
    assert names("fever and a red wound three days after surgery") == {"diagnosis"}


def test_of_a_pasted_case_only_what_asks_is_read() -> None:
    assert asking_part(f"{STORY}She limps. Was the nerve cut?").endswith("Was the nerve cut?")


def test_what_a_pasted_case_tells_before_its_question_is_left_out() -> None:
    story = "How long she waited nobody knows. " + STORY
    assert names(f"{story} Her wrist is stiff now. Does it recur?") == {"outcome"}


def test_a_short_question_is_one_as_a_whole() -> None:
    assert asking_part("Sore heel. What now?") == "Sore heel. What now?"
