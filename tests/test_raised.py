"""Raised and lowered digits of markup to the characters that Unicode has for them."""

import pytest
from lxml import html

from ingest.formats.xml.raised import write_raised_digits


def text_of(source: str) -> str:
    root = html.fromstring(f"<div>{source}</div>")
    write_raised_digits(root)
    return "".join(map(str, root.itertext()))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("10<sup>9</sup>/L", "10⁹/L"),
        ("min<sup>-1</sup>", "min⁻¹"),
        ("10<sup>−3</sup> and 10<sup>–3</sup>", "10⁻³ and 10⁻³"),
        ("Ca<sup>2+</sup>", "Ca²⁺"),
        ("2<sup>n</sup>", "2ⁿ"),
        ("H<sub>2</sub>O", "H₂O"),
        ("10<sup><i>9</i></sup>", "10⁹"),
    ],
)
def test_a_power_or_a_count_is_not_read_as_another_number(source: str, text: str) -> None:
    assert text_of(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("shown<sup>1,2</sup>", "shown¹,²"),
        ("shown.<sup><a>1</a>–<a>3</a></sup>", "shown.¹–³"),
        ("shown<sup>5*</sup>", "shown⁵*"),
    ],
)
def test_a_citation_mark_is_not_glued_to_its_word(source: str, text: str) -> None:
    assert text_of(source) == text


@pytest.mark.parametrize("mark", ["st", "a", "[5]", "®", "1c", ""])
def test_other_marks_stay_as_they_are(mark: str) -> None:
    assert text_of(f"1<sup>{mark}</sup>") == f"1{mark}"
