"""XML is read safely, and its text on one line."""

from pathlib import Path

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.xml_tree import inline_text, local_name, parse_xml

ENTITIES = "<!DOCTYPE p [<!ENTITY {}>]><p>fever &{};</p>"


def text_of(xml: str) -> str:
    return inline_text(parse_xml(xml.encode()))


def test_text_inside_marks_is_part_of_the_line() -> None:
    assert text_of("<p>An <i>S. aureus</i>\n  infection.</p>") == "An S. aureus infection."


def test_elements_that_are_left_out_leave_the_text_after_them() -> None:
    assert inline_text(parse_xml(b"<p>a<fig>b</fig> c</p>"), {"fig"}) == "a c"


@pytest.mark.parametrize("element", ["<fig/>", "<break/>", "<fn><p>b</p></fn>"])
def test_what_prints_apart_does_not_glue_the_words_around_it(element: str) -> None:
    parted = inline_text(parse_xml(f"<p>a{element}c</p>".encode()), {"fig"})
    assert parted in ("a c", "a b c")


def test_a_comma_after_what_is_left_out_stays_at_its_word() -> None:
    assert inline_text(parse_xml(b"<p>a<fig/>, c</p>"), {"fig"}) == "a, c"


def test_no_element_has_no_text() -> None:
    assert inline_text(None) == ""


def test_comments_and_instructions_are_no_text() -> None:
    assert text_of("<p>fever<!-- none --><?print none?> rose</p>") == "fever rose"


def test_a_file_on_this_machine_is_not_read_in(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("password")
    entity = f'x SYSTEM "{(tmp_path / "secret").as_uri()}"'
    assert "password" not in text_of(ENTITIES.format(entity, "x"))


def test_named_letters_are_read_though_their_dtd_is_not() -> None:
    xml = '<!DOCTYPE p SYSTEM "jats.dtd"><p>caf&eacute; &alpha;</p>'
    assert text_of(xml) == "café α"


def test_an_entity_that_grows_without_end_stays_small() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    xml = f'<!DOCTYPE p [<!ENTITY e0 "fever">{levels}]><p>&e8;</p>'
    try:
        assert len(text_of(xml)) < 1000
    except UnreadableFileError as error:
        assert "damaged XML" in error.reason


def test_damage_is_named_with_its_line() -> None:
    with pytest.raises(UnreadableFileError, match="damaged XML at line 2"):
        parse_xml(b"<p>\n<b></p>")


def test_a_name_is_given_without_its_namespace() -> None:
    assert local_name(parse_xml(b'<j:p xmlns:j="urn:x"/>')) == "p"
