"""Questions, keywords and pasted cases are told apart by their words alone."""

import pytest

from search.query_kinds import kind_of

CASE = "A runner of 51 years had a tight calf for ten years and rest did not help him. " * 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PIN palsy", "keywords"),
        ("ganglion Guyon canal", "keywords"),
        ("L5-S1", "keywords"),
        ("hydrodissection?", "question"),
        ("Vancomycin lowers platelets.", "question"),
        ("painful lump in the crook of the elbow", "question"),
        ("Can vancomycin cause low platelets?", "question"),
        ("what is the dose", "question"),
        (CASE, "case"),
        (CASE + " What would you do?", "case"),
    ],
)
def test_the_kind_of(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_many_bare_words_are_a_question() -> None:
    assert (
        kind_of("ulnar nerve elbow ganglion numb finger wasting hand weakness grip") == "question"
    )
