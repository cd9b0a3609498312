"""XML is read safely, and its text on one line."""

from pathlib import Path
from unicodedata import normalize

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.xml.tree import (
    MAX_DEPTH,
    attribute,
    close_up_indents,
    inline_text,
    local_name,
    parse_xml,
    take_out,
)

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
    with pytest.raises(UnreadableFileError, match="grows beyond measure"):
        parse_xml(xml.encode())


@pytest.mark.parametrize(
    "xml",
    [
        "<!DOCTYPE p [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><p c='&a;'>x</p>",
        f"<!DOCTYPE p [<!ENTITY a '{'x' * 99_999}'>]><p c='{'&a;' * 9_999}'>x</p>",
    ],
)
def test_entities_in_a_circle_or_in_masses_end_quickly(xml: str) -> None:
    with pytest.raises(UnreadableFileError, match="grows beyond measure"):
        parse_xml(xml.encode())


@pytest.mark.parametrize("raw", [b"<a>" * 9_999, b"<a>" * 101 + b"</a>" * 101])
def test_a_tree_without_end_in_depth_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="nested too deeply"):
        parse_xml(raw)


def test_a_tree_may_be_deeper_than_any_article() -> None:
    assert inline_text(parse_xml(b"<a>" * MAX_DEPTH + b"x" + b"</a>" * MAX_DEPTH)) == "x"


@pytest.mark.parametrize(
    "written",
    ["&eacute;", "&#233;", "&#xE9;", "&amp;eacute;", "&amp;#233;", "e\u0301", "<![CDATA[é]]>"],
)
def test_a_letter_is_the_same_however_it_is_spelled(written: str) -> None:
    assert normalize("NFC", text_of(f"<!DOCTYPE p SYSTEM 'x'><p>caf{written}</p>")) == "café"


def test_a_letter_that_nothing_declares_is_read() -> None:
    assert text_of("<p>caf&eacute;, &bgr;-blocker, AT&amp;T, 3 &lt; 5</p>") == (
        "café, β-blocker, AT&T, 3 < 5"
    )


def test_a_short_text_that_the_file_names_itself_is_read() -> None:
    assert text_of('<!DOCTYPE p [<!ENTITY jo "J. Invent&#233;">]><p>&jo;</p>') == "J. Inventé"


def test_a_prefix_that_nothing_declares_is_read_over() -> None:
    assert text_of('<p x:id="1"><x:b>fever</x:b> &amp; rash</p>') == "fever & rash"


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "us-ascii"])
def test_the_declared_encoding_is_believed(code: str) -> None:
    raw = f'<?xml version="1.0" encoding="{code}"?><p>café</p>'.encode(code, "xmlcharrefreplace")
    assert inline_text(parse_xml(raw)) == "café"


def test_bytes_of_another_encoding_are_said_to_be_so() -> None:
    with pytest.raises(UnreadableFileError, match="another encoding than it declares"):
        parse_xml('<?xml version="1.0" encoding="utf-8"?><p>café</p>'.encode("cp1252"))


@pytest.mark.parametrize("before", ["\n", "\ufeff", "\r\n  "])
def test_blanks_before_the_declaration_do_not_matter(before: str) -> None:
    assert text_of(f'{before}<?xml version="1.0"?><p>fever</p>') == "fever"


def test_damage_is_named_with_its_line() -> None:
    with pytest.raises(UnreadableFileError, match="damaged XML at line 2"):
        parse_xml(b"<p>\n<b></p>")


@pytest.mark.parametrize(
    ("moved", "text"),
    [
        ("large <i>tear</i>\n  , indeed", "large tear, indeed"),
        ("(\n  <i>a</i>\n  )", "(a)"),
        ("<i>\n tear\n </i>\n ;", "tear;"),
        ("10\n  <sup>9</sup>/L", "109/L"),
        ("was\n  <i>large</i>", "was large"),
        ("<i>p</i> =\n  .05", "p = .05"),
    ],
)
def test_white_space_that_a_tool_has_added_is_closed_up(moved: str, text: str) -> None:
    root = parse_xml(f"<p>{moved}</p>".encode())
    close_up_indents(root)
    assert inline_text(root) == text


def test_an_element_is_taken_out_and_its_words_are_not_glued() -> None:
    root = parse_xml(b"<p>a<fig>b</fig>c<fig/>, d</p>")
    for figure in root.findall("fig"):
        take_out(figure)
    assert inline_text(root) == "a c, d"


def test_a_link_without_a_text_is_its_address() -> None:
    assert text_of('<p>at <ext-link href="https://a.org"/>.</p>') == "at https://a.org."


def test_an_attribute_is_found_by_its_bare_name() -> None:
    node = parse_xml(b'<p xmlns:l="urn:l" l:href=" a " b="c"/>')
    assert (attribute(node, "href"), attribute(node, "b"), attribute(node, "x")) == ("a", "c", "")


def test_a_name_is_given_without_its_namespace() -> None:
    assert local_name(parse_xml(b'<j:p xmlns:j="urn:x"/>')) == "p"
