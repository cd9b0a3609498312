"""Names on the line that says who wrote a document."""

import pytest

from ingest.bylines import byline, split_names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ana Lima, Tom Berg and Kim Ito", ("Ana Lima", "Tom Berg", "Kim Ito")),
        ("Ana Lima, and Tom Berg", ("Ana Lima", "Tom Berg")),
        ("Lima A, Berg T", ("Lima A", "Berg T")),
        ("Lima, Ana; Berg, Tom", ("Ana Lima", "Tom Berg")),
        ("Ana Lima, MD, PhD; Tom Berg, DO", ("Ana Lima", "Tom Berg")),
        ("Ana Lima¹,², Tom Berg*", ("Ana Lima", "Tom Berg")),
        ("Ana Lima1,2, Tom Berg3*", ("Ana Lima", "Tom Berg")),
        ("Dr. Ana Lima", ("Ana Lima",)),
        ("Ana Lima E-mail: a@example.org", ("Ana Lima",)),
        ("Alessandra Orlando & Andy Brandt", ("Alessandra Orlando", "Andy Brandt")),
    ],
)
def test_labelled_names_are_parted_from_marks_and_degrees(
    line: str, names: tuple[str, ...]
) -> None:
    assert split_names(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Lima", ("Ana Lima",)),
        ("Ana Lima, MD", ("Ana Lima",)),
        ("Ana Lima and Tom Berg", ("Ana Lima", "Tom Berg")),
        ("José García-López¹, Jan van der Berg²", ("José García-López", "Jan van der Berg")),
        ("Lima A.B., Berg T.", ("Lima A.B", "Berg T")),
    ],
)
def test_a_line_of_names_is_a_byline(line: str, names: tuple[str, ...]) -> None:
    assert byline(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "Anterior Drawer",
        "Knee Pain, Rest and Ice",
        "Ultrasound Imaging and Shockwave Therapy",
        "Department of Surgery, University Hospital",
        "San Francisco, California",
        "A man of 51, a runner, fell.",
        "",
    ],
)
def test_a_line_of_other_things_is_none(line: str) -> None:
    assert byline(line) == ()
