"""Headings to the kinds of the CARE guideline, on hundreds of wordings labelled by hand."""

from pathlib import Path

import pytest

from ingest.sections import section_kind

LABELLED = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "fixtures" / "headings.tsv")
    .read_text("utf-8")
    .splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("heading", "kind"), LABELLED)
def test_a_heading_has_the_kind_that_a_reader_gave_it(heading: str, kind: str) -> None:
    assert section_kind(heading) == kind


@pytest.mark.parametrize("numbering", ["", "1. ", "3.1 ", "II. ", "B) ", "(c) ", "2.3. ", "4 "])
def test_numbering_does_not_matter(numbering: str) -> None:
    assert section_kind(f"{numbering}Case report") == "patient information"


@pytest.mark.parametrize("written", ["DISCUSSION", "discussion:", " Discussion. ", "Discussion –"])
def test_capitals_and_punctuation_do_not_matter(written: str) -> None:
    assert section_kind(written) == "discussion"


def test_only_a_whole_heading_names_references() -> None:
    assert section_kind("Preferences of the patient") != "references"


def test_what_stands_after_of_does_not_decide() -> None:
    assert section_kind("Benefits of ultrasound guidance") == "other"


def test_a_numbered_case_has_the_kind_of_what_is_said_after_it() -> None:
    assert section_kind("Case 2: imaging and surgery") == "diagnostic assessment"


def test_a_case_named_by_its_patient_is_patient_information() -> None:
    assert section_kind("Case 2: a 35-year-old runner") == "patient information"


def test_what_is_named_first_decides() -> None:
    assert section_kind("Treatment and outcome") == "therapeutic intervention"


def test_a_background_gives_way_to_the_story_named_beside_it() -> None:
    assert section_kind("Background and complaint") == "patient information"


def test_an_empty_heading_has_no_kind() -> None:
    assert section_kind("") == "other"
