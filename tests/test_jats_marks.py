"""Marks in the text that lead to references, figures and tables."""

import pytest

from ingest.formats.xml.jats_marks import place_floats, raise_citation_marks
from ingest.formats.xml.tree import inline_text, parse_xml


def mark(number: str, kind: str = "bibr") -> str:
    return f'<xref ref-type="{kind}">{number}</xref>'


def read(inside: str) -> str:
    root = parse_xml(f"<p>{inside}</p>".encode())
    raise_citation_marks(root)
    return inline_text(root)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"shown{mark('12')} before", "shown¹² before"),
        (f"shown.{mark('1')},{mark('2')} It", "shown.¹,² It"),
        (f"shown{mark('1')}–{mark('3')}", "shown¹–³"),
        (f"shown (1987){mark('4')}", "shown (1987)⁴"),
    ],
)
def test_a_number_that_is_glued_to_its_word_is_raised(inside: str, text: str) -> None:
    assert read(inside) == text


@pytest.mark.parametrize(
    "inside",
    [
        f"shown [{mark('1')},{mark('2')}].",
        f"shown (refs. 3,{mark('4')}).",
        f"Lima {mark('1')} saw",
        f"shown ({mark('Lima, 1987')})",
        f"Figure{mark('1', 'fig')}",
    ],
)
def test_other_marks_stay_as_they_are_printed(inside: str) -> None:
    assert read(inside) == inline_text(parse_xml(f"<p>{inside}</p>".encode()))


def test_a_mark_in_raised_type_is_left_to_its_type() -> None:
    assert read(f"shown<sup>{mark('1')}</sup>") == "shown1"


def test_a_float_goes_behind_the_outermost_paragraph_that_names_it() -> None:
    item = '<list><list-item><p><xref rid="f0 f1">1</xref></p></list-item></list>'
    body = f"<body><sec>{item}<p>Later.</p></sec></body>"
    root = parse_xml(
        f'<article>{body}<floats-group><fig id="f1"/></floats-group></article>'.encode()
    )
    place_floats(root)
    assert [node.tag for node in root.iterfind("body/sec/*")] == ["list", "fig", "p"]


def test_floats_that_one_paragraph_names_keep_their_order() -> None:
    body = '<body><p><xref rid="f1">1</xref> and <xref rid="f2">2</xref></p><p>Later.</p></body>'
    floats = '<floats-group><fig id="f1"/><fig id="f2"/></floats-group>'
    root = parse_xml(f"<article>{body}{floats}</article>".encode())
    place_floats(root)
    assert [node.get("id") for node in root.iterfind("body/*")] == [None, "f1", "f2", None]
