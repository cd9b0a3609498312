"""Abbreviations that a text itself explains (Schwartz and Hearst 2003)."""

import pytest

from index.abbreviations import (
    Abbreviation,
    best_long_form,
    find_abbreviations,
    phrase_key,
    short_key,
)


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "He tore the anterior cruciate ligament (ACL).",
            "ACL",
            "anterior cruciate ligament",
        ),
        ("We gave PRP (platelet-rich plasma) twice.", "PRP", "platelet-rich plasma"),
        ("The erythrocyte sedimentation rate (ESR, normal 20) rose.", "ESR",
         "erythrocyte sedimentation rate"),
        ("A proton pump inhibitor (PPI) was stopped.", "PPI", "proton pump inhibitor"),
        ("Electromyography (EMG) was normal.", "EMG", "Electromyography"),
        ("Fluid (methotrexate (MTX) aside) was drained.", "MTX", "methotrexate"),
        ("Ossification of the nuchal ligament (ONL) was seen.", "ONL",
         "Ossification of the nuchal ligament"),
        ("Two magnetic resonance images (MRIs) were made.", "MRIs", "magnetic resonance images"),
    ],
)  # fmt: skip
def test_an_abbreviation_is_found_with_its_long_form(text: str, short: str, long: str) -> None:
    assert find_abbreviations(text) == [Abbreviation(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "The tendon was swollen (left).",
        "A fracture of the second type (II) was seen.",
        "The first thoracic vertebra (T1) was broken.",
        "It was described before (Smith).",
        "The knee was swollen (Fig. 2).",
        "It ended. Later (ACL) nothing was found.",
        "The thumb hurt (PRP).",
        "",
    ],
)
def test_parentheses_that_explain_nothing_give_no_abbreviation(text: str) -> None:
    assert find_abbreviations(text) == []


def test_a_long_form_does_not_run_across_a_sentence() -> None:
    text = "He had a cough. Lavage (CL) was done."
    assert find_abbreviations(text) == []


def test_a_pair_is_told_once() -> None:
    text = "Carpal tunnel syndrome (CTS) came. " * 2
    assert find_abbreviations(text) == [Abbreviation("CTS", "Carpal tunnel syndrome")]


def test_the_first_letter_begins_a_word() -> None:
    assert best_long_form("AB", "a crab") == "a crab"


def test_no_long_form_lacks_a_letter() -> None:
    assert best_long_form("XYZ", "posterior nerve") == ""


@pytest.mark.parametrize(
    ("short", "key"), [("PMP-22", "pmp22"), ("MRIs", "mri"), ("HbA1c", "hba1c"), ("GAS", "gas")]
)
def test_short_forms_are_compared_without_signs_and_plural(short: str, key: str) -> None:
    assert short_key(short) == key


def test_phrases_are_compared_without_hyphens_and_plural() -> None:
    assert phrase_key("Point-of-care scans") == phrase_key("point of care scan")
