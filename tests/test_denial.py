"""What a sentence denies, in square brackets, and what that means for a question."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.denial import denial_of, denied_spans, denies, is_poor_answer
from search.denial.spans import TRIGGERS


def marked(sentence: str) -> str:
    for start, end in reversed(denied_spans(sentence)):
        sentence = f"{sentence[:start]}[{sentence[start:end]}]{sentence[end:]}"
    return sentence


BEFORE = """
No [abnormality of the Achilles tendon] was seen.
There was no [fever].
He had no [fever, chills or weight loss].
She reported no [numbness, tingling, or weakness of the hand], but her grip was poor.
The boy denied [any injury to the knee].
He denies [night pain and morning stiffness].
Blood cultures were negative for [mycobacteria].
Ultrasound excluded [a tear of the plantaris].
The joint was free of [loose bodies].
An absence of [vascularity] suggested a cyst.
The scan showed a lack of [enhancement].
She walked without [crutches].
Without [any warning], the tendon snapped.
Nothing [abnormal] was felt.
MRI failed to [show a ganglion].
The shoulder did not [improve with rest].
He couldn't [lift his arm].
He could not [lift his arm] because the capsule was tight.
He was unable to [stand on tiptoe].
She never [smoked].
He no longer [limped].
Neither [swelling] nor [bruising] was found.
The lump was not [tender, warm or red].
The pain was not [relieved by ibuprofen].
No [recurrence] had been noted after two years.
He had no [fever] and was sent home.
The authors know of no [reported complication].
The calf was sore without [swelling], and walking was slow.
No patient [had an infection].
None of the patients [needed surgery].
No [drug relieved the pain].
"""
AFTER = """
[A fracture] was ruled out.
[Deep vein thrombosis] was excluded by ultrasound.
[Recurrence] was not seen.
[The deltoid ligament] was normal.
[The peroneal tendons] were unremarkable, but the retinaculum was torn.
[Heart rate, blood pressure and temperature] were normal.
[C-reactive protein] was within normal limits.
On admission, [the white cell count] was normal.
The calf was swollen, and [the Homans sign] was negative.
MRI showed that [the meniscus] was intact.
The mass grew while [the lymph nodes] were normal.
[Reflexes] were absent.
[A foreign body] could not be found.
[Instability] has not been observed.
[The Achilles tendon] showed no [abnormality].
[The serum test] gave a negative result.
[The radiograph], which was normal, reassured him.
[Infection] is unlikely.
She was [pain]-free at six weeks.
The cells were [CD34]-negative.
MRI showed a normal [median nerve].
"""
NOT_DENIED = """
The tendon was torn.
Malignancy cannot be ruled out.
Infection could not be excluded.
CT was done to rule out a fracture.
Not only the soleus but the plantaris was torn.
The ulcer was no more than two millimetres deep.
It is not known why the nerve swells.
Knee pain with or without swelling was included.
Gram-negative rods grew.
The joint was rinsed with normal saline.
His calcium fell to normal.
Negative pressure was applied.
Ferritin was 900 (normal < 300).
The patient remained neurologically intact.
Each patient was asked whether or not it hurt.
Nodules and knots were noted.
"""
LIMITED = """
There was no [change] in the size of the cyst.
No [improvement] of the numbness was felt.
No [fever] but a cough was heard.
No [fever], however, a cough was heard.
No [mass] except for a lipoma was seen.
No [swelling]; the knee was warm.
No [fever], the patient had a cough.
There was no [tear], with a small effusion in the joint.
The wound (no [pus]) was swollen.
There was no [tear] on MRI.
She had no [other cause] of the pain.
He did not [improve] until surgery.
He had no [pain] after the injection.
"""


WORDS = "no not without the was normal and or , ; ( ) negative -free which tendon ruled out".split()


@pytest.mark.parametrize(
    "answer",
    [line for part in (BEFORE, AFTER, NOT_DENIED, LIMITED) for line in part.split("\n") if line],
)
def test_the_words_in_brackets_are_denied(answer: str) -> None:
    assert marked(re.sub(r"[\[\]]", "", answer)) == answer


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_spans_are_in_order_and_hold_something(text: str) -> None:
    places = [place for span in denied_spans(text) for place in span]
    assert places == sorted(set(places))
    assert all(text[start:end].strip() for start, end in denied_spans(text))


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("abnormality of the Achilles tendon", "No abnormality of the Achilles tendon was seen."),
        ("what is wrong with the Achilles tendon?", "The Achilles tendon was normal."),
        ("What does MRI show in a Baker cyst?", "MRI showed no Baker cyst."),
        ("fever after injection", "There was no fever after the injection."),
        ("Did the cyst recur?", "The cyst did not recur."),
        ("complications of hydrodissection", "No complications followed."),
        ("nerve entrapment without numbness", "Nerve entrapment was excluded."),
    ],
)
def test_a_sentence_denies_what_is_asked_for(question: str, sentence: str) -> None:
    assert denial_of(sentence, question) is not None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("abnormality of the Achilles tendon", "The Achilles tendon had a thickened abnormality."),
        ("calf swelling", "The calf swelling came without fever."),
        ("which tendon was normal?", "The plantaris tendon was normal."),
        ("calf pain without trauma", "There had been no trauma."),
        ("can a tear be ruled out by ultrasound?", "A tear was ruled out by ultrasound."),
        ("is swelling absent in a stress fracture?", "Swelling was absent."),
        ("why does the pain not improve?", "The pain did not improve, for the nerve was tethered."),
        ("tear of the plantaris", "No tear of the soleus, but a tear of the plantaris was seen."),
        ("median nerve", "Rain was not expected."),
        ("lump in the calf of a runner with knee pain and fever", "The calf was normal."),
        ("", "There was no fever."),
    ],
)
def test_a_sentence_does_not_deny_what_is_asked_for(question: str, sentence: str) -> None:
    assert denial_of(sentence, question) is None


def test_a_denial_tells_its_words_and_place() -> None:
    sentence = "He had no fever, and a tear was ruled out."
    denial = denial_of(sentence, "Is there a tear?")
    assert denial is not None
    assert [sentence[start:end] for start, end in denial.spans] == ["a tear"]
    assert denial.terms == {"tear"}


def test_to_deny_what_is_asked_for_as_absent_is_to_affirm() -> None:
    sentence = "Neither fever nor chills nor a rash was seen."
    assert denies(sentence, {"rash"})
    assert not denies(sentence, {"rash"}, absent={"fever", "chill"})


@pytest.mark.parametrize(
    ("question", "poor"),
    [
        ("What causes a recurrence?", True),
        ("How is a recurrence treated?", True),
        ("recurrence near the scar", False),
        ("Was there a recurrence?", False),
        ("In a runner, can a recurrence follow?", False),
        ("What complications and recurrences are known?", False),
    ],
)
def test_no_is_an_answer_to_some_questions_only(question: str, poor: bool) -> None:
    assert is_poor_answer("No recurrence was seen.", question) is poor


def examples(kinds: str) -> list[str]:
    lines = TRIGGERS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [example for kind, _, example in rows if kind in kinds.split()]


@pytest.mark.parametrize("example", examples("after part alone nobody not no sound"))
def test_the_example_of_a_trigger_denies(example: str) -> None:
    assert denied_spans(example)


@pytest.mark.parametrize("example", examples("pseudo"))
def test_the_example_of_a_pseudo_trigger_denies_nothing(example: str) -> None:
    assert denied_spans(example) == []
