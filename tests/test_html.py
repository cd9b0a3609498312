"""Web pages: the article without menus, named by the page's own tags."""

import pytest

from ingest.errors import UnreadableFileError
from ingest.formats.html.reader import read_html
from tests.fixtures.examples import TITLE, html_example


def page(old: str = "", new: str = "") -> str:
    """The text of the example page with one change to its source."""
    raw = html_example().replace(old.encode(), new.encode()) if old else html_example()
    return "\n".join(block.text for block in read_html(raw).blocks)


@pytest.mark.parametrize("noise", ["Home", "Buy insoles", "Cookies help us sell insoles"])
def test_menus_and_footers_are_left_out(noise: str) -> None:
    assert noise not in page()


def test_inline_marks_do_not_part_words() -> None:
    assert "She took ibuprofen 400 mg" in page("ibuprofen", "ibu<b>pro</b>fen")


def test_a_list_keeps_its_items_apart() -> None:
    text = page("After 8 weeks", "She had<ul><li>no pain</li><li>a stiff foot</li></ul>After")
    assert "no pain\na stiff foot\n" in text


def test_a_table_row_is_one_line() -> None:
    table = "<table><tr><th>Week</th><th>Pain</th></tr><tr><td>1</td><td>7</td></tr></table>"
    assert "Week | Pain\n1 | 7" in page("<h2>Outcome", f"{table}<h2>Outcome")


def test_scripts_are_no_text() -> None:
    assert "alert" not in page("<h2>Outcome", "<script>alert(1)</script><h2>Outcome")


def test_a_page_that_declares_no_encoding_is_read_as_utf_8() -> None:
    assert "Kümmell’s sign" in page("The swelling", "Kümmell’s sign")


def test_the_only_heading_names_a_page_without_meta_tags() -> None:
    raw = html_example().replace(b"citation_", b"unknown_")
    assert read_html(raw).metadata.title == TITLE


def test_names_with_the_family_first_are_turned_around() -> None:
    raw = html_example().replace(b"Ana Lima", b"Lima, Ana")
    assert read_html(raw).metadata.authors == ("Ana Lima", "Tom Berg")


def test_an_abstract_that_stands_in_a_tag_only_is_read() -> None:
    abstract = "This dancer turned her ankle and walked early. " * 8
    text = page("</head>", f'<meta name="citation_abstract" content="{abstract}"></head>')
    assert f"Abstract\n{abstract.strip()}" in text


def test_a_tag_that_repeats_the_text_is_not_read_twice() -> None:
    opening = max(page().split("\n"), key=len)
    tag = f'<meta name="citation_abstract" content="{opening} {opening}"></head>'
    assert page("</head>", tag) == page()


def test_a_page_without_an_article_is_unreadable() -> None:
    with pytest.raises(UnreadableFileError, match="a web page without an article"):
        read_html(b"<html><body><script>render()</script></body></html>")


def test_a_control_character_in_a_heading_is_no_crash() -> None:
    read_html(b"<html><h1>A \x0b control</h1><p>Fever rose. She recovered.</p></html>")


def test_a_power_is_not_read_as_more_digits() -> None:
    assert "109" not in page("2.5 cm", "2.5 x 10<sup>9</sup>/L")


def test_a_page_that_is_mostly_of_its_site_is_reported() -> None:
    praise = "<p>The team was kind to me and my knee is well again after years.</p>" * 3
    body = f"<h2>Knee</h2><p>The knee was sore and thick.</p><h2>Testimonials</h2>{praise}"
    warnings = read_html(f"<html><body><main>{body}</main></body></html>".encode()).warnings
    assert [warning for warning in warnings if "may be the site's own text" in warning]


def test_a_list_that_a_script_would_have_shown_is_missed() -> None:
    cut = read_html(
        html_example().replace(
            b"After 8 weeks", b"The exercises she was shown included:</p><p>After"
        )
    )
    assert "probably lost a list" in cut.warnings[0]
