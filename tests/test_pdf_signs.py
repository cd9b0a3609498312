"""Signs that a font calls by the names of digits and stops."""

import pytest

from ingest.formats.pdf.signs import Shape, sign_of


@pytest.mark.parametrize(
    ("char", "shape", "sign"),
    [
        ("2", Shape(0.30, 0.35, 0.59), "−"),
        ("5", Shape(0.21, 0.44, 0.59), "="),
        ("1", Shape(0.04, 0.54, 0.50), "+"),
        ("6", Shape(0.01, 0.49, 0.48), "×"),
        (",", Shape(0.04, 0.60, 0.60), "<"),
        (".", Shape(0.04, 0.60, 0.60), ">"),
        (",", Shape(0.20, 0.40, 0.60), "∼"),
        ("9", Shape(0.42, 0.71, 0.14), "′"),
        ("u", Shape(0.44, 0.70, 0.26), "°"),
    ],
)
def test_what_is_drawn_as_a_sign_is_one(char: str, shape: Shape, sign: str) -> None:
    assert sign_of(char, shape) == sign


@pytest.mark.parametrize(
    ("char", "shape"),
    [
        ("2", Shape(0.0, 0.68, 0.46)),
        ("5", Shape(-0.01, 0.67, 0.44)),
        ("1", Shape(0.0, 0.45, 0.28)),  # an old-style figure
        ("6", Shape(-0.01, 0.69, 0.45)),
        ("3", Shape(-0.2, 0.45, 0.42)),  # an old-style figure
        (",", Shape(-0.14, 0.10, 0.14)),
        (".", Shape(0.0, 0.10, 0.10)),
        ("u", Shape(-0.01, 0.45, 0.47)),
    ],
)
def test_what_is_drawn_as_itself_stays(char: str, shape: Shape) -> None:
    assert sign_of(char, shape) == char
